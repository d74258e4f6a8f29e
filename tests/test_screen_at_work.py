"""The review at full strength: one rule at a time, any words, many places at once, questions, going anywhere."""

import asyncio
from pathlib import Path
from threading import Event

import pytest

from obelos_history import DocumentHistory, Judgement
from obelos_transcripts import Span
from obelos_tui.alike import Wanted, decide_all, places_in
from obelos_tui.clock import now
from obelos_tui.screens.decision import DecisionDialog
from screen import LARGE, Editor, on_screen, opened
from small_edition import LETTER, small_desk


def hand(editor: Editor) -> str:
    """The words at hand."""
    item = editor.screen_of_review.item
    return editor.state.text[slice(*item.span)] if item else ""


# One rule at a time


@on_screen
async def test_one_rule_at_a_time(tmp_path: Path) -> None:
    """. and , go from rule to rule that has findings; n steps within it; F shows all again."""
    async with opened(small_desk(tmp_path), "letter") as editor:
        editor.sees("5 of 5 open")
        await editor.presses("full_stop")
        editor.sees("filter rule ZZ101", "4 of 4 open (of 5)", "1/4")
        await editor.presses("full_stop")
        editor.sees("filter rule ZZ102", "1/1")
        assert "the" == hand(editor)
        await editor.presses("n", "comma")
        editor.sees("filter rule ZZ101")
        await editor.presses("F")
        editor.sees("5 of 5 open", "All 5 findings.")
        editor.sees_no("filter rule")


@on_screen
async def test_a_filter_is_chosen_from_a_list_with_counts(tmp_path: Path) -> None:
    """Rules with findings come first; one without stands greyed with a dash; level, layer and state are beside it."""
    async with opened(small_desk(tmp_path), "letter", LARGE) as editor:
        await editor.presses("full_stop", "r", "enter", "F", "f")
        editor.sees("4  ZZ101", "1  ZZ102", "–  own", "[any]  certain")
        await editor.types("bane")
        editor.sees_no("the-for-then")
        await editor.presses("enter")
        editor.sees("filter rule ZZ101", "3 of 4 open (of 5)")
        await editor.presses("f", "tab", "tab", "tab", "right", "right", "enter")
        editor.sees("filter rule ZZ101, decided", "0 of 1 open")
        await editor.presses("f", "escape")
        editor.sees("filter rule ZZ101, decided")

        await editor.presses("F", "f")
        await editor.types("zz101 zz102 likely opne")
        editor.sees("“opne” is no rule, level, layer or state", "did you mean")
        await editor.presses("enter", *["backspace"] * 4)
        await editor.types("certain")
        editor.sees("rule ZZ101, ZZ102, likely or certain")
        await editor.presses("enter")
        editor.sees("filter rule ZZ101, ZZ102, likely or certa", "4 of 5 open")
        await editor.presses("f", "enter")
        editor.sees("filter rule ZZ101, ZZ102, likely or certa")


@on_screen
async def test_the_place_is_there_again_after_a_restart(tmp_path: Path) -> None:
    """Place, filter, version and what is hidden; a damaged file is as good as none."""
    desk = small_desk(tmp_path)
    async with opened(desk, "letter") as editor:
        await editor.presses("full_stop", "n", "n", "v", "s")
        before = editor.screen_of_review.item
        assert before
    async with opened(desk, "letter") as editor:
        editor.sees("filter rule ZZ101", "base  base text", "substantives only", "You were here last time", "3/4")
        item = editor.screen_of_review.item
        assert item
        assert before.span == item.span
    (desk.repository.own / "places" / "letter.json").write_bytes(b"\xff{")
    async with opened(desk, "letter") as editor:
        editor.sees("5 of 5 open", "B  witness B", "1/5")
    assert [] == [path for path in desk.edition.root.rglob("*.json") if ".git" not in path.parts]


# Any words


