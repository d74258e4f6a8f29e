"""The memory of the edition on the screen: the same as `check` says it."""

from pathlib import Path

from check_world import RULES, TEH
from obelos_history import Judgement
from obelos_rules import Rule, read_pack
from obelos_transcripts import Span
from obelos_tui.desk import Desk
from screen import HUGE, desk_of, edition_of, on_screen, opened

TEXT = "We have recieved teh letter.\n"
PLACE = Span(8, 16)


def rules(*entries: str) -> tuple[Rule, ...]:
    """Made-up rules, loaded."""
    return read_pack("rules:\n" + "".join(entries), "made-up.yaml", "made-up")


def decided(desk: Desk, *judgements: Judgement) -> None:
    """Take decisions on the second word but one, each on its finding if there is one."""
    review = desk.open("letter")
    for judgement in judgements:
        here = [item for item in review.state.items if item.finding and item.span.start == PLACE.start]
        review.decide(here[0] if here and judgement.rule is None else review.item_for(PLACE), judgement)
    review.close()


@on_screen
async def test_a_finding_on_a_changed_passage_says_what_was_decided(tmp_path: Path) -> None:
    """Rejected, then the words were changed: the finding is open and tells of the rejection; it is one stop."""
    desk = desk_of(edition_of(tmp_path / "e", {"letter": {"base": TEXT}}), rules(*RULES))
    decided(desk, Judgement("reject"), Judgement("correct", reading="recieving", rule="of my own"))
    async with opened(desk, "letter", HUGE) as editor:
        (item, _) = [item for item in editor.state.items if item.finding]
        editor.sees("ZZZ-PA102", "before: rejected on", "when it read “recieved”; the passage has changed since")
        assert item.earlier
        assert item.decision is None
        assert ["reject"] == [item.earlier.decision.disposition]
        await editor.presses("enter")
        editor.sees("before      rejected on", "reject: a false alarm")


@on_screen
async def test_a_decision_that_matches_nothing_says_why(tmp_path: Path) -> None:
    """The rule was retired: the decision is a stop of its own and says so."""
    edition = edition_of(tmp_path / "e", {"letter": {"base": TEXT}})
    decided(desk_of(edition, rules(*RULES)), Judgement("reject"))
    async with opened(desk_of(edition, rules(TEH)), "letter") as editor:
        (item,) = [item for item in editor.state.items if item.finding is None]
        assert item.stale
        while editor.screen_of_review.item is not item:
            await editor.presses("n")
        editor.sees("stale: there is no rule ZZZ-PA102 any more")
