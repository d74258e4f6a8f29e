"""The collation screen: what stands side by side, where the keys lead, what is recorded. All texts are made up."""

import re
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made_up import never
from obelos_history import Judgement, Repository
from obelos_rules import load_rules
from obelos_transcripts import VARIANT_CLASSES, Span
from obelos_tui import quality
from obelos_tui.aside import Aside, Failed, GivenUp
from obelos_tui.collated import collated
from obelos_tui.keys import COLLATION
from obelos_tui.screens import collating
from obelos_tui.screens.collation import CollationScreen
from obelos_tui.shown import Item, Version
from screen import HUGE, LARGE, SMALL, Editor, desk_of, edition_of, on_screen, opened, sample_desk

BASE = """\
The minister spoke of a bane for further talks, and left the room at noon.

He would honour the promise; nothing more was to be looked for before the spring.

The staff was told to wait until the courier had come back from the coast.
"""
TEXTS = {
    "base": BASE,
    "B": BASE.replace("bane", "base").replace("honour", "honor").replace("promise;", "promise,"),
    "C": BASE.replace("bane", "base").replace("the spring", "next spring").replace("at noon", "at once, at noon"),
    "D": BASE.replace("bane", "bond"),
}


def desk(folder: Path, texts: dict[str, str] | None = None):  # type: ignore[no-untyped-def]
    """A desk with one document."""
    return desk_of(edition_of(folder, {"note": texts or TEXTS}), ())


def screen_of(editor: Editor) -> CollationScreen:
    """The collation screen, under whatever dialog."""
    return next(screen for screen in editor.app.screen_stack if isinstance(screen, CollationScreen))


def columns_of(editor: Editor) -> list[str]:
    """Sigla of the columns that stand side by side."""
    screen = screen_of(editor)
    assert screen.collated
    return [screen.collated.versions[n].siglum for n in screen._columns]


@on_screen
async def test_it_opens_from_the_review_at_the_first_variant(tmp_path: Path) -> None:
    """Both versions under their sigla, counts by class, error rates, the variant as an entry of an apparatus."""
    async with opened(desk(tmp_path, {"base": BASE, "B": TEXTS["B"]}), "note") as editor:
        await editor.presses("C")
        editor.sees("T  base of comparison", "▸B  witness B", "3 variants   1 substantive  1 spelling  1 punctuation")
        editor.sees("CER", "WER", "variant 1 of 3  substantive", "bane T ]  1 base B")
        await editor.presses("escape")
        editor.sees_no("base of comparison")


@on_screen
async def test_it_opens_from_the_desk_and_goes_back_by_way_of_the_review(tmp_path: Path) -> None:
    """C on a document in the list."""
    edition = edition_of(tmp_path, {"note": TEXTS, "other": {"base": "alpha\n"}})
    async with opened(desk_of(edition, ()), None) as editor:
        await editor.presses("C")
        editor.sees("note", "collation", "variant 1 of")
        await editor.presses("escape", "escape")
        editor.sees("A made-up edition")


@pytest.mark.parametrize(
    ("size", "columns"), [(SMALL, "TB"), ((120, 30), "TBC"), ((160, 30), "TBCD"), ((240, 30), "TBCD")]
)
@on_screen
async def test_as_many_columns_stand_side_by_side_as_can_be_read(
    tmp_path: Path, size: tuple[int, int], columns: str
) -> None:
    """The working text is always the first; what there is no room for is told."""
    async with opened(desk(tmp_path), "note", size) as editor:
        await editor.presses("C")
        assert list(columns) == columns_of(editor)
        if len(columns) < 4:
            editor.sees(f"+{4 - len(columns)} more: h l")


@on_screen
async def test_l_and_h_go_to_the_columns_that_are_out_of_sight(tmp_path: Path) -> None:
    """Fewer are shown, the one at hand among them; the variant stays at hand."""
    async with opened(desk(tmp_path), "note") as editor:
        await editor.presses("C", "l")
        assert ["T", "C"] == columns_of(editor)
        await editor.presses("l", "l")
        assert ["T", "D"] == columns_of(editor)
        editor.sees("▸D", "bond")
        await editor.presses("h", "h", "h")
        assert ["T", "B"] == columns_of(editor)


