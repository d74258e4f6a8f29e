"""Everything recorded about one document: base text, committed and pending decisions, the working text.

The one room behind both doors: the review screen and the plain commands take, undo and commit decisions here.
The invariant: the working text is always the replay of base text and decisions, and nothing else.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from obelos_transcripts.edition import Edition, own
from obelos_transcripts.errors import BadInput, Problem, Refused
from obelos_transcripts.text import Span, decode, encode, read_bytes
from obelos_transcripts.variants import variants

from .copies import is_copy
from .decision import Decision, dump, parse
from .files import atomic_write
from .ledger import Ledger, Lock, Pending
from .message import commit_message
from .placing import Ground, Judgement, new_id, placed, reverted
from .replay import Replay, objections, replay
from .repository import Person, Repository


def read_decisions(folder: Path) -> tuple[Decision, ...]:
    """The decisions of a document as they lie in its history folder, by id.

    Raises:
        BadInput: With every file that is not a sound decision.
    """
    found: list[Decision] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            decision = parse(read_bytes(own(path)), path)
            if (decision.id, decision.document) != (path.stem, folder.name):
                what = "the file's name and folder are not those of its decision"
                if is_copy(path.name):
                    what = "a synchronisation program made this copy; compare it with the decision, then remove it"
                raise BadInput.at(path, None, what)
            found.append(decision)
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(*problems)
    return tuple(found)


class DocumentHistory:
    """The record of one document, opened for reading or, under its lock, for deciding.

    Attributes:
        notices: What the editor should be told of on opening (damage set aside, commits finished).
        base, base_id: The base text and the id of its blob.
        committed: Decisions in the history folder.
    """

    def __init__(self, edition: Edition, repository: Repository, name: str) -> None:
        self.document = edition.document(name)
        self.edition = edition
        self.repository = repository
        self.notices: list[str] = []
        data = read_bytes(self.document.base)
        self.base = decode(data, self.document.base)
        self.base_id = repository.blob_id(data)
        self.committed = read_decisions(edition.history(name))
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

    def close(self) -> None:
        """Let others decide. Pending decisions stay on disk."""
        self._lock.release()
        self._locked = False

    @property
    def pending(self) -> Pending:
        """Decisions taken and not committed, and those that can be redone."""
        known = {decision.id for decision in self.committed}
        pending = self._ledger.pending
        return Pending(tuple(d for d in pending.taken if d.id not in known), pending.undone)

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
            return replay(self.base, self.base_id, self.decisions)
        except BadInput as error:
            if self.pending.taken and not objections(self.base, self.base_id, list(self.committed)):
                what = (
                    "a decision not yet written contradicts what was committed meanwhile. "
                    f"“obelos undo {self.name}” takes the last one back, again for the one before"
                )
                raise BadInput(*error.problems, Problem(self.name, None, what)) from error
            raise

    def take(self, span: Span, judgement: Judgement, person: Person, now: datetime) -> Decision:
        """Take a decision on a span of the working text; it is on disk when this returns.

        Raises:
            Refused: This process is not the writer, the text on disk is not the one reviewed, or the passage
                holds several earlier decisions.
        """
        self._must_be_writer()
        self.check_disk()
        decision = placed(self._ground(), span, judgement, str(person), now)
        replay(self.base, self.base_id, [*self.decisions, decision])
        self._ledger.take(decision)
        return decision

    def revert(self, ident: str, judgement: Judgement, person: Person, now: datetime) -> Decision:
        """Take a standing decision back by a new one: what stood there before stands again. Later decisions stay.

        Raises:
            Refused: It does not stand, or changed nothing; or as for `take`.
        """
        self._must_be_writer()
        self.check_disk()
        decision = reverted(self._ground(), ident, judgement, str(person), now)
        replay(self.base, self.base_id, [*self.decisions, decision])
        self._ledger.take(decision)
        return decision

    def _ground(self) -> Ground:
        return Ground(self.name, self.base, self.base_id, self.decisions)

    def adopt(self, judgement: Judgement, person: Person, now: datetime) -> tuple[tuple[Decision, ...], str | None]:
        """Make decisions of the words that somebody changed by hand, one for each place, and commit them.

        Pending decisions stay pending. The decisions, and the id of the commit; none and None if nothing differs.

        Raises:
            BadInput, Refused: A place cannot be told from a decision's; nothing was taken.
        """
        self._must_be_writer()
        on_disk = self._disk()
        if on_disk is None:
            return (), None
        by_hand = decode(on_disk, self.document.working)
        committed = replay(self.base, self.base_id, self.committed)
        taken: list[Decision] = []
        # From the end, so that the places still to come do not move.
        for change in reversed(variants(committed.text, by_hand)):
            reading = by_hand[change.right.start : change.right.end]
            ground = Ground(self.name, self.base, self.base_id, (*self.committed, *taken))
            decision = placed(ground, change.left, replace(judgement, reading=reading), str(person), now)
            taken.append(replace(decision, id=new_id(now, (*self.decisions, *taken))))
        if not taken:
            return (), None
        replay(self.base, self.base_id, [*self.decisions, *taken])
        if replay(self.base, self.base_id, [*self.committed, *taken]).text != by_hand:
            raise Refused("these changes cannot be told apart as decisions; nothing was taken")
        for decision in taken:
            self._ledger.take(decision)
        return tuple(reversed(taken)), self._commit(tuple(taken), person, now)

    def restore(self, person: Person, now: datetime) -> tuple[Path | None, str | None]:
        """Put back the working text that the committed decisions make. What stood there is kept aside.

        The place where it is kept, None if nothing differed; and the id of the commit, None if none was needed.

        Raises:
            Refused: The state of the repository forbids it.
        """
        self._must_be_writer()
        text = encode(replay(self.base, self.base_id, self.committed).text)
        on_disk = self._disk()
        aside = None
        if on_disk is not None and on_disk != text:
            aside = self.repository.own / "set-aside" / f"{self.name}-{new_id(now, ())}{self.document.working.suffix}"
            aside.parent.mkdir(parents=True, exist_ok=True)
            atomic_write(aside, on_disk)
        head = self.repository.head().commit
        working = self.repository.prefix(self.document.working)
        before = self.repository.tree(head, self.repository.prefix(self.document.folder)).get(working) if head else None
        if before is None or before == self.repository.blob_id(text):
            atomic_write(self.document.working, text)
            return aside, None
        atomic_write(self.document.working, self.repository.blobs([before])[before])
        message = f"{self.name}: put back what base text and decisions make\n"
        made = self.repository.commit({working: text}, message, reviewed={working: before}, person=person, when=now)
        return aside, made

    def undo(self) -> Decision | None:
        """Take the last pending decision back; it, or None."""
        self._must_be_writer()
        return self._ledger.undo()

    def redo(self) -> Decision | None:
        """Take again the decision undone last; it, or None."""
        self._must_be_writer()
        return self._ledger.redo()

    def check_disk(self) -> None:
        """See that the working text on disk is the replay of the committed decisions, or of all of them.

        Raises:
            Refused: Somebody changed it with another program.
        """
        folder = self.edition.history(self.name)
        if {path.stem for path in folder.glob("*.yaml")} != {decision.id for decision in self.committed}:
            raise Refused(
                f"the decisions on {self.name} changed on disk since it was opened here. Nothing was written and "
                "nothing is lost. Read the document again (ctrl+r on the screen), then go on."
            )
        on_disk = self._disk()
        fine = {encode(replay(self.base, self.base_id, ds).text) for ds in (self.committed, self.decisions)}
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
        self._must_be_writer()
        pending = self.pending.taken
        if not pending:
            return None
        self.check_disk()
        return self._commit(pending, person, now, reached)

    def _commit(
        self,
        chosen: tuple[Decision, ...],
        person: Person,
        now: datetime,
        reached: Callable[[str], None] = lambda step: None,
    ) -> str | None:
        """Commit some of the pending decisions, and the text that these and the committed ones make."""
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
        text = encode(replay(self.base, self.base_id, [*self.committed, *chosen]).text)
        changes: dict[str, bytes | None] = {f"{folder}/{d.id}.yaml": dump(d) for d in chosen}
        reviewed: dict[str, str | None] = dict.fromkeys(changes)
        if before != repository.blob_id(text):
            changes[working] = text
            reviewed[working] = before
        message = commit_message(self.name, chosen)
        made = repository.commit(
            changes, message, reviewed=reviewed, person=person, when=now, check=self._check_written, reached=reached
        )
        self.committed = read_decisions(self.edition.history(self.name))
        self._ledger.written(d.id for d in chosen)
        return made

    def _check_written(self, written: Mapping[str, bytes | None]) -> None:
        """See that what was read back from the commit is base text + decisions, before it is published."""
        working = self.repository.prefix(self.document.working)
        fresh = [parse(data, path) for path, data in written.items() if data is not None and path != working]
        text = encode(replay(self.base, self.base_id, [*self.committed, *fresh]).text)
        if written.get(working, text) != text:
            raise Refused(
                "what git stored is not the base text with its decisions; the commit was not made. "
                "Nothing is lost. Please report this as a fault of Obelos."
            )

    def _check_history_is_committed(self, recorded: dict[str, str], folder: str) -> None:
        on_disk = {
            f"{folder}/{d.id}.yaml": self.repository.blob_id(
                read_bytes(self.edition.history(self.name) / f"{d.id}.yaml")
            )
            for d in self.committed
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

    def _disk(self) -> bytes | None:
        return read_bytes(self.document.working) if self.document.working.exists() else None

    def _forget_committed(self) -> None:
        """A commit finished by recovery leaves its decisions in the ledger; they are no longer pending."""
        known = {decision.id for decision in self.committed}
        done = [d.id for d in self._ledger.pending.taken if d.id in known]
        if done:
            self._ledger.written(done)

    def _must_be_writer(self) -> None:
        if not self._locked:
            raise Refused(f"{self.name} is open for reading only; nothing was recorded")
