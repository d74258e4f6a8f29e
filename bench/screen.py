"""The screens beside an empty Textual application: first screen, all of it, key to repaint, memory.

``python bench/screen.py [--runs N] [--most DOCUMENTS] [--only WORD] [--in FOLDER]`` (Linux: reads /proc)

Each measurement is a fresh process in a pseudo-terminal of 120 × 40. Texts and editions are made up. ``first`` is from
the start of the process to the first words on the screen (of a review: to the beginning of both texts), ``all`` to the
documents of the desk, or until the review can be worked in; ``cpu`` is the process's own time up to that moment, which
other programs on the machine change less, and ``cpu aside`` that of the processes which look for the findings of a long
text. ``key`` is from a key written to the last byte of the repaint, the median of
twenty, its ``cpu`` the mean. Ratios are to the empty application of the same run. With ``--in`` the
editions are kept in that folder, and found there the next time: a hundred thousand documents take minutes to make.
"""

import argparse
import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("An empty application")
    def on_key(self, event):
        self.query_one(Static).update(f"An empty application: {event.key} {id(event)}")
Empty().run()
"""
OBELOS = "from obelos_tui.cli import main; main()"
_TICKS = os.sysconf("SC_CLK_TCK")
_CODES = re.compile(rb"\x1b\[[0-9;?<>]*\$?[a-zA-Z]|\x1b\][^\x07]*\x07")
KEYS = (b"\x1b[6~", b"\x1b[B") * 10
"""Page down and down, in turn."""


@dataclass
class Seen:
    """What one process needed: milliseconds, and megabytes."""

    first: float
    first_cpu: float
    all: float
    all_cpu: float
    key: float
    key_cpu: float
    memory: float
    aside: float = 0
    """Processor time of other processes that were begun, where they were waited for."""


class Run:
    """A process in a pseudo-terminal."""

    def __init__(self, program: str, arguments: list[str], folder: Path, home: Path) -> None:
        # As it is installed: with its modules compiled, and no setting of the machine's.
        around = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "PYTHON", "COLUMNS", "LINES"))}
        around |= {"HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        self._begun = time.perf_counter()
        self.pid, self._handle = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
            os.execve(sys.executable, [sys.executable, "-c", program, *arguments], around)  # noqa: S606
        self._got = b""

    def until(self, wanted: bytes | None) -> tuple[float, float]:
        """Milliseconds, and those of processor time, until some words are there; None: any words."""
        while True:
            words = _CODES.sub(b"", self._got).strip()
            if (wanted is None and words) or (wanted and wanted in words):
                return (time.perf_counter() - self._begun) * 1000, self.cpu()
            if not self._read(120):
                raise SystemExit(f"{wanted!r} never came; there is:\n{words[-2000:].decode(errors='replace')}")

    def alone(self) -> float:
        """Milliseconds of processor time of the processes begun by this one, when all have ended."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").parent.parent
        while any(path.read_text().strip() for path in children.glob("*/children")):
            self._read(0.2)
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[13]) + int(fields[14])) * 1000 / _TICKS

    def settle(self) -> None:
        """Until nothing has been drawn for a second, and next to nothing worked out."""
        before = -1000.0
        while self._read(1.0) or self.cpu() - before > 50:
            before = self.cpu()

    def key(self, key: bytes) -> float:
        """Milliseconds from a key to the last byte of the repaint."""
        begun = last = time.perf_counter()
        os.write(self._handle, key)
        patience = 1.0
        while self._read(patience):
            last, patience = time.perf_counter(), 0.06
        return (last - begun) * 1000

    def memory(self) -> float:
        """Megabytes in use."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def end(self) -> None:
        """Kill it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._handle)

    def _read(self, seconds: float) -> bool:
        if not select.select([self._handle], [], [], seconds)[0]:
            return False
        try:
            self._got = (self._got + os.read(self._handle, 65536))[-400_000:]
        except OSError:
            return False
        return True

    def cpu(self) -> float:
        """Milliseconds of processor time until now."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / _TICKS


def measure(
    program: str,
    arguments: list[str],
    folder: Path,
    home: Path,
    wanted: bytes,
    first: bytes | None = None,
    *,
    keys_meanwhile: bool = False,
) -> Seen:
    """One process from its start to its twentieth key.

    Args:
        first: Words of the first screen, None for any.
        keys_meanwhile: Keys are pressed while other processes are at work for it; without it, when all is quiet.
    """
    run = Run(program, arguments, folder, home)
    try:
        begun, begun_cpu = run.until(first)
        there, there_cpu = run.until(wanted)
        if not keys_meanwhile:
            run.alone()
        run.settle()
        run.key(b"\x1b")  # what a review says on opening is put away
        before = run.cpu()
        keys = statistics.median(run.key(key) for key in KEYS)
        each = (run.cpu() - before) / len(KEYS)
        return Seen(begun, begun_cpu, there, there_cpu, keys, each, run.memory(), run.alone())
    finally:
        run.end()


def edition(folder: Path, documents: int) -> Path:
    """A made-up edition of so many short letters; made once in a folder."""
    if folder.exists():
        return folder
    folder.mkdir(parents=True)
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)
    (folder / "edition.yaml").write_text("title: A made-up edition\npacks: [core]\n")
    for number in range(documents):
        letter = folder / "transcripts" / f"letter-{number:06}"
        letter.mkdir(parents=True)
        # A thousand texts, again and again: what the rules find in the same text is known, and looking at a hundred
        # thousand of them for the first time takes minutes rather than half an hour.
        text = f"No. {number % 1000}\n\nThe present lines are held as a bane for extension, and nothing is new.\n"
        for name in ("base.txt", "text.txt"):
            (letter / name).write_text(text)
    return folder


SENTENCES = (
    "The Minister said that he knew nothing of the matter, and would ask his staff for a report.",
    "Mr. Brown replied that the papers had been sent by air in the first week of the month.",
    "It was agreed that the talks should be taken up again when both sides had heard from home.",
    "Two of the seven ships left the port before the order came, and could not be stopped.",
    "He had been told by his friends that the harvest was better than that of any year since the war.",
)
"""Made up; no rule has anything to say to them."""


def lines(folder: Path, number: int) -> Path:
    """Two made-up keyings of a text of so many lines: they differ in every fortieth, every 500th has a finding."""
    if folder.exists():
        return folder
    folder.mkdir(parents=True)
    text = [f"{n} {SENTENCES[n % len(SENTENCES)]}" for n in range(number)]
    text[20::500] = [f"{n} It may serve as a bane for extension." for n in range(20, number, 500)]
    (folder / "a.txt").write_text("\n".join(text) + "\n")
    other = [line.replace("The Minister", "The minister") if n % 40 == 5 else line for n, line in enumerate(text)]
    (folder / "b.txt").write_text("\n".join(other) + "\n")
    return folder


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--most", type=int, default=100_000)
    parser.add_argument("--only", default="", help="measure only the cases that have this in their names")
    parser.add_argument("--in", dest="place", type=Path, help="keep the editions here, and use them again")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        place = asked.place.resolve() if asked.place else Path(passing)
        found: dict[str, list[Seen]] = {}
        cases = cases_in(place, asked.most, asked.only)
        for number in range(asked.runs):
            for name, run in cases.items():
                found.setdefault(name, []).append(run())
                print(f"{number + 1} of {asked.runs}: {name}", file=sys.stderr)
    print(f"load of the machine at the end: {os.getloadavg()[0]:.1f} of {os.cpu_count()} processors\n")
    table(found)


def cases_in(place: Path, most: int, only: str) -> dict[str, Callable[[], Seen]]:
    """What is to be measured, the empty application first."""
    home = place / "home"
    (home / ".local" / "state" / "obelos").mkdir(parents=True, exist_ok=True)
    (home / ".local" / "state" / "obelos" / "welcomed").touch()
    cases = {"empty application": lambda: measure(EMPTY, [], home, home, b"An empty application")}
    for size in sorted({2, 1000, most}):
        name = f"desk, {size:,} documents"
        if only in name:
            cases[name] = partial(desk, place / f"edition-{size}", home)
            warm = [sys.executable, "-c", OBELOS, "documents", "--find", "nothing-of-the-kind"]
            folder = edition(place / f"edition-{size}", size)
            subprocess.run(warm, cwd=folder, env={**os.environ, "HOME": str(home)}, check=True, capture_output=True)
    for size in sorted({1000, most}):
        for meanwhile in (False, True)[: 1 + (size == most)]:
            name = f"review, {size:,} lines side by side{', findings coming' * meanwhile}"
            if only in name:
                cases[name] = partial(review, lines(place / f"lines-{size}", size), home, meanwhile)
    return cases


def desk(folder: Path, home: Path) -> Seen:
    """The desk of an edition that has been looked at before."""
    return measure(OBELOS, [], folder, home, b"letter-000000")


def review(folder: Path, home: Path, meanwhile: bool) -> Seen:
    """Two files side by side; ``meanwhile``: keys are pressed while findings are still coming."""
    given = ["review", "a.txt", "b.txt"]
    return measure(OBELOS, given, folder, home, b"read-only", b"0 The Minister", keys_meanwhile=meanwhile)


def table(found: dict[str, list[Seen]]) -> None:
    """Medians, and ratios to the first row."""

    def middle(runs: list[Seen], name: str) -> float:
        return float(statistics.median(getattr(run, name) for run in runs))

    names = ("first", "first_cpu", "all", "all_cpu", "key", "key_cpu", "memory")
    base = next(iter(found.values()))
    print("| | first | cpu | all | cpu | key | cpu | MB | cpu aside |\n|---|---|---|---|---|---|---|---|---|")
    for name, runs in found.items():
        cells = [f"{middle(runs, key):.0f} (× {middle(runs, key) / middle(base, key):.1f})" for key in names]
        cells.append(f"{middle(runs, 'aside'):.0f}")
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
