"""Which findings have been answered: the edition's memory, shared by `check` and the review screen.

A finding is answered when a standing decision carries its fingerprint, or was taken by the same rule on the same
words at the same place. When the passage changes, neither holds any more and the finding is open again.
"""

from collections.abc import Iterable, Sequence

from obelos_history import Decision, Replay, effective
from obelos_rules import Finding
from obelos_transcripts import Span


def answers(findings: Sequence[Finding], current: Replay, decisions: Iterable[Decision]) -> list[Decision | None]:
    """For each finding of the working text the decision that answers it, or None while it is open."""
    standing = [decision for decision in effective(decisions) if decision.rule]
    by_fingerprint = {d.fingerprint: d for d in standing if d.fingerprint and not d.changes_text}
    by_place = {(d.rule, current.to_working(d.place.span)): d for d in standing}
    found: list[Decision | None] = []
    for finding in findings:
        span = Span(finding.start, finding.end)
        decision = by_fingerprint.get(finding.fingerprint) or by_place.get((finding.code, span))
        if decision and not decision.changes_text and decision.place.exact != finding.found:
            decision = by_fingerprint.get(finding.fingerprint)
        found.append(decision)
    return found
