#!/usr/bin/env python3
"""Many short documents: are the findings the same one by one and together, and how long does either take.

Usage: python bench/many.py DATA [--pack PACK …] [--text-size 3000] [--documents 400]

DATA is the folder of the evaluation set: its clean documents, its corrections (each a text of 400 characters), and
documents of about 3 KB cut from that part of `train.txt.gz` which was held out when the model was made. One by one they
are asked as the review asks about its document, together as `obelos check` asks about a folder, in this process alone.
Times are processor time, without reading the rules. It ends with 1 if a finding differs.
"""

import argparse
import gzip
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from obelos_rules import Checker, load_rules, shipped_packs
from obelos_rules.batch import Batch, Task
from obelos_rules.odds.build.reading import is_held
from obelos_rules.recipe import Recipe


def cut(data: Path, size: int) -> Iterator[str]:
    """Documents of whole paragraphs, of that many characters or a little more."""
    found: list[str] = []
    with gzip.open(data / "train.txt.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if is_held(number):
                found.append(line.strip())
                if sum(map(len, found)) >= size:
                    yield "\n\n".join(found)
                    found = []


def main() -> int:
    """Compare, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--pack", action="append")
    parser.add_argument("--text-size", type=int, default=3000)
    parser.add_argument("--documents", type=int, default=400)
    asked = parser.parse_args()
    corrections = map(json.loads, (asked.data / "corrections.jsonl").read_text(encoding="utf-8").splitlines())
    texts = {
        "clean documents": [path.read_text("utf-8") for path in sorted((asked.data / "clean").glob("*.txt"))],
        "corrections": [row["context_before"] + row["sic"] + row["context_after"] for row in corrections],
        "documents cut": [
            text for _, text in zip(range(asked.documents), cut(asked.data, asked.text_size), strict=False)
        ],
    }
    packs = asked.pack or list(shipped_packs())
    rules = load_rules(packs)
    recipe = Recipe(packs, level="possible")
    checker = Checker(rules, "possible")
    checker.findings(texts["clean documents"][0])
    differ = 0
    for name, some in texts.items():
        begun = time.process_time()
        alone = [checker.findings(text) for text in some]
        between = time.process_time()
        tasks = (Task(number, text) for number, text in enumerate(some))
        together = [found for _, found in Batch(recipe, rules=rules, processes=1).run(tasks)]
        ended = time.process_time()
        size = sum(map(len, some)) / 1e6
        differ += alone != together
        print(f"{name}: {len(some)}, {size:.2f} million characters, {sum(map(len, alone))} findings")
        print(f"  one by one {size / (between - begun):.2f} MB/s, together {size / (ended - between):.2f} MB/s")
        print("  the findings differ" if alone != together else "  the findings are the same")
    return min(differ, 1)


if __name__ == "__main__":
    sys.exit(main())