@on_screen
async def test_words_that_correspond_stand_on_the_same_row(tmp_path: Path) -> None:
    """The same words of all versions on one line of the screen."""
    async with opened(desk(tmp_path), "note", HUGE) as editor:
        await editor.presses("C")
        (row,) = [line for line in editor.lines if line.count("The staff was") > 1]
        assert 4 == row.count("The staff was")


@on_screen
async def test_next_and_previous_go_round_the_variants(tmp_path: Path) -> None:
    """n goes on, N back, the ends are joined; the panel says which of how many."""
    async with opened(desk(tmp_path), "note", LARGE) as editor:
        await editor.presses("C", "n")
        editor.sees("variant 2 of 5", "at once")
        await editor.presses("N", "N")
        editor.sees("variant 5 of 5", "1 of 3 versions differ")


@on_screen
async def test_an_entry_has_each_reading_once_with_its_sigla_and_its_number(tmp_path: Path) -> None:
    """The lemma first; what reads as the working text has no number, for there is nothing to take."""
    async with opened(desk(tmp_path), "note", LARGE) as editor:
        await editor.presses("C")
        editor.sees("bane T ]  1 base B C   2 bond D", "3 of 3 versions differ from the base")


@on_screen
async def test_accidentals_are_hidden_by_one_key_and_counted_all_the_same(tmp_path: Path) -> None:
    """s hides them, s shows them again."""
    async with opened(desk(tmp_path), "note", LARGE) as editor:
        await editor.presses("C", "s")
        editor.sees("variant 1 of 3", "(1 spelling)", "(1 punctuation)")
        await editor.presses("n", "n")
        editor.sees("spring")
        await editor.presses("s")
        editor.sees("variant 5 of 5")


@on_screen
async def test_classes_are_chosen_from_a_list_with_their_counts(tmp_path: Path) -> None:
    """Only spelling and punctuation: the variant at hand gives way to one that is shown."""
    async with opened(desk(tmp_path), "note", LARGE) as editor:
        await editor.presses("C", "f")
        editor.sees("Classes of variants shown", "[x]      3  substantive")
        await editor.presses("space", "enter")
        editor.sees("variant 1 of 2", "(3 substantive)", "honour T C D ]  1 honor B")


@on_screen
async def test_the_base_of_comparison_is_changed_by_one_key(tmp_path: Path) -> None:
    """The lemma is then another version's reading, and can be taken like any other."""
    async with opened(desk(tmp_path), "note", HUGE) as editor:
        await editor.presses("C", "b")
        editor.sees("B  base of comparison", "1 base B C ]  bane T   2 bond D")
        await editor.presses("tab")
        editor.sees("C  base of comparison")


@on_screen
async def test_a_reading_is_taken_with_two_keys(tmp_path: Path) -> None:
    """A correction with every witness that reads so as its source; the text changes, the cursor goes on."""
    async with opened(desk(tmp_path), "note", LARGE) as editor:
        await editor.presses("C", "1")
        editor.sees("Correct “bane”", "the transcription is wrong", "B, C", "[external]")
        await editor.presses("enter")
        (decision,) = editor.pending
        assert ("correct", "bane", "base", "B, C", "external") == (
            decision.disposition,
            decision.place.exact,
            decision.reading,
            decision.source,
            decision.evidence,
        )
        assert "a base for further" in editor.state.text
        editor.sees("* 1 decision not yet written", "variant 2 of 5", "base for bane, taken")
        await editor.presses("N")
        editor.sees("base T B C ]  1 bond D", "decided already: * correct: base for bane")


@on_screen
async def test_enter_takes_the_reading_of_the_column_at_hand(tmp_path: Path) -> None:
    """And says so where there is nothing to take."""
    async with opened(desk(tmp_path), "note") as editor:
        await editor.presses("C", "l", "l", "enter", "enter")
        assert ["bond"] == [decision.reading for decision in editor.pending]
        assert ["D"] == [decision.source for decision in editor.pending]
        await editor.presses("enter")
        editor.sees("D reads as the working text does here")
        await editor.presses("9")
        editor.sees("There is no reading 9 here")


