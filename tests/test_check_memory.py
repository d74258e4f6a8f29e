"""What the edition remembers: answered findings stay away, changed passages say so, stale decisions are listed."""

import json

import pytest

from check_world import ALOT, PEICE, RULES, TEH, World, rule, world
from obelos_transcripts import Span, place_of

__all__ = ["world"]

LETTER = "We have recieved teh letter.\nAnd teh answer was sent.\n"


def test_a_rejected_finding_does_not_come_back(world: World) -> None:
    """The finding that was decided is left out, the one like it is not."""
    world.holds("letter", LETTER)
    world.decides("letter", "teh", rule="ZZZ-PA101")

    assert ["recieved", "teh"] == world.words()
    assert ["recieved", "teh", "teh"] == world.words("--all")


def test_answered_findings_are_told_with_their_decision(world: World) -> None:
    """With --all each finding names the decision that answers it."""
    world.holds("letter", LETTER)
    made = world.decides("letter", "recieved", rule="ZZZ-PA102", note="so the source")
    answers = [finding["answer"] for finding in world.found("--all")]

    assert [made, None, None] == [answer and answer["decision"] for answer in answers]
    assert {
        "decision": made,
        "disposition": "reject",
        "when": "2026-05-03T00:00:00+00:00",
        "resp": "N. N. <nn@example.org>",
        "note": "so the source",
    } == answers[0]


def test_a_finding_stays_answered_when_the_text_before_it_changes(world: World) -> None:
    """Another decision moves the passage; the decision on it moves along."""
    world.holds("letter", LETTER, LETTER.replace("recieved", "at last received"))
    world.decides("letter", "recieved", "at last received", 1, rule="ZZZ-PA102")
    world.decides("letter", "teh", None, 2, rule="ZZZ-PA101")

    assert [(2, "teh")] == [(finding["line"], finding["found"]) for finding in world.found()]


def test_a_finding_stays_answered_when_somebody_changed_other_words_by_hand(world: World) -> None:
    """Changes without a decision move the passage as well; `verify` is who tells of them."""
    world.holds("letter", LETTER, LETTER.replace("We have", "My friend and I have at long last"))
    world.decides("letter", "recieved", rule="ZZZ-PA102")
    world.decides("letter", "teh", None, 2, rule="ZZZ-PA101")

    assert [(2, "teh")] == [(finding["line"], finding["found"]) for finding in world.found()]


def test_a_changed_passage_is_open_again_and_says_what_was_decided(world: World) -> None:
    """Who rejected it, when, what it read then; in JSON with the whole decision."""
    world.holds("letter", LETTER, LETTER.replace("recieved", "recieving"))
    made = world.decides("letter", "recieved", rule="ZZZ-PA102", note="so the source")
    finding = world.found()[0]
    world.types("check")

    assert "recieving" == finding["found"]
    assert (made, "reject", "recieved") == tuple(finding["earlier"][key] for key in ("decision", "disposition", "read"))
    world.sees("rejected on 3 May 2026 by N. N. when it read “recieved”; the passage has changed since")


def test_a_correction_that_is_undone_by_hand_is_open_again_and_says_so(world: World) -> None:
    """Somebody put the old word back: the finding says to what it had been corrected."""
    world.holds("letter", LETTER)
    world.decides("letter", "recieved", "received", rule="ZZZ-PA102")
    world.types("check")

    world.sees("corrected on 3 May 2026 by N. N. to “received”; the passage has changed since")


def test_what_a_passage_read_is_told_as_it_stood_in_the_working_text_then(world: World) -> None:
    """A stet on a corrected passage kept the correction, not the base text."""
    world.holds("letter", LETTER, LETTER.replace("recieved", "recieving"))
    first = world.decides("letter", "recieved", "recieveth", 1, rule=None)
    second = world.decides("letter", "recieved", None, 2, rule="ZZZ-PA102", disposition="stet")
    earlier = world.found()[0]["earlier"]

    assert first < second
    assert ("stet", "recieveth") == (earlier["disposition"], earlier["read"])


def test_an_old_code_answers_the_finding_of_the_rule_that_bears_it_now(world: World) -> None:
    """Codes are stable for ever: an alias counts as the rule's own."""
    world.holds("letter", LETTER)
    world.decides("letter", "recieved", rule="ZZZ-PA002", fingerprint="0" * 16)

    assert ["teh", "teh"] == world.words()
    assert 0 == world.types("check", "--stale")


def test_of_passages_alike_each_keeps_its_own_decision(world: World) -> None:
    """The second was rejected; when the first is corrected, the second is the first of its kind and still answered."""
    text = "1. at the end of teh war they met. 2. at the end of teh war they met. 3. at the end of teh war they met."
    world.holds("letter", text, text.replace("teh", "the", 1))
    world.decides("letter", "teh", "the", 1, rule="ZZZ-PA101")
    second = text.index("teh", 40)
    world.decides("letter", "teh", None, 3, rule="ZZZ-PA101", place=place_of(text, Span(second, second + 3), "body"))

    assert [text.index("teh", 60)] == [finding["start"] for finding in world.found()]


def test_a_moved_passage_is_known_by_its_fingerprint(world: World) -> None:
    """A paragraph that was moved by hand keeps the answers to its findings."""
    first, second = (
        "We have recieved teh whole of it last week.\n",
        "A long paragraph of other words stands here, by itself.\n",
    )
    world.holds("letter", first + second)
    (fingerprint,) = [f["fingerprint"] for f in world.found() if f["found"] == "teh"]
    world.decides("letter", "teh", rule="ZZZ-PA101", fingerprint=fingerprint)
    (world.root / "transcripts/letter/text.txt").write_text(second + first)

    assert ["recieved"] == world.words()


