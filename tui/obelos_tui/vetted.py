"""An edition vetted: the answers of all its documents together, in words and as data."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from obelos_history import STATES, Commit, DocumentHistory, Repository, Vetting, vetting_of
from obelos_history.persons import Persons
from obelos_history.records import Record
from obelos_history.signed import first_commits, signed_by_another
from obelos_history.vetting import ASKED
from obelos_rules import shipped_packs
from obelos_transcripts import Edition, ObelosError, visible
from obelos_transcripts.edition import Off

from .states import as_data as standing_as_data
from .states import open_in
from .wording_plain import counted, listed


@dataclass(frozen=True)
class EditionVetting:
    """The answers for an edition.

    Attributes:
        documents: Those of each document.
        unread: Documents that cannot be judged, and why.
        foreign: Records that bear one person's name and were committed by another.
        packs_off: Packs of rules that come with Obelos and are not asked in this edition.
        rules_off: Rules that the edition has switched off, and why.
    """

    documents: tuple[Vetting, ...]
    unread: tuple[tuple[str, str], ...]
    foreign: tuple[tuple[Record, Commit], ...]
    packs_off: tuple[str, ...]
    rules_off: tuple[Off, ...] = ()

    @property
    def kept(self) -> bool:
        """Whether the policy is kept in all documents."""
        return not (self.unread or self.foreign) and all(one.holds for one in self.documents)

    @property
    def states(self) -> dict[str, int]:
        """How many documents are in each state."""
        counts = Counter(one.standing.state for one in self.documents)
        return {state: counts[state] for state in STATES}


def vetted(edition: Edition, repository: Repository, names: Sequence[str] = ()) -> EditionVetting:
    """Vet some documents of an edition, or all."""
    documents, unread = [], []
    records: list[Record] = []
    for name in names or edition.names():
        try:
            history = DocumentHistory(edition, repository, name)
            documents.append(vetting_of(history))
        except ObelosError as error:
            unread.append((name, str(error)))
            continue
        records += history.records.all
    commits = first_commits(edition, repository, names or None)
    foreign = signed_by_another(records, commits, Persons(edition.settings.editors))
    return EditionVetting(tuple(documents), tuple(unread), foreign, packs_off(edition), edition.settings.off)


def packs_off(edition: Edition) -> tuple[str, ...]:
    """Packs of rules that come with Obelos and are not asked in an edition."""
    return tuple(pack for pack in shipped_packs() if pack not in edition.settings.packs)


def told(found: EditionVetting) -> Iterator[str]:
    """The answers, line by line."""
    states = ", ".join(f"{count} {state}" for state, count in found.states.items() if count)
    yield f"{counted(len(found.documents), 'document')}: {states or 'none'}"
    for one in found.documents:
        yield from told_document(one)
    for name, why in found.unread:
        yield f"✗ {name} cannot be judged: {why}"
    for record, commit in found.foreign:
        yield (
            f"✗ {record.document}: {record.id} bears the name of {record.resp}, and was committed by {commit.person} "
            f"in {commit.id[:10]}. Two addresses of one person belong into one entry of editors: in edition.yaml"
        )
    if found.packs_off:
        yield f"Rules not asked in this edition: the packs {', '.join(found.packs_off)}"
    for off in found.rules_off:
        yield f"Switched off: rule {off.code}, {off.why or 'no reason given'}"
    yield "✓ The policy is kept." if found.kept else "✗ The policy is not kept."


def told_document(one: Vetting) -> Iterator[str]:
    """The answers for a document, line by line."""
    how = one.standing
    queried = ", queried" if how.queried else ""
    yield f"{'✓' if one.holds else '✗'} {one.document}: {how.state}{queried}, {read_by(one)}"
    for reading in one.readings:
        record = reading.record
        after = f", after {listed([_name(person) for person in reading.after])}" if reading.after else ""
        yield f"  {record.state} by {_name(record.resp)}, {record.when:%Y-%m-%d}{after}"
    if one.decisions:
        by = listed([_name(person) for person in one.deciders])
        yield (
            f"  {counted(one.decisions, 'decision')} by {by}; another person stands behind "
            f"{'all' if one.confirmed == one.decisions else one.confirmed or 'none'}"
        )
    if how.why and how.void:
        last = how.void[-1].record
        yield f"  {last.state} by {_name(last.resp)} does not hold: {how.why}"
    for what, decisions in open_in(how):
        yield f"  {what}: {listed([visible(d.summary()) for d in decisions[:5]], more=len(decisions) - 5)}"
    for lack in one.lacking:
        fields, decision = listed([ASKED[field] for field in lack.fields]), lack.decision
        yield f"  without {fields}: {visible(decision.summary())} ({decision.disposition}), {decision.id}"
    for breach in one.breaches:
        yield f"  against the policy: {breach.what} ({_name(breach.record.resp)}, {breach.record.id})"


def read_by(one: Vetting) -> str:
    """``read by 2 persons``."""
    readers = one.standing.readers
    return f"read by {counted(len(readers), 'person')}" if readers else "read by nobody as a whole"


def as_data(found: EditionVetting) -> dict[str, Any]:
    """The answers, for JSON."""
    return {
        "kept": found.kept,
        "states": found.states,
        "documents": [document_as_data(one) for one in found.documents],
        "unread": [{"document": name, "why": why} for name, why in found.unread],
        "foreign": [
            {"document": r.document, "record": r.id, "signed": r.resp, "commit": c.id, "person": str(c.person)}
            for r, c in found.foreign
        ],
        "packs_off": list(found.packs_off),
        "rules_off": [{"code": off.code, "why": off.why} for off in found.rules_off],
    }


def document_as_data(one: Vetting) -> dict[str, Any]:
    """The answers for a document, for JSON."""
    return {
        **standing_as_data(one.standing),
        "holds": one.holds,
        "readings": [
            {
                "record": r.record.id,
                "state": r.record.state,
                "person": r.record.resp,
                "when": r.record.when.isoformat(),
                "after": list(r.after),
            }
            for r in one.readings
        ],
        "deciders": list(one.deciders),
        "decisions": one.decisions,
        "confirmed": one.confirmed,
        "lacking": [{"decision": lack.decision.id, "fields": list(lack.fields)} for lack in one.lacking],
        "breaches": [{"record": b.record.id, "person": b.record.resp, "what": b.what} for b in one.breaches],
    }


def _name(person: str) -> str:
    return visible(person).split(" <")[0] or visible(person)
