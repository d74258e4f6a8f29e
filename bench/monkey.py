"""A monkey at the screens: random keys and sizes on every screen, no crash, nothing lost, ``verify`` green after.

``python bench/monkey.py [KEYS] [--seed N]``

The monkey works on the sample edition and a few made-up documents in a made-up home. What it does follows from the
seed, which is printed, so that a fall can be seen again. After every thousand keys the screens are left without a word
and opened again: each decision that stood there as taken must be on the disk, and every document must be proved.
"""

import argparse
import asyncio
import os
import random
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from textual.worker import WorkerCancelled

from obelos_history import DocumentHistory, Repository, verify
from obelos_rules import Rule, load_rules
from obelos_transcripts import Edition, Settings
from obelos_tui.app import ObelosApp
from obelos_tui.clock import now
from obelos_tui.demo import SAMPLE_EDITOR, make_sample
from obelos_tui.desk import Desk
from obelos_tui.views import VIEWS

SIZES = ((80, 24), (240, 60), (100, 30), (120, 45), (81, 25), (160, 50), (60, 18))
NOISE = (*"abcxyz ä’…", "tab", "shift+tab", "backspace", "enter", "escape", "up", "down", "left", "right", "ctrl+s")
LEAVING = {"q", "ctrl+q", "ctrl+c", "ctrl+z"}
LETTERS = {
    "letter-1": "Dear Sir,\nI recieved teh letter of the the 4th inst. He would the come.\n",
    "hostile": "A \x1b]0;title\x07 and [bold]markup[/] \u202eabc\u202c e\u0301\u0301\u0301 \u200b of [/] teh end.\n",
    "empty": "",
}
"""Made up."""


class Fall(AssertionError):
    """The monkey broke something."""


def keys_of_screens() -> list[str]:
    """Every key of every view, those that leave apart, and what a hand on the keyboard hits besides."""
    known = [key for table in VIEWS.values() for command in table for key in command.keys]
    return [*(key for key in known if key not in LEAVING), *NOISE]


def make_edition(folder: Path) -> Edition:
    """The sample edition with a few documents more."""
    edition = make_sample(folder)
    repository = Repository.open(folder)
    changes: dict[str, bytes | None] = {}
    for name, text in LETTERS.items():
        for stem in ("base", "text"):
            changes[f"transcripts/{name}/{stem}.txt"] = text.encode()
    repository.commit(changes, "Add letters\n", reviewed=dict.fromkeys(changes), person=SAMPLE_EDITOR, when=now())
    return edition


async def play(edition: Edition, rules: tuple[Rule, ...], chance: random.Random, keys: int) -> int:
    """One sitting of so many keys; how many decisions were pending when it ended."""
    app = ObelosApp(Desk(edition, Repository.open(edition.root), rules))
    able = keys_of_screens()
    async with app.run_test(size=chance.choice(SIZES)) as pilot:
        for number in range(keys):
            if number % 97 == 0:
                await pilot.resize_terminal(*chance.choice(SIZES))
            if chance.random() < 0.02:
                await pilot.click(offset=(chance.randrange(app.size.width), chance.randrange(app.size.height)))
            await pilot.press(chance.choice(able))
            if chance.random() < 0.1:
                await settle(app, pilot)
        await settle(app, pilot)
        pending = [decision.id for decision in app.review.state.pending] if app.review else []
        name = app.review.state.name if app.review else ""
        if app.review:
            app.review.close()
    if name:
        known = DocumentHistory(edition, Repository.open(edition.root), name)
        lost = set(pending) - {decision.id for decision in known.decisions}
        if lost:
            raise Fall(f"{len(lost)} decisions on {name} were lost: {sorted(lost)}")
    return len(pending)


async def settle(app: ObelosApp, pilot: object) -> None:
    """Until the workers are done and the screen is drawn."""
    busy = True
    while busy:
        with suppress(WorkerCancelled):  # who stops what is going on, or begins it anew, waits for what follows
            await app.workers.wait_for_complete()
        await pilot.pause()  # type: ignore[attr-defined]
        busy = any(not worker.is_finished for worker in app.workers)


def check(edition: Edition) -> int:
    """That every document is proved and git finds no fault; how many decisions there are."""
    repository = Repository.open(edition.root)
    decisions = 0
    for name in edition.names():
        verdict = verify(edition, repository, name)
        if not verdict.holds:
            raise Fall(f"{name} is not verified: {verdict}")
        decisions += len(DocumentHistory(edition, repository, name).decisions)
    return decisions


def run(folder: Path, keys: int, seed: int, *, at_once: int = 1000, told: bool = True) -> int:
    """Play so many keys; how many decisions there are in the end.

    Raises:
        Fall: Something was lost, or cannot be proved. Any other exception is a crash of the screens.
    """
    chance = random.Random(seed)
    edition = make_edition(folder)
    rules = load_rules(Settings().packs)
    begun, done, decisions = time.monotonic(), 0, 0
    while done < keys:
        some = min(at_once, keys - done)
        asyncio.run(play(edition, rules, chance, some))
        decisions = check(edition)
        done += some
        if told:
            rate = done / (time.monotonic() - begun)
            print(f"{done:,} keys, {decisions} decisions, verified · {rate:.0f} keys a second", flush=True)
    return decisions


def main() -> None:
    """Play, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("keys", type=int, nargs="?", default=100_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    asked = parser.parse_args()
    print(f"seed {asked.seed}")
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, GIT_CONFIG_NOSYSTEM="1", XDG_CACHE_HOME=f"{home}/cache")
        (Path(home) / ".gitconfig").write_text("[user]\n\tname = A Monkey\n\temail = monkey@example.org\n")
        run(Path(home) / "sample", asked.keys, asked.seed)


if __name__ == "__main__":
    main()