@pytest.mark.parametrize(
    ("rules", "working", "why"),
    [
        ((TEH, PEICE, ALOT), LETTER, "There is no rule ZZZ-PA102 any more"),
        (RULES, LETTER.replace("recieved", "taken"), "The passage was changed by hand and reads “taken” now"),
        (
            (TEH, rule("ZZZ-PA102", "ie-for-ei", r"\brecieves\b", "receives", "recieves")),
            LETTER,
            "The rule flags the passage no more",
        ),
    ],
)
def test_a_decision_that_matches_nothing_any_more_is_listed_with_the_reason(
    world: World, rules: tuple[str, ...], working: str, why: str
) -> None:
    """Rule retired, passage changed, rule changed: id, place, what was said, why; the plain run counts them."""
    world.holds("letter", LETTER, working)
    world.rules(*rules)
    made = world.decides("letter", "recieved", rule="ZZZ-PA102", note="so the source")

    assert 1 == world.types("check", "--stale")
    world.sees("text.txt:1:9", "rejected on 3 May 2026 by N. N.: “recieved”", why, made, "so the source")
    world.types("check")
    world.sees("1 decision no longer matches anything (obelos check --stale)")


def test_a_rejection_that_a_later_correction_overtook_is_listed_with_it(world: World) -> None:
    """The editor changed their mind: the list says by which decision."""
    world.holds("letter", LETTER, LETTER.replace("recieved", "received"))
    world.decides("letter", "recieved", None, 1, rule="ZZZ-PA102")
    later = world.decides("letter", "recieved", "received", 2)

    assert 1 == world.types("check", "--stale")
    world.sees(f"A later decision changed the passage: received for recieved ({later})")


def test_a_correction_whose_place_was_changed_again_by_hand_is_listed(world: World) -> None:
    """The text no longer reads what was decided."""
    world.holds("letter", LETTER, LETTER.replace("recieved", "gotten"))
    world.decides("letter", "recieved", "received", rule="ZZZ-PA102")

    assert 1 == world.types("check", "--stale")
    world.sees("corrected on 3 May 2026 by N. N.: “received”", "changed by hand and reads “gotten” now")


def test_a_question_on_a_weaker_rule_is_not_stale_because_less_is_asked_for(world: World) -> None:
    """What matches is judged by all levels, whatever is reported."""
    world.holds("letter", "A peice of alot.\n")
    world.decides("letter", "peice", rule="ZZZ-PA103", disposition="query")

    assert ["alot"] == world.words("--level", "certain")
    assert 0 == world.types("check", "--stale", "--level", "certain")
    world.types("check", "--level", "certain", "--format", "json")
    assert 0 == json.loads(world.out)["stale"]


def test_a_run_with_some_rules_does_not_judge_what_is_stale(world: World) -> None:
    """Rules that were not asked cannot flag anything."""
    world.holds("letter", LETTER)
    world.decides("letter", "recieved", rule="ZZZ-PA102")
    world.types("check", "--rules", "ZZZ-PA101", "--format", "json")

    assert json.loads(world.out)["stale"] is None
    assert 0 == world.types("check", "--stale", "--rules", "ZZZ-PA101")
    assert 2 == world.types("check", "--stale", "--pack", "core")


def test_stale_decisions_are_told_as_json(world: World) -> None:
    """One object for each, with the fields of the decision."""
    world.holds("letter", LETTER, LETTER.replace("recieved", "taken"))
    made = world.decides("letter", "recieved", rule="ZZZ-PA102")
    world.types("check", "--stale", "--format", "json")
    (told,) = json.loads(world.out)["decisions"]
    world.types("check", "--stale", "--format", "jsonl")

    assert told == json.loads(world.out)
    assert (made, "letter", "ZZZ-PA102", 1, 9) == tuple(
        told[key] for key in ("decision", "document", "rule", "line", "column")
    )
    assert 2 == world.types("check", "--stale", "--format", "sarif")


def test_decisions_on_another_base_text_are_told_and_hide_nothing(world: World) -> None:
    """The base text was replaced: all findings are reported, and the run says why none is answered."""
    world.holds("letter", LETTER)
    world.decides("letter", "recieved", rule="ZZZ-PA102")
    world.holds("letter", f"Dear Sir,\n{LETTER}")

    assert 2 == world.types("check")
    world.sees("recieved", "its decision counts in another base text")


def test_a_damaged_decision_stops_no_check(world: World) -> None:
    """It is told with its file; the findings are reported as if undecided."""
    world.holds("letter", LETTER)
    made = world.decides("letter", "recieved", rule="ZZZ-PA102")
    (world.root / "history/letter" / f"{made}.yaml").write_text("format: obelos-decision/1\n")

    assert 2 == world.types("check")
    world.sees("“recieved”", f"{made}.yaml")


def test_check_writes_nothing(world: World) -> None:
    """A folder that cannot be written to is checked like any other."""
    world.holds("letter", LETTER)
    world.decides("letter", "recieved", rule="ZZZ-PA102")
    before = sorted((path, path.stat().st_mtime_ns) for path in world.root.rglob("*"))
    for path in (world.root, *world.root.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        code = world.types("check")
    finally:
        for path in (world.root, *world.root.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)

    assert 1 == code
    assert before == sorted((path, path.stat().st_mtime_ns) for path in world.root.rglob("*"))
