"""The state of a document and its second readers, on records made up for the tests."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from made_up import BASE_ID, decision
from obelos_history import BaseRecord, Decision, StateRecord
from obelos_history.attestation import STATES, Approval, Retraction
from obelos_history.persons import Persons
from obelos_history.records import Record, gathered
from obelos_history.replay import replay
from obelos_history.settled import settle
from obelos_history.standing import Ground, Standing, standing
from obelos_history.state_policy import against
from obelos_history.vetting import vet
from obelos_transcripts import BadInput
from obelos_transcripts.edition import DOCUMENT_STATES, Policy, read_settings

TEXT = "Sir, the bane of operations lies at Dairen. We would the run on.\n"
ADA, BEN, CLEO = "Ada <ada@example.org>", "Ben <ben@example.org>", "Cleo <cleo@example.org>"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NEW_ID = "6" * 40
TWO = Policy(second_reader=("correct", "emend"))


def blob(data: bytes) -> str:
    """A made-up id of a blob, the same for the same bytes."""
    return f"{sum(n * byte for n, byte in enumerate(data, 1)):040x}"


def at(words: str, reading: str | None, number: int, resp: str = ADA, **more: object) -> Decision:
    """A decision on the first place of the text where the words stand."""
    start = TEXT.index(words)
    return decision(TEXT, (start, start + len(words)), reading, number, resp=resp, **more)


def said(number: int, state: str, covers: list[Decision], resp: str = BEN, **more: object) -> StateRecord:
    """A made-up record of a state of the text that the decisions make."""
    text = replay(TEXT, BASE_ID, covers, {i for d in covers for i in d.supersedes}).text
    values = {"base": BASE_ID, "text": blob(text.encode()), "covers": tuple(sorted(d.id for d in covers))} | more
    return StateRecord(f"01JE{number:022d}", "made-up", state=state, resp=resp, when=NOON, **values)  # type: ignore[arg-type]


def yes(number: int, ident: str, resp: str = BEN) -> Approval:
    """A made-up approval."""
    return Approval(f"01JF{number:022d}", "made-up", ident, resp, NOON)


def ground(*records: Record, base_id: str = BASE_ID) -> Ground:
    """What the state is judged on."""
    found = gathered(records)
    return Ground("made-up", TEXT, base_id, found, settle(TEXT, base_id, found), blob)


def stands(*records: Record, policy: Policy = TWO, editors: tuple[str, ...] = (), base_id: str = BASE_ID) -> Standing:
    """How the document stands."""
    return standing(ground(*records, base_id=base_id), policy, Persons(editors))


BASE, THEN = at("bane", "base", 1), at("would the", "would then", 2)


def test_the_names_of_the_states_are_the_same_in_settings_and_records() -> None:
    """Settings know nothing of the history, so they list them once more."""
    assert STATES == DOCUMENT_STATES


def test_a_document_of_which_nothing_was_said_is_a_draft() -> None:
    """Also one with decisions."""
    assert ("draft", None) == (stands(BASE).state, stands(BASE).record)


def test_the_latest_record_that_holds_gives_the_state() -> None:
    """Going back is a later record."""
    first, second = said(1, "proofread", [BASE]), said(2, "verified", [BASE], CLEO)

    assert "verified" == stands(BASE, first, second).state
    assert "draft" == stands(BASE, first, second, said(3, "draft", [BASE])).state


def test_a_later_change_reopens_the_passage_and_not_the_document() -> None:
    """The document stays verified; the word changed since is listed."""
    found = stands(BASE, said(1, "verified", [BASE]), THEN)

    assert ("verified", (THEN,)) == (found.state, found.reopened)


def test_a_correction_taken_back_after_the_reading_is_a_change_too() -> None:
    """A stet that supersedes a correction changes the text that was attested, although it has no reading."""
    back = at("bane", None, 3, supersedes=(BASE.id,))

    assert (back,) == stands(BASE, said(1, "verified", [BASE]), back).reopened


def test_a_stet_on_words_that_were_never_changed_reopens_nothing() -> None:
    """The text is the one that was read."""
    kept = at("Dairen", None, 3)

    assert () == stands(BASE, said(1, "verified", [BASE]), kept).reopened


def test_a_stet_taken_back_after_the_reading_leaves_the_state() -> None:
    """It stood when the text was read, and the text is the same without it."""
    kept = at("Dairen", None, 3)
    gone = Retraction(f"01JG{1:022d}", "made-up", (kept.id,), "A <a@example.org>", NOON)

    found = stands(kept, said(1, "verified", [kept]), gone)
    assert ("verified", ()) == (found.state, found.reopened)


def test_the_same_reading_with_a_better_note_reopens_nothing() -> None:
    """The words are those that were attested."""
    again = at("bane", "base", 3, supersedes=(BASE.id,), note="seen in the file copy")

    assert () == stands(BASE, said(1, "verified", [BASE]), again).reopened


def test_a_reopened_passage_is_closed_by_a_second_reader() -> None:
    """The approval of another person is enough; one's own is none."""
    verified = said(1, "verified", [BASE])

    assert () == stands(BASE, verified, THEN, yes(1, THEN.id)).reopened
    assert (THEN,) == stands(BASE, verified, THEN, yes(1, THEN.id, resp=ADA)).reopened


