"""Reading the state of a review: the working text, the other versions, and every place the editor should stop at."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from obelos_history import Decision, DocumentHistory, Replay, effective
from obelos_rules import Finding, Level, Rule, check
from obelos_transcripts import Document, Refused, Span, read_text
from obelos_transcripts.details import Details, read_details

from .across import merged
from .alignments import Alignments
from .answered import recall
from .edition_facts import EditionFacts
from .folded import folded
from .passages import Passages
from .recipes import learned_of
from .seeking import LONG, Asked, Seeker
from .shown import Item, ReviewState, Version


@dataclass(frozen=True)
class Reader:
    """Reads a document's state; the alignments made on the way are kept for the next time.

    Attributes:
        others: The documents of the edition, for findings across them; None where they are not asked.
        seeker: Looks for the findings of long texts aside; None where they are waited for.
    """

    rules: Sequence[Rule]
    level: Level
    others: EditionFacts | None
    alignments: Alignments
    seeker: Seeker | None = None

    def read(self, history: DocumentHistory, read_only: str) -> ReviewState:
        """The state as the disk has it; notices of the history are handed on and forgotten there.

        Raises:
            BadInput: The document, or the record of it, cannot be read.
        """
        notices = tuple(history.notices)
        history.notices.clear()
        current = history.replayed()
        try:
            history.check_disk()
        except Refused as refusal:
            read_only = read_only or str(refusal)
        document, details = history.document, read_details(history.document)
        others = [Version(siglum, f"witness {siglum}", read_text(path)) for siglum, path in document.witnesses.items()]
        versions = (*others, Version("base", "base text", history.base))
        self.alignments.show(current.text, versions)
        pending = history.pending
        changed = tuple((piece.working, piece.decision) for piece in current.pieces if piece.decision)
        items, asked = self._items(history, current, details, versions, changed)
        return ReviewState(
            name=history.name,
            title=_title(document, details),
            text=current.text,
            versions=versions,
            items=items,
            asked=asked,
            changed=changed,
            pending=pending.taken,
            redoable=len(pending.undone),
            read_only=read_only,
            notices=notices,
            passages=Passages(current, history.decisions),
        )

    def _items(
        self,
        history: DocumentHistory,
        current: Replay,
        details: Details,
        versions: Sequence[Version],
        changed: Sequence[tuple[Span, Decision]],
    ) -> tuple[tuple[Item, ...], tuple[int, int] | None]:
        name = history.name
        witnesses = {one.siglum: one.text for one in versions if one.siglum != "base"}
        forms, learned = history.edition.settings.variants, learned_of(history.edition)
        found, asked = self._found(Asked(current.text, self.level, name, details, witnesses, forms, learned))
        hits = self.others.hits(name, current.text, details, self.level) if self.others and asked is None else None
        findings = merged(current.text, found, hits or ())
        off = [one.code for one in history.edition.settings.off]
        memory = recall(
            findings, current, history.decisions, self.rules, level=self.level, across=hits is not None, off=off
        )
        gone = folded(findings, memory.answers)
        items = [
            Item(Span(f.start, f.end), f, None, d, f.suggestions, (), earlier)
            for number, (f, d, earlier) in enumerate(zip(findings, memory.answers, memory.earlier, strict=True))
            if number not in gone
        ]
        # Decisions on places of the editor's own choosing, and those whose finding is gone, are stops as well.
        stale = {told.decision.id: told for told in memory.stale if asked is None}  # what is not found yet is not gone
        answering = {item.decision.id for item in items if item.decision}
        answering |= {item.earlier.decision.id for item in items if item.earlier}
        places = {decision.id: span for span, decision in changed}
        for decision in effective(history.decisions):
            if decision.id not in answering:
                span = places.get(decision.id) or current.to_working(decision.place.span)
                items.append(Item(span, None, None, decision, (), (), stale=stale.get(decision.id)))
        read = (with_readings(item, current.text, versions, self.alignments) for item in items)
        found_items = sorted(read, key=lambda item: (item.span, item.finding.code if item.finding else ""))
        return tuple(found_items), asked

    def _found(self, wanted: Asked) -> tuple[Sequence[Finding], tuple[int, int] | None]:
        """What the rules say; and while they are still being asked, how many have been, of how many."""
        if self.seeker and len(wanted.text) + sum(map(len, wanted.witnesses.values())) >= LONG:
            return self.seeker.known(wanted)
        return (
            check(
                wanted.text,
                self.rules,
                level=wanted.level,
                name=wanted.name,
                details=wanted.details,
                witnesses=wanted.witnesses,
                forms=wanted.forms,
                learned=wanted.learned,
            ),
            None,
        )


def with_readings(
    item: Item, text: str, versions: Sequence[Version], alignments: Alignments, first: str | None = None
) -> Item:
    """The item with what each other version reads there; ``first`` is the version whose reading leads."""
    readings, usable = [], []
    for version in versions:
        reading, whole = alignments.beside(version.siglum).reading(item.span)
        readings.append((version.siglum, reading))
        # The base text's reading is a way back, so it is offered only where a decision changed it.
        if whole and (version.siglum != "base" or item.decision):
            usable.append(readings[-1])
    usable.sort(key=lambda reading: reading[0] != first)
    own = text[item.span.start : item.span.end]
    offered = dict.fromkeys((*item.suggestions, *(reading for _, reading in usable)))
    kept = (s for s in offered if s != own and (s or item.variant))
    return replace(item, suggestions=tuple(kept), readings=tuple(readings))


def _title(document: Document, details: Details) -> str:
    return f"{document.name}: {details.title}" if details.title else document.name
