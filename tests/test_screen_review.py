"""The review screen: what an editor sees and where the keys lead, on a small and on a large terminal."""

from pathlib import Path

import pytest

from obelos_tui.keys import REVIEW
from obelos_tui.views import VIEWS
from screen import LARGE, SMALL, desk_of, edition_of, on_screen, opened, sample_desk


@pytest.mark.parametrize("size", [SMALL, pytest.param(LARGE, marks=pytest.mark.long)])
@on_screen
async def test_it_opens_at_the_first_open_finding(tmp_path: Path, size: tuple[int, int]) -> None:
    """Both versions stand under their sigla, the first finding is at hand and in sight in both."""
    async with opened(sample_desk(tmp_path), size=size) as editor:
        count = len(editor.state.items)
        editor.sees("T  working text", "B  witness B", f"{count} of {count} open", f"1/{count}  ", "n Next", "? Keys")
        item = editor.state.items[0]
        assert editor.sees(item.finding.code if item.finding else "")
        assert size[1] == len(editor.lines)


@on_screen
async def test_the_texts_keep_at_least_eleven_rows_on_a_small_terminal(tmp_path: Path) -> None:
    """At 80 by 24 the texts are still readable."""
    async with opened(sample_desk(tmp_path)) as editor:
        assert 11 <= editor.app.screen.query_one("#columns").size.height


@on_screen
async def test_the_list_of_findings_stands_beside_the_texts_on_a_large_terminal(tmp_path: Path) -> None:
    """Each finding has its line there; a click on one goes to it."""
    async with opened(sample_desk(tmp_path), size=LARGE) as editor:
        editor.sees("findings", "bane → base")
        await editor.clicks("#items", 5, 2)
        editor.sees(f"3/{len(editor.state.items)}  ")


@on_screen
async def test_next_and_previous_go_round_the_findings(tmp_path: Path) -> None:
    """n goes on, N back, and the ends are joined."""
    async with opened(sample_desk(tmp_path)) as editor:
        count = len(editor.state.items)
        await editor.presses("n")
        editor.sees(f"2/{count}  ")
        await editor.presses("N", "N")
        editor.sees(f"{count}/{count}  ")
        await editor.presses("n")
        editor.sees(f"1/{count}  ")


@on_screen
async def test_brackets_go_from_difference_to_difference(tmp_path: Path) -> None:
    """] and [ stop where the versions differ, and say how."""
    async with opened(sample_desk(tmp_path)) as editor:
        await editor.presses("g")
        await editor.finds("495, 494, and 495")
        await editor.presses("right_square_bracket")
        editor.sees("difference from B")
        first = editor.screen
        await editor.presses("right_square_bracket", "left_square_bracket")
        assert first == editor.screen


@on_screen
async def test_the_base_text_can_stand_at_the_right(tmp_path: Path) -> None:
    """v puts the next version there, and comes back to the first."""
    async with opened(sample_desk(tmp_path)) as editor:
        await editor.presses("v")
        editor.sees("base  base text")
        await editor.presses("v")
        editor.sees("B  witness B")


@on_screen
async def test_accidentals_can_be_hidden(tmp_path: Path) -> None:
    """s leaves only differences of substance, and says so."""
    async with opened(sample_desk(tmp_path)) as editor:
        before = editor.screen.count("≠")
        await editor.presses("s")
        editor.sees("substantives only")
        assert before > editor.screen.count("≠")
        await editor.presses("s")
        assert before == editor.screen.count("≠")


@on_screen
async def test_a_search_is_stepped_through_and_ended(tmp_path: Path) -> None:
    """While a search is on n goes to its matches; esc gives n back to the findings."""
    async with opened(sample_desk(tmp_path)) as editor:
        await editor.finds("Sin Kiang")
        editor.sees("match 1 of 3")
        await editor.presses("n")
        editor.sees("match 2 of 3", "passage you chose")
        await editor.presses("escape", "n")
        editor.sees_no("match")
        editor.sees(f"/{len(editor.state.items)}  ")


@on_screen
async def test_a_search_for_what_is_not_there_says_so(tmp_path: Path) -> None:
    """Nothing moves."""
    async with opened(sample_desk(tmp_path)) as editor:
        await editor.finds("[/] Peking")
        editor.sees("“[/] Peking” stands in neither version")


@on_screen
async def test_everything_about_the_place_can_be_read_at_leisure(tmp_path: Path) -> None:
    """enter shows message, reason and readings in full, b who put the word there."""
    async with opened(sample_desk(tmp_path)) as editor:
        await editor.finds("bane")
        await editor.presses("escape", "b")
        editor.sees("This word is the base text's.")
        await editor.presses("enter")
        editor.sees("The place at hand", "“bane”", "“base”")
        await editor.presses("escape")
        editor.sees_no("The place at hand")


