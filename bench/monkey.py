"""A monkey at the screens: random keys and sizes on every screen, no crash, nothing lost, ``verify`` green after.

``python bench/monkey.py [KEYS] [--seed N] [--minutes M]``

A sitting is played on an edition of its own, in a made-up home: the sample, a document of three hundred decisions, and
a few short ones, hostile ones among them. Keys come as people send them: one or two and a look, a fast typist's burst,
a clipboard emptied into the window, faster than any screen can follow; sometimes the monkey waits until all is quiet,
sometimes it goes on at once. The application is left without a word every few hundred keys, at times while it is still
at work, and opened again at the desk or at some document. Then each decision that a screen said was taken, and did not
say was taken back, must be on the disk; no record that was written may have changed; and at the end of a sitting every
document must be proved and git must find no fault.

Sittings are numbered: ``--seed N`` begins with sitting N, so that a fall of that sitting is played again, as far
as the threads run the same way twice. A fall ends its sitting, not the others; all are told at the end.
"""

import argparse
import asyncio
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
import unicodedata
from collections import deque
from importlib import import_module
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.message import Message
from textual.pilot import Pilot

from obelos_history import Decision, DocumentHistory, Repository
from obelos_history.decision import parse
from obelos_history.verify import verify
from obelos_rules import Rule, load_rules
from obelos_transcripts import Edition, Settings, find_edition
from obelos_tui import facts
from obelos_tui.app import ObelosApp
from obelos_tui.clock import now
from obelos_tui.demo import DOCUMENT, SAMPLE_EDITOR, make_sample
from obelos_tui.desk import Desk
from obelos_tui.screens.concordance import PlacesDecided
from obelos_tui.views import VIEWS

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

Editor: Any = import_module("screen").Editor  # the one of the tests, not the script beside this one
Growing: Any = import_module("fast_history").Growing

SIZES = (*[(80, 24)] * 4, (100, 30), (120, 45), (81, 25), (160, 50), (240, 60), (60, 18))
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
HANDS = ((0.3, 1, 2), (0.4, 3, 20), (0.3, 20, 200))
"""How keys come, and how often: looking at each, typed fast, emptied from a clipboard; so many keys at once."""
DECIDED = 300
OPENED = (100, 800)
"""Keys from an opening of the application to the next."""
SITTING = 2000
"""Keys."""
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
MANY = "decided"
"""The document of many decisions."""


class Fall(AssertionError):
    """The monkey broke something."""


class Account:
    """What the screens said was decided, of a whole sitting.

    Attributes:
        keys: How many were pressed.
    """

    def __init__(self) -> None:
        self.keys = 0
        self.taken: dict[str, Decision] = {}
        self._heard: list[Message] = []

    def hear(self, message: Message) -> None:
        """Note what a message says; one message reaches several widgets."""
        if not isinstance(message, TOLD) or any(message is known for known in self._heard):
            return
        self._heard.append(message)
        if isinstance(message, facts.DecisionRecorded):
            self._take(message.decision)
        elif isinstance(message, PlacesDecided):
            self._take(*message.done.taken)
        elif isinstance(message, facts.DecisionRedone) or (
            isinstance(message, facts.WorkingTextDecided) and message.taken
        ):
            self._take(*message.decisions)
        elif isinstance(message, facts.DecisionUndone | facts.WorkingTextDecided):
            for decision in message.decisions:
                self.taken.pop(decision.id, None)

    def _take(self, *decisions: Decision) -> None:
        self.taken.update({decision.id: decision for decision in decisions})


TOLD = (
    facts.DecisionRecorded,
    facts.DecisionUndone,
    facts.DecisionRedone,
    facts.WorkingTextDecided,
    PlacesDecided,
)


def keys_of_screens() -> list[str]:
    """Every key of every view, those that leave apart, and what a hand on the keyboard hits besides."""
    known = [key for table in VIEWS.values() for command in table for key in command.keys]
    return list(dict.fromkeys([*(key for key in known if key not in LEAVING), *NOISE]))