@on_screen
async def test_words_are_chosen_by_keys(tmp_path: Path) -> None:
    """Arrows go from word to word, shift stretches, space begins to choose; a decision is on what is chosen."""
    async with opened(small_desk(tmp_path), "letter") as editor:
        await editor.presses("right")
        assert "for" == hand(editor)
        await editor.presses("shift+right", "shift+right")
        assert "for the fleet" == hand(editor)
        await editor.presses("shift+left")
        assert "for the" == hand(editor)
        await editor.presses("left")
        assert "bane" == hand(editor)
        await editor.presses("space", "left", "left")
        editor.sees("3 words. Choosing")
        assert "as a bane" == hand(editor)
        await editor.presses("space", "t", "enter")
        assert "as a bane" == editor.pending[0].place.exact
        assert editor.pending[0].rule is None


@on_screen
async def test_quick_steps_are_not_lost(tmp_path: Path) -> None:
    """Of arrows pressed without waiting each one counts."""
    async with opened(small_desk(tmp_path), "letter") as editor:
        await editor.pilot.press("right", *["shift+right"] * 6, "shift+left")
        await editor.waits()
        assert "for the fleet, a bane for" == hand(editor)


@on_screen
async def test_words_are_chosen_by_a_drag(tmp_path: Path) -> None:
    """From one word to another, over lines too, in either direction; whole words are chosen."""
    async with opened(small_desk(tmp_path), "letter", LARGE) as editor:
        row = next(y for y, line in enumerate(editor.lines) if "He held" in line)
        top = editor.app.screen.query_one("#columns").region.y
        x = editor.lines[row].index("held")
        for start, end in ((x + 1, x + 11), (x + 11, x + 1)):
            await editor.pilot.mouse_down("#columns", offset=(start, row - top))
            await editor.pilot.hover("#columns", offset=((start + end) // 2, row - top))
            await editor.pilot.hover("#columns", offset=(end, row - top))
            await editor.pilot.mouse_up("#columns", offset=(end, row - top))
            await editor.waits()
            assert "held the place" == hand(editor)
        await editor.clicks("#columns", x + 1, row - top)
        assert "held" == hand(editor)


# More like this


@on_screen
async def test_places_alike_are_kept_or_dropped_and_decided_at_once(tmp_path: Path) -> None:
    """Each on a line with the words around it; one note, a decision each; the dropped stays open; one z undoes all."""
    async with opened(small_desk(tmp_path), "letter") as editor:
        await editor.presses("m")
        editor.sees("More like this  ZZ101 on “bane” in letter", "4 of 4 kept", "as a bane for the fleet")
        await editor.presses("j", "space")
        editor.sees("3 of 4 kept", "[ ]")
        await editor.presses("c")
        editor.sees("at 3", "a decision for each", "base")
        await editor.presses("tab")
        await editor.types("so the file copy")
        await editor.presses("enter")
        editor.sees("3 decisions of 3 taken, in 1 document")
        assert ["so the file copy"] * 3 == [decision.note for decision in editor.pending]
        assert LETTER.replace("bane", "base").replace("a base for the army", "a bane for the army") == editor.state.text
        await editor.presses("escape", "escape")
        editor.sees("2 of 5 open", "* 3 decisions not yet written")
        before = editor.pending
        await editor.presses("z")
        editor.sees("Taken back: ", "and 2 more. Z takes it again.")
        assert [] == editor.pending
        await editor.presses("Z")
        assert before == editor.pending


@on_screen
async def test_places_of_the_whole_edition_and_who_is_left_out(tmp_path: Path) -> None:
    """E looks through all documents; one that another Obelos works on is named and left out, the others are decided."""
    texts = {
        "letter": {"base": LETTER},
        "reply": {"base": "A bane here.\n"},
        "third": {"base": "One bane, two bane.\n"},
    }
    desk = small_desk(tmp_path, texts)
    other = DocumentHistory(desk.edition, desk.repository, "reply")
    other.open_for_deciding()
    try:
        async with opened(desk, "letter", LARGE) as editor:
            await editor.presses("m", "E")
            editor.sees("in the edition", "7 of 7 kept, 3 documents", "third:1")
            await editor.presses("r", "enter")
            editor.sees(
                "6 decisions of 7 taken, in 2 documents", "reply was left out", "another Obelos", "obelos commit"
            )
    finally:
        other.close()
    third = DocumentHistory(desk.edition, desk.repository, "third")
    assert ["reject", "reject"] == [decision.disposition for decision in third.pending.taken]
    assert [] == list(DocumentHistory(desk.edition, desk.repository, "reply").pending.taken)


@on_screen
async def test_a_document_that_changed_meanwhile_is_left_out(tmp_path: Path) -> None:
    """A decision never lands on words that the editor did not see."""
    desk = small_desk(tmp_path)
    async with opened(desk, "letter", LARGE) as editor:
        await editor.presses("m", "E")
        editor.sees("7 of 7 kept")
        reply = DocumentHistory(desk.edition, desk.repository, "reply")
        reply.open_for_deciding()
        reply.take(Span(0, 2), Judgement("correct", "XX"), desk.repository.identity(), now())
        reply.close()
        await editor.presses("t", "enter")
        editor.sees("4 decisions of 7 taken", "reply was left out", "its text has changed")


@on_screen
async def test_words_of_ones_own_choosing_have_places_alike_too(tmp_path: Path) -> None:
    """The same words, whole, as they are written; W has no rule to ask there."""
    async with opened(small_desk(tmp_path), "letter") as editor:
        await editor.presses("right", "shift+right", "m")
        editor.sees("“for the” in letter", "2 of 2 kept")
        await editor.presses("r")
        editor.sees("There are no findings here to reject")
        await editor.presses("W")
        editor.sees("only the words themselves")
        await editor.presses("minus", "t")
        editor.sees("Nothing is kept")


@on_screen
async def test_a_concordance_is_ended_by_esc(tmp_path: Path) -> None:
    """Here before its turn came: nothing is decided, and that is said."""
    texts = {"letter": {"base": "bane " * 300 + "\n"}}
    async with opened(small_desk(tmp_path, texts), "letter") as editor:
        await editor.presses("m", "r")
        done = Event()
        earlier = asyncio.create_task(editor.screen_of_review.turns.take(done.wait))
        await editor.pilot.press("enter")
        while isinstance(editor.app.screen, DecisionDialog):
            await editor.pilot.pause()
        await editor.pilot.press("escape")
        done.set()
        await earlier
        await editor.waits()
        editor.sees("0 decisions of 300 taken", "It was ended before all were taken")
        assert [] == list(editor.pending)


@on_screen
async def test_what_a_concordance_had_taken_when_it_was_ended_stays(tmp_path: Path) -> None:
    """The rest is open; nothing is half done."""
    texts = {"letter": {"base": "bane " * 30 + "\n"}}
    async with opened(small_desk(tmp_path, texts), "letter") as editor:
        review = editor.screen_of_review.review
        item = editor.screen_of_review.item
        assert item
        assert item.finding
        code = item.finding.code
        rule = next(one for one in review.rules if one.code == code)
        wanted = Wanted(item.finding.found, rule)
        done = decide_all(review, places_in(review, wanted), Judgement("reject"), lambda taken: taken < 10)
        assert (10, True) == (len(done.taken), done.stopped)
        assert 10 == len(editor.pending)
        assert 20 == len(places_in(review, wanted))
        holds, lines = review.verify()
        assert holds, lines


# Questions


@on_screen
async def test_a_question_is_before_the_eyes_while_it_is_answered(tmp_path: Path) -> None:
    """a asks; any other decision answers, and supersedes the query."""
    async with opened(small_desk(tmp_path), "letter", LARGE) as editor:
        await editor.presses("a")
        editor.sees("question", "this edition asks for a note")
        await editor.types("Is this base")
        await editor.presses("enter", "N")
        editor.sees("1 asked", "decided here", "? query: query on bane", "Is this base")
        await editor.presses("1")
        editor.sees("asked by Ada Example", "Is this base", "answer")
        await editor.types("yes")
        await editor.presses("enter")
        query, answer = editor.pending
        assert query.id in answer.supersedes
        editor.sees_no("1 asked")
        await editor.presses("N")
        editor.sees("(superseded)", "correct: base for bane", "read “bane” before")


@on_screen
async def test_readings_chain_and_notes_stand_beside(tmp_path: Path) -> None:
    """On a large terminal in the side panel; on a small one the note of the place at hand stands in the panel below."""
    desk = small_desk(tmp_path)
    async with opened(desk, "letter", LARGE) as editor:
        await editor.finds("said")
        editor.sees("readings", "notes here", "1 See the bane of the")
    async with opened(desk, "letter") as editor:
        await editor.finds("said.")
        editor.sees("1 See the bane of the earlier letter.")


# Characters, going to


@on_screen
async def test_a_character_is_written_in_every_text_field(tmp_path: Path) -> None:
    """F2 in a note, in the search, in the filter, in the prompt; without a field it says so."""
    async with opened(small_desk(tmp_path), "letter") as editor:
        await editor.presses("f2")
        editor.sees("F2 writes characters into a text field")
        for keys, back in ((("t",), 1), (("slash",), 1), (("f",), 1), (("colon",), 1)):
            await editor.presses(*keys, "f2")
            await editor.types("long s")
            editor.sees("ſ  U+017F")
            await editor.presses("enter")
            editor.sees("ſ")
            await editor.presses(*["escape"] * back)
        await editor.presses("t", "f2")
        await editor.types("nbsp")
        await editor.presses("enter")
        await editor.types("x")
        await editor.presses("enter")
        assert "\u00a0x" == "\u00a0" + editor.pending[0].note.strip()


@pytest.mark.parametrize(
    ("said", "words"),
    [("3", "the"), ("line 4", "He"), ("ZZ102", "the"), ("the-for", "the")],
)
@on_screen
async def test_one_prompt_goes_anywhere_in_the_document(tmp_path: Path, said: str, words: str) -> None:
    """A finding by its number, a line, a rule by code or name."""
    async with opened(small_desk(tmp_path), "letter") as editor:
        await editor.presses("colon")
        await editor.types(said)
        await editor.presses("enter")
        assert words == hand(editor)


@on_screen
async def test_the_prompt_goes_to_decisions_commits_and_documents(tmp_path: Path) -> None:
    """By the beginning of an id or a name; what it may mean is listed while one types."""
    async with opened(small_desk(tmp_path), "letter") as editor:
        await editor.presses("1", "enter", "w", "enter")
        decision = editor.state.changed[0][1]
        assert editor.app.review
        commit = editor.app.review.history.repository.head().commit or ""
        await editor.presses("colon")
        await editor.types(commit[:12])
        editor.sees("commit", "letter: base for bane")
        await editor.presses("enter")
        editor.sees(f"commit {commit}"[:40])
        await editor.presses("escape", "colon")
        await editor.types(decision.id)
        await editor.presses("enter")
        editor.sees("base for bane")
        await editor.presses("escape")
        assert "base" == hand(editor)
        await editor.presses("colon")
        await editor.types("nowhere at all")
        editor.sees("nothing like this here")
        await editor.presses("escape", "colon")
        await editor.types("rep")
        await editor.presses("enter")
        assert "reply" == editor.state.name
        editor.sees("No bane was ever held")


# Read aloud


@on_screen
async def test_a_breath_is_read_and_taken_back_to_the_text(tmp_path: Path) -> None:
    """p reads from the place at hand; enter comes back with these words chosen."""
    async with opened(small_desk(tmp_path), "letter") as editor:
        await editor.presses("p")
        editor.sees(
            "He held the place as a bane for the fleet,", "capital H He held the place as a bane for the fleet comma"
        )
        await editor.presses("space")
        editor.sees("a bane for the army stop new line")
        await editor.presses("enter")
        assert "a bane for the army." == hand(editor)
        await editor.presses("p", "G", "v")
        editor.sees("witness B", "1 of")
        await editor.presses("escape")
        editor.sees("working text")
