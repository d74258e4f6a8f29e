"""True conflicts: what two editors decided of one place without knowing of each other. Pure functions.

Two words of a paragraph, or the same correction made twice, are no conflict. What is one is never settled here: the
base text stands until a person answers.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from .carrying import meets
from .decision import Decision
from .questions import Group
from .replay import agree

Unaware = Callable[[str, str], bool]
"""Whether each of two decisions, by their ids, was taken without knowledge of the other."""


def conflicts(standing: Sequence[Decision], unaware: Unaware) -> list[Group]:
    """Standing decisions that contradict each other, those that hang together in one group; groups by place.

    A contradiction is, where neither knew of the other: two readings of one passage; a change of a passage that the
    other keeps as it is; two different successors of one decision. Two readings of one passage contradict each other
    in any case where nothing else keeps one of them out of the text.

    Args:
        standing: Decisions with a place in the base text that no other supersedes, questions of merging not counted.
        unaware: Which were taken without knowledge of which.
    """
    by_id = {d.id: d for d in standing}
    pairs = [(one.id, other.id) for one, other in _contrary(standing) if unaware(one.id, other.id)]
    while True:
        groups = _joined(set(pair) for pair in pairs)
        for group in groups:
            members = [by_id[ident] for ident in group]
            group |= {d.id for d in standing if any(agree(d, one) for one in members)}
        groups = _joined(groups)
        asked = set[str]().union(*groups)
        left = list(_readings([d for d in standing if d.id not in asked]))
        if not left:
            return [tuple(by_id[i] for i in sorted(group)) for group in sorted(groups, key=min)]
        pairs += [(one.id, other.id) for one, other in left]


def _contrary(standing: Sequence[Decision]) -> Iterator[tuple[Decision, Decision]]:
    """Pairs that cannot both hold, whoever knew of whom."""
    yield from _readings(standing)
    for one, other in _meeting(standing):
        if _keeps(one, other) or _keeps(other, one):
            yield one, other
    followed: dict[str, list[Decision]] = {}
    for one in standing:
        for ident in one.supersedes:
            before = followed.setdefault(ident, [])
            yield from ((d, one) for d in before if (d.changes_text or one.changes_text) and not agree(d, one))
            before.append(one)


def _readings(standing: Sequence[Decision]) -> Iterator[tuple[Decision, Decision]]:
    """Changes that lie over one another and do not agree."""
    return (pair for pair in _meeting([d for d in standing if d.changes_text]) if not agree(*pair))


def _meeting(decisions: Sequence[Decision]) -> Iterator[tuple[Decision, Decision]]:
    """Pairs of decisions whose places lie over one another."""
    near: list[Decision] = []
    for later in sorted(decisions, key=lambda d: (d.place.start, d.place.end, d.id)):
        near = [d for d in near if d.place.end > later.place.start or d.place.span == later.place.span]
        yield from ((d, later) for d in near if meets(d.place.span, later.place.span))
        near.append(later)


def _keeps(one: Decision, change: Decision) -> bool:
    """Whether a decision without reading keeps what another changes. A question of an editor's own keeps nothing."""
    if one.changes_text or not change.changes_text:
        return False
    if one.disposition == "reject":
        return one.rule is not None and one.rule == change.rule and one.place.span == change.place.span
    return one.disposition == "stet"


def _joined(groups: Iterable[set[str]]) -> list[set[str]]:
    """Groups that share a member, as one."""
    whose: dict[str, set[str]] = {}
    for group in groups:
        whole = set(group).union(*(whose[ident] for ident in group if ident in whose))
        whose |= dict.fromkeys(whole, whole)
    return list({id(group): group for group in whose.values()}.values())
