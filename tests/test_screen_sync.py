"""Sharing with others from the screen: the same steps as the command, told as they are made."""

from pathlib import Path

from clones import LETTER, Clone, clone_of, found_edition, hub_of
from obelos_history.founding import add_texts
from obelos_tui.clock import now
from screen import SMALL, desk_of, on_screen, opened


def shared(tmp_path: Path) -> tuple[Clone, Clone]:
    """Two editors, the second of whom has something new for the first."""
    ada = found_edition(tmp_path / "ada")
    hub = hub_of(ada)
    ada.syncs()
    ben = clone_of(Clone(hub, ada.person), "ben")
    ben.decides("bane", "base")
    ben.syncs()
    return ada, ben


@on_screen
async def test_a_document_under_review_is_shared_and_read_again(tmp_path: Path) -> None:
    """What the other decided stands in the text afterwards, and what is not yet written is still there."""
    ada, _ = shared(tmp_path)
    ada.decides("Dairen", "Port Arthur", write=False)
    async with opened(desk_of(ada.edition), None, SMALL) as editor:
        await editor.presses("S")
        editor.sees("1 decision not yet written", "Fetching from origin", "letter: taken over", "Done.")
        await editor.presses("escape")
        editor.sees("base of operations")
        assert 1 == len(editor.pending)
        assert "" == editor.state.read_only


@on_screen
async def test_the_desk_shows_documents_that_came_in(tmp_path: Path) -> None:
    """A new document of another editor is there at once."""
    ada, ben = shared(tmp_path)
    add_texts(ada.edition, ada.repository(), [("mine", ada.root.parent / "ada-letter.txt")], None, ada.person, now())
    add_texts(ben.edition, ben.repository(), [("theirs", ada.root.parent / "ada-letter.txt")], None, ben.person, now())
    ben.syncs()
    async with opened(desk_of(ada.edition), None, SMALL) as editor:
        editor.sees_no("theirs")
        await editor.presses("S")
        editor.sees("Merged origin/main", "has your commits now")
        await editor.presses("escape")
        editor.sees("theirs", "mine", "letter")
    assert LETTER.replace("bane", "base") == ada.text()
    assert ada.verified_now()


@on_screen
async def test_a_sync_can_be_given_up_while_it_fetches(tmp_path: Path, home: Path) -> None:
    """The other side does not answer: esc ends it, and a second esc goes back."""
    ada, _ = shared(tmp_path)
    slow = home / "ssh"
    slow.write_text("#!/bin/sh\nexec sleep 600\n")
    slow.chmod(0o755)
    ada.git("config", "--global", "core.sshCommand", str(slow))
    ada.git("remote", "set-url", "origin", "ssh://nowhere.example.org/x.git")
    async with opened(desk_of(ada.edition), None, SMALL) as editor:
        await editor.pilot.press("S")
        await editor.pilot.press("escape")
        await editor.waits()
        editor.sees("Giving up", "It was stopped.")
        await editor.presses("escape")
        editor.sees_no("Giving up")
    assert ada.verified()
