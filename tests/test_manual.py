"""The manual is true: its commands run, its pictures are there, its settings are sound, its keys are keys."""

import io
import re
import shlex
from contextlib import chdir
from pathlib import Path

import pytest

from editor import Editor
from obelos_tui.desk_list import IS, KEYS
from obelos_tui.preferences import read_preferences
from obelos_tui.views import VIEWS

FILE = Path(__file__).parent.parent / "docs" / "manual.md"
MANUAL = FILE.read_text("utf-8")
BLOCKS: list[str] = re.findall(r"```console\n(.*?)```", MANUAL, re.DOTALL)


def test_every_command_of_the_manual_runs(editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order in which it is written, in the sample; `# 1` is the exit code, and `>` what one says then."""
    own = tmp_path / "own"
    own.mkdir()
    for name in ("first-keying.txt", "second-keying.txt"):
        (own / name).write_text("A letter.\n")
    for block in BLOCKS:
        for typed in re.findall(r"^\$ .*(?:\n> .*)*", block, re.MULTILINE):
            line, *said = typed.splitlines()
            monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{each.removeprefix('> ')}\n" for each in said)))
            command, _, code = line.removeprefix("$ ").partition("  # ")
            words = shlex.split(command)
            with chdir(own if "obelos init" in block else editor.root):
                found = editor.types(*words[1:])
            expected = int(code) if code else 1 if words[1] == "check" else 0
            assert expected == found, (line, editor.out, editor.err)


def test_every_link_and_picture_of_the_manual_is_there() -> None:
    """Also the places in it that its own list leads to."""
    heads = re.findall(r"^##+ (.*)$", MANUAL, re.MULTILINE)
    places = {re.sub(r"[^a-z -]", "", head.lower()).replace(" ", "-") for head in heads}
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", MANUAL):
        if link.startswith("#"):
            assert link[1:] in places, link
        else:
            assert (FILE.parent / link).exists(), link


def test_the_settings_of_the_manual_are_sound(tmp_path: Path) -> None:
    """As they stand there."""
    (shown,) = re.findall(r"```yaml\n(theme:.*?)```", MANUAL, re.DOTALL)
    (tmp_path / "config.yaml").write_text(shown)
    assert "plain" == read_preferences(tmp_path / "config.yaml").preset


@pytest.mark.parametrize("words", [*(f"is:{one}" for one in IS), *(f"{key}:" for key in KEYS)])
def test_every_condition_of_the_desk_is_told(words: str) -> None:
    """A condition that nobody can find is none."""
    assert f"`{words}" in MANUAL


def test_every_key_of_the_manual_is_a_key() -> None:
    """Of some view, or one that works everywhere."""
    known = {command.shown for table in VIEWS.values() for command in table} | set("123456789") | {"enter", "tab", "F1"}
    named = set(re.findall(r"(?<!`)`([^`\s]|enter|tab|esc|F1)`(?!`)", MANUAL)) - set("█▓▒░●◐○*–…")
    assert {"n", "s", "esc", "?"} <= named
    assert named <= known
