"""One place is asked about once: a difference of witnesses is left out where another finding asks already.

The reading of the witness is shown with that finding, and taking it answers both. Once the other finding is answered
and the answer does not settle what the witness reads, the difference is told.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from obelos_history import Decision
from obelos_rules import LEVELS, Finding

from .answered import WITNESS

_SHORT = 40
"""Code points of a finding in which an editor sees a difference of one word at a glance."""


def folded(findings: Sequence[Finding], answers: Sequence[Decision | None]) -> frozenset[int]:
    """Numbers of the findings, in order, that another one stands for: open ones for open, answered for answered."""
    return frozenset((*_open(findings, answers), *_answered(findings, answers)))


def _open(findings: Sequence[Finding], answers: Sequence[Decision | None]) -> Iterator[int]:
    still = [(number, one) for number, one in enumerate(findings) if answers[number] is None]
    for weakest, level in enumerate(LEVELS):
        # Weaker ones do not stand for it, so that it is told or not whatever the level asked for.
        others = [one for _, one in still if _stands_for(one) and LEVELS.index(one.level) <= weakest]
        starts = [one.start for one in others]
        ends = list(accumulate((one.end for one in others), max))
        for number, one in still:
            before = bisect_right(starts, one.start) if one.kind == WITNESS and one.level == level else 0
            if before and ends[before - 1] >= one.end:
                yield number


def _stands_for(finding: Finding) -> bool:
    return finding.kind != WITNESS and finding.end - finding.start <= _SHORT


def _answered(findings: Sequence[Finding], answers: Sequence[Decision | None]) -> Iterator[int]:
    told = {answer.id for one, answer in zip(findings, answers, strict=True) if answer and one.kind != WITNESS}
    for number, (one, answer) in enumerate(zip(findings, answers, strict=True)):
        if answer and one.kind == WITNESS and answer.id in told:
            yield number
