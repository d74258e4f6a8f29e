"""`obelos commit`, `log`, `blame`, `verify` beside git's own commands: whole processes, in one run, as ratios.

    python bench/history.py [--runs 5] [--files 100 10000 100000] [--commits 10000]

The repositories are made up and written with `git fast-import`. Each figure is the median CPU time (user + system,
child processes included) of so many runs, the programs taking turns. For commits there are editions of so many files
altogether; for the history there is one of 100 documents and so many commits, a correction each. *Running*: the same
command given a second time in one process, as the screens do it: without the start of Python and its modules.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from fast_history import Growing, Stream, founding
from gitworld import World

OBELOS = str(Path(sys.executable).with_name("obelos"))


def cpu(command: Sequence[str], root: Path, ok: Sequence[int] = (0,)) -> float:
    """CPU seconds of a program and its children."""
    to_null = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, to_null, 1), (os.POSIX_SPAWN_DUP2, to_null, 2), (os.POSIX_SPAWN_DUP2, to_null, 0)]
    before = os.getcwd()
    os.chdir(root)
    try:
        child = os.posix_spawn(shutil.which(command[0]) or command[0], list(command), os.environ, file_actions=actions)
    finally:
        os.chdir(before)
        os.close(to_null)
    _, status, usage = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) not in ok:
        raise SystemExit(f"{command} in {root} ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime


def running(root: Path, *before: Sequence[str], command: Sequence[str]) -> float:
    """CPU seconds of a command, child processes included, in a process that has run others and it before."""
    told = subprocess.run([sys.executable, "-c", _RUNNING, repr([*before, command])], cwd=root, capture_output=True)
    if told.returncode:
        raise SystemExit(told.stderr.decode())
    return float(told.stderr.splitlines()[-1])


_RUNNING = """
import ast, os, sys
from obelos_tui.cli import run
*before, last = ast.literal_eval(sys.argv[1])
for one in before:
    if run(one):
        sys.exit(f"{one} failed")
