"""Kind ``pattern``: what an RE2 ``pattern`` or a phrase matches, with readings made from a template.

``suggest`` may name parts: ``{0}`` is the whole, ``{1}`` the first group of a pattern or the first word of a
phrase. ``mark`` is the part that is flagged (0, the whole, unless told). Contexts serve phrases only.
"""

from collections.abc import Iterable

from obelos_transcripts import Layer
from obelos_transcripts.schema import Field, Problems, any_text, several, whole

from ..asked import Asked, Searched, phrase_question
from ..context import Context, phrase
from ..model import Detector, Hit
from ..patterns import pattern
from ..reading import Reading, Words
from .base import Kind, Values
from .confusable import CONTEXT_FIELDS, PART, anchored, context_of, filled, part_of


def _build(values: Values, problems: Problems, line: int) -> Detector | None:
    given = values["pattern"], values["phrases"]
    if bool(given[0]) == bool(given[1]):
        problems.add(line, "a pattern rule needs either “pattern” or “phrases”")
        return None
    parts = given[0].groups if given[0] else min(len(one) for one in given[1])
    named = [int(n) for template in values["suggest"] for n in PART.findall(template)]
    if max([*named, values["mark"]]) > parts:
        problems.add(line, f"“suggest” or “mark” names part {max([*named, values['mark']])}, but there are {parts}")
        return None
    if given[1]:
        if not all(anchored(one, problems, line) for one in given[1]):
            return None
        return _phrases(values, context_of(values))
    if any(values[name] for name in CONTEXT_FIELDS if name != "unless"):
        problems.add(line, "left, right, where and near serve phrases; put them into the pattern")
        return None
    return _pattern(values)


def _pattern(values: Values) -> Detector:
    context = Context(unless=values["unless"])

    def detect(reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        for found in values["pattern"].each(reading.view(layers)):
            span = found.spans[values["mark"]]
            if span is None or span[0] == span[1]:
                continue
            if context.unless and _excepted(reading.words(layers), span, context):
                continue
            yield Hit(span[0], span[1], filled(values["suggest"], found.group))

    return Searched(values["pattern"], detect)


def _excepted(words: Words, span: tuple[int, int], context: Context) -> bool:
    from bisect import bisect_left, bisect_right

    first = bisect_right(words.ends, span[0])
    last = bisect_left(words.starts, span[1]) - 1
    return first <= last and not context.holds(words, first, last)


def _phrases(values: Values, context: Context) -> Detector:
    marked: int = values["mark"]

    def found(words: Words, first: int, last: int) -> Iterable[Hit]:
        if context.holds(words, first, last):
            span = (first, last) if not marked else (first + marked - 1, first + marked - 1)
            part = part_of(words, first, last)
            yield Hit(words.starts[span[0]], words.ends[span[1]], filled(values["suggest"], part))

    return Asked(tuple(phrase_question(template, found) for template in values["phrases"]))


KIND = Kind(
    "pattern",
    {
        "pattern": Field(pattern, about="an RE2 pattern; either this or `phrases`"),
        "phrases": Field(several(phrase), default=(), about="phrases that are flagged"),
        "suggest": Field(
            several(any_text), default=(), about="readings proposed; `{0}` is the whole, `{1}` the first part"
        ),
        "mark": Field(whole, default=0, about="the part that is flagged; 0: the whole"),
        **CONTEXT_FIELDS,
    },
    _build,
    about=__doc__ or "",
)
