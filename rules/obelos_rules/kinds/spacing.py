"""Kind ``spacing``: what a document sets now so, now so; the less frequent way is flagged.

``what: after`` looks at the space after the words of ``words`` before a figure (*No. 456*, *No.495*); on a tie the
closed form is flagged. ``what: stops`` looks at double spaces after a full stop, ``what: inside`` at double spaces
within a sentence, which are flagged wherever they stand. ``what: forms`` weighs ways of writing one thing: ``forms``
maps an RE2 pattern of each to what it would be in that form, ``{1}`` being the first part of what was found.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

from obelos_transcripts import Layer
from obelos_transcripts.schema import Field, Problems, any_text, choice, several, table, text
from obelos_transcripts.strict_yaml import Node, Scalar

from ..model import Detector, Hit
from ..patterns import Match, Pattern, pattern
from ..reading import Reading
from .base import Kind, Values
from .confusable import PART, filled

_STOPS = re.compile(r"[.?!](?P<space> {1,3})(?=[A-Z“‘\"])")
_WIDE = re.compile(r"  +")
_FIGURES = re.compile(r"\d*")

Forms = tuple[tuple[Pattern, str], ...]


def _build(values: Values, problems: Problems, line: int) -> Detector | None:
    what, forms = values["what"], values["forms"]
    if what == "after" and not values["words"]:
        problems.add(line, "“words” is missing: the words after which spaces are compared, as in [No., Nos.]")
        return None
    if what == "forms" and len(forms) < 2:
        problems.add(line, "“forms” needs two ways of writing or more")
        return None
    openers = "|".join(re.escape(word) for word in values["words"])
    after = re.compile(rf"(?:{openers})(?P<space>[ \u00a0\u202f]?)(?=\d)")

    def detect(reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        if what == "forms":
            return (hit for layer in layers for hit in _rare_forms(reading.view((layer,)), forms))
        view = reading.view(layers)
        if what == "inside":
            return _inside(view)
        if what == "stops":
            return _minority(list(_STOPS.finditer(view)), view, wide="  ")
        return _minority([one for one in after.finditer(view) if _begins_word(view, one.start())], view, wide=" ")

    return detect


def _begins_word(view: str, at: int) -> bool:
    return at == 0 or not (view[at - 1].isalnum() or view[at - 1] == "_")


def _inside(view: str) -> Iterator[Hit]:
    for found in _WIDE.finditer(view):
        start, end = found.span()
        before, after = view[max(0, start - 1) : start], view[end : end + 1]
        if ("a" <= before <= "z" or before in (",", ";")) and "a" <= after <= "z":
            yield Hit(start, end, (" ",), {"rare": "", "usual": ""})


def _minority(found: list[re.Match[str]], view: str, wide: str) -> Iterator[Hit]:
    loose = [one for one in found if len(one["space"]) >= len(wide)]
    tight = [one for one in found if len(one["space"]) < len(wide)]
    if not loose or not tight:
        return
    after_stop = wide == "  "
    # On a tie the usual setting is kept: one space after No., one space after a full stop.
    flag_loose = len(loose) <= len(tight) if after_stop else len(loose) < len(tight)
    rare = loose if flag_loose else tight
    counts = {"rare": str(len(rare)), "usual": str(len(found) - len(rare))}
    for one in rare:
        other = wide[:-1] if flag_loose else wide
        if after_stop:
            yield Hit(*one.span("space"), (other,), counts)
            continue
        figures = _FIGURES.match(view, one.end())
        end = figures.end() if figures else one.end()
        word = view[one.start() : one.start("space")]
        yield Hit(one.start(), end, (word + other + view[one.end() : end],), counts)


def _rare_forms(view: str, forms: Forms) -> Iterator[Hit]:
    """All but the most frequent form; of several as frequent, the one listed first is kept."""
    if sum(next(iter(form.each(view)), None) is not None for form, _ in forms) < 2:
        return
    found = [list(form.each(view)) for form, _ in forms]
    usual = max(range(len(forms)), key=lambda number: (len(found[number]), -number))
    taken = sorted(one.spans[0] for one in found[usual] if one.spans[0])
    for matches in found[:usual] + found[usual + 1 :]:
        for one in matches:
            if one.spans[0] and not _touches(one.spans[0], taken):
                counts = {"rare": str(len(matches)), "usual": str(len(taken))}
                yield Hit(*one.spans[0], _written(one, forms[usual][1]), counts)


def _written(one: Match, template: str) -> tuple[str, ...]:
    return filled((template,), one.group) if template else ()


def _touches(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    """Whether a span overlaps one of these, which are in order: one form may be read inside another."""
    after = bisect_right(taken, (span[1] - 1, span[1]))
    return after > 0 and taken[after - 1][1] > span[0]


def _forms(node: Node, problems: Problems) -> Any:
    read = table(any_text)(node, problems) or {}
    compiled = [(pattern(Scalar(source, node.line), problems), template) for source, template in read.items()]
    forms: Forms = tuple((one, template) for one, template in compiled if one and template is not None)
    highest = max((int(part) for _, template in forms for part in PART.findall(template)), default=0)
    if any(one.groups < highest for one, _ in forms):
        problems.add(node.line, f"part {highest} is named, but not every form has so many")
        return ()
    return forms


KIND = Kind(
    "spacing",
    {
        "what": Field(choice("after", "stops", "inside", "forms"), required=True, about="what is weighed; see above"),
        "words": Field(several(text), default=(), about="with `after`: words before a figure, as `[No., Nos.]`"),
        "forms": Field(_forms, default=(), about="with `forms`: RE2 patterns, each with what it would be in that form"),
    },
    _build,
    frozenset({"rare", "usual"}),
    __doc__ or "",
)