began = sum(os.times()[:4])
code = run(last)
print(sum(os.times()[:4]) - began, file=sys.stderr)
sys.exit(code)
"""


def medians(turns: dict[str, Callable[[], float]], times: int) -> dict[str, float]:
    """The median of each; they take turns, after one for nothing."""
    for turn in turns.values():
        turn()
    found: dict[str, list[float]] = {name: [] for name in turns}
    for _ in range(times):
        for name, turn in turns.items():
            found[name].append(turn())
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def tell(what: str, ours: float, theirs: float, peer: str, goal: str = "") -> None:
    """One line of the table."""
    print(f"| {what} | {ours:.2f} s | {theirs:.2f} s ({peer}) | {ours / theirs:.2f} | {goal} |", flush=True)


def of_files(folder: Path, files: int) -> World:
    """An edition of so many files; the document `letter` is one of them."""
    stream = Stream()
    changes = founding()
    changes.update(Growing("letter", 300).added())
    for number in range(files - len(changes)):
        changes[f"transcripts/doc-{number // 2:06}/{'base' if number % 2 else 'text'}.txt"] = b"a line\n"
    stream.commit(changes, "Found the edition")
    return stream.write(folder)


def commits(place: Path, counts: Sequence[int], times: int) -> None:
    """One decision committed, beside `git add` and `git commit` of as much."""
    for files in counts:
        world = of_files(place / f"files-{files}", files)
        words = iter(Growing("letter", 300).base.split())
        numbers = iter(range(1000))

        def decide(world: World = world, words: Iterator[str] = words) -> float:
            word = next(words)
            line = [OBELOS, "decide", "letter", "--at", f"{word}#1", "--correct", f"{word}x"]
            subprocess.run(line, cwd=world.root, check=True, capture_output=True)
            return cpu([OBELOS, "commit", "letter"], world.root)

        def decide_running(world: World = world, words: Iterator[str] = words) -> float:
            decisions = [
                ["decide", "letter", "--at", f"{w}#1", "--correct", f"{w}x"] for w in (next(words), next(words))
            ]
            return running(world.root, decisions[0], ["commit"], decisions[1], command=["commit", "letter"])

        def git(world: World = world, numbers: Iterator[int] = numbers) -> float:
            number = next(numbers)
            names = ["notes/text.txt", f"notes/{number:026}.yaml"]
            for name in names:
                world.write(name, f"{number}\n" * 60)
            return cpu(["git", "add", *names], world.root) + cpu(["git", "commit", "-qm", "as much"], world.root)

        found = medians({"ours": decide, "running": decide_running, "git": git}, times)
        goal = "≤ 1/3" if files == 100_000 else ""
        tell(f"commit one decision among {files:,} files", found["ours"], found["git"], "git add + git commit", goal)
        tell("– running", found["running"], found["git"], "git add + git commit", goal)


def history(place: Path, count: int, times: int) -> None:
    """Log and blame of one document; verify."""
    stream = Stream()
    documents = [Growing(f"doc-{number:03}", 300, number) for number in range(100)]
    files = founding()
    for one in documents:
        files.update(one.added())
    stream.commit(files, "Found the edition")
    for number in range(count):
        one = documents[number % len(documents)]
        changes = one.corrected()
        last = one.decisions[-1].id
        stream.commit(changes, f"{one.name}: one more\n\nObelos-Decision: {last}\nDisposition: correct")
    root = stream.write(place / "commits").root
    text = "transcripts/doc-007/text.txt"
    lines: dict[str, list[str]] = {
        "log": [OBELOS, "log", "doc-007"],
        "git log": ["git", "log", "--", text],
        "blame": [OBELOS, "blame", "doc-007"],
        "git blame": ["git", "blame", text],
        "verify": [OBELOS, "verify"],
        "git log --raw": ["git", "log", "--raw", "--", "transcripts", "history"],
        "sha1sum": ["sh", "-c", "find transcripts history -type f -print0 | xargs -0 sha1sum"],
    }
    turns: dict[str, Callable[[], float]] = {name: partial(cpu, line, root) for name, line in lines.items()}
    for name in ("log", "blame", "verify"):
        again = lines[name][1:]
        turns[f"{name} running"] = partial(running, root, again, command=again)
    found = medians(turns, times)
    rare = {"full": [OBELOS, "verify", "--full"], "git fsck": ["git", "fsck", "--no-progress"]}
    found |= medians({name: partial(cpu, line, root) for name, line in rare.items()}, min(3, times))
    among = f"of one document among {count:,} commits"
    tell(f"log {among}", found["log"], found["git log"], "git log -- path", "≤ 1.3")
    tell("– running", found["log running"], found["git log"], "git log -- path", "≤ 1.3")
    tell(f"blame {among}", found["blame"], found["git blame"], "git blame", "≤ 1.3")
    tell("– running", found["blame running"], found["git blame"], "git blame", "≤ 1.3")
    tell("verify, nothing new", found["verify"], found["git log --raw"], "git log --raw")
    tell("– running", found["verify running"], found["git log --raw"], "git log --raw")
    tell("verify, nothing new", found["verify"], found["sha1sum"], "sha1sum of the files")
    tell("verify, all of it", found["full"], found["git fsck"], "git fsck")


def main() -> None:
    """Make the repositories, run, print a table."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--files", type=int, nargs="*", default=[100, 10_000, 100_000])
    arguments.add_argument("--commits", type=int, default=10_000)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "home"
        home.mkdir()
        (home / ".gitconfig").write_text("[user]\n\tname = Ada Example\n\temail = ada@example.org\n")
        # Python's own settings could keep modules from being kept compiled; git has nothing of the kind.
        for name in [name for name in os.environ if name.startswith("PYTHON")]:
            del os.environ[name]
        os.environ.update(HOME=str(home), GIT_CONFIG_NOSYSTEM="1", NO_COLOR="1")
        os.environ.update({f"XDG_{name}_HOME": str(home / name) for name in ("CACHE", "DATA", "CONFIG", "STATE")})
        print("| | Obelos | git | ratio | to reach |\n|---|---|---|---|---|", flush=True)
        commits(Path(place), asked.files, asked.runs)
        if asked.commits:
            history(Path(place), asked.commits, asked.runs)


if __name__ == "__main__":
    main()
