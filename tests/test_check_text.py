"""What `check` prints for people: the caret stands under the words, whatever the line holds."""

import json
import os
import subprocess
import sys

import pytest
from rich.cells import cell_len

from check_world import World, world
from obelos_tui.reports.text import _suggested, pointed

__all__ = ["world"]


def under(line: str, words: str) -> str:
    """What stands above the carets, on a terminal where wide characters take two cells."""
    start = line.index(words)
    source, caret = pointed(line, start, len(words))
    above: list[str] = []
    cell = 0
    for char in source:
        if len(caret) - len(caret.lstrip(" ")) <= cell < len(caret) or (above and cell_len(char) == 0):
            above.append(char)
        cell += cell_len(char)
    return "".join(above)


@pytest.mark.parametrize(
    "line",
    [
        "a bane for extension",
        "bane at the start",
        "at the end a bane",
        "\tindented\tbane\tby tabs",
        "重慶來電 wide before bane and after 重慶",
        "cafe\u0301 de\u0301ja\u0300 vu bane",
        "an escape \x1b[31m and a bell \x07 before bane",
        "turned \u202e round \u2066 bane \u2069",
        "joined\u200b by\u200d nothing\ufeff bane",
        "x" * 500 + " bane " + "y" * 500,
        "é" * 500 + "e\u0301" * 60 + " bane " + "重" * 500,
    ],
)
def test_the_caret_stands_under_the_words(line: str) -> None:
    """Tabs, wide and combining characters, control and bidi characters, long lines."""
    assert "bane" == under(line, "bane")


@pytest.mark.parametrize("words", ["重慶", "e\u0301t", "a\tb", "x" * 2000])
def test_the_carets_are_as_wide_as_the_words(words: str) -> None:
    """A wide character takes two carets; of very long words beginning and end are shown."""
    source, caret = pointed(f"before {words} after", 7, len(words))

    assert caret.strip() == "^" * min(61, cell_len(words.replace("\t", "→")))
    assert cell_len(source) < 140


@pytest.mark.parametrize("line", ["", "x", "\x1b" * 10, "e\u0301" * 100, "\u202e" * 3])
def test_no_line_and_no_place_in_it_is_too_odd(line: str) -> None:
    """Findings of no length, at the end of a line, beyond it: a caret is shown, and no control character."""
    for start in range(len(line) + 2):
        source, caret = pointed(line, start, 0)
        assert "^" == caret.strip()
        assert source.isprintable() or "\u0301" in source


def test_findings_are_told_with_their_line_and_suggestion(world: World) -> None:
    """File, line, column, level, code, message, fingerprint; the line; the caret and the suggestion."""
    world.holds("letter", "We have recieved\r\nteh letter.\n")
    assert 1 == world.types("check", "--rules", "ZZZ-PA101")
    fingerprint = world.found("--rules", "ZZZ-PA101")[0]["fingerprint"][:8]
    world.types("check", "--rules", "ZZZ-PA101")

    assert [
        f"transcripts/letter/text.txt:2:1: likely ZZZ-PA101 “teh” where “the” may be meant  [{fingerprint}]",
        "     teh letter.",
        "     ^^^  the",
        "1 finding in 1 text",
    ] == world.out.splitlines()


@pytest.mark.parametrize(
    ("reading", "shown"),
    [("the", "the"), ("", "(leave out)"), (" ", "␣"), ("  a b ", "␣␣a b␣"), ("\x1b", "␛"), ("\u00a0", "°")],
)
def test_nothing_of_a_suggestion_is_out_of_sight(reading: str, shown: str) -> None:
    """Spaces at the edges and odd characters are shown by signs."""
    assert shown == _suggested(reading)


def test_no_control_character_reaches_the_terminal(world: World) -> None:
    """Neither from the text nor from the file's name."""
    (world.root / "a\x1b]0;owned\x07.txt").write_text("\x1b[31m teh \x9b31m end\u202e\n")
    world.types("check", "a\x1b]0;owned\x07.txt")

    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(world.out + world.err)
    world.sees("teh")


