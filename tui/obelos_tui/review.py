"""Reviewing one document: its findings, versions and decisions in one place, without a screen.

Both doors lead here: the review screen shows `Review.state`, the plain commands call the same methods.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from obelos_history import (
    Decision,
    DocumentHistory,
    Entry,
    Judgement,
    Replay,
    accepted_in,
    adopt,
    effective,
    entries,
    verify,
)
from obelos_rules import Level, Rule, check
from obelos_transcripts import BadInput, Document, ObelosError, Refused, Span, read_text
from obelos_transcripts.align import Block, align
from obelos_transcripts.counterpart import counterpart, stands_whole
from obelos_transcripts.details import read_details
from obelos_transcripts.normal_forms import forms_of
from obelos_transcripts.variants import Variant, variants

from .across import merged
from .answered import recall
from .clock import now
from .edition_facts import EditionFacts
from .folded import folded
from .kept import kept_proofs
from .proof import told
from .shown import Item, Passage, ReviewState, Version

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
    ) -> None:
        """Read the document; ``others`` are those of its edition, for findings across documents."""
        self.history = history
        self._others = others
        self.rules = rules
        self.level = level
        self.clock = clock
        self._never = read_only
        self._read_only = self._open()
        # By siglum and working text, so that what was aligned for an earlier text is never taken for this one.
        self._alignments: dict[tuple[str, str], list[Block]] = {}
        self._edges: dict[tuple[str, str], tuple[list[int], list[int]]] = {}
        self._variants: dict[tuple[str, str], tuple[Variant, ...]] = {}
        try:
            self.state = self._read()
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

    # What the screen shows

    def blocks(self, siglum: str) -> Sequence[Block]:
        """Alignment of the working text (left) with another version (right)."""
        key = (siglum, self.state.text)
        if key not in self._alignments:
            self._alignments = {k: v for k, v in self._alignments.items() if k[1] == self.state.text}
            self._alignments[key] = align(self.state.text, self._version(siglum).text)
            self._edges = {k: v for k, v in self._edges.items() if k in self._alignments}
            blocks = self._alignments[key]
            self._edges[key] = [block.left.start for block in blocks], [block.left.end for block in blocks]
        return self._alignments[key]

    def _blocks_at(self, siglum: str, span: Span) -> Sequence[Block]:
        """Those of the blocks that touch a span: where thousands of places differ, asking for each stays cheap."""
        blocks = self.blocks(siglum)
        starts, ends = self._edges[siglum, self.state.text]
        return blocks[bisect_left(ends, span.start) : bisect_right(starts, span.end)]

    def variants(self, siglum: str) -> tuple[Variant, ...]:
        """Where another version (right) differs from the working text (left)."""
        key = (siglum, self.state.text)
        if key not in self._variants:
            self._variants = {k: v for k, v in self._variants.items() if k[1] == self.state.text}
            forms = forms_of(self.history.edition.settings.variants)
            self._variants[key] = tuple(variants(self.state.text, self._version(siglum).text, forms))
        return self._variants[key]

    def item_for(self, span: Span, siglum: str | None = None) -> Item:
        """An item for any passage; with ``siglum`` the variant of that version which lies there."""
        variant = None
        if siglum:
            variant = next((v for v in self.variants(siglum) if v.left == span), None)
        return self._with_readings(Item(span, None, variant, None, (), ()), first=siglum)

    def preview(self, span: Span, reading: str | None) -> tuple[Passage, Passage]:
        """The passage before and after a decision."""
        text = self.state.text
        before, after = text[max(0, span.start - _PREVIEW) : span.start], text[span.end : span.end + _PREVIEW]
        middle = text[span.start : span.end]
        return Passage(before, middle, after), Passage(before, middle if reading is None else reading, after)

    def needs(self, disposition: str) -> tuple[str, ...]:
        """What the edition's policy asks for with a disposition."""
        return ("note",) if disposition in self.history.edition.settings.policy.note else ()

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

    def decide(self, item: Item, judgement: Judgement) -> Decision:
        """Take a decision on an item; it is on disk when this returns.

        Raises:
            Refused, BadInput: It was not taken; the message says why and what to do.
        """
        self._ask_for(judgement)
        self._may_write()
        if item.finding:
            judgement = replace(judgement, rule=item.finding.code, fingerprint=item.finding.fingerprint)
        person = self.history.repository.identity()
        decision = self.history.take(item.span, judgement, person, self.clock())
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

    def adopt(self, judgement: Judgement) -> tuple[tuple[Decision, ...], str | None]:
        """Make decisions of changes made by hand, and commit them; see `DocumentHistory.adopt`."""
        self._may_write()
        self._ask_for(judgement)
        adopted = adopt(self.history, judgement, self.history.repository.identity(), self.clock())
        self.state = self._read()
        return adopted

    def undo(self) -> Decision | None:
        """Take back the last decision that is not yet committed; it, or None."""
        self._may_write()
        decision = self.history.undo()
        self.state = self._read()
        return decision

    def redo(self) -> Decision | None:
        """Take again the decision undone last; it, or None."""
        self._may_write()
        decision = self.history.redo()
        self.state = self._read()
        return decision

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
        return entries(self.history)

    def verify(self) -> tuple[bool, tuple[str, ...]]:
        """Whether base text + decisions = text, and the lines to show."""
        history = self.history
        accepted = accepted_in(history.repository)
        verdict = verify(history.edition, history.repository, history.name, keep=kept_proofs(), accepted=accepted)
        return verdict.holds, tuple(told(verdict))

    # How it is read

    def _ask_for(self, judgement: Judgement) -> None:
        missing = [field for field in self.needs(judgement.disposition) if not getattr(judgement, field).strip()]
        if missing:
            raise BadInput.at(
                judgement.disposition, None, f"this edition asks for a {missing[0]} with this disposition"
            )

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

    def _version(self, siglum: str) -> Version:
        for version in self.state.versions:
            if version.siglum == siglum:
                return version
        known = ", ".join(v.siglum for v in self.state.versions)
        raise BadInput.at(self.state.name, None, f"there is no version “{siglum}”; there are {known}")

    def _read(self) -> ReviewState:
        history = self.history
        notices = list(history.notices)
        history.notices.clear()
        read_only = self._read_only
        current = history.replayed()
        try:
            history.check_disk()
        except Refused as refusal:
            read_only = read_only or str(refusal)
        document = history.document
        others = tuple(
            Version(siglum, f"witness {siglum}", read_text(path)) for siglum, path in document.witnesses.items()
        )
        pending = history.pending
        self.state = ReviewState(
            name=history.name,
            title=_title(document),
            text=current.text,
            versions=(*others, Version("base", "base text", history.base)),
            items=(),
            changed=_changed(current),
            pending=pending.taken,
            redoable=len(pending.undone),
            read_only=read_only,
            notices=tuple(notices),
        )
        return replace(self.state, items=self._items(current))

    def _items(self, current: Replay) -> tuple[Item, ...]:
        name, details = self.history.name, read_details(self.history.document)
        witnesses = {one.siglum: one.text for one in self.state.versions if one.siglum != "base"}
        forms = self.history.edition.settings.variants
        found = check(
            current.text, self.rules, level=self.level, name=name, details=details, witnesses=witnesses, forms=forms
        )
        hits = self._others.hits(name, current.text, details, self.level) if self._others else None
        findings = merged(current.text, found, hits or ())
        decisions = self.history.decisions
        memory = recall(findings, current, decisions, self.rules, level=self.level, across=hits is not None)
        gone = folded(findings, memory.answers)
        items = [
            self._with_readings(Item(Span(f.start, f.end), f, None, d, f.suggestions, (), earlier))
            for number, (f, d, earlier) in enumerate(zip(findings, memory.answers, memory.earlier, strict=True))
            if number not in gone
        ]
        # Decisions on places of the editor's own choosing, and those whose finding is gone, are stops as well.
        stale = {told.decision.id: told for told in memory.stale}
        answering = {item.decision.id for item in items if item.decision}
        answering |= {item.earlier.decision.id for item in items if item.earlier}
        changed = {decision.id: span for span, decision in self.state.changed}
        for decision in effective(self.history.decisions):
            if decision.id not in answering:
                span = changed.get(decision.id) or current.to_working(decision.place.span)
                items.append(
                    self._with_readings(Item(span, None, None, decision, (), (), stale=stale.get(decision.id)))
                )
        return tuple(sorted(items, key=lambda item: (item.span, item.finding.code if item.finding else "")))

    def _with_readings(self, item: Item, first: str | None = None) -> Item:
        """The item with what each other version reads there; ``first`` is the version whose reading leads."""
        readings, usable = [], []
        for version in self.state.versions:
            blocks = self._blocks_at(version.siglum, item.span)
            span = counterpart(blocks, item.span, version.text)
            readings.append((version.siglum, version.text[span.start : span.end]))
            # The base text's reading is a way back, so it is offered only where a decision changed it.
            if stands_whole(blocks, item.span) and (version.siglum != "base" or item.decision):
                usable.append(readings[-1])
        usable.sort(key=lambda reading: reading[0] != first)
        own = self.state.text[item.span.start : item.span.end]
        offered = dict.fromkeys((*item.suggestions, *(reading for _, reading in usable)))
        kept = (s for s in offered if s != own and (s or item.variant))
        return replace(item, suggestions=tuple(kept), readings=tuple(readings))


def _title(document: Document) -> str:
    title = read_details(document).title
    return f"{document.name}: {title}" if title else document.name


def _changed(current: Replay) -> tuple[tuple[Span, Decision], ...]:
    return tuple((piece.working, piece.decision) for piece in current.pieces if piece.decision)
