"""Reviewing one document: its findings, versions and decisions in one place, without a screen.

Both doors lead here: the review screen shows `Review.state`, the plain commands call the same methods.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from obelos_history import Decision, DocumentHistory, Entry, Judgement, Retraction, accepted_in, adopt, entries
from obelos_history.retract import retract
from obelos_history.verify import verify
from obelos_history.vetting import ASKED, lacking
from obelos_rules import Level, Rule
from obelos_transcripts import BadInput, Edition, ObelosError, Refused, Span
from obelos_transcripts.align import Block
from obelos_transcripts.variants import Variant

from .alignments import Alignments
from .clock import now
from .edition_facts import MANY, EditionFacts
from .kept import kept_proofs
from .proof import told
from .recipes import recipe_of
from .reviewed import Reader, with_readings
from .rule_record import Record, decisions_of, records
from .seeking import Seeker, Seeking, Sought
from .shown import Item, Passage, ReviewState

_PREVIEW = 48


class Review:
    """The review of one document. The working text is only ever changed through decisions."""

    def __init__(
        self,
        history: DocumentHistory,
        rules: Sequence[Rule],
        *,
        level: Level = "likely",
        read_only: str = "",
        clock: Callable[[], datetime] = now,
        others: EditionFacts | None = None,
        by_rank: bool = False,
        seeker: Seeker | None = None,
    ) -> None:
        """Read the document.

        Args:
            others: The documents of its edition, for findings across documents.
            by_rank: As `order_by_rank` says.
            seeker: Where findings of long texts are looked for while others are at work; without it they are waited
                for.
        """
        self.history = history
        self.rules = rules
        self.level = level
        self.clock = clock
        self._in_one_go: list[frozenset[str]] = []
        self._never = read_only
        self._read_only = self._open()
        self._alignments = Alignments(history.edition.settings.variants)
        self._reader = Reader(rules, level, others, self._alignments, seeker)
        self._records: Mapping[str, Record] = {}
        self._by_rank = False
        try:
            if history.edition.settings.learn and len(history.edition.names()) <= MANY:
                self._records = self._read_records()
            self.state = self._read()
            if by_rank:
                self.order_by_rank(True)
        except ObelosError:
            history.close()
            raise

    def close(self) -> None:
        """Let others decide; pending decisions stay on disk."""
        self.history.close()

    def reload(self) -> None:
        """Read everything again from disk."""
        history = self.history
        fresh = DocumentHistory(history.edition, history.repository, history.name)
        history.close()
        self.history = fresh
        self._read_only = self._open()
        self.state = self._read()

    # Findings of long texts

    def seek(self, near: int) -> Seeking | None:
        """Begin to look for the findings that are not known yet, around a position first; None where none are."""
        seeker = self._reader.seeker
        if seeker is None or self.state.asked is None:
            return None
        witnesses = [version.siglum for version in self.state.versions if version.siglum != "base"]
        return seeker.begin(near, {siglum: self.variants(siglum) for siglum in witnesses})

    def is_sought(self, seeking: Seeking) -> bool:
        """Whether what is being looked for are the findings of the text as it is now."""
        return bool(self._reader.seeker and self._reader.seeker.is_for_now(seeking))

    def take_in(self, seeking: Seeking, sought: Sought) -> None:
        """Show findings that have come, if they are of the text as it is now."""
        if self._reader.seeker and self._reader.seeker.is_for_now(seeking):
            self._reader.seeker.take_in(sought)
            self.state = self._read()

    # What the screen shows

    def blocks(self, siglum: str) -> Sequence[Block]:
        """Alignment of the working text (left) with another version (right)."""
        return self._alignments.beside(siglum).blocks

    def variants(self, siglum: str) -> tuple[Variant, ...]:
        """Where another version (right) differs from the working text (left)."""
        return self._alignments.beside(siglum).variants

    def item_for(self, span: Span, siglum: str | None = None) -> Item:
        """An item for any passage; with ``siglum`` the variant of that version which lies there."""
        variant = None
        if siglum:
            variant = next((v for v in self.variants(siglum) if v.left == span), None)
        item = Item(span, None, variant, None, (), ())
        return with_readings(item, self.state.text, self.state.versions, self._alignments, first=siglum)

    def preview(self, span: Span, reading: str | None) -> tuple[Passage, Passage]:
        """The passage before and after a decision."""
        text = self.state.text
        before, after = text[max(0, span.start - _PREVIEW) : span.start], text[span.end : span.end + _PREVIEW]
        middle = text[span.start : span.end]
        return Passage(before, middle, after), Passage(before, middle if reading is None else reading, after)

    def needs(self, disposition: str) -> tuple[str, ...]:
        """What the edition's policy asks for with a disposition."""
        return self.history.edition.settings.policy.needs(disposition)

    def blame(self, position: int) -> str:
        """Who put the word at a position of the working text there, when, and why."""
        decision = next((d for span, d in self.state.changed if position in span), None)
        if decision is None:
            return "This word is the base text's."
        note = f" {decision.note}" if decision.note else ""
        was = f"“{decision.place.exact}”" if decision.place.exact else "nothing"
        return (
            f"{decision.resp}, {decision.when:%Y-%m-%d}: {decision.disposition}; the base text has {was}.{note} "
            f"({decision.id})"
        )

    # What the editor does

    def decide(self, item: Item, judgement: Judgement, orphans: Sequence[str] = ()) -> Decision:
        """Take a decision on an item; it is on disk when this returns.

        Args:
            orphans: Ids of decisions that have lost their place; this one takes theirs.

        Raises:
            Refused, BadInput: It was not taken; the message says why and what to do.
        """
        self._ask_for(judgement)
        self._may_write()
        if item.finding:
            judgement = replace(judgement, rule=item.finding.code, fingerprint=item.finding.fingerprint)
        elif item.decision:
            # An answer belongs to what was asked, also where its rule flags the passage no more.
            judgement = replace(judgement, rule=item.decision.rule, fingerprint=item.decision.fingerprint)
        person = self.history.repository.identity()
        decision = self.history.take(item.span, judgement, person, self.clock(), orphans)
        try:
            self.state = self._read()
        except ObelosError as error:
            raise Refused(f"The decision is recorded. But the document cannot be read again: {error}") from error
        return decision

    def revert(self, ident: str, judgement: Judgement) -> Decision:
        """Take a standing decision back by a new one; see `DocumentHistory.revert`."""
        self._may_write()
        self._ask_for(judgement)
        decision = self.history.revert(ident, judgement, self.history.repository.identity(), self.clock())
        self.state = self._read()
        return decision

    def is_silent(self, decision: Decision) -> bool:
        """Whether a written decision changes nothing in the text, so that it is taken back by `retract`."""
        return not decision.changes_text or decision.id in {lost.id for lost in self.history.settled.orphans}

    def retract(self, ident: str, note: str) -> tuple[Retraction, str | None]:
        """Take a written decision back that changes nothing in the text, and commit that; see `retract`."""
        self._may_write()
        done = retract(self.history, ident, note, self.history.repository.identity(), self.clock())
        self.state = self._read()
        return done

    def adopt(self, judgement: Judgement) -> tuple[tuple[Decision, ...], str | None]:
        """Make decisions of changes made by hand, and commit them; see `DocumentHistory.adopt`."""
        self._may_write()
        self._ask_for(judgement)
        adopted = adopt(self.history, judgement, self.history.repository.identity(), self.clock())
        self.state = self._read()
        return adopted

    def may_decide(self, judgement: Judgement) -> None:
        """Say no at once, where a judgement could not be recorded on any passage.

        Raises:
            Refused, BadInput: Nothing can be recorded here, or what the edition asks for is missing.
        """
        self._ask_for(judgement)
        self._may_write()

    def look_again(self) -> None:
        """Read the state again after decisions were taken on the history itself."""
        self.state = self._read()

    def look_down_to(self, level: Level) -> None:
        """Ask the rules down to another level."""
        if level != self.level:
            self.level = level
            self._reader = replace(self._reader, level=level)
            self.state = self._read()

    def order_by_rank(self, wanted: bool) -> None:
        """Let the queue begin with the rules whose findings were accepted most in the edition, or follow the text.

        The records are those of when this was asked: while an editor works, the order does not change.

        Raises:
            Refused: The edition wants nothing learned from its decisions.
            BadInput: A file of its history is not a sound decision.
        """
        if wanted and not self.history.edition.settings.learn:
            raise Refused(
                "edition.yaml says “learn: false”: what was decided moves nothing, and the findings stay in the order "
                "of the text"
            )
        if wanted:
            self._records = self._read_records()
        self._by_rank = wanted
        self.state = replace(self.state, records=self._records, by_rank=wanted)

    def _read_records(self) -> Mapping[str, Record]:
        return records(decisions_of(self.history.edition), self.rules)

    def ask_by(self, edition: Edition, rules: Sequence[Rule]) -> None:
        """Go on with other rules, and the settings of the edition that they come from."""
        self.history.edition = edition
        self.rules = rules
        seeker = self._reader.seeker and Seeker(recipe_of(edition))
        others = self._reader.others and EditionFacts(edition, rules)
        self._reader = replace(self._reader, rules=rules, others=others, seeker=seeker)
        self.state = self._read()

    def taken_in_one_go(self, decisions: Sequence[Decision]) -> None:
        """Note that decisions belong together: as long as this review is open, one undo takes them all back."""
        self._in_one_go.append(frozenset(decision.id for decision in decisions))

    def undo(self) -> tuple[Decision, ...]:
        """Take back the last decision that is not yet committed, and those that were taken with it in one go.

        Returns:
            The decisions taken back, the last one first; none where there is none.
        """
        return self._step_back_or_on(self.history.undo, lambda: self.history.pending.taken)

    def redo(self) -> tuple[Decision, ...]:
        """Take again what the last undo took back; the decisions, in the order in which they were taken."""
        return self._step_back_or_on(self.history.redo, lambda: self.history.pending.undone)

    def _step_back_or_on(
        self, step: Callable[[], Decision | None], waiting: Callable[[], Sequence[Decision]]
    ) -> tuple[Decision, ...]:
        self._may_write()
        first = step()
        found = [first] if first else []
        together = next((ids for ids in self._in_one_go if first and first.id in ids), frozenset())
        while (others := waiting()) and others[-1].id in together and (another := step()):
            found.append(another)
        self.state = self._read()
        return tuple(found)

    def commit(self) -> str | None:
        """Write and commit what is pending; the commit's id, or None when nothing is."""
        self._may_write()
        made = self.history.commit(self.history.repository.identity(), self.clock())
        self.state = self._read()
        return made

    def git_commands(self) -> tuple[str, ...]:
        """The git commands that ran, oldest first."""
        return tuple(self.history.repository.commands)

    def entries(self) -> tuple[Entry, ...]:
        """The history of the document, newest first."""
        return tuple(entries(self.history.edition, self.history.repository, [self.history.name]))

    def verify(self) -> tuple[bool, tuple[str, ...]]:
        """Whether base text + decisions = text, and the lines to show."""
        history = self.history
        accepted = accepted_in(history.repository)
        verdict = verify(history.edition, history.repository, history.name, keep=kept_proofs(), accepted=accepted)
        return verdict.holds, tuple(told(verdict))

    # How it is read

    def _ask_for(self, judgement: Judgement) -> None:
        missing = lacking(judgement, self.needs(judgement.disposition))
        if missing:
            asked = " and ".join(ASKED[field] for field in missing)
            raise BadInput.at(judgement.disposition, None, f"this edition asks for {asked} with this disposition")

    def _open(self) -> str:
        """Become the document's writer; why that cannot be, or ""."""
        if self._never:
            return self._never
        try:
            self.history.open_for_deciding()
        except Refused as refusal:
            return str(refusal)
        return ""

    def _may_write(self) -> None:
        if self._read_only:
            raise Refused(self._read_only)

    def _read(self) -> ReviewState:
        state = self._reader.read(self.history, self._read_only)
        return replace(state, records=self._records, by_rank=self._by_rank)