@on_screen
async def test_no_more_is_corrected_than_differs(tmp_path: Path) -> None:
    """The comma after a number that differs is left alone; words that are missing come with their space."""
    texts = {"base": "Nos. 495, 494 and it came now.\n", "B": "Nos. 493, 494 and it never came now.\n"}
    async with opened(desk(tmp_path, texts), "note") as editor:
        await editor.presses("C", "1", "enter", "1", "enter")
        assert [("495", "493"), ("", "never ")] == [(d.place.exact, d.reading) for d in editor.pending]
        assert texts["B"] == editor.state.text
        editor.sees("0 variants")


@on_screen
async def test_a_witness_without_the_words_is_a_ground_to_strike_them_out(tmp_path: Path) -> None:
    """An omission is a reading like any other; it is confirmed once more."""
    texts = {"base": "It came too late now.\n", "B": "It came late now.\n"}
    async with opened(desk(tmp_path, texts), "note") as editor:
        await editor.presses("C", "1", "enter", "enter")
        assert [("too ", "", "B", "external")] == [
            (d.place.exact, d.reading, d.source, d.evidence) for d in editor.pending
        ]
        assert texts["B"] == editor.state.text


@on_screen
async def test_what_was_decided_already_is_said_before_it_is_decided_anew(tmp_path: Path) -> None:
    """In the panel and in the dialog."""
    async with opened(desk(tmp_path), "note", LARGE) as editor:
        await editor.presses("C", "1", "enter", "N", "1")
        editor.sees("decided already: correct base for bane; this decides it anew")
        await editor.presses("enter")
        assert "a bond for further" in editor.state.text


@on_screen
async def test_stet_is_recorded_at_a_variant(tmp_path: Path) -> None:
    """The source reads as the working text does."""
    async with opened(desk(tmp_path), "note", LARGE) as editor:
        await editor.presses("C", "t", "enter")
        assert [("stet", "bane")] == [(d.disposition, d.place.exact) for d in editor.pending]
        await editor.presses("N")
        editor.sees("decided already", "stet bane")


@on_screen
async def test_the_policy_may_ask_for_a_note(tmp_path: Path) -> None:
    """The same dialog as in the review asks for it."""
    async with opened(desk(tmp_path), "note", LARGE) as editor:
        await editor.presses("C", "e", "enter")
        editor.sees("This edition asks for a note")
        assert [] == editor.pending


@on_screen
async def test_undo_redo_and_write_work_from_here(tmp_path: Path) -> None:
    """Undo brings the place back to hand; the review behind shows what was done."""
    edition_desk = desk(tmp_path)
    async with opened(edition_desk, "note", HUGE) as editor:
        await editor.presses("C", "1", "enter", "n", "z")
        assert BASE == editor.state.text
        editor.sees("taken back. Z takes it again", "variant 1 of 5", "bane T ]")
        await editor.presses("Z")
        assert "a base for further" in editor.state.text
        await editor.presses("w")
        editor.sees("Write 1 decision")
        await editor.presses("enter")
        editor.sees("Written: commit")
        assert editor.state.text == edition_desk.edition.document("note").working.read_text("utf-8")
        await editor.presses("escape")
        editor.sees("a base for further")


@on_screen
async def test_what_a_decision_leaves_is_what_collating_anew_would_show(tmp_path: Path) -> None:
    """After each decision the table is still without loss, and has the same variants as one made from scratch."""
    async with opened(desk(tmp_path), "note", LARGE) as editor:
        await editor.presses("C")
        for keys in (("1", "enter"), ("1", "enter"), ("1", "enter"), ("z",), ("z",), ("Z",)):
            await editor.presses(*keys)
            found = screen_of(editor).collated
            assert found
            anew = collated(found.versions, found.table.base)
            for n, text in enumerate(found.table.texts):
                assert text == "".join(found.table.reading(row, n) for row in found.table.rows)
            assert editor.state.text == found.table.texts[0]
            assert list(anew.kinds.values()) == list(found.kinds.values())
            assert [anew.table.readings(anew.row(n)) for n in anew.kinds] == [
                found.table.readings(found.row(n)) for n in found.kinds
            ]


WORDS = [f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(200)]


