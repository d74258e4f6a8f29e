"""A monkey at the screens: random keys and sizes on every screen, no crash, nothing lost, ``verify`` green after.

``python bench/monkey.py [KEYS] [--seed N] [--minutes M]``

The monkey works on the sample edition and a few made-up documents, hostile ones among them, in a made-up home. Keys
come in bursts of one to twenty, faster than the screens can follow; between bursts it waits until all is quiet. The
application is left without a word and opened again every few hundred keys, at the desk or at some document. Then each
decision that stood there as taken must be on the disk, no record that was written may have changed, every document must
be proved, and git must find no fault. What it does follows from the seed, which is printed, so that a fall can be seen
again as far as the threads run the same way twice.
"""

import argparse
import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
import unicodedata
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import WaitForScreenTimeout

from obelos_history import (
    DocumentHistory,
    Repository,
)
from obelos_history.verify import verify
from obelos_rules import Rule, load_rules
from obelos_transcripts import Edition, Settings
from obelos_tui.app import ObelosApp
from obelos_tui.clock import now
from obelos_tui.demo import DOCUMENT, SAMPLE_EDITOR, make_sample
from obelos_tui.desk import Desk
from obelos_tui.views import VIEWS

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

Editor: Any = import_module("screen").Editor  # the one of the tests, not the script beside this one

SIZES = ((80, 24), (240, 60), (100, 30), (120, 45), (81, 25), (160, 50), (60, 18))
NOISE = (*"abcxyz ä’…", "tab", "shift+tab", "backspace", "enter", "escape", "up", "down", "left", "right", "ctrl+s")
LEAVING = {"q", "ctrl+q", "ctrl+c", "ctrl+z"}
MEANT = (
    ("1", "enter"),
    ("t", "enter"),
    ("r", "enter"),
    ("a", "w", "enter"),
    ("n", "n"),
    ("z",),
    ("Z",),
    ("w", "enter"),
)
"""What an editor means to do: without it, nearly nothing would ever be decided."""
MOST_AT_ONCE = 20
PATIENCE = 20
"""Half minutes."""
LETTERS = {
    "letter-1": "Dear Sir,\nI recieved teh letter of the the 4th inst. He would the come.\n",
    "hostile": "A \x1b]0;title\x07 and [bold]markup[/] \u202eabc\u202c e\u0301\u0301\u0301 \u200b of [/] teh end.\n",
    "marks": "[/] [b]{x}\\[ "
    + "e"
    + "\u0301" * 50
    + " 東京\U0001f469\u200d\U0001f4bb\x9b31m \t\x00 the the\r\nof of\u2028end",
    "long": "word and and word teh " * 300,
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
    changes["transcripts/hostile/B.txt"] = LETTERS["hostile"].replace("teh", "the \x1b[2J").encode()
    repository.commit(changes, "Add letters\n", reviewed=dict.fromkeys(changes), person=SAMPLE_EDITOR, when=now())
    return edition


def type_key(app: App[str], key: str) -> None:
    """Hand a key to the application, as the terminal does, and wait for nothing."""
    if len(key) == 1 and not key.isalnum():
        key = _character_to_key(key)
    try:
        char: str | None = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
    except KeyError:
        char = key if len(key) == 1 else None
    pressed = events.Key(key, char)
    pressed.set_sender(app)
    assert app._driver
    app._driver.send_message(pressed)


async def quiet(editor: Any) -> None:
    """Until nothing waits any more, however slow the machine is today.

    Raises:
        Fall: It does not come to rest.
    """
    for _ in range(PATIENCE):
        with suppress(WaitForScreenTimeout):
            await editor.waits()
            return
    raise Fall(f"no rest after {PATIENCE} half minutes:\n{editor.screen}")


async def play(edition: Edition, rules: tuple[Rule, ...], chance: random.Random, keys: int) -> int:
    """One sitting of so many keys; how many decisions were pending when it ended."""
    document = chance.choice([None, None, DOCUMENT, *LETTERS])
    app = ObelosApp(Desk(edition, Repository.open(edition.root), rules), document)
    able = keys_of_screens()
    async with app.run_test(size=chance.choice(SIZES)) as pilot:
        editor = Editor(app, pilot)
        await quiet(editor)
        pressed = 0
        while pressed < keys and app.is_running:
            if chance.random() < 0.1:
                await pilot.resize_terminal(*chance.choice(SIZES))
            if chance.random() < 0.1:
                await pilot.click(offset=(chance.randrange(app.size.width), chance.randrange(app.size.height)))
            burst: list[str] = []
            while len(burst) < chance.randint(1, MOST_AT_ONCE):
                burst += chance.choice(MEANT) if chance.random() < 0.15 else [chance.choice(able)]
            for key in burst:
                type_key(app, key)
            pressed += len(burst)
            await quiet(editor)
        if not app.is_running:
            raise Fall(f"the application ended after {pressed} keys: {app.return_value!r} {app._exception!r}")
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


def check(edition: Edition, written: dict[Path, bytes]) -> int:
    """That no written record has changed, every document is proved, git finds no fault; how many decisions there are.

    Args:
        written: The records that were there the last time; those that are there now are put in.
    """
    for path, data in written.items():
        if not path.exists() or path.read_bytes() != data:
            raise Fall(f"{path} was written once and is not what it was")
    written.update({path: path.read_bytes() for path in (edition.root / "history").rglob("*.yaml")})
    repository = Repository.open(edition.root)
    decisions = 0
    for name in edition.names():
        verdict = verify(edition, repository, name)
        if not verdict.holds:
            raise Fall(f"{name} is not verified: {verdict}")
        decisions += len(DocumentHistory(edition, repository, name).decisions)
    fsck = subprocess.run(["git", "fsck", "--strict"], cwd=edition.root, capture_output=True, text=True, check=False)
    if fsck.returncode:
        raise Fall(f"git fsck: {fsck.stdout}{fsck.stderr}")
    return decisions


def run(folder: Path, keys: int, seed: int, *, minutes: float = 0, told: bool = True) -> int:
    """Play so many keys, or so long; how many decisions there are in the end.

    Raises:
        Fall: Something was lost, or cannot be proved. Any other exception is a crash of the screens.
    """
    chance = random.Random(seed)
    edition = make_edition(folder)
    rules = load_rules([pack for pack in Settings().packs if pack != "context"])  # the slowest, and no matter here
    written: dict[Path, bytes] = {}
    begun, done, decisions, sittings = time.monotonic(), 0, 0, 0
    while done < keys and (not minutes or time.monotonic() - begun < minutes * 60):
        some = min(chance.randint(100, 1000), keys - done)
        asyncio.run(play(edition, rules, chance, some))
        decisions = check(edition, written)
        done, sittings = done + some, sittings + 1
        if told:
            rate = done / (time.monotonic() - begun)
            what = f"{done:,} keys in {sittings} sittings, {decisions} decisions, {len(written)} written, all proved"
            print(f"{what} · {rate:.0f} keys a second", flush=True)
    return decisions


def main() -> None:
    """Play, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("keys", type=int, nargs="?", default=100_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--minutes", type=float, default=0, help="end after so many minutes")
    asked = parser.parse_args()
    print(f"seed {asked.seed}")
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, GIT_CONFIG_NOSYSTEM="1", XDG_CACHE_HOME=f"{home}/cache")
        (Path(home) / ".gitconfig").write_text("[user]\n\tname = A Monkey\n\temail = monkey@example.org\n")
        run(Path(home) / "sample", asked.keys, asked.seed, minutes=asked.minutes)


if __name__ == "__main__":
    main()
