"""Doubtful places of a text, with the reading that would be likelier, for the kinds that tell of them.

Body and notes are judged, each paragraph and each note by itself. Left alone are words that the model does not know,
names, abbreviations and codes in capitals, and texts too short to show how they are written.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from obelos_transcripts import Layer

from ..reading import Reading

if TYPE_CHECKING:
    from .counts import Counts
    from .evidence import Evidence
    from .forms import Forms
    from .model import Model

_FEW = 40
"""Code points of a text that is too short."""
_MOST = 1_000_000
"""Code points judged at once; the network's arrays grow with them."""
_GAIN = 13.8
"""Odds above a million to one are told as that."""


@dataclass(frozen=True)
class Doubt:
    """A doubtful place.

    Attributes:
        question: ``changed``, ``missing`` or ``surplus``.
        start, end: Span in code points: the doubtful word, or the words on either side of a gap.
        word: The doubtful word, or that which may be missing.
        suggestion: What the text would read instead.
        figure: How likely it is wrong: the higher, the likelier.
        gain: By how much the other reading is likelier, as a natural logarithm.
        tell: Gives the evidence.
    """

    question: str
    start: int
    end: int
    word: str
    suggestion: str
    figure: float
    gain: float
    tell: Callable[[], str] = field(repr=False, compare=False)

    @property
    def evidence(self) -> str:
        """How often either reading stands in the counted text, in words."""
        return self.tell()


def limit(alarms: float) -> float:
    """The figure above which there are so many false alarms in 1,000 words of sound text."""
    from .model import shipped

    return shipped().limit(alarms)


@cache
def doubts(layers: tuple[Layer, ...]) -> Callable[[Reading], list[Doubt]]:
    """The model, for `Reading.once`, of the doubtful places in some layers, in the order of the text."""

    def model(reading: Reading) -> list[Doubt]:
        if len(reading.text) < _FEW:
            return []
        spans = list(_spans(reading, layers))
        if sum(end - start for _, start, end in spans) < _FEW:
            return []
        return _doubts(reading, spans)

    return model


def _spans(reading: Reading, layers: tuple[Layer, ...]) -> Any:
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


def _doubts(reading: Reading, spans: list[tuple[str, int, int]]) -> list[Doubt]:
    from .forms import forms_of
    from .learned import read_learned
    from .model import shipped

    model = shipped()
    learned = read_learned(reading.learned)
    evidence = model.evidence(learned.counts if learned else None)
    found: list[Doubt] = []
    together: list[tuple[str, int, int]] = []
    size = 0
    for span in [*spans, None]:
        if span is None or (size and size + span[2] - span[1] > _MOST):
            forms = forms_of(together, model.vocabulary)
            found += _Judged(model, evidence, forms, learned.moved if learned else {}, reading.text).doubts()
            together, size = [], 0
        if span:
            together.append(span)
            size += span[2] - span[1]
    found.sort(key=lambda one: (one.start, one.end, one.question))
    return found


class _Judged:
    def __init__(
        self, model: "Model", evidence: "Evidence", forms: "Forms", moved: dict[tuple[str, str], float], text: str
    ) -> None:
        self._model = model
        self._evidence = evidence
        self._forms = forms
        self._moved = moved
        self._text = text

    def doubts(self) -> list[Doubt]:
        import numpy as np

        from .model import QUESTIONS
        from .ranking import told

        least = float(self._model.limits[-1])
        tables = self._evidence.tables(self._forms)
        at, figures, which, row = [], [], [], []
        for number, (judge, table) in enumerate(zip(self._model.judges, tables, strict=True)):
            figure = judge.odds(table.figures)
            if self._moved:
                figure = figure + self._shift(number, table)
            kept = np.flatnonzero(figure >= least)
            at.append(table.at[kept])
            figures.append(figure[kept])
            which.append(np.full(len(kept), number))
            row.append(kept)
        places, weights = np.concatenate(at), np.concatenate(figures)
        kinds, rows = np.concatenate(which), np.concatenate(row)
        found = []
        for place in told(places, weights).tolist():
            question = QUESTIONS[kinds[place]]
            table = tables[kinds[place]]
            one = self._doubt(question, int(places[place]), int(table.rival[rows[place]]))
            if one:
                word, start, end, suggestion, evidence = one
                gain = min(max(float(table.gain[rows[place]]), 0.0), _GAIN)
                found.append(Doubt(question, start, end, word, suggestion, float(weights[place]), gain, evidence))
        return found

    def _shift(self, number: int, table: Any) -> Any:
        """What the edition's own decisions on the same pair of words add."""
        import numpy as np

        shifts = np.zeros(len(table.at), dtype=np.float32)
        numbers = self._model.vocabulary.numbers
        for (wrong, right), shift in self._moved.items():
            asked = {0: bool(wrong and right), 1: not wrong, 2: not right}[number]
            if not asked or (wrong or right) not in numbers:
                continue
            rival = table.rival == numbers.get(right or wrong, -1)
            own = self._forms.ids[table.at] == numbers.get(wrong, -1) if wrong else True
            shifts[rival & own] = shift
        return shifts

    def _doubt(self, question: str, at: int, rival: int) -> tuple[str, int, int, str, Callable[[], str]] | None:
        forms, text = self._forms, self._text
        written = forms.word(at)
        word = self._model.vocabulary.forms[rival]
        before, after = forms.starts[at - 1] >= 0, forms.starts[at + 1] >= 0
        if question == "changed":
            suggestion = _like(word, written)
            left = [forms.word(at - 1)] if before else []
            right = [forms.word(at + 1)] if after else []
            evidence = partial(self._told, (*left, suggestion, *right), (*left, written, *right))
            return written, int(forms.starts[at]), int(forms.ends[at]), suggestion, evidence
        if not before:
            return None
        start, end = int(forms.starts[at - 1]), int(forms.ends[at])
        if question == "missing":
            gap = text[forms.ends[at - 1] : forms.starts[at]]
            if gap.strip() or not gap:
                return None
            both = forms.word(at - 1), forms.word(at)
            evidence = partial(self._told, (both[0], word, both[1]), both)
            return word, start, end, f"{both[0]} {word}{gap}{both[1]}", evidence
        gap = text[forms.ends[at - 1] : forms.starts[at]]
        if gap.strip() or not gap:
            return None
        left_over = forms.word(at - 1)
        following = [forms.word(at + 1)] if after else []
        evidence = partial(self._told, (left_over, *following), (left_over, written, *following))
        return written, start, end, left_over, evidence

    def _told(self, other: tuple[str, ...], own: tuple[str, ...]) -> str:
        """``“a base for” 212, “a bane for” 0 times``."""
        parts = [f"“{' '.join(words)}” {self._count(words)}" for words in (other, own)]
        return ", ".join(parts)

    def _count(self, words: tuple[str, ...]) -> str:
        import numpy as np

        from .counts import hashed
        from .forms import form

        columns = [np.array([hashed(form(word))], dtype=np.uint64) for word in words]
        counts: Counts = self._evidence.counts
        if len(columns) < 2:
            return "?"
        many = int(counts.pair(*columns)[0]) if len(columns) == 2 else int(counts.triple(*columns)[0])
        return f"about {round(many, -(len(str(many)) - 2)):,}" if many > 127 else str(many)


def _like(word: str, written: str) -> str:
    """The word with the capitals of another."""
    if len(written) > 1 and written.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if written[:1].isupper() else word
