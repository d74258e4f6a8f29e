"""What the review screen shows, worked out without a screen: marks on the texts, signs in the gutter, where to go.

A view is read from a review in one go, outside the thread that draws. Positions are code points: on the left those
of the working text, on the right those of the version beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from obelos_history import Decision
from obelos_transcripts import Lines, Span, visible
from obelos_transcripts.align import Block
from obelos_transcripts.counterpart import counterpart
from obelos_transcripts.variants import Variant

from .layout import Side
from .review import Review
from .rule_record import rank_of
from .shown import Item, ReviewState, Version
from .sieve import ALL, Sieve, rule_of

CERTAIN, LIKELY, POSSIBLE, QUERY, PENDING, DECIDED = "●", "◐", "○", "?", "*", "✓"
DIFFERENCE = "≠"
HERE = "▸"
CARET = "‸"

SIGNS = {
    CERTAIN: "a finding that is certain",
    LIKELY: "a finding that is likely",
    POSSIBLE: "a finding that is possible",
    QUERY: "someone has been asked",
    PENDING: "decided, not yet written",
    DECIDED: "decided and written",
    HERE: "the place at hand",
    DIFFERENCE: "the versions differ on this row",
    CARET: "words are missing here that the other version has",
}
"""What each sign says."""

_WEIGHT = {sign: weight for weight, sign in enumerate((DECIDED, PENDING, QUERY, POSSIBLE, LIKELY, CERTAIN))}
_OF_TEXTS = ("left", "right", "lines", "_known_variants", "_pending")
_LEVELS = {"certain": CERTAIN, "likely": LIKELY, "possible": POSSIBLE}


@dataclass(frozen=True)
class Mark:
    """A marked stretch of one column.

    Attributes:
        span: Half-open; never empty.
        kind: ``certain``, ``likely``, ``possible``, ``decided``, ``changed``, ``difference``, ``accidental``,
            ``match``, ``hand`` or ``counterpart``.
        caret: The stretch stands for a gap: words are missing here that the other side has.
    """

    span: Span
    kind: str
    caret: bool = False


@dataclass(frozen=True)
class View:
    """A review's state beside one version.

    Attributes:
        blocks: Alignment of working text (left) and version (right).
        variants: Where they differ, in order.
        sieve: Which of the items are shown.
    """

    state: ReviewState
    version: Version
    blocks: Sequence[Block]
    variants: tuple[Variant, ...]
    sieve: Sieve = ALL

    def sifted(self, sieve: Sieve) -> "View":
        """The same with other items shown; what was worked out of the texts stays."""
        made = replace(self, sieve=sieve)
        made.__dict__.update({name: self.__dict__[name] for name in _OF_TEXTS if name in self.__dict__})
        return made

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items shown, in the order of the queue: that of the text, or by the rank of their rules."""
        shown, records = self.sieve.sift(self.state.items), self.state.records
        if not self.state.by_rank:
            return shown
        return tuple(sorted(shown, key=lambda item: -rank_of(rule_of(item), records)))  # equals as in the text

    def following(self, span: Span) -> Item | None:
        """The first open item after the one that stands at a span, in the order of the queue, going round."""
        if not self.state.by_rank:
            return first_open(self.items, span.start)
        place = next((number for number, item in enumerate(self.items) if item.span.start == span.start), 0)
        return first_open((*self.items[place:], *self.items[:place]))

    @cached_property
    def left(self) -> str:
        """The working text as it is shown, code point for code point."""
        return visible(self.state.text, keep_lines=True)

    @cached_property
    def right(self) -> str:
        """The version as it is shown."""
        return visible(self.version.text, keep_lines=True)

    @cached_property
    def lines(self) -> Lines:
        """Lines of the working text."""
        return Lines(self.state.text)

    @cached_property
    def open_count(self) -> int:
        """Findings shown that nobody has answered."""
        return sum(is_open(item) for item in self.items)

    @cached_property
    def _known_variants(self) -> frozenset[Variant]:
        return frozenset(self.variants)

    @cached_property
    def _pending(self) -> frozenset[str]:
        return frozenset(decision.id for decision in self.state.pending)

    def is_pending(self, decision: Decision) -> bool:
        """Whether a decision is taken but not yet written."""
        return decision.id in self._pending

    def sign(self, item: Item) -> str:
        """The sign of an item in gutter and list."""
        if item.decision is None:
            if item.finding:
                return _LEVELS[item.finding.level]
            return DIFFERENCE if item.variant else HERE
        if item.decision.disposition == "query":
            return QUERY
        return PENDING if self.is_pending(item.decision) else DECIDED

    def signs(self) -> list[tuple[int, str]]:
        """Positions in the working text and their signs, the weightiest last where several stand together."""
        found = [(item.span.start, self.sign(item)) for item in self.items]
        return sorted(found, key=lambda entry: _WEIGHT.get(entry[1], -1))

    def differences(self, *, accidentals: bool = True) -> list[Variant]:
        """The variants shown, with or without those of punctuation, spacing, capitals, spelling and division."""
        return [v for v in self.variants if accidentals or v.kind == "substantive"]

    def marks(self, side: Side, *, accidentals: bool = True) -> list[Mark]:
        """Standing marks of a column, the weaker first."""
        text = self.state.text if side == "left" else self.version.text
        found = []
        for variant in self.differences(accidentals=accidentals):
            span = variant.left if side == "left" else variant.right
            found.append(mark(text, span, "difference" if variant.kind == "substantive" else "accidental"))
        if side == "left":
            found += [mark(text, span, "changed") for span, _ in self.state.changed]
            for item in self.items:
                if item.finding and item.decision is None:
                    found.append(mark(text, item.span, item.finding.level))
                elif item.decision and not item.decision.changes_text:
                    found.append(mark(text, item.span, "decided"))
        return found

    def hand_marks(self, side: Side, item: Item | None) -> list[Mark]:
        """The mark of the place at hand, and of what answers to it on the other side."""
        if item is None:
            return []
        if side == "left":
            return [mark(self.state.text, item.span, "hand")]
        variant = item.variant
        known = variant is not None and variant in self._known_variants
        span = variant.right if variant and known else counterpart(self.blocks, item.span)
        return [mark(self.version.text, span, "counterpart")]


