"""Deciding on the screen: what is asked, what is recorded, what is refused."""

import asyncio
from pathlib import Path
from threading import Event

from textual.widgets import Input

from obelos_transcripts import visible
from obelos_tui.demo import DOCUMENT
from obelos_tui.screens.leaving import LeavingScreen
from screen import Editor, desk_of, edition_of, on_screen, opened, sample_desk

FIELDS = ("certainty", "evidence", "source", "fault", "note")


async def goes_to(editor: Editor, words: str) -> None:
    """Step to the finding on these words."""
    for _ in editor.state.items:
        item = editor.screen_of_review.item
        if item and item.finding and item.finding.found == words:
            return
        await editor.presses("n")
    raise AssertionError(f"no finding on {words}")


@on_screen
async def test_keys_faster_than_the_screens_leave_each_dialog_once(tmp_path: Path) -> None:
    """The second enter reaches a dialog that has gone; the review under it stays."""
    async with opened(sample_desk(tmp_path)) as editor:
        await editor.presses("f")
        for _ in range(3):
            editor.app.screen.post_message(Input.Submitted(editor.app.screen.query_one(Input), ""))
        await editor.waits()
        editor.sees("working text", "19 of 19 open")
        assert editor.app.screen is editor.screen_of_review


@on_screen
async def test_a_screen_is_of_use_only_while_it_is_there(tmp_path: Path) -> None:
    """Whoever leaves while it is being put up, or has pressed a key before, sees no fault."""

    class Bare(LeavingScreen[None]):
        def on_mount(self) -> None:
            self.query_one("#nothing-stands-here")

    async with opened(sample_desk(tmp_path)) as editor:
        bare = Bare()
        editor.app.push_screen(bare)
        assert not bare.check_action("dismiss", ())
        bare.dismiss()
        await editor.waits()
        assert editor.app.screen is editor.screen_of_review
        assert editor.app.screen.check_action("undo", ())
        await editor.presses("C")
        collation = editor.app.screen
        await editor.presses("escape")
        assert collation is not editor.app.screen
        assert not await editor.app.run_action("page(1)", collation)


@on_screen
async def test_what_is_still_read_for_a_review_that_has_been_left_does_no_harm(tmp_path: Path) -> None:
    """A call in its thread cannot be stopped: it ends on a screen from which the texts are gone."""
    async with opened(sample_desk(tmp_path)) as editor:
        review = editor.screen_of_review
        await review.columns.remove()

        view = await asyncio.to_thread(review.read_view)

        assert editor.state.text == view.state.text


@on_screen
async def test_a_suggestion_is_taken_with_two_keys(tmp_path: Path) -> None:
    """1 and enter: the decision is recorded with its rule, and with the witness that reads so."""
    async with opened(sample_desk(tmp_path)) as editor:
        await goes_to(editor, "bane")
        await editor.presses("1")
        editor.sees("Correct “bane”", "the transcription is wrong", "before", "after", *FIELDS)
        await editor.presses("enter")
        (decision,) = editor.pending
        assert ("correct", "bane", "base") == (decision.disposition, decision.place.exact, decision.reading)
        assert ("B", "external", "transcription") == (decision.source, decision.evidence, decision.fault)
        assert decision.rule
        editor.sees("* 1 decision not yet written", "base for bane, taken")


@on_screen
async def test_after_a_decision_the_next_open_finding_is_at_hand(tmp_path: Path) -> None:
    """The editor need not step on."""
    async with opened(sample_desk(tmp_path)) as editor:
        third = editor.state.items[2]
        await editor.presses("n", "r", "enter")
        item = editor.screen_of_review.item
        assert item
        assert third.finding == item.finding
        assert "reject" == editor.pending[0].disposition


@on_screen
async def test_escape_right_after_enter_hides_no_decision(tmp_path: Path) -> None:
    """While something else is under way a decision waits for its turn; it is taken, and shown."""
    async with opened(sample_desk(tmp_path)) as editor:
        await goes_to(editor, "bane")
        await editor.presses("1")
        done = Event()
        earlier = asyncio.create_task(editor.screen_of_review.turns.take(done.wait))
        await editor.pilot.press("enter", "escape")
        done.set()
        await earlier
        await editor.waits()
        assert ["base"] == [decision.reading for decision in editor.pending]
        editor.sees("* 1 decision not yet written")


@on_screen
async def test_the_preview_follows_the_reading(tmp_path: Path) -> None:
    """What is typed is seen in its place before it is recorded."""
    async with opened(sample_desk(tmp_path)) as editor:
        await goes_to(editor, "bane")
        await editor.presses("c")
        await editor.types("foothold")
        editor.sees("either as a foothold for exten", "either as a bane for exten")


