"""Everything recorded about one document: base text, committed and pending decisions, the working text.

The one room behind both doors: the review screen and the plain commands take, undo and commit decisions here.
The invariant: the working text is always the replay of base text and decisions, and nothing else.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePath

from obelos_transcripts.anchoring import Anchored
from obelos_transcripts.edition import Edition
from obelos_transcripts.errors import BadInput, Problem, Refused
from obelos_transcripts.text import Span, decode, encode, read_bytes

from .carrying import carry
from .decision import Decision
from .ledger import Ledger, Lock, Pending
from .message import commit_message
from .placing import Ground, Judgement, placed, reverted
from .records import Record, Records, dump_record, gathered, parse, read_records
from .replay import Replay, objections, replay
from .repository import Person, Repository
from .settled import Settled, settle


class DocumentHistory:
    """The record of one document, opened for reading or, under its lock, for deciding.

    Attributes:
        notices: What the editor should be told of on opening (damage set aside, commits finished).
        base, base_id: The base text and the id of its blob.
        records: All records in the history folder.
        settled: The decisions among them, as they count in the base text that holds.
    """

    def __init__(self, edition: Edition, repository: Repository, name: str) -> None:
        self.document = edition.document(name)
        self.edition = edition
        self.repository = repository
        self.notices: list[str] = []
        self._found: dict[frozenset[str], dict[str, Anchored]] = {}
        data = read_bytes(self.document.base)
        self.base = decode(data, self.document.base)
        self.base_id = repository.blob_id(data)
        self._read_records()
        self._ledger = Ledger(repository.own / "ledger", name)
        self._lock = Lock(repository.own / "ledger", name)
        self._locked = False

    @property
    def name(self) -> str:
        """The document's name."""
        return self.document.name

    def open_for_deciding(self) -> None:
        """Become the one writer of this document.

        Raises:
            Refused: Another process is.
        """
        self._lock.acquire()
        self._locked = True
        self._ledger = Ledger(self.repository.own / "ledger", self.name)
        damage = self._ledger.set_aside_damage()
        if damage:
            self.notices.append(damage)
        for copy in self.repository.copies(self.document.folder, self.edition.history(self.name)):
            self.notices.append(
                f"{copy} was made by a synchronisation program, because two machines changed the file. Compare the "
                "two and remove one. Two machines should not work in one synchronised folder: give each a clone."
            )
        self._forget_committed()
        self._follow_base()

    def close(self) -> None:
        """Let others decide. Pending decisions stay on disk."""
        self._lock.release()
        self._locked = False

    @property
    def committed(self) -> tuple[Decision, ...]:
        """Decisions in the history folder that have a place in the base text."""
        return self.settled.decisions

    @property
    def pending(self) -> Pending:
        """Decisions taken and not committed, and those that can be redone."""
        known = self.records.ids
        taken = tuple(d for d in self._ledger.pending.taken if d.id not in known)
        undone = self._ledger.pending.undone
        if all(d.base == self.base_id for d in (*taken, *undone)):
            return Pending(taken, undone)
        here, lost = self._carried(taken)
        return Pending(here, self._carried(undone)[0], lost)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Committed and pending decisions, in the order taken."""
        return (*self.committed, *self.pending.taken)

    def replayed(self) -> Replay:
        """The working text with all decisions, pending ones too.

        Raises:
            BadInput: The decisions contradict each other or the base text.
        """
        try:
            return self.replay(self.decisions)
        except BadInput as error:
            committed, elsewhere = list(self.committed), self.settled.elsewhere
            if self.pending.taken and not objections(self.base, self.base_id, committed, elsewhere):
                what = (
                    "a decision not yet written contradicts what was committed meanwhile. "
                    f"“obelos undo {self.name}” takes the last one back, again for the one before"
                )
                raise BadInput(*error.problems, Problem(self.name, None, what)) from error
            raise

    def replay(self, decisions: Iterable[Decision]) -> Replay:
        """The text that some decisions make of the base text.

        Raises:
            BadInput: They contradict each other or the base text.
        """
        return replay(self.base, self.base_id, decisions, self.settled.elsewhere)

    def take(
        self, span: Span, judgement: Judgement, person: Person, now: datetime, orphans: Sequence[str] = ()
    ) -> Decision:
        """Take a decision on a span of the working text; it is on disk when this returns.

        Args:
            span: The passage, in code points of the working text.
            judgement: What is said of it.
            person: Who says it.
            now: When.
            orphans: Ids of decisions that have lost their place; this one takes their place.

        Raises:
            Refused: This process is not the writer, or the text on disk is not the one reviewed.
        """
        self.must_be_writer()
        self.check_disk()
        unwritten = {d.id for d in self.pending.lost}
        committed = [ident for ident in orphans if ident not in unwritten]
        decision = placed(self.ground(self.decisions), span, judgement, str(person), now, committed)
        self.replay([*self.decisions, decision])
        self._ledger.take(decision)
        if replaced := unwritten & set(orphans):
            self._ledger.drop(replaced)
        return decision

    def revert(self, ident: str, judgement: Judgement, person: Person, now: datetime) -> Decision:
        """Take a standing decision back by a new one: what stood there before stands again. Later decisions stay.

        Raises:
            Refused: It does not stand, or changed nothing; or as for `take`.
        """
        self.must_be_writer()
        self.check_disk()
        decision = reverted(self.ground(self.decisions), ident, judgement, str(person), now)
        self.replay([*self.decisions, decision])
        self._ledger.take(decision)
        return decision

    def forget_lost(self, ident: str) -> Decision | None:
        """Give up a decision that was never written and has no place in the base text that holds; it, or None."""
        self.must_be_writer()
        found = next((d for d in self.pending.lost if d.id == ident), None)
        if found:
            self._ledger.drop([ident])
        return found

    def take_as_it_is(self, decision: Decision) -> None:
        """Keep a decision that was placed and proved elsewhere; it is on disk when this returns."""
        self.must_be_writer()
        self._ledger.take(decision)

    def ground(self, decisions: tuple[Decision, ...]) -> Ground:
        """What the next decision is placed on, when these were taken before it."""
        latest = max((*self.records.ids, *(d.id for d in (*self.decisions, *decisions))), default="")
        return Ground(self.name, self.base, self.base_id, decisions, self.settled.elsewhere, latest)

    def undo(self) -> Decision | None:
        """Take the last pending decision back; it, or None."""
        self.must_be_writer()
        return self._ledger.undo()

    def redo(self) -> Decision | None:
        """Take again the decision undone last; it, or None."""
        self.must_be_writer()
        return self._ledger.redo()

    def check_disk(self) -> None:
        """See that the working text on disk is the replay of the committed decisions, or of all of them.

        Raises:
            Refused: Somebody changed it with another program.
        """
        folder = self.edition.history(self.name)
        if {path.stem for path in folder.glob("*.yaml")} != self.records.ids:
            raise Refused(
                f"the decisions on {self.name} changed on disk since it was opened here. Nothing was written and "
                "nothing is lost. Read the document again (ctrl+r on the screen), then go on."
            )
        on_disk = self.text_on_disk()
        fine = {encode(self.replay(ds).text) for ds in (self.committed, self.decisions)}
        if on_disk is not None and on_disk not in fine:
            raise Refused(
                f"{self._shown(self.document.working)} holds changes that no decision explains: another program "
                "changed it. Nothing was written, and decisions already taken are kept. “obelos verify” lists the "
                f"words; “obelos adopt {self.name}” makes decisions of them, “obelos restore {self.name}” puts back "
                "the text without them."
            )

    def commit(self, person: Person, now: datetime, reached: Callable[[str], None] = lambda step: None) -> str | None:
        """Write and commit the pending decisions; the commit's id, or None when nothing is pending.

        Raises:
            Refused: The state of the repository forbids it; nothing was changed and nothing is lost.
        """
        self.must_be_writer()
        pending = self.pending.taken
        if not pending:
            return None
        self.check_disk()
        return self.commit_records(pending, commit_message(self.name, pending), person, now, reached)

    def commit_records(
        self,
        chosen: Sequence[Record],
        message: str,
        person: Person,
        now: datetime,
        reached: Callable[[str], None] = lambda step: None,
    ) -> str | None:
        """Commit new records, and the text that these and the committed ones make.

        Pending decisions that are among them are pending no longer; the others stay so.

        Raises:
            Refused: As for `commit`.
        """
        repository = self.repository
        head = repository.head().commit
        folder, prefix = repository.prefix(self.edition.history(self.name)), repository.prefix
        recorded = repository.tree(head, folder) if head else {}
        self._check_history_is_committed(recorded, folder)
        working = prefix(self.document.working)
        files = repository.tree(head, prefix(self.document.folder)) if head else {}
        if files.get(prefix(self.document.base)) != self.base_id:
            raise Refused(
                f"{self._shown(self.document.base)} is not in the last commit as it is on disk, so no decision on it "
                "could be proved later. Nothing was written. Commit the base text first, or restore it."
            )
        before = files.get(working)
        text = self._text_with(chosen)
        changes: dict[str, bytes | None] = {f"{folder}/{d.id}.yaml": dump_record(d) for d in chosen}
        reviewed: dict[str, str | None] = dict.fromkeys(changes)
        if before != repository.blob_id(text):
            changes[working] = text
            reviewed[working] = before
        made = repository.commit(
            changes, message, reviewed=reviewed, person=person, when=now, check=self._check_written, reached=reached
        )
        self._read_records()
        taken = {d.id for d in self._ledger.pending.taken}
        if written := [one.id for one in chosen if one.id in taken]:
            self._ledger.written(written)
        return made

    def _text_with(self, fresh: Iterable[Record]) -> bytes:
        """The working text when some records are added to those that are there."""
        records = gathered((*self.records.all, *fresh))
        settled = settle(self.base, self.base_id, records)
        return encode(replay(self.base, self.base_id, settled.decisions, settled.elsewhere).text)

    def _check_written(self, written: Mapping[str, bytes | None]) -> None:
        """See that what was read back from the commit is base text + decisions, before it is published."""
        working = self.repository.prefix(self.document.working)
        folder = self.repository.prefix(self.edition.history(self.name))
        fresh = [
            parse(data, path)
            for path, data in written.items()
            if data is not None and PurePath(path).parent.as_posix() == folder
        ]
        text = self._text_with(fresh)
        if written.get(working, text) != text:
            raise Refused(
                "what git stored is not the base text with its decisions; the commit was not made. "
                "Nothing is lost. Please report this as a fault of Obelos."
            )

    def _check_history_is_committed(self, recorded: dict[str, str], folder: str) -> None:
        history = self.edition.history(self.name)
        on_disk = {
            f"{folder}/{ident}.yaml": self.repository.blob_id(read_bytes(history / f"{ident}.yaml"))
            for ident in self.records.ids
        }
        strays = sorted(path for path, blob in on_disk.items() if recorded.get(path) != blob)
        if strays:
            raise Refused(
                f"{strays[0]}{f' and {len(strays) - 1} more' if len(strays) > 1 else ''}: this decision on disk is "
                "not that of the last commit. Nothing was written. See “git status”; commit or restore the file, "
                "then write again."
            )

    def _shown(self, path: Path) -> str:
        return path.relative_to(self.edition.root).as_posix()

    def text_on_disk(self) -> bytes | None:
        """The bytes of the working text as they lie there; None where there is no file."""
        return read_bytes(self.document.working) if self.document.working.exists() else None

    def _read_records(self) -> None:
        self.records: Records = read_records(self.edition.history(self.name))
        self.settled: Settled = settle(self.base, self.base_id, self.records)

    def _forget_committed(self) -> None:
        """A commit finished by recovery leaves its decisions in the ledger; they are no longer pending."""
        known = self.records.ids
        done = [d.id for d in self._ledger.pending.taken if d.id in known]
        if done:
            self._ledger.written(done)

    def _carried(self, decisions: Sequence[Decision]) -> tuple[tuple[Decision, ...], tuple[Decision, ...]]:
        """Decisions not yet committed, on the base text that holds now, and those that have no place in it.

        None of another base text is ever taken as if it counted in this one.
        """
        away = frozenset(d.id for d in decisions if d.base != self.base_id)
        if away not in self._found:
            blobs = self.repository.blobs(sorted({d.base for d in decisions if d.id in away}))
            texts = {blob: decode(data, blob) for blob, data in blobs.items()}
            self._found[away] = carry(gathered(d for d in decisions if d.id in away), texts, self.base, self.base_id)
        found = {ident: one.place for ident, one in self._found[away].items()}
        gone = {d.id for d in decisions if d.id in away and not found.get(d.id)}
        # What took the place of one that is lost would count for nothing without it.
        while more := {d.id for d in decisions if gone & set(d.supersedes)} - gone:
            gone |= more
        moved = (replace(d, base=self.base_id, place=p) if (p := found.get(d.id)) else d for d in decisions)
        return tuple(d for d in moved if d.id not in gone), tuple(d for d in decisions if d.id in gone)

    def _follow_base(self) -> None:
        """Keep where pending decisions stand in a base text that came in since they were taken, and tell of it."""
        pending, before = self.pending, self._ledger.pending
        old = {d.id: d for d in (*before.taken, *before.undone)}
        moved = [d for d in (*pending.taken, *pending.undone) if old[d.id] != d]
        self._ledger.anchored(moved)
        if moved:
            self.notices.append(
                f"{self.name} has another base text since: {len(moved)} decisions not yet written were carried to it."
            )
        if pending.lost:
            self.notices.append(
                f"{len(pending.lost)} decisions not yet written have no place in the new base text of {self.name}. "
                f"They are kept; “obelos orphans {self.name}” shows them."
            )

    def must_be_writer(self) -> None:
        """See that this process may record.

        Raises:
            Refused: It is open for reading only.
        """
        if not self._locked:
            raise Refused(f"{self.name} is open for reading only; nothing was recorded")
