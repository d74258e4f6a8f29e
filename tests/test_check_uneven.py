"""The same words decided differently at different places are listed, so that an editor knows before a reader asks."""

import json

from check_world import World, world

__all__ = ["world"]

FIRST = "The block was recieved on Monday.\n"
SECOND = "A block of the powers recieved it.\n"


def test_words_emended_here_and_kept_there_are_told_with_both_decisions(world: World) -> None:
    """Each with its document, what was decided, when and by whom."""
    world.holds("a-1", FIRST)
    world.holds("b-2", SECOND)
    kept = world.decides("a-1", "block", number=1, rule="ZZZ-PA101")
    emended = world.decides("b-2", "block", "bloc", number=2, rule="ZZZ-PA101")

    assert 1 == world.types("check", "--uneven")

    assert world.sees("“block” (ZZZ-PA101) is decided in 2 ways", kept, emended, "a-1: reject", "b-2: correct → “bloc”")
    assert world.sees("one passage is decided in different ways")


def test_words_decided_alike_are_not_told(world: World) -> None:
    """The same reading at both places; or a rejection here and a stet there: the words stand in both."""
    world.holds("a-1", FIRST)
    world.holds("b-2", SECOND)
    world.decides("a-1", "block", "bloc", number=1, rule="ZZZ-PA101")
    world.decides("b-2", "block", "bloc", number=2, rule="ZZZ-PA101")
    world.decides("a-1", "recieved", number=3, rule="ZZZ-PA102")
    world.decides("b-2", "recieved", number=4, rule="ZZZ-PA102", disposition="stet")

    assert 0 == world.types("check", "--uneven")
    assert world.sees("nothing is decided in different ways")


def test_an_old_code_of_a_rule_is_that_rule(world: World) -> None:
    """A decision may name the rule as it was called then."""
    world.holds("a-1", FIRST)
    world.holds("b-2", SECOND)
    world.decides("a-1", "recieved", number=1, rule="ZZZ-PA002")
    world.decides("b-2", "recieved", "received", number=2, rule="ZZZ-PA102")

    assert 1 == world.types("check", "--uneven", "--format", "json")

    (group,) = json.loads(world.out)["uneven"]
    assert ("recieved", "ZZZ-PA102") == (group["words"], group["rule"])
    assert [("a-1", ""), ("b-2", "received")] == [(one["document"], one["reading"]) for one in group["decisions"]]


def test_a_query_is_no_answer_yet(world: World) -> None:
    """Who asks has not decided."""
    world.holds("a-1", FIRST)
    world.holds("b-2", SECOND)
    world.decides("a-1", "block", number=1, rule="ZZZ-PA101", disposition="query")
    world.decides("b-2", "block", "bloc", number=2, rule="ZZZ-PA101")

    assert 0 == world.types("check", "--uneven")


def test_the_other_formats_tell_findings_only(world: World) -> None:
    """Said, not guessed."""
    assert 2 == world.types("check", "--uneven", "--format", "sarif")
    assert world.sees("text, json")