def make_edition(folder: Path) -> Edition:
    """The sample edition with a few documents more."""
    edition = make_sample(folder)
    repository = Repository.open(folder)
    changes: dict[str, bytes | None] = {}
    for name, text in LETTERS.items():
        for stem in ("base", "text"):
            changes[f"transcripts/{name}/{stem}.txt"] = text.encode()
    changes["transcripts/hostile/B.txt"] = LETTERS["hostile"].replace("teh", "the \x1b[2J").encode()
    many = Growing(MANY, DECIDED + 100)
    changes |= many.added()
    for _ in range(DECIDED):
        changes |= many.corrected()
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
    send(app, events.Key(key, char))


def send(app: App[str], event: events.Event) -> None:
    """Hand an event to the application, as the terminal does."""
    assert app._driver
    app._driver.process_message(event)


def burst(chance: random.Random, able: list[str]) -> list[str]:
    """The keys that come next without a pause."""
    _, least, most = chance.choices(HANDS, [often for often, _, _ in HANDS])[0]
    wanted, keys = chance.randint(least, most), list[str]()
    while len(keys) < wanted:
        keys += chance.choice(MEANT) if chance.random() < 0.15 else [chance.choice(able)]
    return keys


async def play(edition: Edition, rules: tuple[Rule, ...], chance: random.Random, keys: int, account: Account) -> None:
    """Open the application, press so many keys, and leave it."""
    document = chance.choice([None, None, DOCUMENT, MANY, *LETTERS])
    app = ObelosApp(Desk(edition, Repository.open(edition.root), rules), document)
    able = keys_of_screens()
    last: deque[str] = deque([f"opened {document}"], maxlen=60)
    try:
        async with app.run_test(size=chance.choice(SIZES), message_hook=account.hear) as pilot:
            editor = Editor(app, pilot)
            pressed = 0
            while pressed < keys and app.is_running:
                await disturb(app, pilot, chance, last)
                some = burst(chance, able)
                last.append(" ".join(some))
                for key in some:
                    type_key(app, key)
                pressed += len(some)
                account.keys += len(some)
                if chance.random() < 0.7:
                    await editor.waits()
                else:
                    await asyncio.sleep(chance.choice([0, 0.01, 0.1]))
            if chance.random() < 0.7:  # otherwise it is left in the midst of its work
                await editor.waits()
            if not app.is_running:
                raise Fall(f"the application ended after {pressed} keys: {app.return_value!r} {app._exception!r}")
            app.exit()  # as a terminal that is closed asks it to; keys behind that are nobody's any more
            if app._task:
                await asyncio.wait([app._task])
    except BaseException as error:
        error.add_note("Last keys, a line for what came at once:\n" + "\n".join(last))
        raise
    finally:
        if app.review:
            app.review.close()


async def disturb(app: App[str], pilot: Pilot[str], chance: random.Random, last: deque[str]) -> None:
    """Now and then another size, a click, a text pasted."""
    if chance.random() < 0.1:
        size = chance.choice(SIZES)
        last.append(f"({size[0]} × {size[1]})")
        await pilot.resize_terminal(*size)
    if chance.random() < 0.1:
        offset = (chance.randrange(app.size.width), chance.randrange(app.size.height))
        last.append(f"(a click at {offset})")
        for kind in (events.MouseDown, events.MouseUp):
            send(app, kind(None, *offset, 0, 0, 1, False, False, False, *offset))
    if chance.random() < 0.03:
        name = chance.choice(list(LETTERS))
        last.append(f"({name} pasted)")
        send(app, events.Paste(LETTERS[name]))


def check_decisions(edition: Edition, account: Account) -> None:
    """That every decision is on the disk that a screen said was taken, and nobody took back.

    Who takes one back and leaves the screen at once is not told; the ledger says so.
    """
    repository = Repository.open(edition.root)
    for name in {decision.document for decision in account.taken.values()}:
        known = {decision.id for decision in DocumentHistory(edition, repository, name).decisions}
        wanted = {decision.id for decision in account.taken.values() if decision.document == name}
        if lost := wanted - known - taken_back(repository, name):
            raise Fall(f"{len(lost)} decisions on {name} were lost: {sorted(lost)}")


