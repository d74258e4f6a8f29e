"""A person's own settings: theme and keys; a slip in them is told with its line, and keeps nobody from work."""

import json
import re
from pathlib import Path

import pytest

from editor import Editor
from obelos_transcripts import BadInput
from obelos_tui.app import ObelosApp
from obelos_tui.keymap import PRESETS, Keymap, made
from obelos_tui.keys import REVIEW
from obelos_tui.preferences import EXAMPLE, Preferences, preferences_file, preferences_here, read_preferences
from obelos_tui.themes import THEMES
from obelos_tui.views import VIEWS
from screen import Editor as Person
from screen import on_screen, sample_desk


def settings(text: str) -> Path:
    """The settings file of the made-up home, with this in it."""
    file = preferences_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def test_without_a_file_the_usual_settings_hold(editor: Editor) -> None:
    """The command says where a file would lie; the example it prints is one."""
    assert 0 == editor.types("config")
    editor.sees("config.yaml", "not there", "theme: dark")
    assert 0 == editor.types("config", "--example")
    assert EXAMPLE == editor.out
    assert Preferences() == read_preferences(settings(EXAMPLE))
    assert Preferences() == read_preferences(settings(""))


def test_every_problem_is_told_with_its_line(editor: Editor) -> None:
    """With what was meant; the exit code is that of bad input."""
    settings("theme: drak\nanimation: perhaps\ncolour: red\nkeys:\n  corect: x\n  review.stet: hyper+x\n")
    assert 2 == editor.types("config")
    told = editor.err
    for line, words in (
        (1, "“dark”"),
        (2, "true or false"),
        (3, "unknown key “colour”"),
        (5, "“correct”"),
        (6, "hyper+x"),
    ):
        assert re.search(rf"config\.yaml:{line}: .*{re.escape(words)}", told), (line, told)


def test_no_key_runs_two_commands(editor: Editor) -> None:
    """Both are named; the digits, ctrl+q and ctrl+p keep what they do."""
    settings("keys:\n  review.write: n\n")
    assert 2 == editor.types("config")
    editor.sees("config.yaml:2", "“Next”", "“Write”", "in the review")
    with pytest.raises(BadInput, match="always runs “All actions”"):
        read_preferences(settings("keys: {stet: ctrl+p}\n"))
    with pytest.raises(BadInput, match="digits"):
        read_preferences(settings("keys: {review.take: x}\n"))
    assert Preferences() != read_preferences(settings("keys: {review.write: n, review.next: w}\n"))


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_is_sound(preset: str) -> None:
    """It names commands that there are, and no key runs two of them."""
    complaints: list[str] = []
    keymap = made(preset, {}, lambda name, what: complaints.append(what))
    known = {
        f"{view}.{command.name.casefold().replace(' ', '-')}" for view, table in VIEWS.items() for command in table
    }

    assert [] == complaints
    assert set(PRESETS[preset]) <= known
    for table in VIEWS.values():
        keys = [key for command in keymap.commands(table) for key in command.keys]
        assert sorted(set(keys)) == sorted(keys)


def test_what_holds_is_told_as_data(editor: Editor) -> None:
    """Each command of each view with its keys."""
    settings("preset: plain\nkeys: {review.stet: [f7, T], explain: []}\n")
    assert 0 == editor.types("config", "--format", "json")
    told = json.loads(editor.out)
    assert ("obelos-config/1", "plain", ["f7", "T"]) == (told["format"], told["preset"], told["keys"]["review.stet"])
    assert [] == told["keys"]["review.explain"]
    assert "ctrl+s" in told["keys"]["review.write"]
    assert 0 == editor.types("config", "--keys")
    editor.sees("review.stet: F7, T  (changed)", "review.next: n", "review.take: 1-9")


def test_a_broken_file_keeps_nobody_from_work() -> None:
    """The usual settings hold, all of them, and the problem is there to be told."""
    settings("theme: light\npreset: plan\n")
    found, problem = preferences_here()
    assert Preferences() == found
    assert problem
    assert 2 == problem.problems[0].line


@on_screen
async def test_chosen_keys_hold_on_the_screen(tmp_path: Path) -> None:
    """Key, footer, list of keys and palette follow; the usual key does nothing any more."""
    preferences = read_preferences(settings("theme: contrast-light\nkeys: {review.next: f9, correct: f8}\n"))
    app = ObelosApp(sample_desk(tmp_path), "chungking-456", preferences)
    async with app.run_test(size=(100, 30)) as pilot:
        editor = Person(app, pilot)
        await editor.waits()
        count = len(editor.state.items)
        editor.sees(f"1/{count}  ", "F9 Next", "F8 Correct")
        await editor.presses("n")
        editor.sees(f"1/{count}  ")
        await editor.presses("f9")
        editor.sees(f"2/{count}  ")
        assert "Correct (F8)" in {command.title for command in app.get_system_commands(app.screen)}
        assert "obelos-contrast-light" == app.theme
        await editor.presses("ctrl+t")
        assert "obelos-contrast-dark" == app.theme
        await editor.presses("question_mark")
        editor.sees("F9  Next")
        if app.review:
            app.review.close()


@on_screen
async def test_the_notice_of_a_broken_file_is_no_dialog(tmp_path: Path) -> None:
    """It stands at the edge for a while; the review is there, and its keys work."""
    app = ObelosApp(sample_desk(tmp_path), "chungking-456", notice="config.yaml:1: [bold]x\x1b[31m")
    async with app.run_test(size=(120, 36)) as pilot:
        editor = Person(app, pilot)
        await editor.waits()
        (said,) = app._notifications
        assert "config.yaml:1: [bold]x␛[31m" == said.message
        editor.sees("working text")
        await editor.presses("n")
        editor.sees(f"2/{len(editor.state.items)}  ")
        if app.review:
            app.review.close()


@on_screen
async def test_the_first_day_begins_with_a_welcome_that_is_shown_once(tmp_path: Path, home: Path) -> None:
    """It tells the five dispositions with their keys; ? leads to it again."""
    from obelos_tui.welcome import was_welcomed

    (home / "state" / "obelos" / "welcomed").unlink()
    app = ObelosApp(sample_desk(tmp_path), "chungking-456", welcome=not was_welcomed())
    async with app.run_test(size=(80, 24)) as pilot:
        editor = Person(app, pilot)
        await editor.waits()
        editor.sees("Welcome", "c Correct", "e Emend", "t Stet", "r Reject", "a Ask", "Everything can be taken back.")
        assert not was_welcomed()
        await editor.presses("enter")
        editor.sees_no("Welcome")
        assert was_welcomed()
        await editor.presses("question_mark", "w")
        editor.sees("Welcome", "a Ask")
        if app.review:
            app.review.close()


@on_screen
async def test_without_colours_every_mark_can_still_be_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR the screen has greys alone, and the place at hand is reversed, findings underlined, signs there."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = ObelosApp(sample_desk(tmp_path), "chungking-456")
    async with app.run_test(size=(100, 30)) as pilot:
        editor = Person(app, pilot)
        await editor.waits()
        editor.sees("◐", "≠")
        styles = [
            segment.style for strip in app.screen._compositor.render_strips() for segment in strip if segment.style
        ]
        assert any(style.underline for style in styles)
        assert any(style.reverse for style in styles)
        if app.review:
            app.review.close()


def test_every_theme_has_a_name_that_can_be_chosen() -> None:
    """And a screen for each."""
    for scheme in THEMES:
        assert scheme == read_preferences(settings(f"theme: {scheme}\n")).theme
    assert REVIEW is Keymap().commands(REVIEW)
