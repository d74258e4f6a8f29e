"""The whole job through a real terminal: open, decide, be killed, come back, write, look back, prove."""

from pathlib import Path

import pytest

from independent_verify import main as verify_independently
from obelos_tui.demo import DOCUMENT, make_sample
from terminal import Terminal


@pytest.mark.parametrize("size", [(80, 24), pytest.param((160, 45), marks=pytest.mark.long)])
def test_the_whole_job_in_a_terminal(tmp_path: Path, size: tuple[int, int]) -> None:
    """From `obelos demo` to the proof, with a kill -9 in between, as an editor would live it."""
    folder = tmp_path / "sample"
    columns, rows = size
    with Terminal(tmp_path, "demo", "sample", columns=columns, rows=rows) as screen:
        screen.sees("working text", "witness B", "stands twice in the list")
        screen.presses(*"nnnnnn")
        screen.sees("“bane” where the sense may want “base”")
        screen.presses("1")
        screen.sees("Correct “bane”", "before", "after")
        screen.presses(*"The other keying reads base.")
        screen.sees("The other keying reads base.")
        screen.presses("enter")
        screen.sees("1 decision not yet written")
        screen.kill()

    untouched = (folder / f"transcripts/{DOCUMENT}/text.txt").read_bytes()
    with Terminal(folder, columns=columns, rows=rows) as screen:
        screen.sees("1 decision not yet written")
        screen.presses("w")
        screen.sees("base for bane")
        screen.presses("enter")
        screen.sees("Written: commit")
        screen.presses("h")
        screen.sees("base for bane", "The other keying reads base.")
        screen.presses("V")
        screen.sees("✓ Verified", "base text + 1 decision = working text")
        screen.presses("ctrl+q")
        assert 0 == screen.ends()

    assert b"a bane for" in untouched
    assert b"a base for" in (folder / f"transcripts/{DOCUMENT}/text.txt").read_bytes()
    assert 0 == verify_independently(folder)


def test_a_transcript_full_of_escape_sequences_is_shown_harmlessly(tmp_path: Path) -> None:
    """E01: no byte of a hostile transcript reaches the terminal as a control sequence."""
    edition = make_sample(tmp_path / "sample")
    hostile = (
        "Dear Sir,\n\x1b]52;c;aGFja2Vk\x07 \x1b[2J\x1b[31mFAKE STATUS \x9b31m \u202egnp.exe\n"
        "[/] [@click=app.bell]x[/] bane for\n"
    )
    document = edition.root / "transcripts" / "evil"
    document.mkdir()
    for name in ("base.txt", "text.txt"):
        (document / name).write_bytes(hostile.encode())
    with Terminal(edition.root, "review", "evil", columns=160, rows=45) as screen:
        screen.sees("FAKE STATUS", "[@click=app.bell]x[/]", "␛]52;c;aGFja2Vk␇")
        for sequence in (b"\x1b]52;", b"\x1b[2J\x1b[31m", b"\x9b31m".decode("latin-1").encode(), "\u202e".encode()):
            assert sequence not in screen.raw


def test_a_file_changed_under_the_open_screen_is_noticed(tmp_path: Path) -> None:
    """A decision on a text that another program changed meanwhile is refused, and says what to do."""
    edition = make_sample(tmp_path / "sample")
    text = edition.document(DOCUMENT).working
    with Terminal(edition.root, columns=160, rows=45) as screen:
        screen.sees("stands twice in the list")
        changed = text.read_bytes().replace(b"Outer Mongolia", b"Inner Mongolia")
        text.write_bytes(changed)
        screen.presses(*"nnnnnn")
        screen.sees("“bane” where the sense may want “base”")
        screen.presses("1")
        screen.sees("Correct “bane”")
        screen.presses("enter")
        screen.sees("no decision explains", "obelos verify")

    assert changed == text.read_bytes()


def test_loose_files_are_shown_side_by_side_and_nothing_is_recorded(tmp_path: Path) -> None:
    """Outside an edition two files can be looked at; deciding is refused and the way to an edition told."""
    (tmp_path / "one.txt").write_text("They would hold it as a bane for operations in the north.\n")
    (tmp_path / "two.txt").write_text("They would hold it as a base for operations in the north.\n")
    with Terminal(tmp_path, "review", "one.txt", "two.txt", columns=160, rows=45) as screen:
        screen.sees("as a bane for", "as a base for", "where the sense may want", "obelos init")
        screen.presses("r", "enter")
        screen.sees("nothing can be recorded")
        screen.presses("esc", "ctrl+q")
        assert 0 == screen.ends()

    assert ["one.txt", "two.txt"] == sorted(path.name for path in tmp_path.iterdir())


def test_the_demonstration_opens_a_sample_made_before(tmp_path: Path) -> None:
    """`obelos demo DIR` a second time opens what is there, with what was decided."""
    make_sample(tmp_path / "sample")
    with Terminal(tmp_path, "demo", "sample") as screen:
        screen.sees("working text", "stands twice in the list")
        screen.presses("ctrl+q")
        screen.sees("Open it again")
        assert 0 == screen.ends()