@on_screen
async def test_a_missing_note_is_asked_for_and_nothing_is_lost(tmp_path: Path) -> None:
    """The policy wants a note with an emendation: the dialog stays, with what was typed."""
    async with opened(sample_desk(tmp_path)) as editor:
        await goes_to(editor, "bane")
        await editor.presses("e")
        await editor.types("foothold")
        editor.sees("note !", "! is required")
        editor.sees_no("source !")
        await editor.presses("enter")
        editor.sees("This edition asks for a note", "foothold")
        assert [] == editor.pending
        await editor.types("The sense wants it")
        await editor.presses("enter")
        (decision,) = editor.pending
        assert ("emend", "foothold", "The sense wants it") == (
            decision.disposition,
            decision.reading,
            decision.note,
        )


@on_screen
async def test_certainty_evidence_and_fault_are_chosen_by_arrows(tmp_path: Path) -> None:
    """Tab goes from field to field; the word chosen stands in brackets."""
    async with opened(sample_desk(tmp_path)) as editor:
        await editor.presses("t", "tab", "right")
        editor.sees("[high]")
        await editor.presses("tab", "right", "right", "tab")
        await editor.types("file copy")
        await editor.presses("tab", "left", "ctrl+s")
        (decision,) = editor.pending
        assert ("stet", "high", "external", "file copy", "transcription") == (
            decision.disposition,
            decision.cert,
            decision.evidence,
            decision.source,
            decision.fault,
        )


@on_screen
async def test_escape_records_nothing(tmp_path: Path) -> None:
    """A dialog can be left."""
    async with opened(sample_desk(tmp_path)) as editor:
        await editor.presses("1", "escape")
        assert [] == editor.pending
        editor.sees_no("not yet written", "certainty")


@on_screen
async def test_what_stands_there_already_is_no_correction(tmp_path: Path) -> None:
    """The dialog says so and stays."""
    edition = edition_of(tmp_path, {"note": {"base": "alpha beta gamma\n"}})
    async with opened(desk_of(edition, ()), "note") as editor:
        await editor.clicks("#columns", 10, 0)
        await editor.presses("c", "enter")
        editor.sees("what stands there already", "certainty")


@on_screen
async def test_words_are_struck_out_and_supplied(tmp_path: Path) -> None:
    """An empty reading strikes out, when it is confirmed; a difference where words are missing supplies them."""
    edition = edition_of(
        tmp_path, {"note": {"base": "alpha beta gamma\n\nNow delta.\n", "B": "alpha gamma\n\nNow the delta.\n"}}
    )
    async with opened(desk_of(edition, ()), "note") as editor:
        await editor.presses("right_square_bracket")
        editor.sees("1 (leave out)")
        await editor.presses("1", "enter")
        editor.sees("The reading is empty")
        await editor.presses("enter")
        assert "alpha gamma\n\nNow delta.\n" == editor.state.text
        await editor.presses("right_square_bracket", "1", "enter")
        assert "alpha gamma\n\nNow the delta.\n" == editor.state.text


@on_screen
async def test_undo_and_redo(tmp_path: Path) -> None:
    """z takes back, Z takes again, one decision at a time."""
    async with opened(sample_desk(tmp_path)) as editor:
        before = editor.state.text
        await goes_to(editor, "bane")
        await editor.presses("1", "enter", "r", "enter")
        assert 2 == len(editor.pending)
        await editor.presses("z", "z")
        assert (0, before) == (len(editor.pending), editor.state.text)
        editor.sees("Taken back: base for bane")
        await editor.presses("Z")
        assert before.replace("a bane for", "a base for") == editor.state.text
        editor.sees("Taken again: base for bane")


@on_screen
async def test_quick_keys_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    """Undo and redo pressed without waiting come in the order pressed."""
    async with opened(sample_desk(tmp_path)) as editor:
        await editor.presses("r", "enter", "r", "enter", "r", "enter")
        await editor.pilot.press("z", "z", "Z", "z", "z", "Z")
        await editor.waits()
        assert 1 == len(editor.pending)
        assert 2 == editor.state.redoable


