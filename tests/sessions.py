"""Editors who are killed while they decide: at a call of their own or of git's, chosen at random, again and again."""

import random
import shutil
from dataclasses import dataclass

from fault_kinds import session_edition
from faults import Nursery
from gitworld import World

_UNTIL_FRESH = 25


@dataclass
class Sessions:
    """What happened in some sessions.

    Attributes:
        kills: How many were killed.
        told: How many decisions, undos, redos and writings were acknowledged.
        wrong: What was lost, or stood there unasked.
    """

    kills: int
    told: int
    wrong: list[str]


def killed_sessions(nursery: Nursery, kills: int, seed: int) -> Sessions:
    """Kill so many sessions; after each the next start must find what was acknowledged, and a sound repository."""
    choose = random.Random(seed)
    place = nursery.folder / "trial"
    sessions = Sessions(0, 0, [])
    world = World(place / "w")
    for number in range(kills):
        if number % _UNTIL_FRESH == 0:
            shutil.rmtree(place, ignore_errors=True)
            (place / "tmp").mkdir(parents=True)
            world = session_edition(place)
        at = choose.choice((choose.randrange(1, 40), choose.randrange(1, 200)))
        outcome = nursery.does(["session", str(world.root), str(seed + number)], place, "SIGKILL", at)
        kept = nursery.does(["session kept", str(world.root), outcome.said], place)
        wrong = [kept.said] if kept.status else []
        wrong += [f"ended with {outcome.status}: {outcome.said[-500:]}"] if outcome.status != -9 else []
        said = world.git("fsck", "--full", "--strict", "--no-dangling", check=False)
        sessions.wrong += [
            f"session {seed + number}, killed at {at}: {one}" for one in (*wrong, *([said] if said else []))
        ]
        sessions.kills += 1
        sessions.told += outcome.said.count("!")
    return sessions
