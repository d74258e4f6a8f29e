"""The first screen has the beginning of the texts, before anything is known of them."""

from pathlib import Path
from threading import Event

from obelos_tui.app import ObelosApp
from obelos_tui.desk import Desk
from obelos_tui.glimpse import glimpse, glimpse_of
from screen import SMALL, Editor, desk_of, edition_of, on_screen

HEADS = ("working text", "B witness B")


@on_screen
async def test_the_texts_are_there_while_the_edition_is_still_being_opened(tmp_path: Path) -> None:
    """Line beside line; then the review takes their place."""
    edition = edition_of(tmp_path, {"note": {"base": "It is a bane.\n" * 40, "B": "It is a base.\n" * 40}})
    may_go_on = Event()

    def opens_slowly() -> Desk:
        may_go_on.wait(60)
        return desk_of(edition, ())

    app = ObelosApp(opens_slowly, "note", glimpse=glimpse_of(edition, None))
    async with app.run_test(size=SMALL) as pilot:
        editor = Editor(app, pilot)
        try:
            await pilot.pause()
            editor.sees("opening", *HEADS, "It is a bane.", "It is a base.")
        finally:
            may_go_on.set()
        await editor.waits()
        editor.sees("note", "It is a bane.", "n Next")
        editor.sees_no("opening")
        assert app.review
        app.review.close()


def test_nothing_of_a_text_reaches_the_first_screen_as_a_control_character(tmp_path: Path) -> None:
    """Nor half a character where reading ended, nor more lines than a terminal has; a file that is none is blank."""
    (tmp_path / "odd.txt").write_bytes("\x1b]0;x\x07[/b]\u202e\r\n".encode() + "é".encode() * 40_000)
    shown = glimpse(HEADS, (tmp_path / "odd.txt", tmp_path / "missing.txt"))
    begun = "␛]0;x␇[/b]⇋␍\n"
    assert shown.texts[0].startswith(begun)
    assert {"é"} == set(shown.texts[0].removeprefix(begun))
    assert "" == shown.texts[1]
    (tmp_path / "long.txt").write_text("word\n" * 5_000)
    assert 80 == len(glimpse(HEADS, (tmp_path / "long.txt", tmp_path)).texts[0].split("\n"))


def test_an_edition_of_several_documents_has_no_text_to_begin_with(tmp_path: Path) -> None:
    """Its desk is shown; a name that is none is told by who opens it."""
    edition = edition_of(tmp_path, {"note": {"base": "A\n"}, "reply": {"base": "B\n"}})
    assert None is glimpse_of(edition, None)
    assert None is glimpse_of(edition, "nothing")
    reply = glimpse_of(edition, "reply")
    assert reply
    assert (("working text", "base text"), ("B\n", "B\n")) == (reply.heads, reply.texts)
