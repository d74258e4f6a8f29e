"""What became of decided findings: the edition's memory, shared by `check` and the screens.

A finding is answered when a standing decision of the same rule lies at its place and the passage still reads as it
did then, or when one carries its fingerprint: then the passage stands elsewhere now. Otherwise it is open, and
`earlier` is the decision that was taken on the passage before it changed. A decision that no finding answers to any
more is stale. A rule's older codes count as its own.

That witnesses differ at a place is answered by any decision on it that says what shall stand there, whatever it was
taken on.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from obelos_history import Decision, Replay, effective
from obelos_rules import LEVELS, Finding, Level, Rule
from obelos_transcripts import Block, Span
from obelos_transcripts.align import align
from obelos_transcripts.along import Along
from obelos_transcripts.counterpart import counterpart

from .across import KIND as ACROSS

WITNESS = "witness"
"""The kind of rule that reports where witnesses differ."""


@dataclass(frozen=True)
class Earlier:
    """A decision on a passage that is flagged again.

    Attributes:
        read: What the passage read when the decision was taken.
        changed: Whether it reads otherwise now; if not, the rule flags it otherwise.
    """

    decision: Decision
    read: str
    changed: bool


@dataclass(frozen=True)
class Stale:
    """A standing decision that nothing answers to any more.

    Attributes:
        span: Where its place is now, in the text that was checked.
        read: What the passage read when the decision was taken, or by it.
    """

    decision: Decision
    span: Span
    read: str
    why: str


@dataclass(frozen=True)
class Memory:
    """For each finding the decision that answers it, and the earlier one on a passage that changed; None where there
    is none. And the decisions that no longer match anything."""

    answers: tuple[Decision | None, ...]
    earlier: tuple[Earlier | None, ...]
    stale: tuple[Stale, ...]


def recall(
    findings: Sequence[Finding],
    current: Replay,
    decisions: Iterable[Decision],
    rules: Iterable[Rule],
    *,
    level: Level = "possible",
    text: str | None = None,
    across: bool = False,
    off: Collection[str] = (),
) -> Memory:
    """What is remembered of the findings of a text.

    Args:
        findings: All that the rules report down to ``level``.
        current: The working text as the decisions make it.
        text: The text that was checked, where it is not that one: somebody changed it by hand.
        across: Whether the findings are also those across documents; if not, no decision on one of them is stale.
        off: Codes of rules that are switched off; no decision on their findings is stale.
    """
    checked = current.text if text is None else text
    taken = _Taken(current, tuple(decisions), tuple(rules), level, checked, across, frozenset(off))
    answers = taken.answers(findings)
    answering = {decision.id for decision in answers if decision}
    earlier = tuple(
        None if answer else taken.earlier(finding, answering) for finding, answer in zip(findings, answers, strict=True)
    )
    known = answering | {told.decision.id for told in earlier if told}
    return Memory(answers, earlier, tuple(taken.stale(known)))


@dataclass(frozen=True)
class _On:
    """A standing decision on a finding: the rule's code as it is now, where it is in the text, what it read."""

    decision: Decision
    code: str
    span: Span
    read: str


