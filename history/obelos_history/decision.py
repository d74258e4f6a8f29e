"""A decision: what an editor says about one place of a base text, and its file format ``obelos-decision/1``.

A decision is never rewritten. Changing one's mind is a new decision that supersedes the old.
Values of ``cert`` and ``evidence`` are those of TEI P5 (``att.global.responsibility``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import PurePath
from typing import Any, Literal

from obelos_transcripts.edition import DISPOSITIONS
from obelos_transcripts.errors import BadInput
from obelos_transcripts.layers import LAYERS
from obelos_transcripts.place import Place
from obelos_transcripts.schema import Field, Problems, any_text, choice, record, several, text, whole
from obelos_transcripts.strict_yaml import Node

from .record_fields import SIGNED, blob_id, dumped, loaded, ulid

FORMAT = "obelos-decision/1"

Disposition = Literal["correct", "emend", "stet", "reject", "query"]
Fault = Literal["transcription", "source", "transmission", "editor", "none"]
Certainty = Literal["high", "medium", "low", "unknown"]
Evidence = Literal["internal", "external", "conjecture"]

FAULTS = ("transcription", "source", "transmission", "editor", "none")
CERTAINTIES = ("high", "medium", "low", "unknown")
EVIDENCE = ("internal", "external", "conjecture")
CHANGING = ("correct", "emend")
"""The dispositions that change the working text."""

USUAL_FAULT: Mapping[str, Fault] = {
    "correct": "transcription",
    "emend": "source",
    "stet": "source",
    "reject": "none",
    "query": "none",
}
"""Whose error a disposition usually means, taken when the editor does not say."""


@dataclass(frozen=True)
class Decision:
    """One decision.

    Attributes:
        id: ULID; also the name of its file.
        base: Blob id of the base text that ``place`` counts in.
        reading: What stands in the working text instead of the quote; None unless the text is changed.
        rule: Code of the rule whose finding was answered; None for a place of the editor's own choosing.
        resp: ``Name <mail>`` of the person responsible.
        when: Moment of the decision, with offset.
        supersedes: Ids of the decisions that this one replaces, one for most; several where it settles them together.
    """

    id: str
    document: str
    base: str
    disposition: Disposition
    fault: Fault
    place: Place
    reading: str | None
    rule: str | None
    fingerprint: str | None
    note: str
    cert: Certainty
    evidence: Evidence | None
    source: str
    resp: str
    when: datetime
    supersedes: tuple[str, ...] = ()

    @property
    def changes_text(self) -> bool:
        """Whether the working text differs by this decision."""
        return self.reading is not None

    def summary(self) -> str:
        """The decision in a few words, as in a commit's subject."""
        quote = _shown(self.place.exact)
        if self.reading is not None:
            if not self.place.exact:
                return f"“{_shown(self.reading)}” supplied"
            return f"{_shown(self.reading)} for {quote}" if self.reading else f"{quote} struck out"
        return {"stet": "stet", "reject": "no fault in", "query": "query on"}[self.disposition] + f" {quote}"


def _shown(words: str) -> str:
    """Words for a line of text, with the spaces at their edges made visible; a place between words is “‸”."""
    bare = words.strip(" ")
    if not bare:
        return "␣" * len(words) or "‸"
    before = len(words) - len(words.lstrip(" "))
    return "␣" * before + bare + "␣" * (len(words) - before - len(bare))


def dump(decision: Decision) -> bytes:
    """The decision as YAML, ready for its file; `parse` gives it back."""
    place = decision.place
    data: dict[str, Any] = {"format": FORMAT}
    data |= {f.name: getattr(decision, f.name) for f in fields(decision)}
    data["place"] = {
        "layer": place.layer,
        "start": place.start,
        "end": place.end,
        "exact": place.exact,
        "prefix": place.prefix,
        "suffix": place.suffix,
    }
    return dumped(data, keep=("reading",))


def sound(decision: Decision) -> Decision:
    """The decision as its file will give it back.

    Raises:
        BadInput: Its file would not give it back as it is; nothing must be recorded of it.
    """
    try:
        again = parse(dump(decision), "the decision")
    except UnicodeEncodeError as error:
        raise BadInput.at("the decision", None, "holds characters that are not Unicode text") from error
    if again != decision:
        raise BadInput.at("the decision", None, "cannot be written down as it is; shorten the note or the reading")
    return again


def parse(data: bytes, where: str | PurePath) -> Decision:
    """A decision out of its file.

    Raises:
        BadInput: With everything that is wrong with the file.
    """
    return from_node(loaded(data, where), where)


def from_node(node: Node, where: str | PurePath) -> Decision:
    """A decision out of YAML that was read already; see `parse`."""
    problems = Problems(str(where))
    values = record(node, _FIELDS, problems, "a decision")
    problems.raise_if_any()
    values.pop("format")
    decision = Decision(**values)
    for what in _contradictions(decision):
        problems.add(None, what)
    problems.raise_if_any()
    return decision


def _contradictions(decision: Decision) -> list[str]:
    found = []
    place = decision.place
    if (decision.reading is not None) != (decision.disposition in CHANGING):
        found.append("correct and emend need a reading, the other dispositions have none")
    if place.end - place.start != len(place.exact):
        found.append("the quote is not as long as its place")
    if decision.reading == place.exact:
        found.append("the reading is what stands there already")
    if decision.id in decision.supersedes:
        found.append("it supersedes itself")
    return found


_PLACE_FIELDS = {
    "layer": Field(choice(*LAYERS), required=True),
    "start": Field(whole, required=True),
    "end": Field(whole, required=True),
    "exact": Field(any_text, required=True, default=""),
    "prefix": Field(any_text, required=True, default=""),
    "suffix": Field(any_text, required=True, default=""),
}


def _place(node: Node, problems: Problems) -> Any:
    before = len(problems.found)
    values = record(node, _PLACE_FIELDS, problems, "a place")
    return Place(**values) if len(problems.found) == before else None


_FIELDS = {
    "format": Field(choice(FORMAT), required=True),
    **SIGNED,
    "base": Field(blob_id, required=True),
    "disposition": Field(choice(*DISPOSITIONS), required=True),
    "fault": Field(choice(*FAULTS), required=True),
    "place": Field(_place, required=True),
    "reading": Field(any_text),
    "rule": Field(text),
    "fingerprint": Field(text),
    "cert": Field(choice(*CERTAINTIES), default="unknown"),
    "evidence": Field(choice(*EVIDENCE)),
    "source": Field(any_text, default=""),
    "supersedes": Field(several(ulid), default=()),
}