def with_errors(places: Iterable[int]) -> str:
    """A made-up text with errors at some of its words."""
    wrong = set(places)
    return " ".join(f"wrong{word}" if n in wrong else word for n, word in enumerate(WORDS)) + "\n"


@on_screen
async def test_the_title_tells_how_many_errors_nobody_caught(tmp_path: Path) -> None:
    """Of twenty errors one keying caught twelve, the other eleven, both eight: as far as they have been decided."""
    texts = {"base": range(20), "B": range(12, 20), "C": [*range(4), *range(15, 20)]}
    shelf = desk(tmp_path, {siglum: with_errors(places) for siglum, places in texts.items()})
    async with opened(shelf, "note", LARGE) as editor:
        await editor.presses("C", "i")
        editor.sees("Figures", "How far the versions agree with T", "CER 4.0 %", "nothing is known")
        await editor.presses("escape", "escape")
        review = editor.app.review
        assert review
        for word in WORDS[:20]:
            start = editor.state.text.index("wrong" + word)
            item = Item(Span(start, start + len("wrong")), None, None, None, (), ())
            review.decide(item, Judgement("correct", reading="", evidence="external", source="B"))
        await editor.presses("C")
        editor.sees("errors neither caught: about 1 (0–8), 5 known", "CER")
        await editor.presses("i")
        editor.sees("errors by T: B caught 12, C 11, both 8; known, but caught by neither: 5", "95 %")


@on_screen
async def test_two_keyings_give_no_estimate_but_what_both_have_wrong(tmp_path: Path) -> None:
    """In the title where there is room, in full by its key; counted anew after each decision."""
    async with opened(desk(tmp_path, {"base": BASE, "B": TEXTS["D"]}), "note", (120, 40)) as editor:
        await editor.presses("C", "c", *["backspace"] * 4)
        await editor.types("boon")
        await editor.presses("enter")
        editor.sees("both keyings wrong at 1 place")
        await editor.presses("i")
        editor.sees("errors by T: base 1, B 1; both wrong at 1 places, 0 of them alike", "A third, independent reading")
        await editor.presses("escape", "z")
        editor.sees_no("both keyings wrong")


