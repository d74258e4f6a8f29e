"""Decisions and the base text that holds: a better transcription moves them, or leaves them as orphans."""

from datetime import UTC, datetime

import pytest

from made_up import BASE_ID, decision
from obelos_history import BaseRecord, Decision, Records
from obelos_history.attestation import Approval, Retraction, StateRecord
from obelos_history.records import dump_record, gathered, parse
from obelos_history.replay import overlaps, replay
from obelos_history.settled import settle
from obelos_transcripts import BadInput, Span
from obelos_transcripts.anchoring import anchor

NEW_ID = "6" * 40
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
OLD = "Sir, the bane of operations lies at Dairen. The bane of my life is the telegraph.\n"
NEW = "SECRET.\nSir, the bane of operations lies at Dairen, I hear. The bane of my lief is the telegraph.\n"


def base_record(number: int, base: str, **more: object) -> BaseRecord:
    """A made-up record of a base text."""
    return BaseRecord(f"01JE{number:022d}", "made-up", base, "A Person <a@example.org>", NOON, **more)  # type: ignore[arg-type]


def carried(*decisions: Decision, **more: object) -> Records:
    """The decisions, and a record that puts NEW in the place of OLD with the places that were found."""
    found = zip(decisions, anchor([d.place for d in decisions], OLD, NEW), strict=True)
    anchors = tuple((d.id, a.place.span) for d, a in found if a.place)
    return gathered([*decisions, base_record(1, NEW_ID, replaces=BASE_ID, anchors=anchors)])


def at(words: str, reading: str | None, number: int, **more: object) -> Decision:
    """A decision on the first place of OLD where the words stand."""
    start = OLD.index(words)
    return decision(OLD, (start, start + len(words)), reading, number, **more)


def test_F01_a_decision_is_carried_to_the_same_words_of_a_better_transcription() -> None:
    """The place moved with its words, although the same word stands at several places."""
    settled = settle(NEW, NEW_ID, carried(at("bane of op", "base of op", 1)))

    assert () == settled.orphans
    assert NEW.replace("bane of op", "base of op") == replay(NEW, NEW_ID, settled.decisions).text


def test_F01_a_decision_whose_words_changed_is_an_orphan_and_changes_nothing() -> None:
    """The better transcription reads otherwise there: the decision is kept, and asked about, and not applied."""
    lost = at("my life is", "my wife is", 1)
    settled = settle(NEW, NEW_ID, carried(lost))

    assert ((), (lost,)) == (settled.decisions, settled.orphans)
    assert NEW == replay(NEW, NEW_ID, settled.decisions, settled.elsewhere).text


def test_what_an_orphan_superseded_does_not_come_back_to_life() -> None:
    """The first correction still has its place; its successor lost its own. Neither is applied unasked."""
    first = at("The bane", "The base", 1)
    second = at("The bane of my life", "The bore of my life", 2, supersedes=(first.id,))
    settled = settle(NEW, NEW_ID, carried(first, second))

    assert ((), (second,)) == (settled.decisions, settled.orphans)
    assert {first.id, second.id} == settled.elsewhere


def test_an_orphan_may_be_taken_back() -> None:
    """Then nothing is open, and nothing that it superseded comes back."""
    first = at("The bane", "The base", 1)
    second = at("The bane of my life", "The bore of my life", 2, supersedes=(first.id,))
    back = Retraction(f"01JH{0:022d}", "made-up", (second.id,), "A <a@b>", NOON, "the better text has it right")
    settled = settle(NEW, NEW_ID, gathered([*carried(first, second).all, back]))

    assert ((), (), (second,)) == (settled.decisions, settled.orphans, settled.retracted)


def test_an_orphan_is_given_a_new_place_by_a_decision_that_supersedes_it() -> None:
    """From then on nothing is open."""
    lost = at("my life is", "my wife is", 1)
    start = NEW.index("lief")
    fresh = decision(NEW, (start, start + 4), "wife", 3, base=NEW_ID, supersedes=(lost.id,))
    records = carried(lost)
    settled = settle(NEW, NEW_ID, gathered([*records.all, fresh]))

    assert () == settled.orphans
    assert "my wife is" in replay(NEW, NEW_ID, settled.decisions, settled.elsewhere).text


def test_a_base_text_that_no_record_names_is_refused() -> None:
    """Somebody edited the base text by hand: nothing may be replayed on it."""
    with pytest.raises(BadInput, match="never edited"):
        settle(OLD, BASE_ID, carried(at("bane of op", "base of op", 1)))


def test_two_base_texts_put_in_place_by_two_editors_are_a_question_for_a_person() -> None:
    """Neither is taken without a word."""
    both = gathered([base_record(1, NEW_ID, replaces=BASE_ID), base_record(2, "7" * 40, replaces=BASE_ID)])

    with pytest.raises(BadInput, match="two editors"):
        settle(NEW, NEW_ID, both)


def test_F04_the_same_correction_by_two_editors_counts_once() -> None:
    """Two people found the same error: no contradiction, and the text has the reading once."""
    one, other = at("bane", "base", 1), at("bane", "base", 2, resp="Another <b@example.org>")

    assert [] == overlaps([one, other])
    assert OLD.replace("bane", "base", 1) == replay(OLD, BASE_ID, [one, other]).text


def test_F04_two_readings_of_one_word_are_a_contradiction() -> None:
    """Both records are there; which one counts is not for the program to say."""
    one, other = at("bane", "base", 1), at("bane of operations", "bank of operations", 2)

    assert [(one, other)] == overlaps([one, other])
    with pytest.raises(BadInput, match="lies over the place"):
        replay(OLD, BASE_ID, [one, other])


def test_one_decision_may_settle_several() -> None:
    """A query, or a new reading, takes the place of all that was said of the passage."""
    one, other = at("bane", "base", 1), at("bane of operations", "bank of operations", 2)
    query = at("bane of operations", None, 3, disposition="query", supersedes=(one.id, other.id))

    assert OLD == replay(OLD, BASE_ID, [one, other, query]).text
    assert query == parse(dump_record(query), "query.yaml")


BETTER = base_record(
    2,
    NEW_ID,
    replaces=BASE_ID,
    after="c" * 64,
    note="The second keying is better.\nMuch.",
    supersedes=(f"01JE{1:022d}",),
    anchors=((f"01JD{0:022d}", Span(3, 9)),),
)
VERIFIED = StateRecord(
    f"01JF{0:022d}", "made-up", BASE_ID, NEW_ID, "verified", "A <a@b>", NOON, covers=(f"01JD{0:022d}",)
)
APPROVED = Approval(f"01JG{0:022d}", "made-up", f"01JD{0:022d}", "B <b@c>", NOON, "seen the file copy: [so]")


@pytest.mark.parametrize("record", [base_record(1, BASE_ID), BETTER, VERIFIED, APPROVED])
def test_every_kind_of_record_comes_back_from_its_file_as_it_was(record: BaseRecord | StateRecord | Approval) -> None:
    """What is written is what is read."""
    assert record == parse(dump_record(record), "record.yaml")


def test_a_record_of_an_unknown_kind_is_refused_with_its_line() -> None:
    """A later version may have written it; it is not passed over in silence."""
    with pytest.raises(BadInput, match=r"x\.yaml:1: “obelos-decision/9” is a format"):
        parse(b"format: obelos-decision/9\n", "x.yaml")
