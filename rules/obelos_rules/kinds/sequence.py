"""Kind ``sequence``: numbered paragraphs and lettered items that skip or repeat a number.

It reads the whole outline, labels supplied in brackets included. A list may open with any number (the first
paragraph of a British telegram often bears none); what is marked as left out by the editor excuses a gap.
``where: run-in`` reads the labels inside paragraphs instead: *(1) one thing; (2) another; (4) a third*.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from obelos_transcripts import Layer
from obelos_transcripts.schema import Field, Problems, choice

from ..model import Detector, Hit
from ..numerals import roman
from ..reading import Reading
from ..structure import ROMAN_LETTERS, Label, as_roman, runs_in
from .base import Kind, Values

_OMITTED = re.compile(r"…|\.\s?\.\s?\.|\*\s?\*|\[(?:Here|Omitted|Omission|Paragraph)", re.IGNORECASE)
_FARTHEST = 3
_DEEPEST = 8
"""Lists open at once; no document nests deeper, and a text of nothing but labels costs no more."""


@dataclass
class _List:
    """An open list: its shape and the last label of it."""

    shape: str
    last: Label


def _build(values: Values, problems: Problems, line: int) -> Detector:
    wanted, run_in = values["what"], values["where"] == "run-in"

    def detect(reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        found = _in_runs(reading.view(layers)) if run_in else _mismatches(reading.text, reading.labels)
        for problem, hit in found:
            if problem == wanted:
                yield hit

    return detect


def _in_runs(view: str) -> Iterator[tuple[str, Hit]]:
    """What is wrong with lists inside paragraphs; one that goes on only with references to its items is let be."""
    for run in runs_in(view):
        expected = 1
        for place, label in enumerate(run):
            if label.value == expected:
                expected += 1
                continue
            following = run[place + 1] if place + 1 < len(run) else None
            slip = following is not None and following.value == expected + 1
            if label.value == expected - 1 and slip:
                yield "repeated", _run_in_hit(run[place - 1], label, expected, slip)
            elif expected < label.value <= expected + _FARTHEST and (expected > 2 or slip):
                yield "gap", _run_in_hit(run[place - 1], label, expected, slip)
            break


def _run_in_hit(last: Label, label: Label, expected: int, slip: bool) -> Hit:
    values = {"expected": _shown(label, expected), "last": _shown(last, last.value)}
    return Hit(label.start, label.end, (_shown(label, expected),) if slip else (), values)


def _mismatches(text: str, labels: tuple[Label, ...]) -> Iterator[tuple[str, Hit]]:
    """What is wrong with the outline, in order: ("gap" or "repeated", hit)."""
    open_lists: list[_List] = []
    following_one = _following(labels)
    for place, label in enumerate(labels):
        found = _continued(open_lists, label)
        if found is not None:
            del open_lists[found[0] + 1 :]
            open_lists[-1].last = found[1]
            continue
        inner = next((n for n in range(len(open_lists) - 1, -1, -1) if open_lists[n].shape == label.shape), None)
        if inner is None or label.value == 1:
            first = as_roman(label) if label.series == "letter" and label.value == ROMAN_LETTERS[0] else label
            if label.series == "number" or first.value == 1:
                open_lists = [*open_lists[-_DEEPEST + 1 :], _List(label.shape, first)]
            continue
        last = open_lists[inner].last
        if last.series == label.series == "letter" and label.value == ROMAN_LETTERS[0]:
            open_lists = [*open_lists[-_DEEPEST + 1 :], _List(label.shape, as_roman(label))]
            continue
        if last.series != label.series:
            if last.series != "roman" or label.value not in ROMAN_LETTERS:
                continue
            label = as_roman(label)
        expected = last.value + 1
        following = following_one[place]
        slip = following is not None and following.value == expected + 1 and label.value != expected
        if not slip and not last.value <= label.value <= last.value + _FARTHEST:
            continue
        del open_lists[inner + 1 :]
        open_lists[inner].last = label._replace(value=expected) if slip else label
        if _OMITTED.search(text, last.end, label.start):
            continue
        values = {"expected": _shown(label, expected), "last": _shown(last, last.value)}
        problem = "repeated" if label.value == last.value else "gap"
        yield (
            problem,
            Hit(label.start, label.end, (_shown(label, expected),) if slip or problem == "repeated" else (), values),
        )


def _following(labels: tuple[Label, ...]) -> list[Label | None]:
    """For each label the next one of its shape."""
    latest: dict[str, Label] = {}
    found: list[Label | None] = []
    for label in reversed(labels):
        found.append(latest.get(label.shape))
        latest[label.shape] = label
    return found[::-1]


def _continued(open_lists: list[_List], label: Label) -> tuple[int, Label] | None:
    """The innermost open list that a label continues, and the label as read there."""
    for number in range(len(open_lists) - 1, -1, -1):
        one = open_lists[number]
        if one.shape != label.shape:
            continue
        readings = [label]
        if label.series == "letter" and label.value in ROMAN_LETTERS:
            readings.append(as_roman(label))
        for reading in readings:
            if reading.series == one.last.series and reading.value == one.last.value + 1:
                return number, reading
    return None


def _shown(label: Label, value: int) -> str:
    if label.series == "number":
        return str(value)
    letter = chr(ord("a") + (value - 1) % 26) if label.series == "letter" else roman(value)
    return letter.upper() if "A" in label.shape else letter


KIND = Kind(
    "sequence",
    {
        "what": Field(choice("gap", "repeated"), default="gap", about="what is wrong with the list"),
        "where": Field(choice("lines", "run-in"), default="lines", about="labels at line starts, or inside paragraphs"),
    },
    _build,
    frozenset({"expected", "last"}),
    __doc__ or "",
)