@on_screen
async def test_errors_of_long_texts_are_not_counted_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There would be a wait after each decision."""
    monkeypatch.setattr(quality, "AFFORDABLE", 100)
    async with opened(desk(tmp_path), "note", LARGE) as editor:
        await editor.presses("C", "1", "enter", "i")
        editor.sees("not counted: more than 100 characters")


@on_screen
async def test_versions_are_chosen_from_a_list(tmp_path: Path) -> None:
    """Witnesses, base text, earlier commits; at least one, at most four beside the working text."""
    async with opened(desk(tmp_path), "note", LARGE) as editor:
        await editor.presses("C", "1", "enter", "w", "enter", "v")
        editor.sees("Versions side by side", "[x] T", "[x] B", "[ ] base", "Add documents")
        await editor.presses("space", "j", "space", "j", "space")
        editor.sees("Tick one version at least")
        await editor.presses("enter", "j", "space", "enter")
        assert ["T", "base"] == columns_of(editor)
        editor.sees("1 variant ", "base T ]  1 bane base")


@on_screen
async def test_an_earlier_commit_is_no_witness(tmp_path: Path) -> None:
    """Its reading can be taken, but it is no ground: source and evidence stay empty."""
    async with opened(desk(tmp_path, {"base": BASE, "B": TEXTS["B"]}), "note", LARGE) as editor:
        await editor.presses("C", "1", "enter", "w", "enter", "v", "space", "j", "j", "space", "enter")
        assert "@" == columns_of(editor)[1][0]
        await editor.presses("1")
        editor.sees("[none]")


@on_screen
async def test_a_document_without_a_witness_is_collated_with_its_base_text(tmp_path: Path) -> None:
    """And it is said that they read the same."""
    async with opened(desk(tmp_path, {"base": BASE}), "note") as editor:
        await editor.presses("C")
        assert ["T", "base"] == columns_of(editor)
        editor.sees("0 variants", "read the same throughout")
        await editor.presses("n", "1", "enter", "m", "s", "b", "c", "space")
        assert [] == editor.pending


@on_screen
async def test_a_click_takes_a_variant_in_hand_in_any_column(tmp_path: Path) -> None:
    """Also the column becomes the one at hand; where all agree there is nothing."""
    async with opened(desk(tmp_path), "note", HUGE) as editor:
        await editor.presses("C", "n")
        line = next(n for n, text in enumerate(editor.lines) if "bond" in text)
        await editor.clicks("#columns", editor.lines[line].index("bond") + 1, line - 3)
        editor.sees("variant 1 of 5", "▸D")
        await editor.clicks("#columns", 3, 0)
        editor.sees("All versions agree here")


@on_screen
async def test_the_overview_shows_where_variants_lie_and_leads_there(tmp_path: Path) -> None:
    """One cell for a share of the rows; a click goes to the variant that lies there."""
    quiet = "Nothing of note was said that day. " * 6
    text = "\n\n".join([quiet] * 20)
    async with opened(desk(tmp_path, {"base": f"{text} bane\n", "B": f"{text} base\n"}), "note") as editor:
        await editor.presses("C")
        strip = [line[-1] for line in editor.lines]
        assert 1 == strip.count("◂")
        await editor.presses("g")
        height = editor.app.screen.query_one("#overview").size.height
        await editor.clicks("#overview", 0, height - 1)
        editor.sees("bane T ]")
        assert any("bane" in line and "base" in line and "≠" in line for line in editor.lines[:-7])


@on_screen
async def test_a_passage_that_was_moved_is_marked_and_linked(tmp_path: Path) -> None:
    """m goes to its other place, and back."""
    one = "The courier had come back from the coast with letters for everyone."
    rest = "\n".join(f"Paragraph {word} of the report says what it says." for word in ("two", "three", "four", "five"))
    texts = {"base": f"{one}\n{rest}\n", "B": f"{rest}\n{one}\n"}
    async with opened(desk(tmp_path, texts), "note", LARGE) as editor:
        await editor.presses("C")
        editor.sees("moved: B has it elsewhere; m goes there")
        first = screen_of(editor).number
        await editor.presses("m")
        assert first != screen_of(editor).number
        editor.sees("moved: T has it elsewhere; m goes there")
        await editor.presses("m")
        assert first == screen_of(editor).number


@on_screen
async def test_a_variant_in_a_note_is_told_as_such(tmp_path: Path) -> None:
    """The note is aligned with the same note, and the panel names it."""
    base = "It was said[footnoteRef:1] at noon. [1:  See the despatch of May.]\nThe end of it.\n"
    texts = {"base": base, "B": base.replace("May", "June").replace("end", "last")}
    async with opened(desk(tmp_path, texts), "note", LARGE) as editor:
        await editor.presses("C")
        editor.sees("variant 1 of 2", "note 1", "May T ]  1 June B")
        await editor.presses("n")
        editor.sees("end T ]  1 last B")
        editor.sees_no("note 1")


@on_screen
async def test_a_search_goes_through_the_versions(tmp_path: Path) -> None:
    """In the first version that has the words; esc ends it."""
    async with opened(desk(tmp_path), "note", LARGE) as editor:
        await editor.presses("C")
        await editor.finds("bond")
        editor.sees("match 1 of 1", "▸D")
        await editor.presses("escape")
        editor.sees_no("match 1")
        await editor.finds("[/] nowhere")
        editor.sees("stands in none of the versions")


@on_screen
async def test_readings_are_shown_in_full_at_leisure(tmp_path: Path) -> None:
    """The space bar: every version with what stands around."""
    async with opened(desk(tmp_path), "note", LARGE) as editor:
        await editor.presses("C", "space")
        editor.sees("The variant at hand", "D  witness D", "spoke of a bond for further talks")


@on_screen
async def test_nothing_is_recorded_where_the_review_is_read_only(tmp_path: Path) -> None:
    """Files that lie about can be collated, and that is all."""
    edition = edition_of(tmp_path, {"note": TEXTS})
    loose = type(desk_of(edition, ()))(edition, Repository.open(edition.root), load_rules(()), read_only="No edition.")
    async with opened(loose, "note", LARGE) as editor:
        await editor.presses("escape", "C", "1")
        editor.sees("Nothing can be recorded here", "No edition.")
        await editor.presses("escape")
        editor.sees("read-only", "variant 1 of 5")
        assert [] == editor.pending


@on_screen
async def test_a_text_changed_behind_the_screen_is_not_decided_on(tmp_path: Path) -> None:
    """A decision never lands on words that the editor did not see."""
    async with opened(desk(tmp_path), "note", LARGE) as editor:
        await editor.presses("C", "1", "enter", "1")
        assert editor.app.review
        editor.app.review.undo()
        await editor.presses("enter")
        editor.sees("The text has changed since this dialog was opened")


@on_screen
async def test_long_texts_are_collated_aside_and_can_be_read_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their beginnings stand there at once; a process of its own collates, and the result takes their place."""
    monkeypatch.setattr(collating, "_LONG", 10)
    async with opened(desk(tmp_path), "note", LARGE) as editor:
        await editor.pilot.press("C")
        await editor.pilot.pause()
        screen = screen_of(editor)
        await editor.waits()
        assert screen.collated
        assert not screen.waiting
        editor.sees("variant 1 of 5")


