"""The same words decided differently at different places: *block* emended here, kept there.

Either may be right; but an editor should know of it before a reader asks.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from obelos_history import Decision
from obelos_rules import Rule

from .reports.told import decision_data

KEPT = ""
"""The outcome of a decision that lets the words stand."""


@dataclass(frozen=True)
class Uneven:
    """Words that one rule flagged (or an editor chose) and decisions that end differently, in order of time."""

    words: str
    rule: str | None
    decisions: tuple[Decision, ...]

    @property
    def outcomes(self) -> list[str]:
        """The readings given, and `KEPT`, each once."""
        return list(dict.fromkeys(map(outcome, self.decisions)))


def outcome(decision: Decision) -> str:
    """What stands after a decision: its reading, or `KEPT`."""
    return decision.reading or KEPT if decision.changes_text else KEPT


def uneven(decisions: Iterable[Decision], rules: Iterable[Rule]) -> list[Uneven]:
    """Groups of standing decisions on the same words in the same layer that end differently; queries are open."""
    today = {old: rule.code for rule in rules for old in (*rule.aliases, rule.code)}
    groups: dict[tuple[str, str, str], list[Decision]] = defaultdict(list)
    for one in decisions:
        words = " ".join(one.place.exact.split())
        if one.disposition != "query" and words:
            groups[words, one.place.layer, today.get(one.rule or "", one.rule or "")].append(one)
    return [
        Uneven(words, rule or None, tuple(sorted(group, key=lambda one: (one.when, one.id))))
        for (words, _, rule), group in sorted(groups.items())
        if len({outcome(one) for one in group}) > 1
    ]


def lines_of(found: Uneven) -> list[str]:
    """A group as lines of text."""
    lines = [f"“{found.words}”{f' ({found.rule})' if found.rule else ''} is decided in {len(found.outcomes)} ways"]
    for one in found.decisions:
        reading = f" → “{one.reading}”" if one.changes_text else ""
        passage = f"…{one.place.prefix}[{one.place.exact}]{one.place.suffix}…"
        lines.append(f"    {one.document}: {one.disposition}{reading}, {one.when:%Y-%m-%d}, {one.resp}  {one.id}")
        lines.append(f"        {' '.join(passage.split())}")
    return lines


def as_data(found: Sequence[Uneven]) -> dict[str, Any]:
    """All groups as the documented JSON object."""
    groups = [
        {"words": one.words, "rule": one.rule, "decisions": [_told(made) for made in one.decisions]} for one in found
    ]
    return {"version": 1, "uneven": groups}


def _told(made: Decision) -> dict[str, Any]:
    return {**decision_data(made), "document": made.document, "reading": made.reading or ""}
