"""States and second readers on the screen: the same records as by the plain commands."""

from pathlib import Path

import pytest

from obelos_history import DocumentHistory, Judgement, Person, Records, Repository, read_records
from obelos_transcripts import Edition, Span
from obelos_transcripts.edition import read_settings
from obelos_tui.clock import now
from obelos_tui.desk import Desk
from screen import LARGE, SMALL, desk_of, edition_of, on_screen, opened, sample_desk
from test_states_commands import BEN, becomes

ADA = Person("Ada Example", "ada@example.org")
POLICY = b"title: A made-up edition\npolicy:\n  second_reader: [correct]\n"
LETTERS = {
    "first": {"base": "Sir, the bane of operations lies at Dairen.\n"},
    "second": {"base": "We would the run on from here to Dairen.\n"},
}


def decides(desk: Desk, name: str, words: str, reading: str) -> None:
    """Ada corrects a passage and writes it."""
    history = DocumentHistory(desk.edition, desk.repository, name)
    history.open_for_deciding()
    start = history.base.index(words)
    history.take(Span(start, start + len(words)), Judgement("correct", reading, "seen in the source"), ADA, now())
    history.commit(ADA, now())
    history.close()


def letters(folder: Path) -> Desk:
    """Two letters, each with a correction by Ada, in an edition that asks for a second reader."""
    edition = edition_of(folder / "letters", LETTERS)
    (edition.root / "edition.yaml").write_bytes(POLICY)
    desk = desk_of(Edition(edition.root, read_settings(edition.root / "edition.yaml")), rules=())
    decides(desk, "first", "bane", "base")
    decides(desk, "second", "would the", "would then")
    return desk


def records(desk: Desk, name: str) -> Records:
    """What is written of a document."""
    return read_records(desk.edition.history(name))


@pytest.mark.parametrize("size", [SMALL, pytest.param(LARGE, marks=pytest.mark.long)])
@on_screen
async def test_from_the_desk_decisions_are_confirmed_one_by_one(
    tmp_path: Path, home: Path, size: tuple[int, int]
) -> None:
    """The list names document, line, words, person; y asks for a note and confirms by a commit; the list goes on."""
    desk = letters(tmp_path)
    becomes(home, BEN)
    async with opened(desk, None, size=size) as editor:
        await editor.presses("W")
        editor.sees("2 documents  waiting for a second reader", "2 decisions", "base for bane", "seen in the source")
        await editor.presses("y")
        editor.sees("Confirm", "Ada Example <ada@example.org> decided it")
        await editor.types("seen too")
        await editor.presses("enter")
        editor.sees("1 decision", "would then")
        editor.sees_no("base for bane")
        await editor.presses("escape")
        editor.sees("A made-up edition")
    (approval,) = records(desk, "first").approvals
    assert ("seen too", "Ben Example <ben@example.org>") == (approval.note, approval.resp)


@on_screen
async def test_all_that_waits_on_a_document_is_confirmed_with_one_note(tmp_path: Path, home: Path) -> None:
    """Y says how many, and names them; they are confirmed by one commit, and what is one's own stays."""
    desk = letters(tmp_path)
    decides(desk, "first", "operations", "operation")
    async with opened(desk, None) as editor:
        await editor.presses("W", "Y")
        editor.sees("All that waits on first is your own.")
    becomes(home, BEN)
    async with opened(desk, None) as editor:
        await editor.presses("W", "Y")
        editor.sees("Confirm 2 decisions", "base for bane", "operation for operations")
        await editor.types("read")
        await editor.presses("enter")
        editor.sees("1 decision", "would then")
    approvals = records(desk, "first").approvals
    assert [("read", "Ben Example <ben@example.org>")] * 2 == [(one.note, one.resp) for one in approvals]


@on_screen
async def test_nobody_confirms_their_own_decision_on_the_screen_either(tmp_path: Path) -> None:
    """The dialog stays open with the reason; nothing is written."""
    desk = letters(tmp_path)
    async with opened(desk, None) as editor:
        await editor.presses("W", "y", "enter")
        editor.sees("is a decision of your own", "a second reader confirms it")
        await editor.presses("escape")
        editor.sees("2 decisions")
    assert () == records(desk, "first").approvals


@on_screen
async def test_enter_opens_the_review_at_the_passage_and_a_asks_there(tmp_path: Path, home: Path) -> None:
    """From the desk the document is opened; from its review one goes back to the text."""
    desk = letters(tmp_path)
    becomes(home, BEN)
    async with opened(desk, None) as editor:
        await editor.presses("W", "j", "enter")
        editor.sees("working text", "would then for would the")
        await editor.presses("W")
        editor.sees("second  waiting", "1 decision")
        await editor.presses("a")
        editor.sees("Ask")
        await editor.types("is it then?")
        await editor.presses("enter")
        assert ["query"] == [decision.disposition for decision in editor.pending]
        await editor.presses("escape")
        editor.sees("2 documents  waiting")


@on_screen
async def test_the_state_is_set_from_the_review_and_from_the_desk(tmp_path: Path, home: Path) -> None:
    """A shows how the document stands and proposes the next state; a refusal stands in the dialog."""
    desk = letters(tmp_path)
    async with opened(desk, "first") as editor:
        await editor.presses("A")
        editor.sees("State of first", "first: draft", "[proofread]")
        await editor.presses("enter")
        editor.sees("first: proofread, commit")
        await editor.presses("A")
        editor.sees("proofread, Ada Example", "[verified]", "waiting for a second reader: 1")
        await editor.presses("enter")
        editor.sees("verified is for another person")
        await editor.presses("escape")
    becomes(home, BEN)
    async with opened(desk_of(desk.edition, rules=()), None) as editor:
        await editor.presses("A", "enter")
    assert ["proofread", "verified"] == [record.state for record in records(desk, "first").states]


@on_screen
async def test_an_edition_that_asks_for_no_second_reader_says_how_to_ask(tmp_path: Path) -> None:
    """An empty list is not left unexplained."""
    async with opened(sample_desk(tmp_path)) as editor:
        await editor.presses("W")
        editor.sees("asks for no second reader", "second_reader: [correct, emend]")
        await editor.presses("question_mark")
        editor.sees("Confirm", "Keys of this view")


@on_screen
async def test_hostile_words_in_the_queue_are_signs(tmp_path: Path, home: Path) -> None:
    """Neither markup nor a control character of a note reaches the screen."""
    desk = letters(tmp_path)
    history = DocumentHistory(desk.edition, Repository.open(desk.edition.root), "first")
    history.open_for_deciding()
    start = history.replayed().text.index("Dairen")
    reading = "[bold red]x[/]\x1b[31m\u202e"
    history.take(Span(start, start + 6), Judgement("correct", reading, "[/]\x1b]0;x\x07"), ADA, now())
    history.commit(ADA, now())
    history.close()
    becomes(home, BEN)
    async with opened(desk, None) as editor:
        await editor.presses("W", "j")
        editor.sees("[bold red]x[/]␛[31m")
        await editor.presses("y")
        editor.sees("[bold red]x[/]␛[31m")
        assert not {"\x1b", "\u202e", "\x07"} & set(editor.screen)