def test_records_of_two_branches_merged_the_latest_holds_and_the_other_branch_is_reopened() -> None:
    """Ben verified his branch, Cleo hers; neither read the other's correction, and the merged text has both."""
    bens = replace(BASE, resp=BEN)
    found = stands(bens, said(1, "proofread", [bens]), THEN, said(2, "verified", [THEN], CLEO))

    assert "verified" == found.state
    assert (bens,) == found.reopened


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (said(2, "verified", [BASE], text="9" * 40), "another text"),
        (replace(said(2, "verified", [BASE]), covers=()), "another text"),
        (said(2, "verified", [BASE], base="9" * 40), "never had"),
        (replace(said(2, "verified", [BASE]), covers=(BASE.id, THEN.id)), "covers 01JD"),
    ],
)
def test_a_record_that_attests_what_it_does_not_name_is_void(record: StateRecord, why: str) -> None:
    """The one before it holds, the document says why, and the policy names the record."""
    found = stands(BASE, said(1, "proofread", [BASE]), record)

    assert "proofread" == found.state
    assert why in found.why
    breaches = vet(ground(BASE, said(1, "proofread", [BASE]), record), TWO, Persons()).breaches
    assert [record] == [breach.record for breach in breaches]


def test_a_base_text_replaced_since_makes_a_draft_again() -> None:
    """Nobody has read the better transcription; who read what was decided has confirmed it all the same."""
    anchors = ((BASE.id, BASE.place.span),)
    better = BaseRecord("01JG" + "0" * 22, "made-up", NEW_ID, ADA, NOON, replaces=BASE_ID, anchors=anchors)
    records = (BASE, said(1, "verified", [BASE]), better)
    found = stands(*records, base_id=NEW_ID)

    assert ("draft", (), ()) == (found.state, found.waiting, found.readers)
    assert "replaced since" in found.why
    assert () == vet(ground(*records, base_id=NEW_ID), TWO, Persons()).breaches


def test_what_the_policy_names_waits_for_a_second_reader() -> None:
    """Corrections do here, a stet does not."""
    kept = at("Dairen", None, 3)

    assert (BASE,) == stands(BASE, kept).waiting
    assert () == stands(BASE, kept, policy=Policy()).waiting


@pytest.mark.parametrize(
    "confirmed_by",
    [yes(1, BASE.id), said(1, "proofread", [BASE]), said(1, "verified", [BASE]), at("bane", "base", 4, BEN)],
)
def test_another_person_confirms_by_approving_reading_or_deciding_the_same(confirmed_by: Record) -> None:
    """Three ways to be the second reader."""
    assert () == stands(BASE, confirmed_by).waiting


@pytest.mark.parametrize(
    "record",
    [
        yes(1, BASE.id, "Ada at home <ADA@example.org>"),
        said(1, "proofread", [BASE], ADA),
        said(1, "published", [BASE]),
        said(1, "proofread", [BASE], text="9" * 40),
        yes(1, THEN.id),
    ],
)
def test_nobody_is_their_own_second_reader(record: Record) -> None:
    """Not by another spelling of the address, not by reading; to publish is not to read; a void record confirms
    nothing."""
    assert (BASE,) == stands(BASE, record).waiting


def test_a_person_with_two_addresses_is_one_where_the_edition_says_so() -> None:
    """An entry of editors: may hold several addresses. Without it they are two persons: nobody can know."""
    home = "Ada <ada@home.example>"

    assert () == stands(BASE, yes(1, BASE.id, home)).waiting
    assert (BASE,) == stands(BASE, yes(1, BASE.id, home), editors=("Ada <ada@example.org> <ada@home.example>",)).waiting


def test_a_decision_that_supersedes_a_confirmed_one_must_be_confirmed_anew() -> None:
    """The second reader confirmed another reading."""
    other = at("bane", "bank", 3, supersedes=(BASE.id,))

    assert (other,) == stands(BASE, yes(1, BASE.id), other).waiting


