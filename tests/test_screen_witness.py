"""Where witnesses differ: one question a place, on the screen, in the commands, with the witness as source."""

import json
from pathlib import Path

import pytest

from check_world import World, rule, world
from editor import Editor, editor
from obelos_rules import load_rules
from obelos_tui.desk import Desk
from screen import desk_of, edition_of, on_screen, opened

__all__ = ["editor", "world"]

TEXT = "The fleet will leave the harbour at nine on Monday, as a bane for our friends.\n"
B = TEXT.replace("nine", "five").replace("bane", "base")
"""Made up, like the text."""

RULES = tuple(rule for rule in load_rules(("core", "typescript")) if rule.code in ("WI301", "CF101"))


def _desk(tmp_path: Path, **witnesses: str) -> Desk:
    return desk_of(edition_of(tmp_path / "edition", {"note": {"base": TEXT, **witnesses}}), RULES)


@on_screen
async def test_a_difference_is_a_finding_and_the_witness_its_source(tmp_path: Path) -> None:
    """The first suggestion is what B reads; the form has B as the source and a document as evidence."""
    async with opened(_desk(tmp_path, B=B), "note") as at_work:
        at_work.sees("WI301", "B reads “five” where “nine” stands", "1 five")
        await at_work.presses("1", "enter")
        (decision,) = at_work.pending
        assert ("correct", "nine", "five") == (decision.disposition, decision.place.exact, decision.reading)
        assert ("B", "external", "WI301") == (decision.source, decision.evidence, decision.rule)
        assert [False, True] == [item.decision is None for item in at_work.state.items]


@on_screen
async def test_a_place_that_another_rule_flags_is_asked_about_once(tmp_path: Path) -> None:
    """With what B reads beside it; once that is answered, so is the difference."""
    async with opened(_desk(tmp_path, B=B), "note") as at_work:
        assert ["nine", "bane"] == [item.finding.found for item in at_work.state.items if item.finding]
        assert 2 == at_work.app.desk.row("note").open_findings
        await at_work.presses("n", "t", "enter")
        assert ["nine", "bane"] == [item.finding.found for item in at_work.state.items if item.finding]
        assert [True, False] == [item.decision is None for item in at_work.state.items]


@on_screen
async def test_several_readings_are_several_suggestions(tmp_path: Path) -> None:
    """Two witnesses stand before one; each reading has its own as the source."""
    texts = {"C": TEXT.replace("nine", "ten"), "D": TEXT.replace("nine", "ten"), "B": B}
    async with opened(_desk(tmp_path, **texts), "note") as at_work:
        at_work.sees("C and D read “ten”, B reads “five”", "1 ten", "2 five")
        await at_work.presses("2", "enter")
        assert ["B"] == [decision.source for decision in at_work.pending]


def test_a_decision_of_the_editors_own_choosing_answers_the_difference(world: World) -> None:
    """What was decided on just these words, or on a passage around them, on whatever occasion."""
    _holds(world)
    assert ["nine", "bane"] == world.words("--rules", "WI301")
    world.decides("note", "nine", None, 1, disposition="stet")
    world.decides("note", "a bane for", None, 2, disposition="query", note="what is meant?")

    assert [] == world.words("--rules", "WI301")
    assert 0 == world.types("check", "--stale")


def test_a_correction_to_a_third_reading_answers_the_difference(world: World) -> None:
    """The editor saw what B reads, and put something else."""
    _holds(world, TEXT.replace("nine", "noon"))
    world.decides("note", "nine", "noon", 1)

    assert ["bane"] == world.words("--rules", "WI301")


def test_a_false_alarm_of_another_rule_settles_just_its_own_words(world: World) -> None:
    """A wider passage was rejected for another reason: that B reads another word in it is still to be told."""
    _holds(world)
    world.decides("note", "leave the harbour at nine", None, 1, disposition="reject", rule="ZZZ-PA101")
    world.decides("note", "bane", None, 2, disposition="reject", rule="CF101")

    assert ["nine"] == world.words("--rules", "WI301")


def test_check_tells_a_place_once(world: World) -> None:
    """Where another finding asks already it asks for both; asked for by themselves, all differences are told."""
    _holds(world)
    assert ["WI301", "CF101"] == [one["code"] for one in world.found()]
    assert ["WI301", "WI301"] == [one["code"] for one in world.found("--rules", "witness")]


def test_a_weaker_finding_does_not_stand_for_a_difference(world: World) -> None:
    """So what is told at one level is told at any: a fingerprint that `check` lists can be decided on."""
    world.rules(rule("ZZZ-PA201", "nine", r"\bnine\b", "9", "nine", level="possible"))
    _holds(world)

    assert "WI301" in [one["code"] for one in world.found() if one["found"] == "nine"]
    weak = [one["code"] for one in world.found("--level", "possible") if one["found"] == "nine"]
    assert ["WI301", "ZZZ-PA201"] == weak


def test_the_witnesses_of_a_text_go_with_its_document(world: World) -> None:
    """By name, as a file of the edition, on standard input under its name; not as a file of its own."""
    _holds(world)
    (world.root / "alone.txt").write_text(TEXT)
    assert ["nine"] == [one["found"] for one in world.found("transcripts/note/text.txt") if one["code"] == "WI301"]
    assert [] == [one for one in world.found("alone.txt") if one["code"] == "WI301"]


def test_a_witness_that_cannot_be_read_is_named(world: World) -> None:
    """The text cannot be checked against it."""
    _holds(world)
    (world.root / "transcripts/note/B.txt").write_bytes(b"\xff")
    assert 2 == world.types("check")
    world.sees("B.txt", "is not UTF-8")


def test_the_sample_has_seven_places_that_only_the_second_keying_shows(editor: Editor) -> None:
    """The twelve that rules find are told once; B goes wrong at some of the others, which the source has to tell."""
    editor.types("check", "--format", "json")
    codes = [one["code"] for one in json.loads(editor.out)["findings"]]
    assert (12, 7) == (sum(code != "WI301" for code in codes), codes.count("WI301"))


@pytest.mark.parametrize(
    ("flag", "passing", "failure"),
    [
        ("witnesses: {B: a ship for sale in port}", "", ""),
        ("witnesses: {B: a ship for sail in port}", "", "is not flagged"),
        ("witnesses: {B: a ship for sale in port}", ", witnesses: {C: a ship for sale in port}", "should pass"),
    ],
)
def test_a_rule_on_witnesses_is_proved_by_examples_with_witnesses(
    world: World, flag: str, passing: str, failure: str
) -> None:
    """`rules test` compares the text of an example with its witnesses."""
    house = world.root / "rules" / "house.yaml"
    house.write_text(
        "rules:\n  - {code: ABC-WI101, name: made-up, kind: witness, classes: [substantive], level: likely,\n"
        "     message: '{sigla}', why: made up for a test, authority: made up for a test,\n"
        f"     examples: {{flag: [{{text: a ship for sail in port, at: sail, suggest: sale, {flag}}}],\n"
        f"                pass: [{{text: a ship for sail in port{passing}}}]}}}}\n"
    )
    assert bool(failure) == bool(world.types("rules", "test", str(house)))
    world.sees(failure)


def _holds(world: World, working: str | None = None) -> None:
    (world.root / "edition.yaml").write_text("packs: [core, typescript]\n")
    world.holds("note", TEXT, working)
    (world.root / "transcripts/note/B.txt").write_text(B)
