"""The review line by line: what a person with a screen reader says, and what they hear."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor import Editor, editor_at_the_sample
from obelos_tui.demo import DOCUMENT
from obelos_tui.keys import REVIEW

NAMED_OTHERWISE = {"app.toggle_theme", "scroll(1)", "scroll(-1)", "page(1)", "page(-1)", "top", "bottom", "collation"}
"""Actions of the screen that mean nothing where there is no screen, or are a command of their own."""

ONLY_ON_SCREEN = NAMED_OTHERWISE | {"sync", "substantives", "house_rule", "app.compose", "show_keys", "back"}


@pytest.fixture
def liner(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator["Liner"]:
    """Somebody at the sample edition who hears and says lines."""
    with editor_at_the_sample(tmp_path, capsys, monkeypatch) as editor:
        yield Liner(editor, monkeypatch)


class Liner:
    """Says lines and hears answers."""

    def __init__(self, editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
        self.editor = editor
        self._monkeypatch = monkeypatch

    def says(self, *lines: str, option: str = "--plain") -> int:
        """Say lines one after another in one session; its exit code."""
        self._monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return self.editor.types("review", DOCUMENT, option)

    def hears(self, *words: str) -> bool:
        """Whether all of the words were answered."""
        return self.editor.sees(*words)


def test_the_first_open_finding_is_told_at_once(liner: Liner) -> None:
    """Title, how much is open, the finding with its message, its suggestions, the other readings."""
    assert 0 == liner.says()
    liner.hears(DOCUMENT, "19 of 19 open", "1/19", "EN101", "readings: B", "“help” lists")


def test_nothing_moves_the_cursor_and_nothing_is_coloured(liner: Liner) -> None:
    """A screen reader and a pipe get text and line ends."""
    liner.says("help", "list", "show", "1", "blame", "history", "verify", "rule", "git")
    controls = [char for char in liner.editor.out if ord(char) < 32 and char != "\n"]
    assert [] == controls


def test_every_key_of_the_screen_is_a_verb() -> None:
    """Whoever knows the keys knows the verbs; what has no sense without a screen is named in this test."""
    from obelos_tui.plain import deciding, going, looking, standing  # noqa: F401
    from obelos_tui.plain.verbs import VERBS

    names = {name for one in VERBS for name in one.names} | set("123456789")
    missing = [c.shown for c in REVIEW if c.action not in ONLY_ON_SCREEN and c.shown not in names and c.shown != "1-9"]
    assert [] == missing


def test_a_suggestion_is_taken_by_its_number_with_its_ground(liner: Liner) -> None:
    """As on the screen: the witness that reads so is the ground, and the next finding is at hand."""
    assert 0 == liner.says("filter bane-for-base", "1", "write")
    liner.hears("rule CF101: 1 finding", "after", "base for bane (correct), taken", "Written: commit")
    assert 0 == liner.editor.types("log", DOCUMENT)
    liner.hears("base for bane")
    assert "a base for extension" in liner.editor.text_file.read_text("utf-8")
    assert 0 == liner.editor.types("verify")


def test_what_the_edition_asks_for_is_asked(liner: Liner) -> None:
    """The policy wants a note with an emendation: it is asked for, and the next line is the answer."""
    assert 0 == liner.says("choose theoretically", "emend practically", "The sense wants it.", "pending")
    liner.hears("note: ", "practically for theoretically (emend), taken", "The sense wants it.")


def test_an_answer_is_given_with_the_question_before_the_eyes(liner: Liner) -> None:
    """A query is closed by the decision that supersedes it."""
    assert 0 == liner.says("choose theoretically", "query Is this the word?", "write")
    assert 0 == liner.says("filter queried", "stet The file copy has it.", "write", "show all", "filter queried")
    liner.hears("asked by", "Is this the word?", "stet theoretically (stet), taken", "queried: 0 findings")
    decisions = liner.editor.decision_files
    assert "supersedes" in decisions[-1].read_text("utf-8")
    assert decisions[0].stem in decisions[-1].read_text("utf-8")
    assert 0 == liner.editor.types("verify")


def test_words_are_chosen_stretched_and_shrunk(liner: Liner) -> None:
    """Any words can be decided on; right and left grow and shrink the choice."""
    assert 2 == liner.says("choose general terms", "stretch", "stretch", "shrink", "reject x", "word", "previous word")
    liner.hears("[general terms of J]", "[general terms of]", "no finding here to reject", "[J]")


def test_one_rule_at_a_time(liner: Liner) -> None:
    """Next rule goes to the next that has findings; counts says how many each has, and how many have none."""
    assert 0 == liner.says("counts", "next rule", "next rule", "previous rule", "F")
    liner.hears("7  WI301", "rules have none", "rule CH101: 1 finding", "all: 19 findings")


def test_places_alike_are_kept_or_dropped_and_decided_in_one_go(liner: Liner) -> None:
    """One note, a decision for each place kept, all on disk."""
    said = (
        "choose Russia",
        "like",
        "drop all",
        "keep 1-2",
        "drop 2",
        "note So in the file copy.",
        "each stet",
        "pending",
    )
    assert 0 == liner.says(*said)
    liner.hears("2 of 2 kept", "0 of 2 kept", "1 of 2 kept", "1 decision of 1 taken, in 1 document")
    liner.hears("So in the file copy.", "commit: ")
    assert 2 == liner.says("filter decided", "like", "each reject")
    liner.hears("[Russia]", "1 of 1 kept", "there are no findings")


def test_the_state_of_the_document_is_said_line_by_line(liner: Liner) -> None:
    """As A and W on the screen, through the same room."""
    assert 2 == liner.says("state", "state finished", "waiting", "state proofread Read through.", "state", "approve 01")
    liner.hears("draft", "is none of draft", "Nothing waits", "proofread, commit", "note: Read through.")


def test_a_line_that_means_nothing_is_told_and_the_session_goes_on(liner: Liner) -> None:
    """From a pipe the exit code says so at the end."""
    assert 2 == liner.says("frobnicate", "1 2 3", "keep x", "go nowhere", "status")
    liner.hears("“frobnicate” is no verb", "“help” lists them", "nothing to go to here", "19 of 19 open")


def test_undo_and_redo_line_by_line(liner: Liner) -> None:
    """As z and Z."""
    assert 0 == liner.says("t", "z", "Z", "z", "z")
    liner.hears("Taken back: stet", "Taken again: stet", "There is nothing to take back.")


def test_the_place_is_kept_until_the_next_session(liner: Liner) -> None:
    """Filter and place are as they were, also for the screen, which keeps them in the same file."""
    liner.says("filter WI301", "next", "next")
    liner.says("status")
    liner.hears("filter rule WI301", "3/7")


def test_going_to_a_finding_a_line_a_rule_a_decision_a_commit(liner: Liner) -> None:
    """One verb for all of them."""
    liner.says("filter CF101", "1", "write", "show all")
    commit = liner.editor.git("rev-parse", "HEAD").strip()
    ident = liner.editor.decision_files[0].stem
    assert 0 == liner.says("go 3", "go line 12", "go SP103", f"go {ident[:16]}", f"go {commit[:8]}")
    liner.hears("3/19", "line 12", "SP103", f"commit {commit}", "correct")
    assert 2 == liner.says("go zzz")


def test_reading_aloud_spells_what_is_heard_by_nobody(liner: Liner) -> None:
    """A group for each line that is read; figures digit by digit, signs and capitals by name."""
    assert 0 == liner.says("", "", "text", "back", "go 2", "all", option="--aloud")
    lines = liner.editor.out.splitlines()
    assert "all capitals SECRET new line" == lines[0]
    assert "capital N No stop four five six new line" == lines[1]
    assert "No. 456" == lines[2]
    assert lines[0] == lines[3]
    assert not [char for line in (*lines[:2], *lines[3:]) for char in line if char.isdigit()]


def test_a_witness_is_read_aloud_by_its_siglum(liner: Liner, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one who reads need not read the working text."""
    monkeypatch.setattr("sys.stdin", io.StringIO("all\n"))
    assert 0 == liner.editor.types("review", DOCUMENT, "--aloud", "--siglum", "B")
    liner.hears("four nine three comma four nine four and four nine five stop")
    assert 2 == liner.editor.types("review", DOCUMENT, "--aloud", "--siglum", "Z")
