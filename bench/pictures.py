"""The pictures of the README, made from the real application on the sample edition: ``python bench/pictures.py``."""

import asyncio
import os
import re
import tempfile
from pathlib import Path

from obelos_history import Repository
from obelos_rules import load_rules
from obelos_tui.app import ObelosApp
from obelos_tui.demo import make_sample
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
            picture = app.export_screenshot(title="obelos")
            # The reader's own fixed-width font will do: no picture of ours fetches anything.
            (FOLDER / f"{name}.svg").write_text(re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL), "utf-8")


async def settle(app: ObelosApp, pilot: object) -> None:
    """Until the workers are done and the screen is drawn."""
    await app.workers.wait_for_complete()
    await pilot.pause()  # type: ignore[attr-defined]
    await app.workers.wait_for_complete()
    await pilot.pause()  # type: ignore[attr-defined]


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        # A made-up home, so that no person's name gets into a picture.
        os.environ.update(HOME=home, GIT_CONFIG_NOSYSTEM="1")
        asyncio.run(take(Path(home) / "sample"))
