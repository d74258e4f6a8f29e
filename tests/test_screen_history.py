"""The history on the screen: what was decided and written, the proof, the filter."""

from pathlib import Path

import pytest

from obelos_tui.demo import DOCUMENT
from screen import LARGE, SMALL, Editor, desk_of, edition_of, on_screen, opened, sample_desk


async def decides_and_writes(editor: Editor) -> None:
    """Correct the first word that has a suggestion, write, and keep another decision pending."""
    await editor.finds("bane")
    await editor.presses("1")
    await editor.types("read it in the file copy")
    await editor.presses("enter", "escape", "w", "enter", "r", "enter")


@pytest.mark.parametrize("size", [SMALL, pytest.param(LARGE, marks=pytest.mark.long)])
@on_screen
async def test_decisions_and_commits_are_listed_newest_first(tmp_path: Path, size: tuple[int, int]) -> None:
    """The entry at hand is shown in full: the words, the note, who, when, why."""
    async with opened(sample_desk(tmp_path), size=size) as editor:
        await decides_and_writes(editor)
        await editor.presses("h")
        editor.sees("history", "5 entries", "not yet written", "disposition")
        await editor.presses("j", "j")
        editor.sees("base for bane", "read it in the file copy", "base text", "decided")
        await editor.presses("enter")
        editor.sees("The entry at hand")
        await editor.presses("pagedown")
        editor.sees("record", "place")
        await editor.presses("escape")
        await editor.presses("G", "k")
        editor.sees("add base text and witness B", "Sample Editor")
        await editor.presses("escape")
        editor.sees("working text")


@on_screen
async def test_the_history_is_filtered_by_words(tmp_path: Path) -> None:
    """Notes, persons, rules and words are all searched; an empty filter or esc shows all again."""
    async with opened(sample_desk(tmp_path)) as editor:
        await decides_and_writes(editor)
        await editor.presses("h", "slash")
        await editor.types("file copy")
        await editor.presses("enter")
        editor.sees("base for bane", "with “file copy”")
        editor.sees_no("add base text")
        await editor.presses("escape")
        editor.sees("5 entries")


@on_screen
async def test_the_history_is_filtered_by_fields(tmp_path: Path) -> None:
    """By disposition, word, person; a value that is none is told, with what may be meant, and nothing is lost."""
    async with opened(sample_desk(tmp_path), size=LARGE) as editor:
        await decides_and_writes(editor)
        await editor.presses("h", "slash")
        await editor.types("disposition:corect")
        await editor.presses("enter")
        editor.sees("did you mean “correct”", "disposition:corect")
        await editor.presses("ctrl+u")
        await editor.types("disposition:correct word:bane person:ada")
        await editor.presses("enter")
        editor.sees("1 entry, with", "base for bane")
        editor.sees_no("did you mean")
        await editor.presses("escape")
        editor.sees("5 entries")


@on_screen
async def test_the_whole_edition_has_one_history(tmp_path: Path) -> None:
    """From the desk: entries of all documents, newest first; enter opens the document of the one at hand."""
    desk = desk_of(edition_of(tmp_path / "two", {"alpha": {"base": "A bane of cats.\n"}, "beta": {"base": "Bees.\n"}}))
    async with opened(desk, None) as editor:
        await editor.presses("h")
        editor.sees("History of this edition", "Add documents", "1 entry")
        await editor.presses("enter")
        editor.sees("Nothing to open here")
        await editor.presses("escape", "escape", "enter", "c")
        await editor.types("X")
        await editor.presses("tab")
        await editor.types("made up")
        await editor.presses("enter", "w", "enter", "escape", "h")
        editor.sees("alpha", "correct", "made up")
        await editor.presses("j", "enter")
        editor.sees("working text", "alpha")


@pytest.mark.parametrize("keys", [("V",), pytest.param(("h", "V"), marks=pytest.mark.long)])
@on_screen
async def test_the_proof_is_shown(tmp_path: Path, keys: tuple[str, ...]) -> None:
    """V replays base and decisions and says that they give the working text, byte for byte."""
    async with opened(sample_desk(tmp_path), size=LARGE) as editor:
        await decides_and_writes(editor)
        await editor.presses(*keys)
        editor.sees("✓", "base text + 1 decision = working text, byte for byte")


@on_screen
async def test_a_change_without_a_decision_is_told_word_by_word(tmp_path: Path) -> None:
    """What somebody changed by hand is named, and what to do about it."""
    desk = sample_desk(tmp_path)
    working = desk.edition.document(DOCUMENT).working
    working.write_text(working.read_text("utf-8").replace("Sin Kiang", "Sinkiang", 1), "utf-8")
    async with opened(desk, size=LARGE) as editor:
        editor.sees("read-only", "Nothing can be recorded here", "another program")
        await editor.presses("escape", "V")
        editor.sees("Not verified", "Sinkiang", "obelos adopt")


@on_screen
async def test_blame_tells_who_put_a_word_there(tmp_path: Path) -> None:
    """The decision, the person, the reading before."""
    async with opened(sample_desk(tmp_path), size=LARGE) as editor:
        await decides_and_writes(editor)
        await editor.finds("as a base for")
        await editor.presses("escape")
        await editor.finds("base for exten")
        await editor.presses("b")
        editor.sees("the base text has “bane”")


@on_screen
async def test_a_written_decision_is_taken_back_in_the_history(tmp_path: Path) -> None:
    """R asks why and takes the decision back by a new one; the review shows the base text's word again."""
    async with opened(sample_desk(tmp_path)) as editor:
        await decides_and_writes(editor)
        await editor.presses("h", "j", "j", "R")
        editor.sees("Take back “base”", "“bane” stands again", "[editor]")
        await editor.types("the file copy has bane")
        await editor.presses("enter")
        editor.sees("stet bane", "not yet written")
        await editor.presses("escape")
        assert "a bane for" in editor.state.text
        assert [None, None] == [decision.reading for decision in editor.pending]
        editor.sees("2 decisions not yet written")


@on_screen
async def test_a_written_stet_is_taken_back_in_the_history(tmp_path: Path) -> None:
    """It changed nothing, so a record that says why takes it back, as `obelos revert` does."""
    async with opened(sample_desk(tmp_path)) as editor:
        await editor.finds("bane")
        await editor.presses("t", "enter", "w", "enter")
        await editor.presses("h", "j", "R")
        editor.sees("Take back", "“stet bane” stands no longer")
        await editor.types("it is a slip of the pen")
        await editor.presses("enter")
        editor.sees("take back “stet bane”", "it is a slip of the pen")
        await editor.presses("j", "j", "j", "R")
        editor.sees("Nothing to take back here")


@on_screen
async def test_what_does_not_stand_written_cannot_be_taken_back(tmp_path: Path) -> None:
    """On a commit, or a decision that is not written, R says what can be taken back where."""
    async with opened(sample_desk(tmp_path)) as editor:
        await decides_and_writes(editor)
        await editor.presses("h", "R")
        editor.sees("Nothing to take back here", "taken back by z")
