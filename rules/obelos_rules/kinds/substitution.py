"""Kind ``substitution``: forms that are never right, with what each stands for.

``words`` maps a word (*teh*) or plain words in a row (*of of the*) to one or more readings. A form of the table is
wrong wherever it stands, whatever its capitals, apart from what ``unless`` and the other contexts say. Entries by the
thousand cost no more than one.
"""

from collections.abc import Iterable
from typing import Any

from obelos_transcripts.schema import Field, Problems, several, table, text

from ..anchors import Anchor
from ..asked import Asked, Question, phrase_question
from ..context import Context, Item, Phrase
from ..model import Detector, Hit
from ..reading import Words, normal_form
from .base import Kind, Values
from .confusable import CONTEXT_FIELDS, cased, context_of

_Readings = dict[tuple[str, ...], tuple[str, ...]]


def _readings(node: Any, problems: Problems) -> _Readings:
    """Converter: a mapping from words in a row to what they stand for."""
    read = table(several(text))(node, problems) or {}
    found: _Readings = {}
    for form, readings in read.items():
        words = tuple(normal_form(form).split())
        line = node.keys[form]
        if not words or not all(_is_word(word) for word in words):
            problems.add(line, f"“{form}” is not a word, or several words with spaces between them")
        elif words in found:
            problems.add(line, f"“{form}” stands in the table already; capitals make no difference")
        elif words in {tuple(normal_form(reading).split()) for reading in readings}:
            problems.add(line, f"“{form}” is to stand for itself")
        elif readings:
            found[words] = readings
    return found


def _is_word(word: str) -> bool:
    return word.replace("'", "").isalnum() and "'" not in (word[0], word[-1])


def _build(values: Values, problems: Problems, line: int) -> Detector | None:
    readings: _Readings = values["words"]
    if not readings:
        problems.add(line, "“words” must give at least one form and what it stands for, as in {teh: the}")
        return None
    context = context_of(values)
    single = {form[0]: to for form, to in readings.items() if len(form) == 1}
    questions = [_phrase(form, to, context) for form, to in readings.items() if len(form) > 1]
    if single:
        questions.append(_words(single, context))
    return Asked(tuple(questions))


def _words(readings: dict[str, tuple[str, ...]], context: Context) -> Question:
    def ask(words: Words, number: int) -> Iterable[Hit]:
        if context.holds(words, number, number):
            yield _hit(words, number, number, readings[words.normal[number]])

    return Anchor(frozenset(readings)), ask


def _phrase(form: tuple[str, ...], readings: tuple[str, ...], context: Context) -> Question:
    def found(words: Words, first: int, last: int) -> Iterable[Hit]:
        if context.holds(words, first, last):
            yield _hit(words, first, last, readings)

    return phrase_question(Phrase(tuple(Item(frozenset([word])) for word in form)), found)


def _hit(words: Words, first: int, last: int, readings: tuple[str, ...]) -> Hit:
    start, end = words.starts[first], words.ends[last]
    return Hit(start, end, tuple(cased(words.view[start:end], reading) for reading in readings))


KIND = Kind(
    "substitution",
    {
        "words": Field(_readings, required=True, default={}, about="forms and what they stand for: `{teh: the}`"),
        **CONTEXT_FIELDS,
    },
    _build,
    about=__doc__ or "",
    yields=True,
)