def test_queries_stand_beside_the_state() -> None:
    """A document can be verified and have a question."""
    query = at("Dairen", None, 3, disposition="query")
    found = stands(query, said(1, "verified", [query]))

    assert ("verified", True, (query,)) == (found.state, found.queried, found.queries)


def objections(record: StateRecord, *before: Record, policy: Policy = TWO, editors: tuple[str, ...] = ()) -> str:
    """What the policy has against a record."""
    at_hand = ground(*before, record)
    return "; ".join(against(record, at_hand, (), policy, Persons(editors)))


def test_verified_is_for_another_person_than_the_one_who_proofread() -> None:
    """Unless the edition says otherwise."""
    read, alone = said(1, "proofread", []), Policy(verified_by_another=False)

    assert "another person" in objections(said(2, "verified", []), read)
    assert "" == objections(said(2, "verified", [], CLEO), read)
    assert "" == objections(said(2, "verified", []), read, policy=alone)
    assert "nobody has" in objections(said(1, "verified", [], note="at once"))


def test_who_may_set_a_state_is_told_by_mail_address() -> None:
    """States that the policy does not name are open to everybody."""
    policy = Policy(states=(("verified", ("The Editor <CLEO@example.org>",)),))
    read = said(1, "proofread", [])

    assert "" == objections(read, policy=policy)
    assert "" == objections(said(2, "verified", [], CLEO), read, policy=policy)
    assert "may be set by The Editor" in objections(said(2, "verified", [], ADA), read, policy=policy)


def test_going_back_and_skipping_a_state_ask_for_a_note() -> None:
    """One step forward, and the same again, do not."""
    read = said(1, "proofread", [])

    assert "" == objections(said(2, "proofread", [], CLEO), read)
    assert "going back from proofread to draft" in objections(said(2, "draft", []), read)
    assert "" == objections(said(2, "draft", [], note="the file copy has turned up"), read)
    assert "at once" in objections(said(2, "published", []), read)


def test_a_published_document_was_read_by_as_many_persons_as_the_policy_asks() -> None:
    """Persons, not readings."""
    policy = Policy(readers=2)
    once, twice = said(1, "proofread", []), said(2, "verified", [], CLEO)

    assert "1 has" in objections(said(3, "published", [], note="now"), once, policy=policy)
    assert "1 has" in objections(said(3, "published", [], note="now"), once, said(2, "proofread", []), policy=policy)
    assert "" == objections(said(3, "published", []), once, twice, policy=policy)


def test_the_vetting_tells_who_read_after_whom_and_what_lacks_its_ground() -> None:
    """Who verified whom, who decided, which decisions have no source although the policy asks for one."""
    policy = Policy(source=("correct",))
    found = vet(ground(BASE, said(1, "proofread", [BASE]), said(2, "verified", [BASE], CLEO)), policy, Persons())

    assert [("proofread", ()), ("verified", (BEN,))] == [(r.record.state, r.after) for r in found.readings]
    assert (ADA,) == found.deciders
    assert (1, 1) == (found.confirmed, found.decisions)
    assert [(BASE, ("source",))] == [(one.decision, one.fields) for one in found.lacking]
    assert not found.holds


def test_a_verified_document_with_a_reopened_passage_does_not_keep_the_policy_a_draft_does() -> None:
    """What is open in a draft is work, in a verified document it is a gap."""
    read = (said(1, "proofread", [BASE]), said(2, "verified", [BASE], CLEO))

    assert vet(ground(BASE, *read), TWO, Persons()).holds
    assert not vet(ground(BASE, *read, THEN), TWO, Persons()).holds
    assert vet(ground(BASE, THEN), TWO, Persons()).holds


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("policy: {second_readers: [emend]}", "did you mean “second_reader”?"),
        ("policy: {second_reader: [emmend]}", "did you mean “emend”?"),
        ("policy: {states: {verifed: [a@b.org]}}", "did you mean “verified”?"),
        ("policy: {states: {verified: [Ada]}}", "a mail address was expected"),
        ("policy: {states: verified}", "for each state"),
        ("policy: {readers: two}", "a whole number"),
        ("policy: {verified_by_another: yes}", "true or false"),
        ("policy: {nothing_open: [finished]}", "one of draft, proofread, verified, published"),
    ],
)
def test_a_slip_in_the_policy_is_told_with_its_line(tmp_path: Path, written: str, told: str) -> None:
    """Never taken for something else."""
    file = tmp_path / "edition.yaml"
    file.write_text(written)
    with pytest.raises(BadInput, match=r":1: ") as caught:
        read_settings(file)
    assert told in str(caught.value)
