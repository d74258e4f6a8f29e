"""The questions that an edition is vetted by, answered from its records: who read it, who verified whom, what is open.

They follow the guiding questions for vettors of the MLA's Committee on Scholarly Editions: has somebody other than the
transcriber checked each transcription, how often, by whom, and is every emendation on record with its ground?
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from obelos_transcripts.edition import Policy

from .attestation import Approval, StateRecord
from .decision import Decision
from .persons import Persons
from .standing import Ground, Standing, confirmations, ground_of, readings, standing
from .state_policy import against, against_approval

if TYPE_CHECKING:
    from .document_history import DocumentHistory

ASKED = {"note": "a note", "cert": "a certainty", "evidence": "evidence", "source": "a source"}
"""Fields that a policy may ask for, in words."""


class _Grounds(Protocol):
    @property
    def note(self) -> str: ...
    @property
    def cert(self) -> str: ...
    @property
    def evidence(self) -> str | None: ...
    @property
    def source(self) -> str: ...


@dataclass(frozen=True)
class Breach:
    """A record that was made against the policy, or does not hold."""

    record: StateRecord | Approval
    what: str


@dataclass(frozen=True)
class Lacking:
    """A standing decision without what the policy asks for: names of fields."""

    decision: Decision
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """Somebody read the whole document.

    Attributes:
        after: Whose reading it checks: those who had read the document before, other than the reader.
    """

    record: StateRecord
    after: tuple[str, ...]


@dataclass(frozen=True)
class Vetting:
    """The answers for one document.

    Attributes:
        standing: State, and what is open.
        readings: Who read it, in order, and after whom.
        deciders: Who took its decisions, each once.
        confirmed: How many standing decisions another person stands behind.
        decisions: How many decisions stand.
        lacking: Standing decisions without what the policy asks for.
        breaches: Records against the policy, and records that do not hold.
    """

    document: str
    standing: Standing
    readings: tuple[Reading, ...]
    deciders: tuple[str, ...]
    confirmed: int
    decisions: int
    lacking: tuple[Lacking, ...]
    breaches: tuple[Breach, ...]

    @property
    def holds(self) -> bool:
        """Whether the policy is kept. What is open in a document that nobody has declared finished is no breach."""
        finished = self.standing.state in ("verified", "published")
        still_open = self.standing.queried or self.standing.reopened or self.standing.waiting
        return not (self.breaches or self.lacking or (finished and still_open))


def lacking(judgement: _Grounds, needs: Iterable[str]) -> tuple[str, ...]:
    """Which of the fields asked for are not filled in; a certainty that is unknown is none."""
    given = {
        "note": judgement.note,
        "cert": "" if judgement.cert == "unknown" else judgement.cert,
        "evidence": judgement.evidence or "",
        "source": judgement.source,
    }
    return tuple(field for field in needs if not given[field].strip())


def vetting_of(history: "DocumentHistory") -> Vetting:
    """The answers for a document by its committed records and the policy of its edition."""
    settings = history.edition.settings
    return vet(ground_of(history), settings.policy, Persons(settings.editors))


def vet(ground: Ground, policy: Policy, persons: Persons) -> Vetting:
    """The answers for a document."""
    how = standing(ground, policy, persons)
    decisions = ground.standing
    confirmed = confirmations(ground, persons, how.void)
    missing = ((d, lacking(d, policy.needs(d.disposition))) for d in decisions)
    return Vetting(
        document=ground.document,
        standing=how,
        readings=_readings(readings(ground, how.void), persons),
        deciders=persons.each_once(d.resp for d in ground.records.decisions),
        confirmed=sum(d.id in confirmed for d in decisions),
        decisions=len(decisions),
        lacking=tuple(Lacking(decision, fields) for decision, fields in missing if fields),
        breaches=tuple(_breaches(ground, how, policy, persons)),
    )


def _readings(read: Sequence[StateRecord], persons: Persons) -> tuple[Reading, ...]:
    found = []
    for number, record in enumerate(read):
        before = persons.each_once(one.resp for one in read[:number])
        found.append(Reading(record, tuple(one for one in before if not persons.same(one, record.resp))))
    return tuple(found)


def _breaches(ground: Ground, how: Standing, policy: Policy, persons: Persons) -> list[Breach]:
    # A base text replaced since is no fault of the record.
    found = [Breach(one.record, one.why) for one in how.void if not one.replaced]
    gone = {one.record.id for one in how.void}
    for record in ground.records.states:
        if record.id not in gone:
            found += [Breach(record, what) for what in against(record, ground, how.void, policy, persons)]
    for approval in ground.records.approvals:
        found += [Breach(approval, what) for what in against_approval(approval, ground, persons)]
    return found