def test_the_frame_of_json_says_how_the_run_ended(world: World) -> None:
    """How many texts, whether all, what could not be read."""
    (world.root / "a.txt").write_bytes(b"one\n\xff")
    (world.root / "b.txt").write_text("teh end\n")
    assert 2 == world.types("check", "--format", "json", "a.txt", "b.txt")
    told = json.loads(world.out)

    assert ["teh"] == [finding["found"] for finding in told.pop("findings")]
    (problem,) = told.pop("problems")
    assert ("a.txt", 2) == (problem["file"], problem["line"])
    assert {"version": 1, "texts": 1, "complete": True, "answered": 0, "stale": 0} == told


def test_a_finding_of_standard_input_has_no_document(world: World) -> None:
    """`document` is null where a text is none of the edition's."""
    (world.root / "a.txt").write_text("teh end\n")

    assert [None] == [finding["document"] for finding in world.found("a.txt")]


def test_a_rule_is_explained_and_nothing_is_checked(world: World) -> None:
    """--explain prints what `rules show` prints; an unknown code gets a suggestion."""
    world.holds("letter", "teh end\n")
    assert 0 == world.types("check", "--explain", "ZZZ-PA101")
    explained = world.out
    world.types("rules", "show", "ZZZ-PA101")

    assert explained == world.out
    world.sees("teh-for-the", "A made-up rule of a test.", "made up for a test")
    assert 2 == world.types("check", "--explain", "ZZZ-PA109")
    world.sees("did you mean “ZZZ-PA10")


def test_rules_are_chosen_by_code_name_and_kind(world: World) -> None:
    """Older codes count too; what is none of these is refused with a suggestion."""
    world.holds("letter", "We have recieved teh letter.\n")

    assert ["teh"] == world.words("--rules", "ZZZ-PA101")
    assert ["teh"] == world.words("--rules", "teh-for-the")
    assert ["recieved"] == world.words("--rules", "ZZZ-PA002")
    assert ["recieved", "teh"] == world.words("--rules", "pattern")
    assert 2 == world.types("check", "--rules", "patern")
    world.sees("did you mean “pattern”")
    assert 2 == world.types("check", "--rules", " , ")


def test_packs_can_be_given_instead_of_those_of_the_edition(world: World) -> None:
    """Repeatedly; an unknown one is refused."""
    world.holds("letter", "We have recieved teh the the letter.\n")

    assert ["the the"] == world.words("--pack", "core", "--rules", "doubled-word")
    assert 2 == world.types("check", "--pack", "cor")
    world.sees("did you mean “core”")


def test_findings_inside_editorial_brackets_are_asked_for(world: World) -> None:
    """What an editor put in obeys other standards."""
    world.holds("letter", "The letter [of teh 4th] came.\n")

    assert [] == world.words()
    assert ["teh"] == world.words("--insertions")


def _elsewhere(world: World, output: int, **environment: str) -> subprocess.CompletedProcess[str]:
    """`check` in a process of its own, as a shell starts it."""
    (world.root / "letter.txt").write_text("teh end\n")
    return subprocess.run(
        [sys.executable, "-c", "from obelos_tui.cli import main; main()", "check", "letter.txt"],
        cwd=world.root,
        env={**os.environ, **environment},
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


def test_a_terminal_without_curled_quotes_shows_question_marks(world: World) -> None:
    """Older systems write Latin 1; the findings are told all the same."""
    done = _elsewhere(world, subprocess.PIPE, PYTHONIOENCODING="latin-1")

    assert (1, "") == (done.returncode, done.stderr)
    assert "?teh? where ?the? may be meant" in done.stdout


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a disk that is full is needed")
def test_a_full_disk_under_the_report_is_told_without_blame(world: World) -> None:
    """It is no fault of the program, nor of the text."""
    with open("/dev/full", "w") as full:
        done = _elsewhere(world, full.fileno())

    assert (2, "obelos: not everything could be written: No space left on device\n") == (done.returncode, done.stderr)
