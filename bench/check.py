"""`obelos check` beside codespell, typos, proselint and aspell: whole processes, in one run, as ratios.

    python bench/check.py [--text FILE] [--bin FOLDER] [--runs 5] [--large]

Makes folders of files of 15 kB each, 1 MB and 10 MB (100 MB with --large), of the paragraphs of FILE (plain or .gz,
one paragraph a line; every seventh) or, without it, of the documentation strings of Python's library, shuffled.
Each figure is the median CPU time (user + system, child processes included) of so many runs, the programs taking
turns; memory is the largest of a program's processes. Obelos runs with all its packs, and without `context`, whose
model takes as long as all other rules. Peers that are not on the PATH or in --bin are left out, and
it says so: pip install codespell typos proselint; aspell comes with the system.
"""

import argparse
import ast
import gzip
import os
import random
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import Process
from pathlib import Path

FILE = 15_000
EVIL = """\
rules:
  - code: EVIL-PA101
    name: evil
    kind: pattern
    level: likely
    message: "evil"
    why: A pattern that takes exponential time in engines that backtrack.
    authority: this benchmark
    pattern: '(a+)+b$'
    examples:
      flag: [{text: "aab", at: aab}]
      pass: ["x"]
"""


@dataclass(frozen=True)
class Run:
    """One run of a program: CPU seconds, largest memory in MB, exit code, lines printed."""

    cpu: float
    memory: float
    code: int
    lines: int


def run(command: Sequence[str], home: Path) -> Run:
    """Run a program with its output in a file; what it costs is asked of the system."""
    with tempfile.TemporaryFile() as out:
        # Python's own settings would hold for some programs only: one of them keeps modules from being kept compiled.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        environment |= {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "NO_COLOR": "1"}
        to_null = os.open(os.devnull, os.O_RDWR)
        actions = [(os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, to_null, 0)]
        program = shutil.which(command[0]) or command[0]
        child = os.posix_spawn(program, list(command), environment, file_actions=actions)
        _, status, usage = os.wait4(child, 0)
        os.close(to_null)
        out.seek(0)
        lines = out.read().count(b"\n")
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status), lines)


