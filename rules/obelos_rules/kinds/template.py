"""Kind ``template``: what the heading of a document must hold, and in which order.

``fields`` are names with RE2 patterns, looked for in the lines above the first paragraph; ``when`` is a pattern that
the heading must match for the rule to speak at all. ``what: missing`` flags the heading's first line for each field
that is not there, ``order`` a field that stands before one that is listed above it, ``foot`` a last line of the
document that matches the first field and reads otherwise than the heading does (*SECRET* above, *TOP SECRET* below).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from obelos_transcripts import Layer
from obelos_transcripts.schema import Field, Problems, choice, record, several, text
from obelos_transcripts.strict_yaml import Mapping

from ..document_model import head_of
from ..model import Detector, Hit
from ..patterns import Pattern, pattern
from ..reading import Reading
from .base import Kind, Values

_FIELD = {"name": Field(text, required=True), "pattern": Field(pattern, required=True)}

_Found = list[tuple[str, tuple[int, int] | None]]
"""Each field with the span of its part of the heading, None where it is missing."""


def _field(node: Any, problems: Problems) -> Any:
    if not isinstance(node, Mapping) or set(node.items) != set(_FIELD):
        return problems.add(node.line, "a field of a template was expected: a mapping with “name” and “pattern”")
    before = len(problems.found)
    values = record(node, _FIELD, problems, "a field of a template")
    return (values["name"], values["pattern"]) if len(problems.found) == before else None


def _build(values: Values, problems: Problems, line: int) -> Detector | None:
    fields: tuple[tuple[str, Pattern], ...] = values["fields"]
    what, when = values["what"], values["when"]
    if len(fields) < (2 if what == "order" else 1):
        problems.add(line, "“fields” needs fields, each with a name and a pattern; an order needs two or more")
        return None
    search = {"missing": _missing, "order": _order}.get(what)

    def detect(reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        end = reading.once(head_of).end
        heading = reading.view(("heading", "body"))[:end]
        if not heading.strip() or (when and next(when.each(heading), None) is None):
            return ()
        if search is None:
            return _foot(reading, heading, fields[0])
        found: _Found = [(name, _span(one, heading)) for name, one in fields]
        return search(found, heading)

    return detect


def _span(one: Pattern, heading: str) -> tuple[int, int] | None:
    """Where a pattern matches: its first group, if it has one."""
    match = next(one.each(heading), None)
    return (match.spans[1] if one.groups and match.spans[1] else match.spans[0]) if match else None


def _missing(found: _Found, heading: str) -> Iterator[Hit]:
    start = len(heading) - len(heading.lstrip())
    first = heading[start:].split("\n", 1)[0].rstrip()
    for name, span in found:
        if span is None:
            yield Hit(start, start + len(first), (), {"field": name, "other": ""})
            return


def _order(found: _Found, heading: str) -> Iterator[Hit]:
    latest: tuple[str, int] = ("", -1)
    for name, span in found:
        if span and span[0] < latest[1]:
            yield Hit(*span, (), {"field": name, "other": latest[0]})
        elif span:
            latest = (name, span[0])


def _foot(reading: Reading, heading: str, field: tuple[str, Pattern]) -> Iterator[Hit]:
    name, one = field
    above = _span(one, heading)
    end = len(reading.text.rstrip())
    start = reading.text.rfind("\n", 0, end) + 1
    last = reading.text[start:end]
    begin = start + len(last) - len(last.lstrip())
    if not above or start < len(heading) or not one.whole(last.strip()):
        return
    said = heading[slice(*above)]
    if " ".join(said.upper().split()) != " ".join(last.upper().split()):
        yield Hit(begin, end, (said,), {"field": name, "other": " ".join(said.split())})


KIND = Kind(
    "template",
    {
        "fields": Field(several(_field), required=True, default=(), about="names and patterns, in order"),
        "what": Field(choice("missing", "order", "foot"), required=True, about="what is looked for; see above"),
        "when": Field(pattern, about="pattern that a heading must match to be judged"),
    },
    _build,
    frozenset({"field", "other"}),
    __doc__ or "",
)
