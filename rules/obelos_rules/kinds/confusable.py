"""Kind ``confusable``: one real word where the sense wants another, told by the words beside it.

``words`` maps a word to what it may stand for; ``sets`` lists words that stand for one another; ``phrases`` maps a
phrase to what it may stand for (*left < flagged > right* flags only what stands between the signs; ``{2}`` is the
second flagged word); ``prefixes`` maps a prefix before a hyphen, as in *pre-Russian*. At least one of
them, narrowed by ``left``, ``right``, ``where``, ``near``, ``unless``.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from obelos_transcripts.schema import Field, Problems, several, table, text
from obelos_transcripts.strict_yaml import Scalar

from ..anchors import Anchor
from ..asked import Asked, Question, phrase_question
from ..context import Context, Phrase, phrase
from ..model import Detector, Hit
from ..reading import Words, normal_form
from .base import Kind, Values

PART = re.compile(r"\{(\d)\}")
_CONTEXTS = {
    "left": "one of these phrases must stand right before",
    "right": "one of these phrases must stand right after",
    "where": "one of these phrases must stand around it, itself at `_`",
    "near": "one of these phrases must stand within eight words",
    "unless": "none of these phrases may stand around it",
}
CONTEXT_FIELDS = {name: Field(several(phrase), default=(), about=about) for name, about in _CONTEXTS.items()}
_SIDES = re.compile(r"(?:(?P<left>.+) < )?(?P<flagged>.+?)(?: > (?P<right>.+))?")


@dataclass(frozen=True)
class _Entry:
    """A phrase of the ``phrases`` table: what is flagged, what must stand beside it, what it may stand for."""

    flagged: Phrase
    left: Phrase | None
    right: Phrase | None
    suggestions: tuple[str, ...]


def context_of(values: Values) -> Context:
    """The conditions out of the values of a rule."""
    return Context(**{name: values[name] for name in CONTEXT_FIELDS})


def cased(found: str, suggestion: str) -> str:
    """A suggestion with the capitals of what was found."""
    if len(found) > 1 and found.isupper():
        return suggestion.upper()
    if found[:1].isupper() and suggestion[:1].islower():
        return suggestion[0].upper() + suggestion[1:]
    return suggestion


def _build(values: Values, problems: Problems, line: int) -> Detector | None:
    readings: dict[str, tuple[str, ...]] = {
        normal_form(word): tuple(to) for word, to in (values["words"] or {}).items() if to
    }
    for group in values["sets"]:
        readings |= {normal_form(word): tuple(other for other in group if other != word) for word in group}
    prefixes = {normal_form(word): tuple(to) for word, to in (values["prefixes"] or {}).items() if to}
    phrases: tuple[_Entry, ...] = values["phrases"]
    if not (readings or prefixes or phrases):
        problems.add(line, "a confusable lacks words: one of words, sets, phrases, prefixes was expected")
        return None
    if prefixes and not values["right"]:
        problems.add(line, "prefixes need “right”: what the prefix stands before")
        return None
    context = context_of(values)
    questions = [_phrase(entry, context) for entry in phrases]
    if readings:
        questions.append(_words(readings, context))
    if prefixes:
        anchor = Anchor(frozenset(prefixes))
        questions.append(
            (anchor, lambda words, number: _prefixed(words, number, prefixes[words.normal[number]], context))
        )
    return Asked(tuple(questions))


def _phrase(entry: _Entry, context: Context) -> Question:
    def found(words: Words, first: int, last: int) -> Iterable[Hit]:
        if context.holds(words, first, last):
            yield _hit(words, first, last, filled(entry.suggestions, part_of(words, first, last)))

    return phrase_question(entry.flagged, found, entry.left, entry.right)


def _words(readings: dict[str, tuple[str, ...]], context: Context) -> Question:
    place, anchor = context.anchor(frozenset(readings))

    def ask(words: Words, number: int) -> Iterable[Hit]:
        number -= place
        suggestions = readings.get(words.normal[number]) if 0 <= number < len(words) else None
        if suggestions and context.holds(words, number, number):
            yield _hit(words, number, number, suggestions)

    return anchor, ask


def _hit(words: Words, first: int, last: int, suggestions: tuple[str, ...]) -> Hit:
    start, end = words.starts[first], words.ends[last]
    found = words.view[start:end]
    return Hit(start, end, tuple(cased(found, suggestion) for suggestion in suggestions))


def part_of(words: Words, first: int, last: int) -> Callable[[int], str]:
    """The words from first to last by number from 1; 0 is the whole."""
    found = words.view[words.starts[first] : words.ends[last]]
    return lambda number: words.text(first + number - 1) if number else found


def filled(templates: tuple[str, ...], part: Callable[[int], str]) -> tuple[str, ...]:
    """Templates with ``{0}`` to ``{9}`` replaced by parts; what a part says is not read again."""
    return tuple(PART.sub(lambda name: part(int(name[1])), template) for template in templates)


def _prefixed(words: Words, number: int, suggestions: tuple[str, ...], context: Context) -> Iterator[Hit]:
    stem = number + 1
    if stem >= len(words) or words.gap(number) not in ("-", "‑", "‐"):
        return
    if not any(one.at(words, stem) is not None for one in context.right):
        return
    rest = Context(left=context.left, where=context.where, near=context.near, unless=context.unless)
    if rest.holds(words, number, stem):
        start, end = words.starts[number], words.ends[stem]
        tail = words.view[words.ends[number] : end]
        found = words.text(number)
        yield Hit(start, end, tuple(cased(found, suggestion) + tail for suggestion in suggestions))


def _phrase_table(node: Any, problems: Problems) -> Any:
    """Converter: a mapping from phrases, with what must stand before ``<`` and after ``>``, to one or more texts."""
    read = table(several(text))(node, problems) or {}
    found = [_entry(key, suggestions, node.keys[key], problems) for key, suggestions in read.items()]
    return tuple(entry for entry in found if entry)


def _entry(key: str, suggestions: tuple[str, ...], line: int, problems: Problems) -> _Entry | None:
    parts = _SIDES.fullmatch(key)
    sides = [parts["left"], parts["flagged"], parts["right"]] if parts else [None, key, None]
    left, flagged, right = (phrase(Scalar(side, line), problems) if side else None for side in sides)
    if flagged is None or not anchored(flagged, problems, line):
        return None
    highest = max((int(n) for suggestion in suggestions for n in PART.findall(suggestion)), default=0)
    if highest > len(flagged):
        problems.add(line, f"word {{{highest}}} is named, but “{key}” flags {len(flagged)}")
    return _Entry(flagged, left, right, suggestions)


def _word_sets(node: Any, problems: Problems) -> Any:
    groups = several(several(text))(node, problems)
    for group in groups:
        if len(group) == 1:
            problems.add(node.line, "a set needs two words or more, as in [[affect, effect]]")
    return groups


def anchored(template: Phrase, problems: Problems, line: int) -> bool:
    """Whether a phrase holds a word that can be looked up; a problem if not."""
    if any(item.words and not (item.tests or item.stop) for item in template.items):
        return True
    problems.add(line, "a phrase needs at least one plain word")
    return False


KIND = Kind(
    "confusable",
    {
        "words": Field(table(several(text)), default={}, about="words and what each may stand for: `{bane: base}`"),
        "sets": Field(_word_sets, default=(), about="words that stand for one another: `[[affect, effect]]`"),
        "phrases": Field(
            _phrase_table,
            default=(),
            about="phrases and what each may stand for: `{by virtual of: by virtue of, set < sale > for: sail}`",
        ),
        "prefixes": Field(table(several(text)), default={}, about="prefixes before a hyphen; `right`: what follows it"),
        **CONTEXT_FIELDS,
    },
    _build,
    about=__doc__ or "",
)
