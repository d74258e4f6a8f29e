"""Kind ``layer``: a form that belongs to another layer, as a modern name of a place does in the historical text.

``forms`` maps a form, as written or all in capitals, to what stood there at the time: ``{Xinjiang: [Sinkiang, Sin
Kiang]}``. With ``before``, of the rule or of one form (``{Zambia: {for: Northern Rhodesia, before: 1960}}``), the form
is flagged only where the document is of an earlier year; with ``after``, of a later one. The year is that of the
document's details, else of its heading or of the first date on its first lines; where none is known such a rule is
silent. ``layers`` says where the form does not belong.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from obelos_transcripts import Layer
from obelos_transcripts.schema import Field, Problems, record, several, text, whole
from obelos_transcripts.strict_yaml import Mapping as MappingNode

from ..calendar_dates import find_dates
from ..document_model import head_of
from ..model import Detector, Hit
from ..reading import Reading, normal_form
from .base import Kind, Values
from .confusable import cased

_YEAR = re.compile(r"(?<!\d)(1\d{3}|20\d\d)(?!\d)")
_FIRST_LINES = 1_500
"""Code points in which the date of a document stands."""


@dataclass(frozen=True)
class _Form:
    """A form, what stood there at the time, and the years between which the form may stand; 0 for no limit."""

    form: str
    instead: tuple[str, ...]
    before: int
    after: int

    @property
    def first(self) -> str:
        """Its first word in normal form: without it the form does not stand in a text."""
        return re.split(r"[^\w'’]", normal_form(self.form))[0]

    def timely(self, year: int) -> bool:
        """Whether the form may stand in a document of that year, 0 if it is not known."""
        if not (self.before or self.after):
            return False
        return not year or not ((self.before and year < self.before) or (self.after and year > self.after))


def year_of(reading: Reading) -> int:
    """The year of a document; 0 if it is not known."""
    stated = _YEAR.search(reading.details.date)
    if stated:
        return int(stated[1])
    head = reading.once(head_of)
    if head.day:
        return head.day.year
    return next((one.year for one in find_dates(reading.view(("heading", "body"))[:_FIRST_LINES]) if one.year), 0)


def _build(values: Values, problems: Problems, line: int) -> Detector | None:
    forms: tuple[_Form, ...] = values["forms"]
    limits = values["before"] or 0, values["after"] or 0
    if not forms:
        problems.add(line, "“forms” must give at least one form and what stood there, as in {Xinjiang: [Sinkiang]}")
        return None
    forms = tuple(
        replace(one, before=one.before or limits[0], after=one.after or limits[1]) if any(limits) else one
        for one in forms
    )
    firsts = frozenset(one.first for one in forms)

    def detect(reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        here = reading.words(layers).distinct
        if firsts.isdisjoint(here):
            return
        year = reading.once(year_of)
        view = reading.view(layers)
        taken: set[int] = set()
        # A longer form goes before one that it begins with.
        for one in sorted(forms, key=lambda one: -len(one.form)):
            if one.first in here and not one.timely(year):
                for start, end in _places(view, one.form):
                    if start not in taken:
                        taken.add(start)
                        found = view[start:end]
                        yield Hit(start, end, tuple(cased(found, to) for to in one.instead), _said(one, year))

    return detect


def _said(one: _Form, year: int) -> Mapping[str, str]:
    return {"year": str(year or ""), "limit": str(one.before or one.after or "")}


def _places(view: str, form: str) -> Iterator[tuple[int, int]]:
    for written in dict.fromkeys((form, form.upper())):
        start = view.find(written)
        while start >= 0:
            end = start + len(written)
            if not view[start - 1 : start].isalnum() and not view[end : end + 1].isalnum():
                yield start, end
            start = view.find(written, end)


def _forms(node: Any, problems: Problems) -> Any:
    """Converter: a mapping from forms to what stood there, with years if need be."""
    if not isinstance(node, MappingNode):
        return problems.add(node.line, "a mapping of forms was expected, as in {Xinjiang: [Sinkiang]}")
    found = []
    for form, child in node.items.items():
        values: dict[str, Any] = {"for": (), "before": 0, "after": 0}
        if isinstance(child, MappingNode):
            values = record(child, _ENTRY, problems, "a form")
        else:
            values["for"] = several(text)(child, problems)
        if not form.strip() or not form[0].isalnum():
            problems.add(node.keys[form], f"“{form}” does not begin with a letter or figure")
        elif form in values["for"]:
            problems.add(node.keys[form], f"“{form}” is to stand for itself")
        else:
            found.append(_Form(form, values["for"], values["before"] or 0, values["after"] or 0))
    return tuple(found)


_ENTRY = {
    "for": Field(several(text), required=True, default=()),
    "before": Field(whole, default=0),
    "after": Field(whole, default=0),
}

KIND = Kind(
    "layer",
    {
        "forms": Field(
            _forms, required=True, default=(), about="forms and what stood there: `{Xinjiang: [Sinkiang]}`; see above"
        ),
        "before": Field(whole, default=0, about="flag only in documents of earlier years"),
        "after": Field(whole, default=0, about="flag only in documents of later years"),
    },
    _build,
    placeholders=frozenset({"year", "limit"}),
    about=__doc__ or "",
    yields=True,
)
