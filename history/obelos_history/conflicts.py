"""True conflicts: what two editors decided of one place without knowing of each other, and the question it becomes.

Pure functions. Two words of a paragraph, or the same correction made twice, are no conflict. What is one is never
settled here: the base text stands until a person answers.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from obelos_transcripts.layers import Layered
from obelos_transcripts.place import place_of
from obelos_transcripts.text import Span
from obelos_transcripts.visible import visible

from .carrying import Signer, meets
from .decision import Decision, sound
from .placing import new_id
from .replay import agree, effective

Sides = tuple[frozenset[str], frozenset[str]]
"""Ids of all decisions that the one side has, and of all that the other has."""

LEAD = "Two editors differ. "
_LONGEST = 400


def conflicts(decisions: Sequence[Decision], sides: Iterable[Sides]) -> list[tuple[Decision, ...]]:
    """Standing decisions that contradict each other, those that hang together in one group; groups by place.

    A contradiction is: two readings of one passage, whoever gave them; and of two decisions of which each side knew
    only its own: a change of a passage that the other keeps as it is, or two different successors of one decision.
    """
    standing = effective(decisions)
    by_id = {d.id: d for d in standing}
    pairs = _readings(standing)
    for ours, theirs in sides:
        pairs += _across(_Across({d.id: d for d in decisions}, ours, theirs), standing)
    groups = _together(pairs)
    for group in groups:
        members = [by_id[ident] for ident in group]
        group |= {d.id for d in standing if any(agree(d, one) for one in members)}
    return [tuple(by_id[i] for i in sorted(group)) for group in sorted(_joined(groups), key=min)]


def _readings(standing: Sequence[Decision]) -> list[tuple[str, str]]:
    """Pairs of standing changes that lie over one another and do not agree."""
    changes = [d for d in standing if d.changes_text]
    return [(one.id, other.id) for one, other in _meeting(changes) if not agree(one, other)]


def _meeting(decisions: Sequence[Decision]) -> Iterator[tuple[Decision, Decision]]:
    """Pairs of decisions whose places lie over one another."""
    near: list[Decision] = []
    for later in sorted(decisions, key=lambda d: (d.place.start, d.place.end, d.id)):
        near = [d for d in near if d.place.end > later.place.start or d.place.span == later.place.span]
        yield from ((d, later) for d in near if meets(d.place.span, later.place.span))
        near.append(later)


@dataclass(frozen=True)
class _Across:
    """All decisions by id, and which of them each side has."""

    decisions: Mapping[str, Decision]
    ours: frozenset[str]
    theirs: frozenset[str]

    def has(self, change: Decision) -> frozenset[str]:
        """What the side knew that a decision of one side comes from."""
        return self.ours if change.id in self.ours else self.theirs


def _across(sides: _Across, standing: Sequence[Decision]) -> list[tuple[str, str]]:
    """Pairs, one of each side: one keeps what the other changes, or both follow differently on one decision."""
    ours = [d for d in standing if d.id in sides.ours and d.id not in sides.theirs]
    theirs = [d for d in standing if d.id in sides.theirs and d.id not in sides.ours]
    mine = {d.id for d in ours}
    pairs = [
        (one.id, other.id)
        for one, other in _meeting([*ours, *theirs])
        if (one.id in mine) != (other.id in mine) and (_keeps(sides, one, other) or _keeps(sides, other, one))
    ]
    successors = {ident: d for d in theirs for ident in d.supersedes}
    for one in ours:
        followed = (successors[ident] for ident in one.supersedes if ident in successors)
        pairs += [(one.id, d.id) for d in followed if (one.changes_text or d.changes_text) and not agree(one, d)]
    return pairs


def _keeps(sides: _Across, one: Decision, change: Decision) -> bool:
    """Whether a decision without reading keeps what a change on the other side changes."""
    if one.changes_text or not change.changes_text:
        return False
    if one.disposition == "reject":
        return one.rule is not None and one.rule == change.rule and one.place.span == change.place.span
    if one.disposition == "stet":
        return True
    # A question of its own keeps nothing. One that arose from a merge keeps what those said who are in it and of whom
    # the maker of the change did not know.
    known = sides.has(change)
    return any(
        member.id not in known
        and meets(member.place.span, change.place.span)
        and (member.disposition == "stet" or (member.changes_text and not agree(member, change)))
        for member in _members(sides, one)
    )


def _members(sides: _Across, query: Decision) -> list[Decision]:
    """The decisions that a question took the place of, also through earlier questions."""
    found: list[Decision] = []
    todo = list(query.supersedes)
    while todo:
        member = sides.decisions.get(todo.pop())
        if member and member.disposition == "query":
            todo += member.supersedes
        elif member:
            found.append(member)
    return found


def _together(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    return _joined([set(pair) for pair in pairs])


def _joined(groups: Iterable[set[str]]) -> list[set[str]]:
    """Groups that share a member, as one."""
    whose: dict[str, set[str]] = {}
    for group in groups:
        whole = set(group).union(*(whose[ident] for ident in group if ident in whose))
        whose |= dict.fromkeys(whole, whole)
    return list({id(group): group for group in whose.values()}.values())


def question(
    document: str, base_id: str, layers: Layered, group: Sequence[Decision], signer: Signer, ids: Collection[str]
) -> Decision:
    """The query that takes the place of contradicting decisions and carries what each of them says.

    Args:
        document: The document's name.
        base_id: Blob of the base text.
        layers: That text.
        group: The decisions, with their places in it.
        signer: Who merged.
        ids: Ids of all records; the query's is later.
    """
    ordered = sorted(group, key=lambda d: (d.place.start, d.place.end, d.id))
    span = ordered[0].place.span
    for d in ordered[1:]:
        if meets(span, d.place.span) or span.end == d.place.start:
            span = Span(span.start, max(span.end, d.place.end))
    made = Decision(
        id=new_id(signer.now, ids),
        document=document,
        base=base_id,
        disposition="query",
        fault="none",
        place=place_of(layers.text, span, layers.layer_at(span.start)),
        reading=None,
        rule=None,
        fingerprint=None,
        note=LEAD + " / ".join(map(said, ordered)),
        cert="unknown",
        evidence=None,
        source="",
        resp=signer.resp,
        when=signer.now.replace(microsecond=0),
        supersedes=tuple(sorted(d.id for d in group)),
    )
    return sound(made)


def said(decision: Decision) -> str:
    """What one editor says of a place, on what ground: a part of the question's note."""
    if decision.disposition == "query" and decision.note.startswith(LEAD):
        return visible(_short(decision.note.removeprefix(LEAD), _LONGEST * 10))
    quote = visible(decision.place.exact)
    what = {"stet": f"keeps “{quote}”", "reject": f"sees no fault in “{quote}”", "query": f"asks about “{quote}”"}
    if decision.reading is None:
        told = what[decision.disposition]
    elif not decision.reading:
        told = f"strikes out “{quote}”"
    else:
        told = f"reads “{visible(decision.reading)}”" + (f" for “{quote}”" if quote else ", put in")
    source = f" [{visible(decision.source)}]" if decision.source else ""
    note = f": {visible(_short(decision.note, _LONGEST))}" if decision.note else ""
    return f"{decision.resp.partition(' <')[0]} ({decision.when:%Y-%m-%d}) {told}{source}{note}"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