def median(commands: dict[str, Sequence[str]], home: Path, times: int, fresh: bool = True) -> dict[str, Run]:
    """The median run of each program; they take turns. ``fresh``: nothing is kept from the run before."""
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for command in commands.values():
        run(command, home)  # once for nothing: the first run reads from the disk
    for _ in range(times):
        for name, command in commands.items():
            if fresh:
                (home / "cache" / "obelos" / "findings.db").unlink(missing_ok=True)
            found[name].append(run(command, home))
    return {name: sorted(runs, key=lambda one: one.cpu)[len(runs) // 2] for name, runs in found.items()}


def paragraphs(file: str | None) -> list[str]:
    """What the corpus is made of."""
    if file:
        with gzip.open(file, "rt", "utf-8") if file.endswith(".gz") else Path(file).open(encoding="utf-8") as opened:
            return [line for number, line in enumerate(opened) if number % 7 == 0 and line.strip()]
    found = []
    for module in sorted(Path(os.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                text = ast.get_docstring(node) or ""
                found += [" ".join(part.split()) + "\n" for part in text.split("\n\n") if len(part.split()) > 8]
    return found


def corpus(folder: Path, lines: list[str], size: int) -> Path:
    """A folder of text files of so many bytes."""
    chance = random.Random(size)
    made = number = 0
    folder.mkdir()
    order = list(lines)
    while made < size:
        if number % 50 == 0:
            chance.shuffle(order)
            at = 0
        text = ""
        while len(text) < FILE:
            text += order[at % len(order)] + "\n"
            at += 1
        (folder / f"d{number:05}.txt").write_text(text, encoding="utf-8")
        made += len(text)
        number += 1
    return folder


def prepare(place: str, text: str | None, large: bool) -> None:
    """Make the folders, and note how many rules there are."""
    from obelos_rules import load_rules, shipped_packs

    Path(place, "packs").write_text(" ".join(shipped_packs()))
    Path(place, "rules").write_text(f"{len(load_rules(shipped_packs()))} rules in {len(shipped_packs())} packs")
    lines = paragraphs(text)
    sizes = {"short": 1, "1mb": 1_000_000, "10mb": 10_000_000} | ({"100mb": 100_000_000} if large else {})
    for name, size in sizes.items():
        corpus(Path(place, name), lines, size)


def peers(folder: str | None) -> dict[str, list[str]]:
    """The programs that are here, and how each is told to look at a folder (``{}``)."""
    path = os.pathsep.join(filter(None, [folder, os.environ["PATH"]]))
    os.environ["PATH"] = path
    known = {
        "codespell": ["codespell", "{}"],
        "typos": ["typos", "--threads", "1", "--format", "brief", "{}"],
        "proselint": ["proselint", "check", "{}"],
        "aspell": ["sh", "-c", "cat {}/*.txt | aspell --lang=en list"],
    }
    for name in list(known):
        if not shutil.which(name):
            print(f"({name} is not here and is left out)")
            del known[name]
    return known


def table(title: str, runs: dict[str, Run], against: str, size: float) -> None:
    """Print one table; ratios are to the program named."""
    print(f"\n{title}\n{'':24}{'CPU s':>9}{'MB/s':>8}{'ratio':>8}{'memory MB':>11}{'lines':>9}")
    base = runs.get(against)
    for name, one in runs.items():
        ratio = f"{one.cpu / base.cpu:8.2f}" if base else " " * 8
        speed = f"{size / one.cpu:8.2f}" if size else " " * 8
        print(f"{name:24}{one.cpu:9.3f}{speed}{ratio}{one.memory:11.1f}{one.lines:9}")


def main() -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--text")
    asked.add_argument("--bin")
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--large", action="store_true")
    options = asked.parse_args()
    obelos = [str(Path(sys.executable).with_name("obelos")), "check"]
    known = peers(options.bin)
    with tempfile.TemporaryDirectory() as place:
        home = Path(place, "home")
        home.mkdir()
        # In a process of its own: what a program is charged for memory begins with that of the process that starts it.
        made = Process(target=prepare, args=(place, options.text, options.large))
        made.start()
        made.join()
        names = Path(place, "packs").read_text().split()
        packs = [part for pack in names for part in ("--pack", pack)]
        without = [part for pack in names if pack != "context" for part in ("--pack", pack)]
        print(f"{Path(place, 'rules').read_text()}; {os.cpu_count()} processors; {options.runs} runs")
        short, small, ten, large = (Path(place, name) for name in ("short", "1mb", "10mb", "100mb"))

        def all_of(folder: Path, names: Sequence[str]) -> dict[str, Sequence[str]]:
            others = {name: [part.format(folder) for part in known[name]] for name in names if name in known}
            own = {"obelos": packs, "obelos without context": without}
            return others | {name: [*obelos, *chosen, str(folder)] for name, chosen in own.items()}

        quick = ["codespell", "typos", "aspell"]
        table("One short file, 15 kB", median(all_of(short, [*quick, "proselint"]), home, options.runs), "codespell", 0)
        found = median(all_of(small, [*quick, "proselint"]), home, min(3, options.runs))
        table("1 MB", found, "codespell", 1)
        found = median(all_of(ten, quick), home, options.runs)
        table("10 MB", found, "codespell", 10)
        again(ten, [*obelos, *packs], home, options.runs)
        evil(Path(place), obelos, home, options.runs)
        if options.large:
            one = run([*obelos, *packs, str(small)], home)
            big = median({"obelos 100 MB": [*obelos, *packs, str(large)]}, home, 1)
            table("100 MB", {"obelos 1 MB": one, **big}, "obelos 1 MB", 0)
            print(f"memory, 100 MB against 1 MB: {big['obelos 100 MB'].memory / one.memory:.2f}")
            again(large, [*obelos, *packs], home, 3)


def again(folder: Path, obelos: list[str], home: Path, times: int) -> None:
    """Nothing changed since the last run, and one file changed."""
    run([*obelos, str(folder)], home)
    both = {"sha1sum": ["sh", "-c", f"sha1sum {folder}/*.txt"], "obelos again": [*obelos, str(folder)]}
    found = median(both, home, times, fresh=False)
    changed = []
    for number in range(times):
        with (folder / "d00000.txt").open("a", encoding="utf-8") as file:
            file.write(f"One more line, {number}.\n")
        changed.append(run([*obelos, str(folder)], home))
    found["obelos, 1 file changed"] = sorted(changed, key=lambda one: one.cpu)[times // 2]
    table(f"{folder.name}, checked before", found, "sha1sum", 0)


def evil(place: Path, obelos: list[str], home: Path, times: int) -> None:
    """A stranger's pattern on a line of 100,000 letters."""
    edition = place / "edition"
    (edition / "rules").mkdir(parents=True)
    (edition / "edition.yaml").write_text("packs: [core]\n")
    text = edition / "line.txt"
    text.write_text("a" * 100_000 + "\n")
    here = Path.cwd()
    os.chdir(edition)
    try:
        without = statistics.median(run([*obelos, str(text)], home).cpu for _ in range(times))
        (edition / "rules" / "house.yaml").write_text(EVIL)
        with_it = [run([*obelos, "--rules", "EVIL-PA101,RP101", str(text)], home) for _ in range(times)]
    finally:
        os.chdir(here)
    cost = statistics.median(one.cpu for one in with_it) - without
    print(f"\na stranger's evil pattern on 100,000 letters: {cost * 1000:+.0f} ms CPU, exit code {with_it[0].code}")


if __name__ == "__main__":
    main()
