"""Kind ``witness``: places where another witness of the document reads otherwise than the working text.

Two people who key the same page seldom make the same slip at the same place: where they differ one of them is wrong,
and the source tells which. The suggestions are what the witnesses read. The reading of more witnesses comes first, then
that whose words are known, then that of commoner words, then the order of the sigla.

A place with differences of several classes belongs to the gravest, in the order in which they are listed below. Words
that are put in or left out are told with the word before and the word after. Where lines end and how far they are set
in is no difference; what an editor put into brackets is no reading; a witness that has less than half of the words in
common with the text is another text and gives nothing. The witnesses are the files beside the base text; a text that is
checked by itself has none. In an example ``witnesses`` gives them: ``{B: "the text as B has it"}``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from obelos_transcripts import VARIANT_CLASSES, Layer
from obelos_transcripts.schema import Field, Problems, choice, several

from ..model import Hit
from ..reading import Reading
from ..witnessed import Place, places_of
from .base import Kind, Values

_MOST = 80
"""Code points of a reading that a message shows."""


@dataclass(frozen=True)
class _Witness:
    classes: tuple[str, ...]

    def __call__(self, reading: Reading, layers: tuple[Layer, ...]) -> Iterator[Hit]:
        if not reading.witnesses:
            return
        for place in reading.once(places_of):
            if place.kind in self.classes and reading.layered.layer_at(place.span.start) in layers:
                readings = tuple(one.text for one in place.readings)
                values = {"sigla": _told(place), "here": _shown(reading.text[slice(*place.span)])}
                yield Hit(place.span.start, place.span.end, readings, values)


def _told(place: Place) -> str:
    """``B and C read “base”, D reads “bare”``."""
    return ", ".join(
        f"{_listed(one.sigla)} {'read' if len(one.sigla) > 1 else 'reads'} {_shown(one.text)}" for one in place.readings
    )


def _listed(sigla: tuple[str, ...]) -> str:
    return " and ".join(filter(None, (", ".join(sigla[:-1]), sigla[-1])))


def _shown(words: str) -> str:
    shown = " ".join(words.split()) or words.replace(" ", "␣")
    half = (_MOST - 1) // 2
    return f"“{shown}”" if len(shown) <= _MOST else f"“{shown[:half]}…{shown[-half:]}”"


def _build(values: Values, problems: Problems, line: int) -> _Witness | None:
    if not values["classes"]:
        return problems.add(line, "“classes” must name one class or more")  # type: ignore[no-any-return]
    return _Witness(tuple(values["classes"]))


KIND = Kind(
    "witness",
    {
        "classes": Field(
            several(choice(*VARIANT_CLASSES)),
            required=True,
            default=(),
            about="what the differences are, as a collation classes them; the gravest of a place counts",
        ),
    },
    _build,
    frozenset({"sigla", "here"}),
    __doc__ or "",
)
