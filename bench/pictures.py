"""The pictures of the README and the manual, made from the real application: ``make pictures``.

The tour walks through one job on the sample edition: a finding is met, decided with a note, written, seen in the
history, proved.
"""

import asyncio
import os
import re
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from obelos_history import Judgement, Repository
from obelos_rules import load_rules
from obelos_tui.app import ObelosApp
from obelos_tui.clock import now
from obelos_tui.demo import SAMPLE_EDITOR, make_sample
from obelos_tui.desk import Desk

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

Editor: Any = import_module("screen").Editor  # the one of the tests, not the script beside this one

FOLDER = Path(__file__).parent.parent / "docs" / "images"
SIZE = (100, 30)
WIDE = (132, 34)

TOUR: dict[str, tuple[str, ...]] = {
    "tour-1-met": (),
    "tour-2-decided": ("1", "type:The second keying reads base; so does the sense."),
    "tour-3-written": ("enter", "w"),
    "tour-4-history": ("enter", "h", "j"),
    "tour-5-proved": ("V",),
}
"""Each picture and the keys that lead to it from the one before; ``type:`` is followed by a text."""

OTHERS = {
    "nanking-212": (
        "From Nanking to Foreign Office",
        "I have recieved his reply. He would the consider it.\n",
    ),
    "moscow-1034": ("From Moscow", "There is no doubt of the the matter, and none of the outcome.\n"),
    "chungking-457": ("From Chungking", "The lines are held as a bane for further operations.\n"),
    "delhi-88": ("From New Delhi", "Nothing is known here.\n"),
}
"""Further documents for the desk, made up: title and text."""


async def take_tour(folder: Path) -> None:
    """One finding, from where it is met to its proof."""
    edition = make_sample(folder)
    app = ObelosApp(Desk(edition, Repository.open(folder), load_rules(edition.settings.packs)))
    async with app.run_test(size=SIZE) as pilot:
        editor = Editor(app, pilot)
        await editor.waits()
        await goes_to(editor, "bane")
        for name, keys in TOUR.items():
            for key in keys:
                if key.startswith("type:"):
                    await editor.types(key.removeprefix("type:"))
                else:
                    await editor.presses(key)
            save(app, name)
        app.review.close()  # type: ignore[union-attr]


async def take_versions(folder: Path) -> None:
    """The review as wide as it has a side panel, and the collation."""
    edition = make_sample(folder)
    app = ObelosApp(Desk(edition, Repository.open(folder), load_rules(edition.settings.packs)))
    async with app.run_test(size=WIDE) as pilot:
        editor = Editor(app, pilot)
        await editor.waits()
        await goes_to(editor, "bane")
        save(app, "review")
        await editor.presses("C", "s", "n", "n", "n")
        save(app, "collation")
        app.review.close()  # type: ignore[union-attr]


async def take_desk(folder: Path) -> None:
    """The welcome of the first day, and the desk of an edition with several documents."""
    edition = make_sample(folder)
    repository = Repository.open(folder)
    changes: dict[str, bytes | None] = {}
    for name, (title, text) in OTHERS.items():
        changes |= {f"transcripts/{name}/{stem}.txt": text.encode() for stem in ("base", "text")}
        changes[f"transcripts/{name}/document.yaml"] = f"title: {title}\n".encode()
    repository.commit(changes, "Add documents\n", reviewed=dict.fromkeys(changes), person=SAMPLE_EDITOR, when=now())
    desk = Desk(edition, repository, load_rules(edition.settings.packs))
    for name, judgement in (("nanking-212", Judgement("query", note="?")), ("moscow-1034", Judgement("reject"))):
        review = desk.open(name)
        review.decide(review.state.items[0], judgement)
        review.close()
    app = ObelosApp(desk, welcome=True)
    async with app.run_test(size=(100, 24)) as pilot:
        editor = Editor(app, pilot)
        await editor.waits()
        save(app, "welcome")
        await editor.presses("enter", "down", "s", "s")
        save(app, "desk")


async def goes_to(editor: Any, word: str) -> None:
    """Go on to the finding of a word."""
    text, items = editor.state.text, editor.state.items
    await editor.presses(*["n"] * next(n for n, item in enumerate(items) if text[slice(*item.span)] == word))


def save(app: ObelosApp, name: str) -> None:
    """Save what is on the screen."""
    picture = small(app.export_screenshot(title="obelos", simplify=True))
    (FOLDER / f"{name}.svg").write_text(picture, "utf-8")


def small(picture: str) -> str:
    """The same picture in fewer bytes, and the same bytes for the same screen."""
    picture = re.sub(r"terminal-\d+-", "t-", picture)
    # The reader's own fixed-width font will do: no picture of ours fetches anything.
    picture = re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL)
    # Each row is clipped to its place, though nothing stands outside it.
    picture = re.sub(r'<clipPath id="t-line-\d+">.*?</clipPath>\n?', "", picture, flags=re.DOTALL)
    picture = re.sub(r' clip-path="url\(#t-line-\d+\)"', "", picture)
    # Rows of nothing but spaces; their ground is drawn apart.
    picture = re.sub(r"<text [^>]*>(?:&#160;|\s)*</text>", "", picture)
    return re.sub(r"\n\s*\n+", "\n", picture.replace("&#160;", "\u00a0"))


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        # A made-up home, so that no person's name gets into a picture.
        os.environ.update(HOME=home, GIT_CONFIG_NOSYSTEM="1")
        asyncio.run(take_tour(Path(home) / "sample"))
        asyncio.run(take_versions(Path(home) / "versions"))
        asyncio.run(take_desk(Path(home) / "edition"))
