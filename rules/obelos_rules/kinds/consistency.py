"""Kind ``consistency``: two forms of one thing in one layer; the less frequent form is flagged.

``forms`` lists sets of forms, each compared as written, capitals included. On a tie the form that comes later in
the text is flagged. Layers are judged apart: a note may spell as its own time does.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from obelos_transcripts import Layer
from obelos_transcripts.schema import Field, Problems, several, text

from ..model import Detector, Hit
from ..reading import Reading, Words, normal_form
from .base import Kind, Values


def _forms(node: Any, problems: Problems) -> Any:
    groups = several(several(text))(node, problems)
    for group in groups:
        if len(group) < 2 or len(set(group)) < len(group):
            problems.add(node.line, "each set of forms needs two different forms or more, as in [[inquiry, enquiry]]")
    return groups


def _build(values: Values, problems: Problems, line: int) -> Detector:
    def detect(reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        for layer in layers:
            words = reading.words((layer,))
            for group in values["forms"]:
                yield from _split(words, group)

    return detect


def _split(words: Words, group: tuple[str, ...]) -> Iterator[Hit]:
    places = {form: list(_places(words, form)) for form in group}
    present = [form for form in group if places[form]]
    if len(present) < 2:
        return
    usual = max(present, key=lambda form: (len(places[form]), -places[form][0][0]))
    for form in present:
        for start, end in places[form] if form != usual else ():
            counts = {"rare": str(len(places[form])), "usual": str(len(places[usual]))}
            yield Hit(start, end, (usual,), counts)


def _places(words: Words, form: str) -> Iterator[tuple[int, int]]:
    first = normal_form(form.split()[0].split("-")[0])
    for number in words.of(first):
        start = words.starts[number]
        end = start + len(form)
        whole = not words.view[end : end + 1].isalnum()
        if whole and words.view[start:end] == form:
            yield start, end


KIND = Kind(
    "consistency",
    {"forms": Field(_forms, required=True, default=(), about="sets of forms of one thing: `[[Tokyo, Tokio]]`")},
    _build,
    frozenset({"rare", "usual"}),
    __doc__ or "",
)