@pytest.mark.parametrize("key", ["question_mark", pytest.param("f1", marks=pytest.mark.long)])
@on_screen
async def test_the_keys_of_the_view_are_shown(tmp_path: Path, key: str) -> None:
    """? and F1 show the table that bindings, footer and palette come from; it scrolls."""
    async with opened(sample_desk(tmp_path), size=LARGE) as editor:
        await editor.presses(key)
        seen = editor.screen
        for _ in range(2):
            await editor.presses("pagedown")
            seen += editor.screen
        missing = [command.name for command in REVIEW if command.name not in seen]
        assert [] == missing


def test_the_footer_has_at_most_seven_keys_and_no_key_means_two_things() -> None:
    """A footer is for what is used most."""
    for commands in VIEWS.values():
        assert 7 >= sum(command.footer for command in commands)
        keys = [key for command in commands for key in command.keys]
        assert sorted(set(keys)) == sorted(keys)


@on_screen
async def test_every_command_is_in_the_palette(tmp_path: Path) -> None:
    """The palette offers each command of the screen, with its help."""
    async with opened(sample_desk(tmp_path)) as editor:
        offered = {command.title for command in editor.app.get_system_commands(editor.app.screen)}
        assert {f"{c.name} ({c.shown})" for c in REVIEW if not c.numbered} <= offered


@on_screen
async def test_the_git_commands_that_ran_can_be_seen(tmp_path: Path) -> None:
    """@ shows them: nothing is done behind the editor's back."""
    async with opened(sample_desk(tmp_path)) as editor:
        await editor.presses("at")
        editor.sees("Git commands that ran", "git ")


@on_screen
async def test_the_theme_changes_and_nothing_else(tmp_path: Path) -> None:
    """The same words stand there in light and dark."""
    async with opened(sample_desk(tmp_path)) as editor:
        before = editor.screen
        await editor.presses("ctrl+t")
        assert "obelos-light" == editor.app.theme
        assert before == editor.screen


@on_screen
async def test_a_click_takes_a_word_in_hand(tmp_path: Path) -> None:
    """Any word can be chosen with the mouse, finding or not."""
    edition = edition_of(tmp_path, {"note": {"base": "alpha beta gamma\n", "B": "alpha delta gamma\n"}})
    async with opened(desk_of(edition, ()), "note") as editor:
        await editor.clicks("#columns", 15, 0)
        editor.sees("a passage you chose", "B “gamma”")
        await editor.clicks("#columns", 9, 0)
        editor.sees("substantive difference from B", "1 delta")


@on_screen
async def test_a_second_obelos_opens_the_document_for_reading_only(tmp_path: Path) -> None:
    """It says who holds the document, and offers no dialog."""
    desk = sample_desk(tmp_path)
    async with opened(desk), opened(desk) as second:
        second.sees("read-only")
        await second.presses("t")
        second.sees("Nothing can be recorded here", "another Obelos")


@on_screen
async def test_an_empty_edition_says_how_to_begin(tmp_path: Path) -> None:
    """No document is no dead end."""
    async with opened(desk_of(edition_of(tmp_path, {})), None) as editor:
        editor.sees("obelos add FILE --as NAME")


@on_screen
async def test_a_text_without_findings_can_still_be_read(tmp_path: Path) -> None:
    """An empty text and a clean one open like any other."""
    edition = edition_of(tmp_path, {"empty": {"base": ""}, "clean": {"base": "All is well.\n"}})
    for name in ("empty", "clean"):
        async with opened(desk_of(edition, ()), name) as editor:
            editor.sees("0 of 0 open", "Nothing at hand.")
            await editor.presses("n", "right_square_bracket", "c", "z", "w", "1", "b", "enter", "G", "g")
            editor.sees("Nothing at hand.")


@on_screen
async def test_a_document_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    """A broken record is named, and where there is nothing else to show Obelos ends."""
    edition = edition_of(tmp_path, {"note": {"base": "alpha\n"}})
    broken = edition.history("note") / "01JD7ZK3C4Q0V6W0H8T2X9M5RA.yaml"
    broken.parent.mkdir(parents=True)
    broken.write_text("format: [/] no decision", "utf-8")
    async with opened(desk_of(edition, ()), "note", LARGE) as editor:
        editor.sees("note cannot be opened", ":1: not YAML")
        await editor.presses("escape")
        assert not editor.app.is_running
    async with opened(desk_of(edition, ()), None, LARGE) as editor:
        editor.sees("note cannot be opened")


@on_screen
async def test_only_a_finding_can_be_rejected(tmp_path: Path) -> None:
    """There is no false alarm where there was none."""
    edition = edition_of(tmp_path, {"note": {"base": "alpha beta gamma\n"}})
    async with opened(desk_of(edition, ()), "note") as editor:
        await editor.clicks("#columns", 4, 0)
        await editor.presses("r")
        editor.sees("There is no finding here to reject")


@on_screen
async def test_open_findings_only_can_be_stepped_through(tmp_path: Path) -> None:
    """u lets n pass over what has been answered."""
    async with opened(sample_desk(tmp_path)) as editor:
        count = len(editor.state.items)
        await editor.presses("n", "r", "enter", "u", "N")
        editor.sees(f"1/{count}  ")
        await editor.presses("n")
        editor.sees(f"3/{count}  ")
