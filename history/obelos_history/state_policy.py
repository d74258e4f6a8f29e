"""What an edition's policy has against a record of a state or an approval. Pure functions.

Asked before such a record is made, and of every record afterwards: one that was made elsewhere, against the policy, is
named. It counts all the same, for it says truly who said what; whether it may is for the policy, which can change.
"""

from collections.abc import Iterator

from obelos_transcripts.edition import Policy

from .attestation import STATES, Approval, State, StateRecord
from .persons import Persons
from .standing import Ground, Void, readings


def against(record: StateRecord, ground: Ground, void: tuple[Void, ...], policy: Policy, persons: Persons) -> list[str]:
    """What the policy has against a record of a state, whether it is among the document's records or not yet.

    What was open when it was made is known by the decisions that it covers.
    """
    before = [r for r in readings(ground, void) if r.id < record.id and r.base == record.base]
    found = list(_who(record, before, policy, persons))
    step = step_to(record, ground, void)
    if step and not record.note.strip():
        found.append(f"{step} asks for a note")
    if record.state == "published":
        others = persons.each_once(one.resp for one in before)
        if len(others) < policy.readers:
            read = f"{len(others)} {'has' if len(others) == 1 else 'have'}" if others else "nobody has"
            found.append(f"published asks for {_persons(policy.readers)} who read it; {read}")
    if record.state in policy.nothing_open:
        covers = set(record.covers)
        asked = [d for d in ground.settled.decisions if d.id in covers and d.disposition == "query"]
        if asked:
            queries = "a query is" if len(asked) == 1 else f"{len(asked)} queries are"
            found.append(f"{record.state} is not set while {queries} open ({asked[0].summary()})")
    return found


def step_to(record: StateRecord, ground: Ground, void: tuple[Void, ...]) -> str:
    """``going back from published to draft``, ``going from draft to published``; "" for the usual step or none."""
    gone = {one.record.id for one in void}
    earlier = [r for r in ground.records.states if r.id < record.id and r.base == record.base and r.id not in gone]
    before: State = earlier[-1].state if earlier else "draft"
    steps = STATES.index(record.state) - STATES.index(before)
    if steps < 0:
        return f"going back from {before} to {record.state}"
    if steps > 1:
        return f"going from {before} to {record.state} at once"
    return ""


def against_approval(approval: Approval, ground: Ground, persons: Persons) -> list[str]:
    """What is wrong with an approval."""
    decision = next((d for d in ground.records.decisions if d.id == approval.decision), None)
    if decision is None:
        return [f"there is no decision {approval.decision}"]
    if persons.same(decision.resp, approval.resp):
        return ["nobody confirms a decision of their own"]
    return []


def _who(record: StateRecord, before: list[StateRecord], policy: Policy, persons: Persons) -> Iterator[str]:
    allowed = dict(policy.states).get(record.state)
    if allowed is not None and not persons.among(record.resp, allowed):
        who = ", ".join(allowed) or "nobody"
        yield f"{record.state} may be set by {who}"
    if record.state == "verified" and policy.verified_by_another:
        if not before:
            yield "verified asks that another person has proofread it before; nobody has"
        elif all(persons.same(record.resp, one.resp) for one in before):
            yield "verified is for another person than the one who proofread"


def _persons(number: int) -> str:
    return "a person" if number == 1 else f"{number} persons"
