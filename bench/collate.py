"""Collation beside git, wdiff, diff-match-patch and CollateX: CPU time and what is reported, in one run.

    python bench/collate.py [FILE] [--collatex PYTHON] [--rounds N]

Two versions of 5,000 and of 100,000 words of FILE (or of made-up words), a tenth of them changed, are compared by
`align` and by `collate`, by ``git diff --word-diff`` and ``wdiff`` (whole processes, wdiff if it is installed) and by
diff-match-patch on words without its timeout (5,000 only). Then 3 versions of 1,000 words and 5 of 5,000, a twentieth
changed, and the 3 also by CollateX, if PYTHON names an interpreter that has it. Medians of N rounds (5), the
programs by turns within each round, so that a busy machine slows all alike; CollateX, which is slow, once.
"""

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rapidfuzz.distance import Indel
from word_diff import TOKEN, changed, made_up, on_words

from obelos_transcripts import collate
from obelos_transcripts.align import align
from obelos_transcripts.matching import codes

COLLATEX = """
import json, sys, time, collatex
texts = json.load(sys.stdin)
collation = collatex.Collation()
for number, text in enumerate(texts):
    collation.add_plain_witness("ABCDEFGH"[number], text)
begun = time.process_time()
table = collatex.collate(collation, output="table", segmentation=False)
print(json.dumps([time.process_time() - begun, len(table.columns)]))
"""

Run = Callable[[], int]
"""Does the work and tells how many words, marks and spaces it reported as changed, or how many rows it made."""


def versions(words: list[str], count: int, rate: float) -> list[str]:
    """The words as a text, and other versions of them."""
    return [" ".join(words), *(" ".join(changed(words, rate, seed)) for seed in range(5, 4 + count))]


def cpu(run: Run) -> tuple[float, int]:
    """CPU seconds of one run, child processes included, and what it reported."""
    begun = time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    found = run()
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - begun, found


def table_of(runs: dict[str, Run], rounds: int, beside: str) -> None:
    """Print the median of each, and how many times that of one of them it is."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    found: dict[str, int] = {}
    for _ in range(rounds):
        for name, run in runs.items():
            seconds, found[name] = cpu(run)
            times[name].append(seconds)
    medians = {name: statistics.median(seconds) for name, seconds in times.items()}
    for name, seconds in medians.items():
        ratio = seconds / medians[beside] if medians[beside] else 0.0
        print(f"  {name:38}{seconds * 1000:10.1f} ms{ratio:9.1f} ×{found[name]:10} reported")


def tokens(pieces: list[str]) -> int:
    """Words, marks and spaces."""
    return sum(len(TOKEN.findall(piece)) for piece in pieces)


def two(words: list[str], rounds: int, folder: Path) -> None:
    """Two versions."""
    left, right = versions(words, 2, 0.1)
    (folder / "left").write_text(left)
    (folder / "right").write_text(right)

    def by_align() -> int:
        blocks = [block for block in align(left, right) if not block.equal]
        return tokens([left[slice(*block.left)] for block in blocks] + [right[slice(*block.right)] for block in blocks])

    def by_collate() -> int:
        return sum(not row.agree for row in collate([left, right]).rows)

    def command(*args: str) -> Run:
        def run() -> int:
            done = subprocess.run([*args, "left", "right"], cwd=folder, stdout=subprocess.PIPE, check=False)
            return done.stdout.count(b"[-") + done.stdout.count(b"{+")

        return run

    runs = {"git diff --word-diff": command("git", "diff", "--no-index", "--word-diff"), "obelos align": by_align}
    runs["obelos collate"] = by_collate
    if shutil.which("wdiff"):
        runs["wdiff"] = command("wdiff")
    if len(words) <= 20_000:
        runs["diff-match-patch, words, no timeout"] = lambda: tokens(on_words(left, right))
    print(f"2 versions of {len(words):,} words, a tenth changed")
    table_of(runs, rounds, "git diff --word-diff")
    one, other = TOKEN.findall(left), TOKEN.findall(right)
    if len(words) <= 20_000:
        print(f"  at least {Indel.distance(*codes(one, other)):,} words, marks and spaces differ")


def several(words: list[str], count: int, rounds: int, collatex: str | None) -> None:
    """Three and more versions."""
    texts = versions(words, count, 0.05)
    pair: Run = lambda: len(align(*texts[:2]))  # noqa: E731
    print(f"{count} versions of {len(words):,} words, a twentieth changed")
    table_of(
        {"obelos align, two of them": pair, "obelos collate": lambda: len(collate(texts).rows)},
        rounds,
        "obelos collate",
    )
    if collatex:
        done = subprocess.run(
            [collatex, "-c", COLLATEX], input=json.dumps(texts), capture_output=True, text=True, check=True
        )
        seconds, columns = json.loads(done.stdout)
        ours = min(cpu(lambda: len(collate(texts).rows))[0] for _ in range(rounds))
        print(f"  {'CollateX':38}{seconds * 1000:10.1f} ms{seconds / ours:9.1f} ×{columns:10} columns")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--collatex", metavar="PYTHON")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    words = asked.file.read_text().split()[:100_000] if asked.file else made_up(100_000)
    with tempfile.TemporaryDirectory() as folder:
        for count in (5_000, 100_000):
            two(words[:count], asked.rounds, Path(folder))
    several(words[:1_000], 3, asked.rounds, asked.collatex)
    several(words[:5_000], 5, asked.rounds, None)


if __name__ == "__main__":
    sys.exit(main())
