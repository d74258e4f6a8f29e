"""The long proofs of reliability: what the tests try in a sample is tried here to the last call.

    python bench/soak.py [PART …] [--every N] [--folder FOLDER] [--figures FILE]

Parts, all by default: faults (at every call that changes a file, of every kind of commit), disk (full at thirty
levels, read-only), power (a power cut: ext4 on a loop device is shut down; needs root), writers (many at once, and a
person with plain git), sessions (editors killed while they decide), mutants (Obelos with a safeguard taken out: the
proofs must notice). ``--every N`` tries each N-th trial only. Ends with 1 if anything was wrong. The figures are
printed, and added to a file as JSON, one object a line.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))


@dataclass
class Soak:
    """One run: where it works, how thinly, and where the figures go."""

    folder: Path
    figures: Path
    every: int
    kinds: list[str]
    wrong: list[str] = field(default_factory=list)

    def tell(self, part: str, wrong: list[str], **figures: Any) -> None:
        """Print and keep the figures of a part, and what was wrong."""
        self.wrong += wrong
        row = {"part": part, **figures, "wrong": len(wrong)}
        print("  ".join(f"{key}={value}" for key, value in row.items()), flush=True)
        for one in wrong[:5]:
            print(f"    {one[:1500]}", flush=True)
        facts = {"when": f"{datetime.now(UTC):%Y-%m-%d %H:%M}", "git": _git_version(), "every": self.every}
        with self.figures.open("a") as file:
            file.write(json.dumps(row | facts | {"python": platform.python_version()}) + "\n")


def _git_version() -> str:
    return subprocess.run(["git", "version"], capture_output=True, text=True, check=True).stdout.split()[2]


def faults(soak: Soak) -> None:
    """A fault at every call of every kind of commit; every third kill is followed by a kill in recovery."""
    from fault_kinds import KINDS
    from fault_trials import Trials
    from faults import FAULTS, Nursery

    with Nursery(soak.folder / "nursery") as nursery:
        for name in [name for name in KINDS if not soak.kinds or name in soak.kinds]:
            trials = Trials(nursery, name)
            for fault in list(FAULTS)[1:]:
                calls = [call for call in trials.calls if call.can(fault)][:: soak.every]
                trials.outcomes = {}
                began, wrong = time.monotonic(), []
                for call in calls:
                    twice = call.number % 3 == 0 and "SIGKILL" in fault
                    wrong += trials(fault, call.number, second=1 + call.number * 7 % 60 if twice else 0)
                seconds = round(time.monotonic() - began)
                soak.tell(f"faults: {name}: {fault}", wrong, trials=len(calls), ended=trials.outcomes, seconds=seconds)


def disk(soak: Soak) -> None:
    """A disk with thirty levels of room left, and one that is read-only."""
    from disks import CannotMount, full_disk, read_only

    try:
        ended, wrong = full_disk(soak.folder / "full", range(0, 120, 4))
        soak.tell("disk: full at 30 levels (tmpfs)", wrong, **ended)
        said = read_only(soak.folder / "read-only")
        soak.tell("disk: read-only (tmpfs)", [] if "Read-only" in said else [said])
    except CannotMount as why:
        print(f"disk: not tried: {why}")


def power(soak: Soak) -> None:
    """Power cuts under an editor at work, on ext4."""
    from disks import CannotMount, power_cuts

    cuts = max(1, 60 // soak.every)
    try:
        (soak.folder / "power").mkdir()
        told, wrong = power_cuts(soak.folder / "power", cuts, seed=1)
        soak.tell("power: ext4 on a loop device", wrong, cuts=cuts, acknowledged=told)
    except CannotMount as why:
        print(f"power: not tried: {why}")


def writers(soak: Soak) -> None:
    """Many writers and a person with plain git on one clone."""
    from writers import write_together

    for count, each in ((8, 15), (16, 25)) if soak.every == 1 else ((8, 15),):
        began, wrong, by_hand = time.monotonic(), [], 0
        try:
            by_hand = write_together(soak.folder / f"writers-{count}", count, each)
        except AssertionError as error:
            wrong.append(str(error))
        seconds = round(time.monotonic() - began)
        soak.tell(f"writers: {count} × {each}", wrong, commits=count * each, by_hand=by_hand, seconds=seconds)


def sessions(soak: Soak) -> None:
    """Editors killed while they decide; told by hundreds."""
    from faults import Nursery
    from sessions import killed_sessions

    kills = max(1, 2000 // soak.every)
    with Nursery(soak.folder / "sessions") as nursery:
        for seed in range(1000, 1000 + kills, 100):
            found = killed_sessions(nursery, min(100, 1000 + kills - seed), seed)
            soak.tell(f"sessions from {seed}", found.wrong, kills=found.kills, acknowledged=found.told)


def mutants(soak: Soak) -> None:
    """Obelos with a safeguard taken out, each of which a test must notice."""
    from mutants import MUTANTS, survives

    for mutant in [m for m in MUTANTS if not soak.kinds or m.name in soak.kinds][:: soak.every]:
        wrong = survives(mutant, soak.folder / "mutants")
        soak.tell(f"mutants: {mutant.name}", wrong, proof=mutant.proof)


PARTS: dict[str, Callable[[Soak], None]] = {
    "faults": faults,
    "disk": disk,
    "power": power,
    "writers": writers,
    "sessions": sessions,
    "mutants": mutants,
}


def main() -> int:
    """Run the parts asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--every", type=int, default=1, help="try each N-th trial only")
    parser.add_argument("--kind", action="append", default=[], help="try this kind of commit, or mutant, only")
    parser.add_argument("--folder", type=Path, default=None, help="work here (by default in the system's own place)")
    parser.add_argument("--figures", type=Path, default=Path("soak.jsonl"), help="add the figures to this file")
    wanted = parser.parse_args()
    unknown = set(wanted.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}; the parts are {', '.join(PARTS)}")
    with tempfile.TemporaryDirectory(dir=wanted.folder, prefix="obelos-soak-") as made:
        folder = Path(made)
        _move_home(folder / "home")
        soak = Soak(folder, wanted.figures.absolute(), wanted.every, wanted.kind)
        for name in wanted.parts or PARTS:
            PARTS[name](soak)
    print(f"{len(soak.wrong)} wrong")
    return 1 if soak.wrong else 0


def _move_home(home: Path) -> None:
    """No setting of this machine reaches git, and nothing is written outside."""
    home.mkdir()
    for name in [n for n in os.environ if n.startswith(("GIT_", "XDG_"))]:
        del os.environ[name]
    os.environ |= {"HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0"}
    (home / ".gitconfig").write_text("[user]\n\tname = Ada Example\n\temail = ada@example.org\n")


if __name__ == "__main__":
    sys.exit(main())
