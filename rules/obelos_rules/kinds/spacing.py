"""Kind ``spacing``: spaces that a document sets now so, now so; the less frequent way is flagged.

``what: after`` looks at the space after the words of ``words`` before a figure (*No. 456*, *No.495*); on a tie the
closed form is flagged. ``what: stops`` looks at double spaces after a full stop, ``what: inside`` at double spaces
within a sentence, which are flagged wherever they stand.
"""

import re
from collections.abc import Iterable, Iterator

from obelos_transcripts import Layer
from obelos_transcripts.schema import Field, Problems, choice, several, text

from ..model import Detector, Hit
from ..reading import Reading
from .base import Kind, Values

_STOPS = re.compile(r"(?<=[.?!])(?P<space> {1,3})(?=[A-Z“‘\"])")
_INSIDE = re.compile(r"(?<=[a-z,;])  +(?=[a-z])")


def _build(values: Values, problems: Problems, line: int) -> Detector | None:
    if values["what"] == "after" and not values["words"]:
        problems.add(line, "“words” is missing: the words after which spaces are compared, as in [No., Nos.]")
        return None
    openers = "|".join(re.escape(word) for word in values["words"])
    after = re.compile(rf"(?<!\w)(?:{openers})(?P<space>[ \u00a0\u202f]?)(?=\d)")

    def detect(reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        view = reading.view(layers)
        if values["what"] == "inside":
            for found in _INSIDE.finditer(view):
                yield Hit(*found.span(), (" ",), {"rare": "", "usual": ""})
        elif values["what"] == "stops":
            yield from _minority(list(_STOPS.finditer(view)), view, wide="  ")
        else:
            yield from _minority(list(after.finditer(view)), view, wide=" ")

    return detect


def _minority(found: list[re.Match[str]], view: str, wide: str) -> Iterator[Hit]:
    loose = [one for one in found if len(one["space"]) >= len(wide)]
    tight = [one for one in found if len(one["space"]) < len(wide)]
    if not loose or not tight:
        return
    after_stop = wide == "  "
    # On a tie the usual setting is kept: one space after No., one space after a full stop.
    flag_loose = len(loose) <= len(tight) if after_stop else len(loose) < len(tight)
    rare = loose if flag_loose else tight
    for one in rare:
        start = one.start() if not after_stop else one.start("space")
        end = re.compile(r"\d*").match(view, one.end()).end() if not after_stop else one.end("space")  # type: ignore[union-attr]
        word = "" if after_stop else view[start : one.start("space")]
        other = wide[:-1] if flag_loose else wide
        reading = word + other + ("" if after_stop else view[one.end() : end])
        counts = {"rare": str(len(rare)), "usual": str(len(found) - len(rare))}
        yield Hit(start, end, (reading,), counts)


KIND = Kind(
    "spacing",
    {
        "what": Field(choice("after", "stops", "inside"), required=True),
        "words": Field(several(text), default=()),
    },
    _build,
    frozenset({"rare", "usual"}),
)
