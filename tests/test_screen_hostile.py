"""Texts that want more than to be read: nothing of them reaches the terminal as a command or is taken for markup."""

import ast
import io
import json
import random
import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from textual.color import Color

from obelos_history import Repository
from obelos_rules import Finding
from obelos_transcripts import Span, visible
from obelos_tui.cli import run
from obelos_tui.desk import Desk
from obelos_tui.fields import from_field, to_field
from obelos_tui.guard import Guard
from obelos_tui.keys import COLLATION, HISTORY, REVIEW
from obelos_tui.recipes import rules_of
from obelos_tui.shown import Item
from screen import HUGE, LARGE, SMALL, Editor, desk_of, edition_of, on_screen, opened
from small_edition import small_edition

CORPUS = {
    "markup": "[/] [b] [illegible] [sic] [1 page torn [@click=app.bell]press[/] [link=http://x]y[/link] $accent [/b",
    "controls": "".join(map(chr, range(32))).replace("\n", "") + "".join(map(chr, range(127, 160))),
    "clipboard": "\x1b]52;c;cm0gLXJm\x07 \x1b[2J\x1b[1;1HFAKE STATUS \x1b]0;title\x07 \x9b31m \x1bPq#0\x1b\\",
    "bidi": "left \u202eright\u202c \u2066isolate\u2069 \u200f\u061c",
    "invisible": "a\u200bb\u200cc\u200dd\ufeffe\u00adf\U000e0041g\u2060h\u2028i\u2029j",
    "marks": "z" + "\u0301" * 50 + " and more",
    "wide": "世界" * 60 + " 👩‍👩‍👧‍👦 ❤️ ﷺ",
    "right to left": "שלום עולם مرحبا بالعالم",
}
"""Made up for these tests."""

_HARMFUL = {"Cc", "Cs", "Zl", "Zp"}
_BIDI = {0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF}


def is_harmless(editor: Editor) -> bool:
    """Whether no control, bidi or surrogate code point stands on the screen, and every line has its width."""
    for line in editor.lines:
        bad = [char for char in line if unicodedata.category(char) in _HARMFUL or ord(char) in _BIDI]
        assert not bad, f"{bad} in {line!r}"
    strips = editor.app.screen._compositor.render_strips()
    assert {editor.app.size.width} == {strip.cell_length for strip in strips}
    return True


def texts_with(hostile: str) -> dict[str, str]:
    """A base text and a witness that differ where something hostile stands."""
    base = f"Alpha {hostile} beta.\n\nSecond paragraph, as a bane.\n"
    return {"base": base, "B": base.replace("Second", f"Second {hostile}").replace("bane", "base")}


EACH = [
    # One after another they are all in the last; each alone tells which it was.
    *(pytest.param(name, SMALL, marks=pytest.mark.long) for name in CORPUS),
    pytest.param("all", LARGE),
]


