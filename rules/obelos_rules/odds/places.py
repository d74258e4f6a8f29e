"""Doubtful places of texts, with the readings that would be likelier, for the kinds that tell of them.

Body and notes are judged, each paragraph and each note by itself. Left alone are words that the model does not know,
names, abbreviations and codes in capitals, and texts too short to show how they are written. Many short texts are
judged together, since most of what it takes is once for all of them; what is found in each is what would be found in it
alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from obelos_transcripts import Layer

from ..reading import Reading

if TYPE_CHECKING:
    from .evidence import Evidence
    from .forms import Forms
    from .learned import Pair
    from .model import Model
    from .telling import Doubt
    from .where import Table

_FEW = 40
"""Code points of a text that is too short."""
_MOST = 1_000_000
"""Code points judged at once; the network's arrays grow with them."""

_Span = tuple[str, int, int]
_Piece = tuple[int, list[_Span]]
"""What is judged in one go of a text: which text, and spans of it."""


def limit(alarms: float) -> float:
    """The figure above which there are so many false alarms in 1,000 words of sound text."""
    from .model import shipped

    return shipped().limit(alarms)


@cache
def doubts(layers: tuple[Layer, ...]) -> "Callable[[Reading], list[Doubt]]":
    """The model, for `Reading.once`, of the doubtful places in some layers, in the order of the text."""

    def model(reading: Reading) -> "list[Doubt]":
        return _judged([reading], layers)[0]

    return model


def judge(readings: Iterable[Reading], layers: tuple[Layer, ...]) -> None:
    """Judge some texts together; what `doubts` finds in each is known to it from then on."""
    look = doubts(layers)
    by_lesson: dict[Path | None, list[Reading]] = {}
    for reading in readings:
        if not reading.knows(look):
            by_lesson.setdefault(reading.learned, []).append(reading)
    for together in by_lesson.values():
        for reading, found in zip(together, _judged(together, layers), strict=True):
            reading.know(look, found)


def _spans(reading: Reading, layers: tuple[Layer, ...]) -> Iterator[_Span]:
    """What is read in one breath: the body as a whole, and each note."""
    for layer in layers:
        if layer == "note":
            for start, end, own in reading.layered.regions:
                if own == "note":
                    for at in range(start, end, _MOST):
                        yield reading.text, at, min(end, at + _MOST)
        else:
            view = reading.view((layer,))
            at = 0
            while at < len(view):
                end = len(view) if len(view) - at <= _MOST else max(view.rfind("\n", at, at + _MOST), at + _MOST // 2)
                yield view, at, end
                at = end


def _pieces(number: int, reading: Reading, layers: tuple[Layer, ...]) -> list[_Piece]:
    """A text in pieces that are small enough; none if it is too short."""
    if len(reading.text) < _FEW:
        return []
    spans = list(_spans(reading, layers))
    if sum(map(_length, spans)) < _FEW:
        return []
    return [(number, together) for together in _together(spans, _length)]


def _length(span: _Span) -> int:
    return span[2] - span[1]


def _together(items: Iterable[Any], length: Callable[[Any], int]) -> Iterator[list[Any]]:
    """Some things, as many at once as are not too long together."""
    found: list[Any] = []
    size = 0
    for item in items:
        if found and size + length(item) > _MOST:
            yield found
            found, size = [], 0
        found.append(item)
        size += length(item)
    if found:
        yield found


def _judged(readings: Sequence[Reading], layers: tuple[Layer, ...]) -> "list[list[Doubt]]":
    """The doubtful places of some texts that have the same lessons behind them."""
    found: list[list[Doubt]] = [[] for _ in readings]
    pieces = [piece for number, reading in enumerate(readings) for piece in _pieces(number, reading, layers)]
    if not pieces:
        return found
    from .learned import read_learned
    from .model import shipped

    model = shipped()
    learned = read_learned(readings[0].learned)
    evidence = model.evidence(learned.counts if learned else None)
    judges = _Judges(model, evidence, learned.moved if learned else {})
    texts = [reading.text for reading in readings]
    for together in _together(pieces, lambda piece: sum(map(_length, piece[1]))):
        judges.judge(together, texts, found)
    for doubtful in found:
        doubtful.sort(key=lambda one: (one.start, one.end, one.question))
    return found


class _Judges:
    def __init__(self, model: "Model", evidence: "Evidence", moved: "dict[Pair, float]") -> None:
        self._model = model
        self._evidence = evidence
        self._moved = moved

    def judge(self, pieces: list[_Piece], texts: list[str], found: "list[list[Doubt]]") -> None:
        """Add what is doubtful in some pieces to what was found in their texts."""
        import numpy as np

        from .cutting import forms_of_pieces
        from .model import QUESTIONS
        from .ranking import told
        from .telling import Teller

        forms = forms_of_pieces([spans for _, spans in pieces], self._model.vocabulary)
        least = float(self._model.limits[-1])
        tables = self._evidence.tables(forms)
        at, figures, which, row = [], [], [], []
        for number, (judge, table) in enumerate(zip(self._model.judges, tables, strict=True)):
            figure = judge.odds(table.figures)
            if self._moved:
                figure = figure + self._shift(number, table, forms)
            kept = np.flatnonzero(figure >= least)
            at.append(table.at[kept])
            figures.append(figure[kept])
            which.append(np.full(len(kept), number))
            row.append(kept)
        places, weights = np.concatenate(at), np.concatenate(figures)
        kinds, rows = np.concatenate(which), np.concatenate(row)
        teller = Teller(self._model, self._evidence.counts, forms)
        for one in told(places, weights).tolist():
            table, place = tables[kinds[one]], int(places[one])
            text = pieces[forms.piece(place)][0]
            rival, gain = int(table.rival[rows[one]]), float(table.gain[rows[one]])
            doubt = teller.doubt(QUESTIONS[kinds[one]], place, rival, texts[text], float(weights[one]), gain)
            if doubt:
                found[text].append(doubt)

    def _shift(self, number: int, table: "Table", forms: "Forms") -> Any:
        """What the edition's own decisions on the same words add."""
        import numpy as np

        shifts = np.zeros(len(table.at), dtype=np.float32)
        for (wrong, right), shift in self._moved.items():
            shifts[self._same(number, wrong, right, table, forms)] = shift
        return shifts

    def _same(self, number: int, wrong: str, right: str, table: "Table", forms: "Forms") -> Any:
        """Which places of a table are about these words."""
        numbers = self._model.vocabulary.numbers
        asked = (
            wrong and right and " " not in wrong + right,
            not wrong,
            not right,
            " " in wrong and " " not in right,
            " " in right and " " not in wrong,
        )
        if not asked[number]:
            return []
        if number > 2:
            whole, both = (right, wrong) if number == 3 else (wrong, right)
            row = self._model.divisions.row_of(*(numbers.get(word, -1) for word in (whole, *both.split(" ", 1))))
            return table.rival == row
        if (wrong or right) not in numbers:
            return []
        rival = table.rival == numbers.get(right or wrong, -1)
        return rival & (forms.ids[table.at] == numbers[wrong]) if wrong else rival
