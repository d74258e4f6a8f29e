"""The pictures of the README, made from the real application on the sample edition: ``python bench/pictures.py``."""

import asyncio
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

from textual.worker import WorkerCancelled

from obelos_history import Judgement, Repository
from obelos_rules import load_rules
from obelos_tui.app import ObelosApp
from obelos_tui.clock import now
from obelos_tui.demo import SAMPLE_EDITOR, make_sample
from obelos_tui.desk import Desk

FOLDER = Path(__file__).parent.parent / "docs" / "images"
SIZE = (132, 38)

STATES: dict[str, tuple[str, ...]] = {
    "review": ("n",) * 6,
    "decision": ("1", *"Witness B reads base."),
    "write": ("enter", "w"),
    "history": ("enter", "h"),
    "proof": ("V",),
    "collation": ("escape", "escape", "C", "s", "n", "n", "n"),
    "light": ("escape", "ctrl+t"),
}
"""Each picture and the keys that lead to it from the one before."""

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


async def take(folder: Path) -> None:
    """Walk through the states and save a picture of each."""
    edition = make_sample(folder)
    app = ObelosApp(Desk(edition, Repository.open(folder), load_rules(edition.settings.packs)))
    async with app.run_test(size=SIZE) as pilot:
        for name, keys in STATES.items():
            await settle(app, pilot)
            for key in keys:
                await pilot.press({" ": "space", ".": "full_stop"}.get(key, key))
                await settle(app, pilot)
            save(app, name)


async def settle(app: ObelosApp, pilot: object) -> None:
    """Until the workers are done and the screen is drawn."""
    with suppress(WorkerCancelled):
        await app.workers.wait_for_complete()
    await pilot.pause()  # type: ignore[attr-defined]
    with suppress(WorkerCancelled):
        await app.workers.wait_for_complete()
    await pilot.pause()  # type: ignore[attr-defined]


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
    async with app.run_test(size=(110, 24)) as pilot:
        await settle(app, pilot)
        save(app, "welcome")
        for key in ("enter", "down", "s", "s"):
            await pilot.press(key)
            await settle(app, pilot)
        save(app, "desk")


def save(app: ObelosApp, name: str) -> None:
    """Save what is on the screen."""
    picture = app.export_screenshot(title="obelos")
    # The reader's own fixed-width font will do: no picture of ours fetches anything.
    (FOLDER / f"{name}.svg").write_text(re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL), "utf-8")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        # A made-up home, so that no person's name gets into a picture.
        os.environ.update(HOME=home, GIT_CONFIG_NOSYSTEM="1")
        asyncio.run(take(Path(home) / "sample"))
        asyncio.run(take_desk(Path(home) / "edition"))