def mark(text: str, span: Span, kind: str) -> Mark:
    """A mark on a span; an empty span is marked by a caret on the space beside it, or on the next character."""
    if span.start < span.end:
        return Mark(span, kind)
    position = span.start
    if position and text[position - 1] == " ":
        position -= 1
    elif position >= len(text) and text:
        position = len(text) - 1
    return Mark(Span(position, position + 1), kind, caret=True)


def read_view(review: Review, siglum: str | None, sieve: Sieve = ALL) -> View:
    """The view of a review beside a version, the first one where the siglum names none; this may take a while."""
    state = review.state
    version = next((v for v in state.versions if v.siglum == siglum), state.versions[0])
    view = View(state, version, review.blocks(version.siglum), review.variants(version.siglum), sieve)
    # Worked out here, where nobody waits for the screen.
    _ = view.left, view.right, view.lines, view.items, view.open_count
    state.passages.ready()
    return view


def is_open(item: Item) -> bool:
    """Whether an item is a finding nobody has answered."""
    return item.decision is None


def step(items: Sequence[Item], at: Item | None, direction: int, *, only_open: bool = False) -> Item | None:
    """The next item (direction 1) or the one before (-1), going round; None where there is none.

    With ``at`` None the first, or the last. ``at`` need not be one of the items.
    """
    wanted = [item for item in items if is_open(item) or not only_open or item is at]
    if not wanted:
        return None
    if at is None:
        return wanted[0 if direction > 0 else -1]
    place = next((number for number, item in enumerate(wanted) if item is at), None)
    if place is not None:
        return wanted[(place + direction) % len(wanted)]
    if direction > 0:
        return next((item for item in wanted if item.span >= at.span), wanted[0])
    return next((item for item in reversed(wanted) if item.span < at.span), wanted[-1])


def first_open(items: Sequence[Item], position: int = 0) -> Item | None:
    """The first open item from a position on, going round to the start; None where all are answered."""
    wanted = [item for item in items if is_open(item)]
    return next((item for item in wanted if item.span.start >= position), wanted[0] if wanted else None)


def item_at(items: Sequence[Item], position: int) -> Item | None:
    """The shortest item that covers a position."""
    covering = [item for item in items if position in item.span]
    return min(covering, key=lambda item: item.span.end - item.span.start, default=None)
