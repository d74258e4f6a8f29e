"""Word differences of two versions: Obelos, git, and plain diff-match-patch, in one run.

    python bench/word_diff.py [WORDS] [FILE]

Takes 5,000 words of FILE (or made-up words, the frequent ones more frequent as in a language), changes a tenth of
them in runs of one to three, half exchanged, a quarter left out, a quarter put in, and compares the two versions.
Prints the median CPU time of five runs, for git that of the whole process, and how many words and marks each reports
as changed. The fewest possible is computed beside them up to 20,000 words.
"""

import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Indel

from obelos_transcripts.align import align
from obelos_transcripts.matching import codes

RATE = 0.1
TOKEN = re.compile(r"\w+|[^\w\s]|\s+")


def made_up(count: int) -> list[str]:
    """Words that no language has."""
    chance = random.Random(1)
    return [f"w{int(8_000 ** chance.random())}" for _ in range(count)]


def changed(words: Sequence[str], rate: float = RATE, seed: int = 5) -> list[str]:
    """The words with a share of them changed, always the same for the same seed."""
    chance = random.Random(seed)
    result: list[str] = []
    at = 0
    while at < len(words):
        if chance.random() >= rate / 2:
            result.append(words[at])
            at += 1
            continue
        run, kind = chance.choice((1, 2, 3)), chance.random()
        if kind < 0.5:
            result += [
                word[:1] + "x" + word[2:] if len(word) > 2 and chance.random() < 0.5 else chance.choice(words)
                for word in words[at : at + run]
            ]
        elif kind >= 0.75:
            result += [chance.choice(words) for _ in range(run)]
        at += run if kind < 0.75 else 0
    return result


def obelos(left: str, right: str) -> list[str]:
    """What the alignment reports."""
    sides = [(left[slice(*a)], right[slice(*b)]) for a, b, equal in align(left, right) if not equal]
    return [reading for pair in sides for reading in pair]


def on_words(left: str, right: str) -> list[str]:
    """diff-match-patch on words as code points, without its timeout."""
    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    one, other = TOKEN.findall(left), TOKEN.findall(right)
    sides = ("".join(chr(code + (code >= 0xD800) * 0x800) for code in side) for side in codes(one, other))
    # One sign stands for one token, so any word does for the count.
    return [
        "w " * (len(piece) // 2) + "w" * (len(piece) % 2) for kind, piece in engine.diff_main(*sides, False) if kind
    ]


def as_shipped(left: str, right: str) -> list[str]:
    """diff-match-patch on characters as its documentation shows it: a second's timeout, semantic clean-up."""
    engine = diff_match_patch()
    differences = engine.diff_main(left, right)
    engine.diff_cleanupSemantic(differences)
    return [piece for operation, piece in differences if operation]


def git(left: str, right: str) -> list[str]:
    """``git diff --word-diff``, the whole process; words parted by spaces."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "left").write_text(left)
        Path(folder, "right").write_text(right)
        command = ["git", "diff", "--no-index", "--word-diff=porcelain", "left", "right"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    body = done.stdout.split("@@\n", 1)[-1]
    return [line[1:] for line in body.splitlines() if line[:1] in ("+", "-")]


def cpu(run: Callable[[str, str], list[str]], left: str, right: str) -> tuple[float, int]:
    """Median CPU milliseconds of five runs, child processes included, and the tokens reported."""
    times: list[float] = []
    found: list[str] = []
    for _ in range(5):
        begun = time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
        found = run(left, right)
        times.append(time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - begun)
    return statistics.median(times) * 1000, sum(len(TOKEN.findall(piece)) for piece in found)


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    words = Path(sys.argv[2]).read_text().split()[:count] if len(sys.argv) > 2 else made_up(count)
    left, right = " ".join(words), " ".join(changed(words))
    runs = {"obelos": obelos, "git diff --word-diff": git}
    if count <= 20_000:
        fewest = Indel.distance(*codes(TOKEN.findall(left), TOKEN.findall(right)))
        print(f"{count} words; at least {fewest} words, marks and spaces differ")
        runs |= {"diff-match-patch, words, no timeout": on_words, "diff-match-patch as shipped": as_shipped}
    for name, run in runs.items():
        milliseconds, found = cpu(run, left, right)
        print(f"{name:40}{milliseconds:10.1f} ms{found:10} reported")


if __name__ == "__main__":
    main()
