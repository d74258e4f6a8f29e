"""The desk on the screen: what an editor sees of an edition, and how they find their way to a document."""

from pathlib import Path

import pytest
from textual.widgets import Input

from obelos_tui.desk import Desk
from obelos_tui.desk_row import DeskRow
from obelos_tui.desk_wording import DeskLines, bar, columns, desk_line, head_at, heads
from obelos_tui.recipes import recipe_of
from obelos_tui.screens.desk import DeskScreen
from screen import LARGE, SMALL, Editor, desk_of, edition_of, on_screen, opened

TEXTS = {
    "first": {"base": "Nothing here.\n"},
    "second": {"base": "It was a bane for many. I recieved teh letter.\n"},
    "third": {"base": "I recieved it.\n"},
}


def listed(editor: Editor) -> list[str]:
    """The documents on the screen, in order."""
    return [name for line in editor.lines[4:-1] for name in TEXTS if f"{name} " in line[:12]]


@on_screen
async def test_documents_are_listed_with_what_is_open(tmp_path: Path) -> None:
    """The desk counts findings in the background; enter opens, esc comes back to the document."""
    async with opened(desk_of(edition_of(tmp_path, TEXTS)), None) as editor:
        editor.sees("A made-up edition", "3 documents", "open in 2", "░ 3 draft")
        assert ["first", "second", "third"] == listed(editor)
        await editor.presses("j", "enter")
        editor.sees("working text", "teh")
        await editor.presses("r", "enter", "escape")
        editor.sees("A made-up edition", "1 not yet written", "▌second")


@on_screen
async def test_a_desk_of_very_many_documents_says_what_it_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond a number the rules across documents are asked by the command only."""
    monkeypatch.setattr("obelos_tui.desk.MANY", 2)
    async with opened(desk_of(edition_of(tmp_path, TEXTS), rules=()), None) as editor:
        editor.sees("3 documents", "findings across documents: obelos check")


@on_screen
async def test_documents_are_found_filtered_and_sorted(tmp_path: Path) -> None:
    """The list follows while a word is typed; f goes through what is to be done; s and a click sort, o turns round."""
    async with opened(desk_of(edition_of(tmp_path, TEXTS)), None, LARGE) as editor:
        await editor.presses("slash")
        await editor.types("secnod")
        assert ["second"] == listed(editor)
        editor.sees("1 of 3 shown")
        await editor.presses("enter", "escape")
        assert 3 == len(listed(editor))
        await editor.presses("f")
        assert ["second", "third"] == listed(editor)
        await editor.presses("escape", "s", "s")
        assert ["second", "third", "first"] == listed(editor)
        await editor.presses("o")
        assert ["first", "third", "second"] == listed(editor)
        await editor.clicks("DeskHeads", 3, 0)
        assert ["first", "second", "third"] == listed(editor)
        await editor.presses("slash")
        await editor.types("is:opne")
        editor.sees("did you mean “open”")
        await editor.presses("escape")
        await editor.types("G")
        editor.sees("▌third")


@on_screen
async def test_a_document_that_cannot_be_read_says_why_in_its_line(tmp_path: Path) -> None:
    """And stops no other."""
    edition = edition_of(tmp_path, TEXTS)
    (tmp_path / "transcripts" / "first" / "base.txt").write_bytes(b"\xff\n")
    async with opened(desk_of(edition), None, LARGE) as editor:
        editor.sees("! ", "UTF-8", "1 unreadable", "open in 2")


@on_screen
async def test_looking_can_be_stopped_and_taken_up_again(tmp_path: Path) -> None:
    """esc stops; what was found stays, and the desk says how many were never looked at."""
    edition = edition_of(tmp_path, TEXTS)
    recipe = recipe_of(edition)
    desk = Desk(edition, desk_of(edition).repository, recipe.rules(), recipe=recipe)
    async with opened(desk, None, LARGE) as editor:
        screen = editor.app.screen
        assert isinstance(screen, DeskScreen)
        await editor.pilot.press("ctrl+r", "escape")
        await editor.waits()
        assert 3 == len(listed(editor))
        await editor.presses("ctrl+r")
        editor.sees_no("never looked at", "esc stops")
        editor.sees("open in 2")


@pytest.mark.parametrize("size", [SMALL, (100, 30), (240, 60), (60, 18)])
@on_screen
async def test_the_desk_fits_every_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    """From the smallest to the largest, also when the size changes while the line is open."""
    async with opened(desk_of(edition_of(tmp_path, TEXTS)), None, size) as editor:
        editor.sees("second", "draft")
        await editor.presses("slash")
        await editor.pilot.resize_terminal(120, 40)
        await editor.waits()
        editor.sees("second", "● certain", "◐ likely")
        assert editor.app.screen.query_one("#search", Input).has_focus


@pytest.mark.parametrize("width", [58, 78, 98, 118, 238])
def test_the_columns_stand_under_their_heads(width: int) -> None:
    """Each column begins where its head does, however wide characters are; a click on a head is meant for it."""
    row = DeskRow("chungking-456", "重慶 telegram", "proofread", 12345, 3, 0, 1, 2, 5, "2026-11-03", "Ada <a>")
    line, head = desk_line(row, width), heads(width, "open", backwards=False)
    assert head.cell_length - 1 == line.cell_length
    if width >= 78:
        assert width == line.cell_length
    assert "12k" in line.plain or "12345" in line.plain
    assert head.plain.index("state") - 1 == _cell_of(line.plain, "proofread")
    assert "name" == head_at(width, 2)
    assert "state" == head_at(width, head.plain.index("state") + 1)
    assert "by" == head_at(width, head.cell_length - 1)
    assert len(columns(width)) == len({column.sort for column in columns(width)})


def _cell_of(line: str, word: str) -> int:
    from rich.cells import cell_len

    return cell_len(line[: line.index(word)])


def test_only_the_lines_that_are_drawn_are_made() -> None:
    """A hundred thousand documents cost no more than those in sight."""
    made: list[int] = []

    def width() -> int:
        made.append(1)
        return 100

    lines = DeskLines([DeskRow(f"letter-{n}") for n in range(100_000)], width)
    assert 100_000 == len(lines)
    assert "letter-99999" in lines[99_999].plain
    assert 30 == len(lines[:30])
    assert 31 == len(made)


def test_the_bar_tells_states_by_signs() -> None:
    """Each state has its own, in proportion; the counts stand beside."""
    from obelos_tui.desk_row import totals

    rows = [DeskRow(str(n), state="published" if n < 5 else "draft") for n in range(10)]
    shown = bar(totals(rows), 100).plain
    drawn = shown.split("  ")[0]
    assert set("█░") == set(drawn)
    assert drawn.count("█") == drawn.count("░")
    assert "█ 5 published" in shown
    assert "░ 5 draft" in shown


@on_screen
async def test_a_refusal_on_the_desk_is_told_once(tmp_path: Path) -> None:
    """A record that cannot be read keeps the state from being told; the reason is closed with one key."""
    edition = edition_of(tmp_path, {"alpha": {"base": "A letter.\n"}, "beta": {"base": "Another.\n"}})
    record = edition.history("alpha") / "broken.yaml"
    record.parent.mkdir(parents=True)
    record.write_text("no record\n", "utf-8")
    async with opened(desk_of(edition, ()), None) as editor:
        await editor.presses("A")
        editor.sees("How alpha stands cannot be told", "broken.yaml")
        await editor.presses("escape")
        editor.sees_no("cannot be told")