@on_screen
async def test_writing_shows_what_will_be_recorded_and_records_it(tmp_path: Path) -> None:
    """w lists the decisions and the subject; enter commits; esc does not."""
    desk = sample_desk(tmp_path)
    async with opened(desk) as editor:
        await goes_to(editor, "bane")
        await editor.presses("1", "enter", "w")
        editor.sees("Write 1 decision", "base for bane", f"commit  {DOCUMENT}: base for bane")
        await editor.presses("escape")
        assert 1 == len(editor.pending)
        await editor.presses("w", "enter")
        assert [] == editor.pending
        editor.sees("Written: commit")
        text = desk.edition.document(DOCUMENT).working.read_text("utf-8")
        assert "either as a base for extension" in text
        assert text == editor.state.text


@on_screen
async def test_with_nothing_decided_there_is_nothing_to_write(tmp_path: Path) -> None:
    """w says so."""
    async with opened(sample_desk(tmp_path)) as editor:
        await editor.presses("w")
        editor.sees("There is nothing to write")


@on_screen
async def test_a_refused_commit_is_shown_whole_and_loses_nothing(tmp_path: Path) -> None:
    """A text changed on disk meanwhile: nothing is written, the reason is read in full."""
    desk = sample_desk(tmp_path)
    async with opened(desk) as editor:
        await editor.presses("r", "enter")
        working = desk.edition.document(DOCUMENT).working
        working.write_text("something else\n", "utf-8")
        await editor.presses("w", "enter")
        editor.sees("Nothing was written; the decisions are kept", "text.txt")
        await editor.presses("escape")
        assert 1 == len(editor.pending)
        assert "something else\n" == working.read_text("utf-8")


@on_screen
async def test_a_refused_decision_leaves_the_dialog_open(tmp_path: Path) -> None:
    """The reason stands in the dialog, with what was typed."""
    desk = sample_desk(tmp_path)
    async with opened(desk) as editor:
        await goes_to(editor, "bane")
        await editor.presses("c")
        await editor.types("foothold")
        desk.edition.document(DOCUMENT).working.write_text("something else\n", "utf-8")
        await editor.presses("enter")
        editor.sees("foothold", "certainty", "text.txt")
        assert [] == editor.pending


@on_screen
async def test_quitting_keeps_what_is_not_yet_written_and_says_so(tmp_path: Path) -> None:
    """The line is printed after the screen has closed; the decisions are there next time."""
    desk = sample_desk(tmp_path)
    async with opened(desk) as editor:
        await editor.presses("r", "enter", "q")
        assert "1 decision not yet written" in (editor.app.return_value or "")
    async with opened(desk) as editor:
        editor.sees("* 1 decision not yet written")


@on_screen
async def test_characters_that_cannot_be_typed_survive_the_dialog(tmp_path: Path) -> None:
    """A tab and a no-break space stand in the field as escapes and in the text as themselves."""
    edition = edition_of(tmp_path, {"note": {"base": "alpha beta\n", "B": "alpha\tbe\u00a0ta\n"}})
    async with opened(desk_of(edition, ()), "note") as editor:
        await editor.presses("right_square_bracket", "1")
        editor.sees("\\t")
        await editor.presses("enter")
        assert visible("alpha\tbe\u00a0ta\n") == visible(editor.state.text)


@on_screen
async def test_a_dialog_on_a_text_that_has_changed_since_records_nothing(tmp_path: Path) -> None:
    """A decision never lands on words that the editor did not see."""
    async with opened(sample_desk(tmp_path)) as editor:
        await goes_to(editor, "bane")
        await editor.presses("1", "enter", "t")
        assert editor.app.review
        editor.app.review.undo()
        await editor.presses("enter")
        editor.sees("The text has changed since this dialog was opened", "certainty")
        assert [] == editor.pending


@on_screen
async def test_the_ground_follows_the_reading_until_the_editor_touches_it(tmp_path: Path) -> None:
    """Only a reading that a version has is put down to that version; another reading has no ground filled in."""
    async with opened(sample_desk(tmp_path)) as editor:
        await goes_to(editor, "bane")
        await editor.presses("1")
        editor.sees("[external]")
        await editor.presses("shift+tab", "backspace")
        editor.sees("[none]")
        await editor.types("base")
        editor.sees("[external]")


@on_screen
async def test_taking_back_to_the_base_reading_is_one_key(tmp_path: Path) -> None:
    """On a corrected passage the base text's reading is offered; taking it lets the base text stand."""
    edition = edition_of(tmp_path, {"note": {"base": "alpha beta\n", "B": "alpha gamma\n"}})
    async with opened(desk_of(edition, ()), "note") as editor:
        await editor.presses("right_square_bracket", "1", "enter")
        assert "alpha gamma\n" == editor.state.text
        await editor.presses("1", "enter")
        assert "alpha beta\n" == editor.state.text
        assert ["correct", "stet"] == [decision.disposition for decision in editor.pending]
