"""Records beside the decisions: which base text holds, what a reader attests of a document, who confirms a decision.

Each is a file of its own in the document's history folder, written once and never changed, as decisions are.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import PurePath
from typing import Any, Literal, get_args

from obelos_transcripts.schema import Field, Problems, any_text, choice, flag, record, several, whole
from obelos_transcripts.strict_yaml import Mapping, Node
from obelos_transcripts.text import Span

from .record_fields import SIGNED, blob_id, commit_id, dumped, is_ulid, ulid

State = Literal["draft", "proofread", "verified", "published"]
STATES: tuple[State, ...] = get_args(State)
"""States of a document, in the order in which it passes through them."""


@dataclass(frozen=True)
class BaseRecord:
    """Which base text a document has from here on. Format ``obelos-base/1``.

    The first is written with the document; another when a better transcription takes the place of the base text. One
    holds unless another supersedes it. Where a document has none, its base text is the one that it came in with.

    Attributes:
        base: Blob of the base text.
        after: The commit that was the last one when this was recorded; None before the first. A history that does
            not hold it was rewritten since.
        replaces: Blob of the base text before; None for the first.
        source: Where the base text comes from.
        supersedes: The records that it takes the place of.
        anchors: Where decisions that count in an earlier base text stand in this one, by their ids: half-open spans
            of code points. One that is not named has lost its place: an orphan.
    """

    id: str
    document: str
    base: str
    resp: str
    when: datetime
    after: str | None = None
    replaces: str | None = None
    note: str = ""
    source: str = ""
    supersedes: tuple[str, ...] = ()
    anchors: tuple[tuple[str, Span], ...] = ()


@dataclass(frozen=True)
class StateRecord:
    """What a reader attests of a whole document. Format ``obelos-state/1``.

    Attributes:
        base: Blob of the base text.
        text: Blob of the working text that was read.
        after: As in `BaseRecord`.
        covers: The decisions that stood in it; what is decided later is not attested.
    """

    id: str
    document: str
    base: str
    text: str
    state: State
    resp: str
    when: datetime
    after: str | None = None
    note: str = ""
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Approval:
    """A second reader's yes to one decision. Format ``obelos-approval/1``. A no is a decision of their own."""

    id: str
    document: str
    decision: str
    resp: str
    when: datetime
    note: str = ""


@dataclass(frozen=True)
class Retraction:
    """A decision is taken back without another in its place. Format ``obelos-retraction/1``.

    For decisions that change nothing in the text: those that did not change it, and those that have lost their place.
    What they superseded stays superseded, unless they were questions that are moot.

    Attributes:
        retracts: Ids of the decisions.
        moot: They are questions that merging put, and what contradicted does so no more: they count as if they had
            never been put, unless somebody has answered them.
    """

    id: str
    document: str
    retracts: tuple[str, ...]
    resp: str
    when: datetime
    note: str = ""
    moot: bool = False


Attestation = BaseRecord | StateRecord | Approval | Retraction

BASE, STATE, APPROVAL, RETRACTION = "obelos-base/1", "obelos-state/1", "obelos-approval/1", "obelos-retraction/1"
_FORMATS: dict[type, str] = {BaseRecord: BASE, StateRecord: STATE, Approval: APPROVAL, Retraction: RETRACTION}


def dump(attestation: Attestation) -> bytes:
    """The record as YAML, ready for its file; `from_node` gives it back."""
    data: dict[str, Any] = {"format": _FORMATS[type(attestation)]}
    data |= {f.name: getattr(attestation, f.name) for f in fields(attestation)}
    if anchors := data.get("anchors"):
        data["anchors"] = {ident: {"start": start, "end": end} for ident, (start, end) in anchors}
    return dumped(data)


def from_node(node: Node, where: str | PurePath, form: str) -> Attestation:
    """An attestation out of its YAML.

    Raises:
        BadInput: With everything that is wrong with the file.
    """
    kind, known, what = _KINDS[form]
    problems = Problems(str(where))
    values = record(node, {"format": Field(choice(form), required=True), **SIGNED, **known}, problems, what)
    problems.raise_if_any()
    values.pop("format")
    made: Attestation = kind(**values)
    return made


def _anchors(node: Node, problems: Problems) -> Any:
    if not isinstance(node, Mapping):
        return problems.add(node.line, "a place for each decision was expected")
    found = []
    for ident, child in node.items.items():
        before = len(problems.found)
        if not is_ulid(ident):
            problems.add(node.keys[ident], "the id of a decision was expected")
        place = record(child, _SPAN, problems, "an anchor")
        if len(problems.found) == before:
            found.append((ident, Span(place["start"], place["end"])))
    return tuple(found)


_SPAN = {"start": Field(whole, required=True), "end": Field(whole, required=True)}
_KINDS: dict[str, tuple[type[Any], dict[str, Field], str]] = {
    BASE: (
        BaseRecord,
        {
            "base": Field(blob_id, required=True),
            "after": Field(commit_id),
            "replaces": Field(blob_id),
            "source": Field(any_text, default=""),
            "supersedes": Field(several(ulid), default=()),
            "anchors": Field(_anchors, default=()),
        },
        "a record of the base text",
    ),
    STATE: (
        StateRecord,
        {
            "base": Field(blob_id, required=True),
            "text": Field(blob_id, required=True),
            "state": Field(choice(*STATES), required=True),
            "after": Field(commit_id),
            "covers": Field(several(ulid), default=()),
        },
        "a record of the document's state",
    ),
    APPROVAL: (Approval, {"decision": Field(ulid, required=True)}, "an approval"),
    RETRACTION: (
        Retraction,
        {"retracts": Field(several(ulid), required=True, default=()), "moot": Field(flag, default=False)},
        "a retraction",
    ),
}
FORMATS = tuple(_KINDS)
"""The formats read here."""
