"""Normal forms: what a comparison takes for one word, by lists in YAML that an edition can add to.

``normal_forms.yaml`` in this package lists abbreviations, numerals and spellings; ``variants:`` in ``edition.yaml``
adds to them, or takes words out. Lists hold plain words, never patterns, so they cost the same whoever wrote them.

Only what is listed counts as one word. Nothing is guessed from likeness: *Govt* is *Government*, *Gout* is not.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files

from .normalising import LONGEST, NormalForms, key_of
from .schema import Field, Problems, kind, record
from .strict_yaml import Node, Scalar, load
from .strict_yaml import Sequence as Listing

_FILE = "normal_forms.yaml"

Sets = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Lists:
    """What counts as one word, as it is written in YAML.

    Attributes:
        words: Sets of words or phrases. A form in small letters holds with capitals as well; one with a capital only as
            it is written, or in capitals throughout. Stops after abbreviations make no difference.
        letters: Sets of letters or groups of letters, wherever they stand in a word.
        endings: Sets of endings, after three letters or more.
        after_figures: Endings of a figure that count for nothing, as in *25th March*.
        apart: Words that are in none of the sets after all.
    """

    words: Sets = ()
    letters: Sets = ()
    endings: Sets = ()
    after_figures: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


def read_lists(node: Node, problems: Problems) -> Lists:
    """The lists of a mapping in YAML; what is wrong with them is added to the problems."""
    values = record(node, FIELDS, problems, "the list of variants")
    return Lists(**values)


NONE = Lists()


@lru_cache(maxsize=8)
def forms_of(lists: Lists = NONE) -> NormalForms:
    """The normal forms that hold where an edition has these lists: the shipped ones and its own."""
    own = _shipped()
    both = {field.name: getattr(own, field.name) + getattr(lists, field.name) for field in fields(Lists)}
    return NormalForms(**both)


@lru_cache(maxsize=1)
def _shipped() -> Lists:
    problems = Problems(_FILE)
    node = load((files("obelos_transcripts") / _FILE).read_bytes(), _FILE)
    lists = read_lists(node, problems) if node else Lists()
    problems.raise_if_any()
    return lists


Check = Callable[[str], str]
"""What is wrong with a form; empty where nothing is."""


def _sets(check: Check) -> Callable[[Node, Problems], Sets]:
    """A list of sets of two forms or more."""

    def read(node: Node, problems: Problems) -> Sets:
        if not isinstance(node, Listing):
            problems.add(node.line, f"a list of sets was expected, not {kind(node)}")
            return ()
        return tuple(found for item in node.items if (found := _set(item, check, problems)))

    return read


def _set(node: Node, check: Check, problems: Problems) -> tuple[str, ...]:
    if not isinstance(node, Listing) or len(node.items) < 2:
        problems.add(node.line, "a list of two forms or more was expected, as in [Government, Govt]")
        return ()
    found = _forms(check)(node, problems)
    for place, form in enumerate(found):
        if form in found[:place]:
            problems.add(node.items[place].line, f"“{_shown(form)}” stands twice in this set")
    return found


def _forms(check: Check) -> Callable[[Node, Problems], tuple[str, ...]]:
    """A list of forms."""

    def read(node: Node, problems: Problems) -> tuple[str, ...]:
        found = []
        for item in node.items if isinstance(node, Listing) else [node]:
            if not isinstance(item, Scalar):
                problems.add(item.line, f"a text was expected, not {kind(item)}")
            elif wrong := check(item.value):
                problems.add(item.line, f"“{_shown(item.value)}” {wrong}")
            else:
                found.append(unicodedata.normalize("NFC", item.value))
        return tuple(found)

    return read


def _of_words(form: str) -> str:
    if len(form) > LONGEST:
        return f"is longer than {LONGEST} characters"
    return "" if key_of(form) else "holds no word and no sign that stands for one"


def _of_letters(form: str) -> str:
    return "" if re.fullmatch(r"[^\W\d_][^\W\d_'’]{0,9}|['’][^\W\d_]{1,9}", form) else "is not one letter or a few"


FIELDS = {
    "words": Field(_sets(_of_words), default=(), about="sets of words or phrases that are one word"),
    "letters": Field(_sets(_of_letters), default=(), about="sets of letters that are one, wherever they stand"),
    "endings": Field(_sets(_of_letters), default=(), about="sets of endings that are one, after three letters or more"),
    "after_figures": Field(_forms(_of_letters), default=(), about="endings of a figure that count for nothing"),
    "apart": Field(_forms(_of_words), default=(), about="words that are in none of the sets after all"),
}
"""The keys of a list, for `record` and for the manual."""


def _shown(form: str) -> str:
    return form if len(form) <= 40 else form[:39] + "…"
