"""What the audit report says, as plain data, gathered from what is committed.

The same state of the repository gives the same report: it names the commit, and no moment at which it was written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from obelos_history import Commit, Decision, DocumentHistory, Repository, StateRecord, Verdict, effective, vetting_of
from obelos_history.attestation import Approval, Attestation, BaseRecord
from obelos_history.persons import Persons
from obelos_history.records import Record as HistoryRecord
from obelos_history.signed import first_commits, signed_by_another
from obelos_history.standing import Confirmation, confirmations, ground_of
from obelos_history.vetting import Vetting
from obelos_rules import Rule
from obelos_transcripts import Edition, Lines, ObelosError, read_bytes
from obelos_transcripts.details import Details, read_details

from ..rule_record import Record, records
from ..vetted import EditionVetting, packs_off
from .findings import Answered, Found, answered


@dataclass(frozen=True)
class Version:
    """A text of a document: what it is, its siglum, the id of its blob, its length in code points."""

    what: str
    siglum: str
    blob: str
    length: int


@dataclass(frozen=True)
class Told:
    """A decision as the report tells it.

    Attributes:
        line: Of its passage in the working text, from 1; None where it stands no more.
        commit: The commit that recorded it.
        superseded_by: Ids of the decisions that took its place.
        confirmed: Who else stands behind it.
    """

    decision: Decision
    line: int | None
    commit: Commit | None
    superseded_by: tuple[str, ...]
    confirmed: tuple[Confirmation, ...]


@dataclass(frozen=True)
class DocumentReport:
    """One document.

    Attributes:
        versions: Base text, working text, witnesses.
        length: Of the base text, in code points.
        standing: Decisions that stand, in the order of the text.
        earlier: Decisions that stand no more, by id.
        orphans: Decisions that have lost their place.
        findings: How many findings are answered and open; None where nobody asked.
        verdict: The proof; None where nobody asked.
    """

    name: str
    details: Details
    versions: tuple[Version, ...]
    length: int
    vetting: Vetting
    standing: tuple[Told, ...]
    earlier: tuple[Told, ...]
    orphans: tuple[Told, ...]
    states: tuple[StateRecord, ...]
    bases: tuple[BaseRecord, ...]
    approvals: tuple[Approval, ...]
    commits: Mapping[str, Commit]
    findings: Answered | None
    verdict: Verdict | None

    @property
    def records(self) -> tuple[Attestation, ...]:
        """The records beside the decisions, by id."""
        every: list[Attestation] = [*self.states, *self.bases, *self.approvals]
        return tuple(sorted(every, key=lambda record: record.id))


@dataclass(frozen=True)
class EditionReport:
    """The edition, or some documents of it.

    Attributes:
        commit: The last commit, and its moment; None where there is none.
        whole: Whether all documents are in it.
        rules: Rules whose findings were answered, with their record.
    """

    title: str
    commit: str | None
    when: datetime | None
    whole: bool
    documents: tuple[DocumentReport, ...]
    vetting: EditionVetting
    rules: tuple[tuple[str, str, str, Record], ...]

    @property
    def decisions(self) -> list[Decision]:
        """All decisions, those that stand no more among them."""
        return [told.decision for one in self.documents for told in (*one.standing, *one.earlier, *one.orphans)]

    @property
    def holds(self) -> bool:
        """Whether every document that was proved is proved."""
        return all(one.verdict is None or one.verdict.holds for one in self.documents)


def gather(
    edition: Edition,
    repository: Repository,
    names: Sequence[str],
    rules: Sequence[Rule],
    verdicts: Mapping[str, Verdict],
    found: Found,
) -> EditionReport:
    """Gather the report.

    Args:
        names: Documents; none for all.
        rules: The rules of the edition.
        verdicts: The proofs, by document.
        found: What the rules find, by document.
    """
    commits = first_commits(edition, repository, names or None)
    persons = Persons(edition.settings.editors)
    documents: list[DocumentReport] = []
    unread: list[tuple[str, str]] = []
    foreign: list[tuple[HistoryRecord, Commit]] = []
    for name in names or edition.names():
        try:
            history = DocumentHistory(edition, repository, name)
            findings = answered(history, found, rules)
            documents.append(_document(history, commits, persons, findings, verdicts.get(name)))
        except ObelosError as error:
            unread.append((name, str(error)))
            continue
        foreign += signed_by_another(history.records.all, commits, persons)
    off = packs_off(edition), edition.settings.off
    vetting = EditionVetting(tuple(d.vetting for d in documents), tuple(unread), tuple(foreign), *off)
    tip = repository.tip()
    last = repository.log(most=1)[0] if tip else None
    decided = records([told.decision for one in documents for told in one.standing], rules)
    known = {rule.code: rule for rule in rules}
    told = tuple(
        (code, known[code].name if code in known else "", known[code].level if code in known else "", decided[code])
        for code in sorted(decided)
    )
    return EditionReport(
        edition.settings.title, tip, last.when if last else None, not names, tuple(documents), vetting, told
    )


def _document(
    history: DocumentHistory,
    commits: Mapping[str, Commit],
    persons: Persons,
    findings: Answered | None,
    verdict: Verdict | None,
) -> DocumentReport:
    records = history.records
    current = history.replay(history.committed)
    lines = Lines(current.text)
    standing = effective(history.committed)
    kept = {d.id for d in (*standing, *history.settled.orphans)}
    by: dict[str, list[str]] = {}
    for decision in (d for d in records.decisions if d.id not in history.settled.moot):
        for ident in decision.supersedes:
            by.setdefault(ident, []).append(decision.id)
    confirmed = confirmations(ground_of(history), persons)

    def told(decision: Decision, line: int | None) -> Told:
        ident = decision.id
        return Told(decision, line, commits.get(ident), tuple(by.get(ident, ())), confirmed.get(ident, ()))

    return DocumentReport(
        name=history.name,
        details=read_details(history.document),
        versions=_versions(history, current.text),
        length=len(history.base),
        vetting=vetting_of(history),
        standing=tuple(told(d, lines.at(current.to_working(d.place.span).start)[0]) for d in standing),
        earlier=tuple(told(d, None) for d in records.decisions if d.id not in kept),
        orphans=tuple(told(d, None) for d in history.settled.orphans),
        states=records.states,
        bases=records.bases,
        approvals=records.approvals,
        commits={one.id: commits[one.id] for one in records.all if one.id in commits},
        findings=findings,
        verdict=verdict,
    )


def _versions(history: DocumentHistory, text: str) -> tuple[Version, ...]:
    blob_id = history.repository.blob_id
    found = [
        Version("base text", "base", history.base_id, len(history.base)),
        Version("working text", "T", blob_id(text.encode()), len(text)),
    ]
    for siglum, path in history.document.witnesses.items():
        data = read_bytes(path)
        found.append(Version("witness", siglum, blob_id(data), len(data.decode("utf-8", "replace"))))
    return tuple(found)
