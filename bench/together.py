"""Soak of working together: random histories, re-anchoring, many editors. Writes its figures to standard output.

    .venv/bin/python bench/together.py histories 10000
    .venv/bin/python bench/together.py anchors 100000
    .venv/bin/python bench/together.py editors 20 200

All texts and decisions are made up (tests/random_editors.py, tests/reanchoring.py, tests/many_editors.py).
"""

import sys
import tempfile
import time
from dataclasses import replace
from itertools import permutations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))


def histories(count: int, first: int = 0) -> int:
    """Play histories of 40 steps in three clones, half of them with better base texts, and share them in all orders."""
    from obelos_history.questions import put_by_merging
    from random_editors import begin, exchanged, step

    wrong = several = with_bases = decisions = questions = moot = merges = 0
    began = time.process_time()
    for seed in range(first, first + count):
        bases = seed % 2 == 1
        clones = begin(seed)
        for _ in range(40):
            merges += "merges" in step(clones, bases=bases)
        texts, found = exchanged(clones, list(permutations(range(3))))
        wrong += bool(found) or len(texts) > 1
        several += len(texts) > 1
        with_bases += bases
        whole = replace(clones[0], pending=[])
        for other in clones[1:]:
            whole.merge(other)
        decisions += len(whole.records.decisions)
        questions += sum(map(put_by_merging, whole.records.decisions))
        moot += sum(len(one.retracts) for one in whole.records.retractions if one.moot)
        if found or len(texts) > 1:
            print(seed, len(texts), "texts", found)
        if (seed - first + 1) % 100 == 0:
            print(f"{seed - first + 1} histories, {wrong} wrong, {several} differ by order", file=sys.stderr)
    print(
        f"{count} histories ({with_bases} with better base texts): {decisions} decisions, {merges + 24 * count} merges,"
    )
    print(f"{questions} questions, {moot} taken back as moot; {wrong} wrong, in {several} the order of merging showed;")
    print(f"{time.process_time() - began:.0f} s of CPU time.")
    return wrong


def anchors(count: int) -> int:
    """Carry that many emendations, at 1 and 3 per cent of the letters altered."""
    from reanchoring import trial

    wrong = 0
    for errors in (0.002, 0.01, 0.03):
        found = [trial(emendations=1500, errors=errors, blocks=20, seed=seed) for seed in range(-(-count // 1500))]
        bad, lost = sum(one.wrong for one in found), sum(one.orphaned for one in found)
        findable = sum(one.findable for one in found)
        print(
            f"{errors:.1%} of the letters altered: {findable} of {1500 * len(found)} stand unaltered; "
            f"{sum(one.right for one in found)} right, {bad} wrong, {lost} orphaned ({lost / findable:.2%}); "
            f"{sum(one.altered for one in found)} of the altered found by like words"
        )
        wrong += bad
    return wrong


def editors(count: int, records: int) -> int:
    """Many editors through one place; this changes git's home for the time."""
    import os

    from clones import found_edition, hub_of
    from many_editors import share

    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"HOME": folder, "GIT_CONFIG_NOSYSTEM": "1", "XDG_DATA_HOME": f"{folder}/data"}
        text = " ".join(f"word{n}" for n in range(count * records * 2)) + " end\n"
        first = found_edition(Path(folder) / "e0", letter=text)
        hub_of(first)
        first.syncs()
        began = time.monotonic()
        found = share(first, editors=count, records=records)
        print(f"{count} editors × {records} records: {found.intact} of {count * records} intact,")
        print(f"{found.questions} questions, {'one text' if found.same_text else 'DIFFERENT TEXTS'},", end=" ")
        print(f"proved: {first.verified_now()}; {time.monotonic() - began:.0f} s")
        return int(found.intact != count * records or not found.same_text)


if __name__ == "__main__":
    what, *numbers = sys.argv[1:]
    sys.exit(1 if {"histories": histories, "anchors": anchors, "editors": editors}[what](*map(int, numbers)) else 0)