@on_screen
async def test_collating_can_be_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """esc ends the process, and says how to go on."""
    monkeypatch.setattr(collating, "_LONG", 10)
    monkeypatch.setattr(collating, "collated", never)  # else a quick machine is done before anybody can press a key
    async with opened(desk(tmp_path), "note", LARGE) as editor:
        await editor.pilot.press("C")
        screen = screen_of(editor)
        while not screen.waiting:
            await editor.pilot.pause()
        await editor.pilot.press("escape")
        await editor.waits()
        assert screen.collated is None
        editor.sees("Collating was given up", "The minister spoke")
        await editor.presses("s", "f", "n", "1", "m", "b", "l", "space", "c")
        monkeypatch.setattr(collating, "_LONG", 10**6)
        monkeypatch.setattr(collating, "collated", collated)
        await editor.presses("ctrl+r")
        editor.sees("variant 1 of 3", "(1 spelling)")


def test_a_computation_aside_gives_its_result_or_can_be_given_up() -> None:
    """Before it is begun as well."""
    assert 3 == Aside(len, "abc").result()
    ended = Aside(len, "abc")
    ended.give_up()
    with pytest.raises(GivenUp):
        ended.result()


@pytest.mark.parametrize(
    ("call", "argument", "reason"),
    [
        (len, 3, "TypeError: object of type 'int' has no len()"),
        (sys.exit, 3, "it ended with status 3"),
        (signal.raise_signal, signal.SIGKILL, "the system ended it (Killed); there may be too little memory"),
    ],
)
def test_a_computation_aside_that_fails_says_why(call: Callable[..., object], argument: int, reason: str) -> None:
    """By an error, of itself, or ended by the system."""
    with pytest.raises(Failed, match=re.escape(reason)):
        Aside(call, argument).result()