def taken_back(repository: Repository, name: str) -> set[str]:
    """Decisions that the ledger of a document holds as taken, then undone, and not done again."""
    file = Path(repository.own, "ledger", f"{name}.ledger")
    taken: list[str] = []
    undone: list[str] = []
    back: set[str] = set()
    for line in file.read_text("utf-8").splitlines() if file.exists() else ():
        record = json.loads(line.partition(" ")[2])
        if record["op"] == "take":
            taken.append(parse(record["decision"].encode(), name).id)
            undone.clear()
        elif record["op"] == "undo" and taken:
            undone.append(taken.pop())
            back.add(undone[-1])
        elif record["op"] == "redo" and undone:
            taken.append(undone.pop())
            back.discard(taken[-1])
        elif record["op"] in ("written", "drop"):
            taken = [ident for ident in taken if ident not in record["ids"]]
    return back


def check_records(edition: Edition, written: dict[Path, bytes]) -> None:
    """That no written record has changed.

    Args:
        written: The records that were there the last time; those that are there now are put in.
    """
    for path, data in written.items():
        if not path.exists() or path.read_bytes() != data:
            raise Fall(f"{path} was written once and is not what it was")
    written.update({path: path.read_bytes() for path in (edition.root / "history").rglob("*.yaml")})


def check_proof(edition: Edition) -> None:
    """That every document is proved, and git finds no fault."""
    repository = Repository.open(edition.root)
    for name in edition.names():
        verdict = verify(edition, repository, name)
        if not verdict.holds:
            raise Fall(f"{name} is not verified: {verdict}")
    fsck = subprocess.run(["git", "fsck", "--strict"], cwd=edition.root, capture_output=True, text=True, check=False)
    if fsck.returncode:
        raise Fall(f"git fsck: {fsck.stdout}{fsck.stderr}")


def sitting(made: Path, folder: Path, rules: tuple[Rule, ...], seed: int, keys: int, account: Account) -> int:
    """Play one sitting in a copy of an edition: how many records it has more in the end.

    Raises:
        Fall: Something was lost, or cannot be proved. Any other exception is a crash of the screens.
    """
    shutil.copytree(made, folder)
    chance = random.Random(seed)
    written: dict[Path, bytes] = {}
    edition = find_edition(folder)
    assert edition
    check_records(edition, written)
    before = len(written)
    while keys > 0:
        some = min(chance.randint(*OPENED), keys)
        asyncio.run(play(edition, rules, chance, some, account))
        edition = find_edition(folder)  # its settings may have been changed
        assert edition
        check_decisions(edition, account)
        check_records(edition, written)
        keys -= some
    check_proof(edition)
    return len(written) - before


def run(folder: Path, keys: int, first: int, *, minutes: float = 0, told: bool = True) -> list[int]:
    """Play so many keys, or so long; the sittings in which something broke.

    Args:
        first: Number of the first sitting.
        told: Whether it is printed what came of each; without it a fall is raised.
    """
    made = make_edition(folder / "made").root
    rules = load_rules([pack for pack in Settings().packs if pack != "context"])  # the slowest, and no matter here
    begun, done, seed = time.monotonic(), 0, first
    decisions = records = 0
    fallen: list[int] = []
    while done < keys and (not minutes or time.monotonic() - begun < minutes * 60):
        account, place = Account(), folder / f"sitting-{seed}"
        try:
            records += sitting(made, place, rules, seed, min(SITTING, keys - done), account)
        except Exception:
            if not told:
                raise
            fallen.append(seed)
            print(f"sitting {seed} fell: play it again with --seed {seed}\n{traceback.format_exc()}", flush=True)
        shutil.rmtree(place)
        done, seed, decisions = done + account.keys, seed + 1, decisions + len(account.taken)
        if told:
            rate = done / (time.monotonic() - begun)
            what = f"sitting {seed - 1}: {done:,} keys, {decisions} decisions, {records} records written"
            print(f"{what}, {len(fallen)} falls · {rate:.0f} keys a second", flush=True)
    return fallen


def main() -> None:
    """Play, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("keys", type=int, nargs="?", default=100_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6), help="the first sitting")
    parser.add_argument("--minutes", type=float, default=0, help="end after so many minutes")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, GIT_CONFIG_NOSYSTEM="1", XDG_CACHE_HOME=f"{home}/cache")
        (Path(home) / ".gitconfig").write_text("[user]\n\tname = A Monkey\n\temail = monkey@example.org\n")
        fallen = run(Path(home), asked.keys, asked.seed, minutes=asked.minutes)
    raise SystemExit(f"fallen: {', '.join(map(str, fallen))}" if fallen else 0)


if __name__ == "__main__":
    main()
