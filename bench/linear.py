"""Is every rule linear in its text? Each shipped rule on thirty kinds of nasty text, at three sizes, by CPU time.

    python bench/linear.py [CODE…]

For each rule the worst text is printed: seconds for 200,000 characters, and how many times more it took than 50,000
did (4 is linear). Whatever takes less than five milliseconds is not judged. “reading” is what all rules share: layers
and words; what rules of a kind share is charged to the first of them. Exit code 1 if anything took more than eight
times as long.
"""

import gc
import sys
import time
from collections.abc import Callable
from itertools import groupby

from obelos_rules import Reading, Rule, load_rules, shipped_packs
from obelos_rules.engine import Checker
from obelos_transcripts import read_layers

SIZES = (50_000, 100_000, 200_000)
LEAST = 0.005
MOST = 8.0
PIECES = (
    *("a", " ", "\n", "a ", "a\n", "A.", "-", "a-", "’", "e\u0301", "1. x\n", "(a) ", "(i)\n", "[1] ", "[", "(", "“"),
    *("[[1:  ]]", "Nos. 1, ", "1, ", "June 1946 ", "31 June, ", "the the ", "the bane of ", "paragraph 9 above "),
    *("J.I.C ", "x.  ", "[footnoteRef:1] [1:  note]\n", "From: A. To: B.\n", "ofthe govern ment ", "REPEAT bane "),
    "We told the Minister that the base for the treaty of 12 June, in Your telegrams Nos. 495 and 496, was void.\n",
)


def seconds(job: Callable[[], object]) -> float:
    """CPU time of a job, the better of two runs."""
    taken = []
    for _ in range(2):
        before = time.process_time()
        job()
        taken.append(time.process_time() - before)
    return min(taken)


def reading_of(text: str, rules: list[Rule]) -> Reading:
    """A text read, with the words that the rules will ask for."""
    reading = Reading(read_layers(text))
    for layers in {rule.layers for rule in rules}:
        reading.words(layers)
    return reading


def times(piece: str, rules: list[Rule]) -> dict[str, list[float]]:
    """Seconds at each size, by code; and for what is shared, and for all rules together."""
    found: dict[str, list[float]] = {}
    everything = Checker(rules, "possible")
    for size in SIZES:
        text = piece * (size // len(piece))
        gc.collect()
        found.setdefault("reading", []).append(seconds(lambda text=text: reading_of(text, rules)))  # type: ignore[misc]
        found.setdefault("all rules", []).append(seconds(lambda text=text: everything.findings(text)))  # type: ignore[misc]
        for _, group in groupby(rules, key=lambda rule: rule.kind):
            reading = reading_of(text, rules)
            for rule in group:
                before = time.process_time()
                for _ in rule.detector(reading, rule.layers):
                    pass
                found.setdefault(f"{rule.code} {rule.name}", []).append(time.process_time() - before)
    return found


def main() -> int:
    """Print the worst text of each rule, the worst rule last."""
    codes = set(sys.argv[1:])
    rules = [rule for rule in load_rules(shipped_packs()) if not codes or rule.code in codes]
    gc.disable()  # a collection falls on whichever rule is running
    rules.sort(key=lambda rule: (rule.kind, rule.code))
    for rule in rules:
        _ = rule.detector  # made once, not while it is timed
    worst: dict[str, tuple[float, float, str]] = {}
    for piece in PIECES:
        for name, taken in times(piece, rules).items():
            if taken[-1] >= LEAST:
                ratio = taken[-1] / max(taken[0], LEAST / 4)
                worst[name] = max(worst.get(name, (0.0, 0.0, "")), (ratio, taken[-1], piece))
    for name, (ratio, last, piece) in sorted(worst.items(), key=lambda one: one[1]):
        print(f"{ratio:6.1f} ×  {last:7.3f} s  {name:44} {piece[:24]!r}")
    never = f"{len(rules) + 2 - len(worst)} never took {LEAST * 1000:.0f} ms for {SIZES[-1]:,} characters"
    print(f"{len(rules)} rules, {len(PIECES)} texts; {never}")
    return int(any(ratio > MOST for ratio, _, _ in worst.values()))


if __name__ == "__main__":
    sys.exit(main())