@on_screen
async def test_a_collation_that_fails_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And how to go on; nothing else is lost."""
    monkeypatch.setattr(collating, "_LONG", 10)
    monkeypatch.setattr(collating, "collated", len)
    async with opened(desk(tmp_path), "note", LARGE) as editor:
        await editor.presses("C")
        editor.sees("Collating failed: TypeError: len() takes exactly one argument", "^r begins anew")
        assert not screen_of(editor).waiting


@on_screen
async def test_the_keys_and_the_palette_have_every_command(tmp_path: Path) -> None:
    """? shows the table that bindings, footer and palette come from; the footer has at most seven."""
    async with opened(desk(tmp_path), "note", (160, 70)) as editor:
        await editor.presses("C")
        offered = {command.title for command in editor.app.get_system_commands(editor.app.screen)}
        assert {f"{c.name} ({c.shown})" for c in COLLATION if not c.numbered} <= offered
        await editor.presses("f1")
        editor.sees(*(command.name for command in COLLATION))
    assert 7 >= sum(command.footer for command in COLLATION)
    keys = [key for command in COLLATION for key in command.keys]
    assert sorted(set(keys)) == sorted(keys)


@on_screen
async def test_the_sample_telegram_is_collated_with_its_second_keying(tmp_path: Path) -> None:
    """On a small terminal: all classes, the figures, at least a dozen rows of text."""
    async with opened(sample_desk(tmp_path)) as editor:
        await editor.presses("C")
        editor.sees("variants", "CER", "▸B  witness B")
        assert 12 <= editor.app.screen.query_one("#columns").size.height
        found = screen_of(editor).collated
        assert found
        assert set(VARIANT_CLASSES) == set(found.kinds.values())


def test_stepping_goes_round_from_any_row_with_whatever_is_hidden() -> None:
    """From rows in which all agree as well, in both directions."""
    found = collated([Version("T", "", "one two; three four. five"), Version("B", "", "won two, three for. five")], 0)
    numbers = found.numbers()
    shown = found.numbers(("punctuation",))
    assert (3, 2) == (len(numbers), len(shown))
    for at in range(len(found.table.rows)):
        assert next((n for n in numbers if n > at), numbers[0]) == found.step(at, 1)
        assert next((n for n in reversed(numbers) if n < at), numbers[-1]) == found.step(at, -1)
        assert found.step(at, 1, ("punctuation",)) in shown
    assert None is found.step(None, 1, VARIANT_CLASSES)


def test_spaces_and_points_that_all_share_are_no_part_of_a_reading() -> None:
    """What is marked and named is the word; where only spaces differ, these."""
    versions = [Version("T", "", "in 495, and on.  Then\n"), Version("B", "", "in 493, and on. Then\n")]
    found = collated(versions, 0)
    first, second = found.kinds
    assert Span(3, 6) == found.core(first, 0)
    assert (Span(3, 6), "493") == found.place_of(first, 1)
    assert "spacing" == found.kinds[second]


INLINE = """\
The minister spoke of the talks[footnoteRef:1] and left. [1:  See the despatch of May, where the talks are told.]
He would honour the promise[footnoteRef:2] before the spring. [2:  The promise was made by the minister himself.]
The staff was told to wait.
"""
AT_FOOT = """\
The minister spoke of the talks[1] and left.
He would honor the promise[2] before the spring.
The staff was told to wait.

[1] See the despatch of June, where the talks are told.
[2] The promise was made by the minister himself.
"""
WITHOUT = """\
The minister spoke of the talks and left.
He would honour the promise before the autumn.
The staff were told to wait.
"""


@pytest.mark.parametrize("others", [(AT_FOOT,), (WITHOUT,), (AT_FOOT, WITHOUT), (WITHOUT, AT_FOOT, INLINE)])
def test_notes_that_stand_elsewhere_or_nowhere_do_not_disturb_the_body(others: tuple[str, ...]) -> None:
    """Every word of the body stands beside the same word; nothing is lost."""
    texts = (INLINE, *others)
    found = collated([Version(f"W{n}", "", text) for n, text in enumerate(texts)], 0)
    for n, text in enumerate(texts):
        assert text == "".join(found.table.reading(row, n) for row in found.table.rows)
    for word in ("minister spoke", "left", "would", "before the", "staff", "told to wait"):
        assert 1 == len({found.table.row_at(n, text.index(word)) for n, text in enumerate(texts)})


def test_a_note_answers_to_the_note_of_the_same_label_at_the_same_place() -> None:
    """Whether or not a third version has notes."""
    other = INLINE.replace("May", "June").replace("honour", "honor")
    found = collated(
        [Version(siglum, "", text) for siglum, text in zip("TBC", (INLINE, other, WITHOUT), strict=True)], 0
    )
    assert ["May", "June", ""] in [
        [text.strip(" ,") for text in found.table.readings(found.row(n))] for n in found.kinds
    ]


@given(st.lists(st.text("ab [1]:\n[footnoteRef:2]"), min_size=2, max_size=4), st.data())
@settings(max_examples=100)
def test_any_notes_are_collated_without_loss(texts: list[str], data: st.DataObject) -> None:
    """However they are written, wherever they stand."""
    whole = [text.join(data.draw(st.permutations([INLINE, AT_FOOT, WITHOUT]))) for text in texts]
    found = collated([Version(str(n), "", text) for n, text in enumerate(whole)], 0)
    for n, text in enumerate(whole):
        assert text == "".join(found.table.reading(row, n) for row in found.table.rows)
