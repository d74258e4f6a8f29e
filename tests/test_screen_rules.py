"""The Rules screen: why a rule is there, switching one off with a reason, writing one with what it flags in sight."""

from pathlib import Path

import pytest

from obelos_history import Judgement
from obelos_transcripts import find_edition
from obelos_tui.recipes import rules_of
from screen import LARGE, on_screen, opened
from small_edition import small_desk


@on_screen
async def test_the_catalogue_says_why_on_whose_authority_and_what_became_of_findings(tmp_path: Path) -> None:
    """With examples, and the record of what was decided; a filter narrows it."""
    desk = small_desk(tmp_path)
    review = desk.open("reply")
    review.decide(review.state.items[0], Judgement("reject"))
    review.commit()
    review.close()
    async with opened(desk, "letter", LARGE) as editor:
        await editor.presses("L")
        editor.sees("Rules of this edition", "2 rules", "ZZ101", "ZZ102", "1 rejected")
        editor.sees(
            "both are in the dictionary", "made up for the tests", "A bane for them.", "→ base", "A base for them."
        )
        await editor.presses("slash")
        await editor.types("verb")
        await editor.presses("enter")
        editor.sees("1 rule, with “verb”", "An article has no place here.")
        await editor.presses("escape", "enter")
        editor.sees("ZZ101  bane-for-base in the edition", "7 places in 2 of 2 documents", "reply:3")
        await editor.presses("escape", "escape")
        editor.sees("working text")


@on_screen
async def test_a_rule_is_switched_off_with_a_reason_and_on_again(tmp_path: Path) -> None:
    """The review asks it no more as soon as one comes back to it; the reason is committed, and nothing else is."""
    desk = small_desk(tmp_path)
    async with opened(desk, "letter", LARGE) as editor:
        editor.sees("5 of 5 open")
        await editor.presses("L", "x", "enter")
        editor.sees("Switch ZZ101 off", "Write the reason")
        await editor.types("the word is ours")
        await editor.presses("enter")
        editor.sees("✗ ZZ101", "switched off: the word is ours", "1 switched off")
        await editor.presses("escape")
        editor.sees("1 of 1 open")
        edition = find_edition(desk.edition.root)
        assert ["ZZ102"] == [rule.code for rule in rules_of(edition)]
        (latest, *_) = desk.repository.log()
        assert "Switch ZZ101 off (bane-for-base)" == latest.subject
        assert ["edition.yaml"] == [change.path for change in latest.changes]
        await editor.presses("L", "x", "enter", "escape")
        editor.sees("5 of 5 open")
    async with opened(desk, None) as editor:
        await editor.presses("L", "x")
        await editor.types("ours")
        await editor.presses("enter", "escape", "ctrl+r")
        assert [1, 0] == [editor.app.desk.row(name).open_findings for name in ("letter", "reply")]


@on_screen
async def test_a_house_rule_is_written_with_what_it_flags_before_the_eyes(tmp_path: Path) -> None:
    """Begun from the words at hand; every change of a field is proved and looked for in the whole edition."""
    desk = small_desk(tmp_path)
    async with opened(desk, "letter", LARGE) as editor:
        await editor.presses("g")
        await editor.finds("the place")
        await editor.presses("escape", "H")
        editor.sees("the place", "1 place in 1 of 2 documents", "struck-out")
        await editor.types("a place")
        editor.sees("HOUSE-CF101", "the-for-a · confusable · likely", "letter:3")
        await editor.presses("shift+tab", *["backspace"] * 9)
        await editor.types("was")
        editor.sees("4 places in 2 of 2 documents")
        await editor.types(" nowhere")
        editor.sees("stands in no text of this edition")
        await editor.presses(*["backspace"] * 8)
        await editor.presses("ctrl+s")
        editor.sees("working text")
        house = (desk.edition.root / "rules" / "house.yaml").read_text("utf-8")
        assert "HOUSE-CF101" in house
        await editor.presses("L")
        editor.sees("3 rules", "HOUSE-CF101")


@pytest.mark.parametrize("keys", [("C",), ("h",)])
@on_screen
async def test_the_rules_are_reached_from_anywhere(tmp_path: Path, keys: tuple[str, ...]) -> None:
    """From the collation and the history as from the review and the desk."""
    async with opened(small_desk(tmp_path), "letter", LARGE) as editor:
        await editor.presses(*keys, "L")
        editor.sees("Rules of this edition")
        await editor.presses("escape")
        editor.sees("collation" if keys == ("C",) else "history")
