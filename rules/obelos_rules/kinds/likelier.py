"""What the kinds `context`, `omission` and `surplus` have in common: they tell the places that the model doubts.

The model (`obelos_rules.odds`) is loaded when a rule of these kinds is asked about a text, not before.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from obelos_transcripts import Layer
from obelos_transcripts.schema import Field, Problems, choice
from obelos_transcripts.strict_yaml import Scalar

from ..model import Hit
from ..odds.places import doubts, judge, limit
from ..reading import Reading
from .base import Kind, Values

_LEAST, _LARGEST = 0.05, 30.0
_ALL, _FUNCTION, _OTHER = "all", "function", "other"


@dataclass(frozen=True)
class _Likelier:
    question: str
    alarms: float
    of: str

    def __call__(self, reading: Reading, layers: tuple[Layer, ...]) -> Iterator[Hit]:
        if not (found := reading.once(doubts(layers))):
            return
        least = limit(self.alarms)
        for one in found:
            if one.question == self.question and one.figure >= least and self._asked(one.word):
                values = {"word": one.word, "odds": odds_told(one.gain), "evidence": one.evidence}
                yield Hit(one.start, one.end, (one.suggestion,), values)

    def gather(self, readings: Sequence[Reading], layers: tuple[Layer, ...]) -> None:
        """Judge all of them together."""
        judge(readings, layers)

    def _asked(self, word: str) -> bool:
        from ..odds.network import FUNCTION

        return self.of == _ALL or (word.lower() in FUNCTION) == (self.of == _FUNCTION)


def odds_told(gain: float) -> str:
    """Odds in words, of their natural logarithm: ``about 400 times likelier``."""
    times = math.exp(gain)
    if times < 1.5:
        return "no less likely"
    if times < 10:
        return f"about {times:.0f} times likelier"
    figure = round(times, 1 - len(str(int(times))))
    return f"about {int(figure):,} times likelier" if times < 1_000_000 else "more than a million times likelier"


def _alarms(node: Any, problems: Problems) -> float | None:
    if isinstance(node, Scalar):
        try:
            number = float(node.value)
        except ValueError:
            number = math.nan
        if _LEAST <= number <= _LARGEST:
            return number
    shown = f"“{node.value}”" if isinstance(node, Scalar) else "that"
    what = f"a number from {_LEAST} to {_LARGEST:.0f} was expected, not {shown}"
    return problems.add(node.line, what)  # type: ignore[no-any-return]


def likelier(name: str, question: str, about: str | None) -> Kind:
    """The kind of that name, which asks one question of the model."""

    def build(values: Values, problems: Problems, line: int) -> _Likelier | None:
        return None if values["alarms"] is None else _Likelier(question, values["alarms"], values["of"])

    return Kind(
        name,
        {
            "alarms": Field(
                _alarms,
                required=True,
                about="how quiet the rule is: so many false alarms of the kinds context, omission and surplus "
                "together in 1,000 words of printed documents of the genre",
            ),
            "of": Field(
                choice(_ALL, _FUNCTION, _OTHER),
                default=_ALL,
                about="which words: `function` (articles, prepositions, pronouns, auxiliaries …), `other`, or `all`",
            ),
        },
        build,
        frozenset({"word", "odds", "evidence"}),
        about or "",
    )
