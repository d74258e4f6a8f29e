"""The figures of the report: what its charts draw and its tables list."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime

from obelos_history import CERTAINTIES, FAULTS, Decision
from obelos_history.persons import Persons
from obelos_transcripts.edition import DISPOSITIONS

from .model import EditionReport

Row = tuple[str, int]

MOST = 48
"""Steps of time that a chart has room for."""


def by_disposition(decisions: Iterable[Decision]) -> list[Row]:
    """Decisions by disposition, in the usual order."""
    return _in_order(DISPOSITIONS, (d.disposition for d in decisions))


def by_fault(decisions: Iterable[Decision]) -> list[Row]:
    """Decisions by whose error it was."""
    return _in_order(FAULTS, (d.fault for d in decisions))


def by_certainty(decisions: Iterable[Decision]) -> list[Row]:
    """Decisions by how certain they are; those that say nothing are *unknown*."""
    return _in_order(CERTAINTIES, (d.cert for d in decisions))


def by_person(decisions: Iterable[Decision], persons: Persons) -> list[Row]:
    """Decisions by who took them, the most first."""
    decisions = sorted(decisions, key=lambda d: d.id)
    names: dict[str, str] = {}
    for decision in decisions:
        names.setdefault(persons.key(decision.resp), decision.resp)
    counts = Counter(persons.key(d.resp) for d in decisions)
    return sorted(((names[key], count) for key, count in counts.items()), key=lambda row: (-row[1], row[0]))


def short_names(rows: Sequence[Row]) -> list[Row]:
    """Rows of persons without their mail addresses, where the names alone tell them apart."""
    names = Counter(person.split(" <")[0] for person, _ in rows)
    return [
        (person if names[name] > 1 or not name else name, n) for person, n in rows for name in [person.split(" <")[0]]
    ]


def over_time(decisions: Iterable[Decision]) -> tuple[str, list[Row]]:
    """Decisions by day, month or year (UTC), whichever the chart has room for, empty ones among them; and which."""
    days = sorted(d.when.astimezone(UTC).date() for d in decisions)
    if not days:
        return "day", []
    steps: Sequence[tuple[str, Callable[[date], date], str]] = (
        ("day", lambda day: day, "%Y-%m-%d"),
        ("month", lambda day: day.replace(day=1), "%Y-%m"),
        ("year", lambda day: day.replace(month=1, day=1), "%Y"),
    )
    for what, begin, form in steps:
        span = _between(begin(days[0]), begin(days[-1]), what)
        if len(span) <= MOST or what == "year":
            counts = Counter(begin(day) for day in days)
            return what, [(f"{step:{form}}", counts[step]) for step in span[-MOST:]]
    raise AssertionError("a year is always taken")


def answers(report: EditionReport) -> list[Row]:
    """Findings of the usual levels: answered and open."""
    found = [one.findings for one in report.documents if one.findings]
    return [
        ("answered", sum(one.answered for one in found)),
        ("open, certain", sum(one.certain for one in found)),
        ("open, likely", sum(one.likely for one in found)),
    ]


def _in_order(names: Sequence[str], values: Iterable[str]) -> list[Row]:
    counts = Counter(values)
    return [(name, counts[name]) for name in names]


def _between(first: date, last: date, step: str) -> list[date]:
    """Every step from the first to the last, both among them; of more than a thousand, the last thousand."""
    found = [last]
    while found[-1] > first and len(found) < 1000:
        at = found[-1]
        if step == "day":
            found.append(date.fromordinal(at.toordinal() - 1))
        elif step == "month":
            found.append(at.replace(year=at.year - (at.month == 1), month=at.month - 1 or 12))
        else:
            found.append(at.replace(year=at.year - 1))
    return found[::-1]


def shown(moment: datetime) -> str:
    """A moment as it is told: date, time and offset, as recorded."""
    return f"{moment:%Y-%m-%d %H:%M %z}"
