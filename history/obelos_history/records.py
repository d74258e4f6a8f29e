"""All records of a document as they lie in its history folder: decisions, base texts, states, approvals, retractions.

Invariant: a record is told by its own first key and lies in the file and folder that its id and document name; any
other file there is refused with its name.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from obelos_transcripts.edition import own
from obelos_transcripts.errors import BadInput, Problem
from obelos_transcripts.strict_yaml import Mapping as YamlMapping
from obelos_transcripts.strict_yaml import Scalar
from obelos_transcripts.text import read_bytes

from . import attestation, decision
from .attestation import Approval, Attestation, BaseRecord, Retraction, StateRecord
from .copies import is_copy
from .decision import Decision
from .record_fields import loaded

Record = Decision | Attestation


@dataclass(frozen=True)
class Records:
    """The records of one document, each kind by id."""

    decisions: tuple[Decision, ...] = ()
    bases: tuple[BaseRecord, ...] = ()
    states: tuple[StateRecord, ...] = ()
    approvals: tuple[Approval, ...] = ()
    retractions: tuple[Retraction, ...] = ()

    @property
    def all(self) -> tuple[Record, ...]:
        """Every record, by id."""
        every: list[Record] = [*self.decisions, *self.bases, *self.states, *self.approvals, *self.retractions]
        return tuple(sorted(every, key=lambda one: one.id))

    @property
    def base_texts(self) -> tuple[str, ...]:
        """Blobs of the base texts that the records name."""
        return (*(one.base for one in self.decisions), *(one.base for one in self.bases))

    @property
    def standing(self) -> tuple[Decision, ...]:
        """Decisions that no other supersedes and that nobody has taken back, wherever their place is, by id."""
        moot = self.moot
        gone = {ident for one in self.decisions if one.id not in moot for ident in one.supersedes}
        gone.update(ident for one in self.retractions for ident in one.retracts)
        return tuple(one for one in self.decisions if one.id not in gone)

    @property
    def moot(self) -> frozenset[str]:
        """Questions that merging put and that turned out to be none: they supersede nothing."""
        said = {ident for one in self.retractions if one.moot for ident in one.retracts}
        return self.unanswered(said) if said else frozenset()

    def unanswered(self, questions: Collection[str]) -> frozenset[str]:
        """Those of some questions that nobody has answered or taken back: only others of them supersede them."""
        answered = {ident for one in self.retractions if not one.moot for ident in one.retracts}
        after: dict[str, list[str]] = {}
        for one in self.decisions:
            for ident in one.supersedes:
                after.setdefault(ident, []).append(one.id)
        found: set[str] = set()
        for one in reversed(self.decisions):  # what supersedes another is younger
            if one.id in questions and one.id not in answered and found.issuperset(after.get(one.id, ())):
                found.add(one.id)
        return frozenset(found)

    def without(self, decisions: Collection[str]) -> "Records":
        """The records without some decisions."""
        return replace(self, decisions=tuple(one for one in self.decisions if one.id not in decisions))

    @property
    def ids(self) -> frozenset[str]:
        """Ids of all records; the names of their files."""
        return frozenset(one.id for one in self.all)


def gathered(records: Iterable[Record]) -> Records:
    """Records sorted into their kinds, each by id."""
    ordered = sorted(records, key=lambda one: one.id)
    return Records(
        tuple(one for one in ordered if isinstance(one, Decision)),
        tuple(one for one in ordered if isinstance(one, BaseRecord)),
        tuple(one for one in ordered if isinstance(one, StateRecord)),
        tuple(one for one in ordered if isinstance(one, Approval)),
        tuple(one for one in ordered if isinstance(one, Retraction)),
    )


def parse(data: bytes, where: str | PurePath) -> Record:
    """A record out of its file, of whichever format.

    Raises:
        BadInput: With everything that is wrong with the file.
    """
    node = loaded(data, where)
    form = node.items.get("format") if isinstance(node, YamlMapping) else None
    if isinstance(form, Scalar) and form.value in attestation.FORMATS:
        return attestation.from_node(node, where, form.value)
    if isinstance(form, Scalar) and form.value.startswith("obelos-") and form.value != decision.FORMAT:
        known = ", ".join((decision.FORMAT, *attestation.FORMATS))
        raise BadInput.at(
            where, form.line, f"“{form.value}” is a format that this version does not know; it knows {known}"
        )
    return decision.from_node(node, where)


def dump_record(record: Record) -> bytes:
    """The record as YAML, ready for its file."""
    return decision.dump(record) if isinstance(record, Decision) else attestation.dump(record)


def check_home(record: Record, where: PurePath, document: str) -> None:
    """See that a record lies where its id and document say.

    Raises:
        BadInput: It does not.
    """
    if (record.id, record.document) != (where.stem, document):
        what = "the file's name and folder are not those of its record"
        if is_copy(where.name):
            what = "a synchronisation program made this copy; compare it with the record, then remove it"
        raise BadInput.at(where, None, what)


def read_all(files: Mapping[PurePath, bytes], document: str) -> tuple[Records, list[Problem]]:
    """Records of a document out of the bytes of their files, and what is wrong with the others."""
    found: list[Record] = []
    problems: list[Problem] = []
    for path, data in sorted(files.items()):
        try:
            one = parse(data, path)
            check_home(one, path, document)
            found.append(one)
        except BadInput as error:
            problems += error.problems
    return gathered(found), problems


def read_records(folder: Path) -> Records:
    """The records of a document as they lie in its history folder.

    Raises:
        BadInput: With every file that is not a sound record.
    """
    records, problems = read_all({path: read_bytes(own(path)) for path in folder.glob("*.yaml")}, folder.name)
    if problems:
        raise BadInput(*problems)
    return records


def read_decisions(folder: Path) -> tuple[Decision, ...]:
    """The decisions of a document as they lie in its history folder, by id.

    Raises:
        BadInput: As for `read_records`.
    """
    return read_records(folder).decisions
