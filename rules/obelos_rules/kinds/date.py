"""Kind ``date``: dates that cannot be, or contradict one another.

``what: impossible`` (31 June), ``weekday`` (the weekday of a full date is another), ``citation`` (a note or line
speaks of *June 1946* and cites a numeric date in June of another year, and none in that June).
"""

from collections.abc import Iterable, Iterator

from obelos_transcripts import Layer
from obelos_transcripts.schema import Field, Problems, choice

from ..calendar_dates import WrittenDate, find_dates
from ..classes import MONTHS
from ..model import Detector, Hit
from ..reading import Reading
from .base import Kind, Values

_GREGORIAN = 1919
"""From this year on hardly any writer still dates by the Julian calendar."""
_NEAREST = 3


def _build(values: Values, problems: Problems, line: int) -> Detector:
    what = values["what"]

    def detect(reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        if what == "citation":
            for view, start, end in reading.passages(layers):
                yield from _against_citation(list(find_dates(view, start, end)))
            return
        for one in find_dates(reading.view(layers)):
            hit = _impossible(one) if what == "impossible" else _weekday(one)
            if hit:
                yield hit

    return detect


def _impossible(one: WrittenDate) -> Hit | None:
    return None if one.possible() else Hit(one.start, one.end, (), {"weekday": ""})


def _weekday(one: WrittenDate) -> Hit | None:
    right = one.weekday_of()
    if not one.weekday or not right or right == one.weekday or one.year < _GREGORIAN:
        return None
    return Hit(one.start, one.end, (one.text.replace(one.weekday, right, 1),), {"weekday": right})


def _against_citation(dates: list[WrittenDate]) -> Iterator[Hit]:
    prose = [one for one in dates if not one.numeric and one.year]
    cited = [one for one in dates if one.numeric and one.possible()]
    months = {(one.month, one.year) for one in prose}
    for one in cited:
        if (one.month, one.year) in months:
            continue
        for other in prose:
            near = 0 < abs(other.year - one.year) <= _NEAREST
            agreed = any((two.month, two.year) == (other.month, other.year) for two in cited)
            if other.month == one.month and near and not agreed and other.day in (0, one.day):
                said = f"{MONTHS[other.month - 1].capitalize()} {other.year}"
                yield Hit(one.start, one.end, (one.text[:-4] + str(other.year),), {"prose": said})
                break


KIND = Kind(
    "date",
    {"what": Field(choice("impossible", "weekday", "citation"), required=True)},
    _build,
    frozenset({"weekday", "prose"}),
)