@pytest.mark.parametrize(("name", "size"), EACH)
@on_screen
async def test_hostile_text_is_shown_harmlessly_everywhere(tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    """In columns, panel, dialog, search, history and messages."""
    hostile = CORPUS.get(name) or " ".join(CORPUS.values())
    edition = edition_of(tmp_path, {"note": texts_with(hostile)})
    async with opened(desk_of(edition, ()), "note", size) as editor:
        editor.sees("Alpha")
        assert is_harmless(editor)
        for keys in (
            ("right_square_bracket",),
            ("enter",),
            ("escape", "right_square_bracket"),
            ("1",),
            ("enter",),
            ("w",),
            ("enter",),
            ("h",),
            ("j",),
            ("V",),
            ("escape", "escape"),
            ("v",),
        ):
            await editor.presses(*keys)
            assert is_harmless(editor)
        assert 1 == len(editor.state.changed)


@pytest.mark.parametrize(("name", "size"), EACH)
@on_screen
async def test_hostile_witnesses_are_collated_harmlessly(tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    """In columns, heads, panel, lists, dialog and in full; what is taken is taken as it is."""
    hostile = CORPUS.get(name) or " ".join(CORPUS.values())
    texts = texts_with(hostile)
    texts |= {"[@click=app.bell]": texts["base"].replace("Alpha", hostile), "x\x1b]0;y\x07": "\n".join([hostile] * 3)}
    edition = edition_of(tmp_path, {"note": texts})
    async with opened(desk_of(edition, ()), "note", size) as editor:
        await editor.presses("C")
        editor.sees("variant 1 of")
        assert is_harmless(editor)
        for keys in (
            *(("n",),) * 3,
            ("l",),
            ("l",),
            ("space",),
            ("escape", "v"),
            ("escape", "f"),
            ("escape", "b"),
            ("1",),
            ("enter",),
            ("w",),
            ("enter",),
            ("v",),
            ("escape", "m"),
            ("ctrl+t",),
        ):
            await editor.presses(*keys)
            assert is_harmless(editor)
        assert 1 == len(editor.state.changed)


@pytest.mark.parametrize(("name", "size"), [("markup", SMALL), pytest.param("all", LARGE, marks=pytest.mark.long)])
@on_screen
async def test_hostile_text_is_harmless_in_every_view_beside_the_review(
    tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    """Filter, concordance, words chosen, reading aloud, go to, rules, house rule, page image, characters."""
    hostile = CORPUS.get(name) or " ".join(CORPUS.values())
    texts = texts_with(hostile)
    texts = {**texts, "base": f"{texts['base']}{hostile}[1] alpha {hostile}\n\n[1] A note {hostile}\n"}
    edition = small_edition(tmp_path, {"note": texts, "other": texts})
    images = [one for one in (hostile, "p\x1b]0;y\x07.png", "[/]", "https://x.example/[@click=app.bell]") if one]
    details = edition.document("note").folder / "document.yaml"
    details.write_text(
        json.dumps({"images": [visible(one) for one in images], "title": visible(hostile)}, ensure_ascii=False), "utf-8"
    )
    async with opened(Desk(edition, Repository.open(edition.root), rules_of(edition)), "note", size) as editor:
        for keys in (
            ("full_stop",),
            ("f",),
            ("escape", "F", "m"),
            ("E",),
            ("enter",),
            ("escape", "a"),
            *((("escape",),) * 2),
            ("space",),
            *((("right",),) * 4),
            ("m",),
            ("enter",),
            ("escape", "escape", "p"),
            *((("space",),) * 6),
            ("v",),
            ("escape", "colon", "1"),
            ("escape", "L"),
            ("enter",),
            ("escape", "x"),
            ("escape", "H"),
            ("a", "l", "p", "h", "a"),
            ("escape", "escape", "i"),
            *((("n",),) * 4),
            ("escape", "t", "f2"),
            ("escape", "escape", "a"),
        ):
            await editor.presses(*keys)
            assert is_harmless(editor)
        editor.app.screen.query_one("#note").insert_text_at_cursor(hostile)  # type: ignore[attr-defined]
        await editor.presses("enter", "N", "t")
        assert is_harmless(editor)


def test_hostile_text_is_harmless_line_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plain review and the reading aloud print nothing but text and line ends."""
    hostile = " ".join(CORPUS.values())
    texts = texts_with(hostile)
    edition = small_edition(tmp_path, {"note": {**texts, "[@click=app.bell]": texts["base"]}})
    monkeypatch.chdir(edition.root)
    lines = "list\nshow\nread\naloud\n]\nversion\nlike\nchoose Alpha\nstretch\nstretch\nstretch\nshow\n"
    said = {
        "--plain": f"{lines}query {hostile}\nshow\nhistory\nw\nhistory\n{hostile}\ngo {hostile}\n",
        "--aloud": "all\n",
    }
    for option, spoken in said.items():
        monkeypatch.setattr("sys.stdin", io.StringIO(spoken))
        run(["review", "note", option])
        out, err = capsys.readouterr()
        assert "Alpha" in out
        bad = [c for c in (out + err).replace("\n", "") if unicodedata.category(c) in _HARMFUL or ord(c) in _BIDI]
        assert [] == bad


@on_screen
async def test_hostile_notes_are_shown_harmlessly(tmp_path: Path) -> None:
    """What was pasted into a note comes back in panel, write dialog and history as it was, and does nothing."""
    edition = edition_of(tmp_path, {"note": {"base": "alpha beta\n"}})
    desk = desk_of(edition, ())
    async with opened(desk, "note") as editor:
        await editor.clicks("#columns", 4, 0)
        item = editor.screen_of_review.item
        assert item
        await editor.presses("t")
        editor.app.screen.query_one("#note").insert_text_at_cursor("".join(CORPUS.values()))  # type: ignore[attr-defined]
        await editor.waits()
        assert is_harmless(editor)
        await editor.presses("enter")
        assert is_harmless(editor)
        await editor.presses("w")
        editor.sees("stet alpha")
        assert is_harmless(editor)
        await editor.presses("enter", "h", "j")
        assert is_harmless(editor)


@on_screen
async def test_brackets_are_text(tmp_path: Path) -> None:
    """An editor's insertion stands there as it was typed; nothing vanishes, nothing becomes a link."""
    edition = edition_of(tmp_path, {"note": {"base": "one [illegible] two [/] [@click=app.bell]three[/]\n"}})
    async with opened(desk_of(edition, ()), "note", HUGE) as editor:
        editor.sees("one [illegible] two [/] [@click=app.bell]three[/]")
        await editor.finds("[/] [@click")
        editor.sees("“[/] [@click”: match 1 of 1", "B" if editor.state.versions[0].siglum == "B" else "base")


@on_screen
async def test_hostile_names_of_witnesses_are_shown_harmlessly(tmp_path: Path) -> None:
    """A siglum is the name of a file, and a file may have any name."""
    names = {"base": "alpha\n", "[@click=app.bell]": "beta\n", "x\x1b]0;y\x07": "gamma\n"}
    edition = edition_of(tmp_path, {"note": names})
    async with opened(desk_of(edition, ()), "note", LARGE) as editor:
        for _ in names:
            await editor.presses("right_square_bracket", "enter")
            assert is_harmless(editor)
            await editor.presses("escape", "1")
            assert is_harmless(editor)
            await editor.presses("escape", "v")
        editor.sees("[@click=app.bell]")


@on_screen
async def test_a_hostile_rule_is_shown_harmlessly(tmp_path: Path) -> None:
    """Message, reason and name of a rule come from files, too."""
    hostile = "".join(CORPUS.values())
    edition = edition_of(tmp_path, {"note": {"base": "alpha beta\n"}})
    async with opened(desk_of(edition, ()), "note", LARGE) as editor:
        finding = Finding("[/]", hostile, "kind", "likely", "body", 0, 5, "alpha", (hostile,), hostile, hostile, "0")
        screen = editor.screen_of_review
        screen.take_in_hand(Item(Span(0, 5), finding, None, None, (hostile,), (("[B]", hostile),)), hostile)
        for key in ("u", "enter", "escape", "1"):
            await editor.presses(key)
            assert is_harmless(editor)


@pytest.mark.parametrize(
    "size", [(1, 1), (20, 5), *(pytest.param(large, marks=pytest.mark.long) for large in ((40, 12), (500, 200)))]
)
@on_screen
async def test_any_size_of_terminal_will_do(tmp_path: Path, size: tuple[int, int]) -> None:
    """Nothing breaks on a terminal too small to read or larger than any wall."""
    edition = edition_of(tmp_path, {"note": texts_with(CORPUS["wide"])})
    async with opened(desk_of(edition, ()), "note", size) as editor:
        await editor.presses("right_square_bracket", "1", "enter", "h", "escape", "question_mark")
        assert is_harmless(editor)
        await editor.presses("escape", "C", "n", "1", "escape", "v", "escape", "l", "question_mark")
        assert is_harmless(editor)


@on_screen
async def test_a_line_of_a_megabyte_is_shown(tmp_path: Path) -> None:
    """A text without a line end is wrapped like any other."""
    text = "word [/] \x1b[2J " * 70_000
    edition = edition_of(tmp_path, {"note": {"base": text}})
    async with opened(desk_of(edition, ()), "note") as editor:
        editor.sees("word [/] ␛[2J")
        await editor.presses("G", "pageup", "g")
        assert is_harmless(editor)
        await editor.presses("C", "n", "G", "pageup", "g")
        assert is_harmless(editor)


def test_no_widget_is_given_text_that_it_would_parse() -> None:
    """Whatever shows text is given content, or told not to look for markup."""
    package = Path(str(files("obelos_tui")))
    loose = [
        f"{path.name}:{call.lineno}"
        for path in package.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and _may_parse(call)
    ]
    assert [] == loose


def _may_parse(call: ast.Call) -> bool:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name not in ("Static", "Label", "Button", "notify", "OptionList", "DataTable", "Tree"):
        return False
    told = any(k.arg == "markup" and isinstance(k.value, ast.Constant) and not k.value.value for k in call.keywords)
    first = call.args[0] if call.args else None
    content = isinstance(first, ast.Call) and getattr(first.func, "id", "") == "Content"
    return not (told or content)


@on_screen
async def test_random_keys_lose_nothing(tmp_path: Path) -> None:
    """A hundred keys in any order, the same on every run: the screen stands and the text is proved."""
    keys = [key for command in (*REVIEW, *HISTORY) for key in command.keys if command.action != "app.quit"]
    keys += ["enter", "escape", "1", "tab", "right", "w", "z"] * 6
    edition = edition_of(tmp_path, {"note": texts_with(CORPUS["markup"])})
    async with opened(desk_of(edition, ()), "note") as editor:
        await editor.pilot.press(*random.Random(456).choices(keys, k=100))
        await editor.waits()
        assert is_harmless(editor)
        assert editor.app.review
        holds, lines = editor.app.review.verify()
        assert holds, lines


@pytest.mark.long
@on_screen
async def test_random_keys_at_the_collation_lose_nothing(tmp_path: Path) -> None:
    """As at the review: the table is without loss, and the text is proved."""
    keys = [key for command in COLLATION for key in command.keys if command.action != "app.quit"]
    keys += ["enter", "1", "2", "n", "l", "C", "tab", "w", "z"] * 6
    texts = texts_with(CORPUS["markup"])
    edition = edition_of(tmp_path, {"note": {**texts, "C": texts["B"].replace("Alpha", "alpha [/] ")}})
    async with opened(desk_of(edition, ()), "note") as editor:
        await editor.presses("C")
        for seed in (456, 457):
            await editor.pilot.press(*random.Random(seed).choices(keys, k=100))
            await editor.waits()
            assert is_harmless(editor)
        assert editor.app.review
        holds, lines = editor.app.review.verify()
        assert holds, lines


@given(st.text())
def test_the_guard_lets_nothing_through(text: str) -> None:
    """Whatever a widget draws, no control or bidi character is left, and the rest is untouched."""
    (segment,) = Guard().apply([Segment(text)], Color(0, 0, 0))
    assert not [c for c in segment.text if unicodedata.category(c) in ("Cc", "Cs") or ord(c) in _BIDI]
    assert [c for c in text if c.isprintable()] == [c for c in segment.text if c.isprintable() and c != "�"] or (
        "�" in segment.text
    )


@given(st.text() | st.text("\\nrtuU0e\n\u202e"))
def test_a_field_gives_back_what_was_put_into_it(text: str) -> None:
    """Escapes in a one-line field lose nothing and show everything."""
    shown = to_field(text)
    assert text == from_field(shown)
    assert visible(shown) == shown