@dataclass(frozen=True)
class _Taken:
    current: Replay
    decisions: tuple[Decision, ...]
    rules: tuple[Rule, ...]
    level: Level
    text: str
    across: bool
    off: frozenset[str]

    def answers(self, findings: Sequence[Finding]) -> tuple[Decision | None, ...]:
        """By place first: of passages alike, each keeps its own decision."""
        by_place = {(on.code, on.span): on for on in self.on_findings}
        found: list[Decision | None] = []
        for finding in findings:
            on = by_place.get((finding.code, Span(finding.start, finding.end)))
            found.append(on.decision if on and on.read == finding.found else None)
        used = {decision.id for decision in found if decision}
        by_fingerprint = {
            on.decision.fingerprint: on.decision
            for on in self.on_findings
            if on.decision.fingerprint and not on.decision.changes_text and on.decision.id not in used
        }
        return tuple(
            decision or by_fingerprint.get(finding.fingerprint) or self._settled(finding)
            for finding, decision in zip(findings, found, strict=True)
        )

    def _settled(self, finding: Finding) -> Decision | None:
        """The decision that says what shall stand where witnesses differ.

        That another rule's finding was a false alarm says so of just its own words only.
        """
        if finding.kind != WITNESS:
            return None
        start, end = finding.start, finding.end
        over = [
            on
            for on in self._everywhere.over(Span(start, end))
            if on.span.start <= start and end <= on.span.end and self._reads(on.span) == on.read
        ]
        settling = [on.decision for on in over if on.decision.disposition != "reject" or on.span == (start, end)]
        return max(settling, key=lambda decision: decision.id, default=None)

    def earlier(self, finding: Finding, answering: set[str]) -> Earlier | None:
        span = Span(finding.start, finding.end)
        near = self._by_code[finding.code].over(span) if finding.code in self._by_code else []
        on = max((on for on in near if on.decision.id not in answering), key=lambda on: on.decision.id, default=None)
        return Earlier(on.decision, on.read, self._reads(on.span) != on.read) if on else None

    def stale(self, known: set[str]) -> Iterable[Stale]:
        rules = {rule.code: rule for rule in self.rules}
        for on in self.on_findings:
            if on.decision.changes_text or on.decision.id in known or self._overtaken(on):
                continue
            if on.code in self.off:
                continue
            rule = rules.get(on.code)
            if rule and LEVELS.index(rule.level) > LEVELS.index(self.level):
                continue
            if rule and rule.kind == ACROSS and not self.across:
                continue
            yield Stale(on.decision, on.span, on.read, self._why(on, rule))
        if self.text != self.current.text:
            for decision in self._changing:
                span, reading = self._span(decision), decision.reading or ""
                if self._reads(span) != reading:
                    why = f"the passage was changed by hand and reads {_quoted(self._reads(span))} now"
                    yield Stale(decision, span, reading, why)

    @cached_property
    def on_findings(self) -> tuple[_On, ...]:
        codes = {code: rule.code for rule in self.rules for code in (*rule.aliases, rule.code)}
        return tuple(
            _On(d, codes.get(d.rule, d.rule), self._span(d), self._read_then(d)) for d in self._standing if d.rule
        )

    @cached_property
    def _everywhere(self) -> Along[_On]:
        """All standing decisions along the text."""
        own = [_On(d, d.rule or "", self._span(d), self._read_then(d)) for d in self._standing]
        return Along(own, lambda on: on.span)

    @cached_property
    def _standing(self) -> list[Decision]:
        return effective(self.decisions)

    @cached_property
    def _changing(self) -> list[Decision]:
        return [decision for decision in self._standing if decision.changes_text]

    @cached_property
    def _by_code(self) -> Mapping[str, Along[_On]]:
        found: dict[str, list[_On]] = {}
        for on in self.on_findings:
            found.setdefault(on.code, []).append(on)
        return {code: Along(several, lambda on: on.span) for code, several in found.items()}

    @cached_property
    def _by_place(self) -> Along[Decision]:
        """All decisions, superseded ones too, along the base text."""
        return Along(self.decisions, lambda decision: decision.place.span)

    def _overtaken(self, on: _On) -> bool:
        """Whether the same rule's finding was answered again there, when the passage had changed."""
        place = on.decision.place.span
        return any(
            other.decision.id > on.decision.id and other.decision.place.span.overlaps(place)
            for other in self._by_code[on.code].over(on.span)
        )

    def _why(self, on: _On, rule: Rule | None) -> str:
        if rule is None:
            return f"there is no rule {on.decision.rule} any more in the packs that are used"
        reads = self._reads(on.span)
        if reads == on.read:
            return "the rule flags the passage no more"
        place = on.decision.place.span
        over = [decision for decision in self._by_place.over(place) if decision.id > on.decision.id]
        later = next((decision for decision in effective(over) if decision.changes_text), None)
        if later:
            return f"a later decision changed the passage: {later.summary()} ({later.id})"
        return f"the passage was changed by hand and reads {_quoted(reads)} now"

    # Where a decision's place is in the text that was checked, and what stood there when it was taken

    def _reads(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def _span(self, decision: Decision) -> Span:
        span = self._put.get(decision.id) or self.current.to_working(decision.place.span)
        return counterpart(self._blocks, span, self.text) if self.text != self.current.text else span

    @cached_property
    def _put(self) -> Mapping[str, Span]:
        return {piece.decision.id: piece.working for piece in self.current.pieces if piece.decision}

    @cached_property
    def _blocks(self) -> Sequence[Block]:
        return align(self.current.text, self.text)

    def _read_then(self, decision: Decision) -> str:
        """What the passage read by a decision or, if it changed nothing, when it was taken: a place holds whole
        changed passages, so the quote of the base text with the readings of that time in it."""
        if decision.reading is not None:
            return decision.reading
        place, read = decision.place.span, decision.place.exact
        before = [d for d in self._by_place.over(place) if d.id < decision.id]
        if not any(d.changes_text for d in before):
            return read
        for older in reversed(effective(before)):
            start, end = older.place.start - place.start, older.place.end - place.start
            if older.reading is not None and 0 <= start <= end <= len(decision.place.exact):
                read = read[:start] + older.reading + read[end:]
        return read


def _quoted(words: str) -> str:
    return f"“{' '.join(words.split())}”" if words.strip() else "nothing"
