#!/usr/bin/env python3
"""How many slips of three kinds are found that hardly occur in the corrections: made up, and put into sound text.

Usage: python bench/made_up.py DATA [--model FILE] [--seed N] [--list]

DATA is the folder of the evaluation set. Into each paragraph of `train.txt.gz` that was held out when the model was
made one slip is put: a word is written as two, two words are written as one, or a word stands for one that sounds alike
and has other letters. Counts and network have not seen these paragraphs; the judges have, with other slips of these
kinds. Whatever else is found there is not counted. False alarms are counted in the same paragraphs without slips, and
in the clean documents, of words that are one or two alone; --list shows what they are in the latter.
"""

import argparse
import gzip
import random
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from obelos_rules.odds import model as models
from obelos_rules.odds.build import confusing, reading
from obelos_rules.odds.places import doubts, judge
from obelos_rules.odds.telling import Doubt
from obelos_rules.odds.two_words import Divisions
from obelos_rules.reading import read

LAYERS = ("heading", "body", "note")
RATES = (0.3, 1, 3, 8)
_SHORTEST = 200
_TOGETHER = 200


class Slip(NamedTuple):
    """A text with a slip in it, where it is, and what would mend it."""

    text: str
    start: int
    end: int
    right: str


def _split(text: str, number: dict[str, int], table: Divisions, chance: random.Random) -> Slip | None:
    """A word written as two."""
    words = [one for one in re.finditer(r"[^\W\d_]+", text) if len(_parts(one[0], number, table))]
    if not words:
        return None
    word = chance.choice(words)
    first = chance.choice(_parts(word[0], number, table))
    written = f"{word[0][:first]} {word[0][first:]}"
    return _slip(text, word.start(), word.end(), written)


def _parts(word: str, number: dict[str, int], table: Divisions) -> list[int]:
    rows = (table.whole == number.get(word.lower(), -1)).nonzero()[0]
    return [len(models.shipped().vocabulary.forms[one]) for one in table.first[rows].tolist()]


def _joined(text: str, number: dict[str, int], table: Divisions, chance: random.Random) -> Slip | None:
    """Two words written as one."""
    pairs = []
    for one in re.finditer(r"([^\W\d_]+) (?=([^\W\d_]+))", text):
        both = one[1] + one[2]
        if (
            table.row_of(*(number.get(word.lower(), -1) for word in (both, one[1], one[2]))) >= 0
            and not one[2][0].isupper()
        ):
            pairs.append((one.start(), one.end(2), both))
    return _slip(text, *chance.choice(pairs)) if pairs else None


def _sounding(text: str, alike: dict[str, list[str]], chance: random.Random) -> Slip | None:
    """A word for another that sounds alike, and is not alike in letters."""
    words = [one for one in re.finditer(r"\b[a-z]+\b", text) if alike.get(one[0])]
    if not words:
        return None
    word = chance.choice(words)
    return _slip(text, word.start(), word.end(), chance.choice(alike[word[0]]))


def _slip(text: str, start: int, end: int, written: str) -> Slip:
    return Slip(text[:start] + written + text[end:], start, start + len(written), text[start:end])


def _of_sound() -> dict[str, list[str]]:
    """Common words with those that are rivals for their sound alone."""
    model = models.shipped()
    forms, totals = model.vocabulary.forms, model.totals
    by_letters = confusing.confusions(forms, totals, sound=False)
    found: dict[str, list[str]] = {}
    for number, form in enumerate(forms):
        sound = set(model.confusions.near[model.confusions.first[number] : model.confusions.first[number + 1]].tolist())
        letters = set(by_letters.near[by_letters.first[number] : by_letters.first[number + 1]].tolist())
        for other in sorted(sound - letters):  # what is written, for what is meant
            if totals[number] >= 100:
                found.setdefault(forms[other], []).append(form)
    return found


def _judged(texts: Iterable[str]) -> list[list[Doubt]]:
    readings = [read(text) for text in texts]
    for at in range(0, len(readings), _TOGETHER):
        judge(readings[at : at + _TOGETHER], LAYERS)
    look = doubts(LAYERS)
    return [one.once(look) for one in readings]


def _is_division(one: Doubt) -> bool:
    return one.question == "changed" and (" " in one.word or " " in one.suggestion)


def _measured(name: str, slips: list[Slip]) -> None:
    cells = []
    judged = _judged(slip.text for slip in slips)
    for rate in RATES:
        least = models.shipped().limit(rate)
        found = mended = 0
        for slip, told in zip(slips, judged, strict=True):
            hits = [one for one in told if one.figure >= least and one.start < slip.end and one.end > slip.start]
            found += bool(hits)
            right = slip.text[: slip.start] + slip.right + slip.text[slip.end :]
            mended += any(slip.text[: one.start] + one.suggestion + slip.text[one.end :] == right for one in hits)
        cells.append(f"{found / len(slips):7.1%} {mended / len(slips):7.1%}")
    print(f"{name} ({len(slips)})".ljust(34) + " ".join(cells))


def _alarms(name: str, texts: list[str], listed: bool) -> None:
    words = sum(len(text.split()) for text in texts)
    found = [(text, one) for text, told in zip(texts, _judged(texts), strict=True) for one in told if _is_division(one)]
    many = [sum(one.figure >= models.shipped().limit(rate) for _, one in found) for rate in RATES]
    print(f"{name} ({words} words)".ljust(34) + " ".join(f"{number:7} {1000 * number / words:7.3f}" for number in many))
    for text, one in sorted(found, key=lambda both: -both[1].figure) if listed else ():
        rate = next((rate for rate in RATES if one.figure >= models.shipped().limit(rate)), RATES[-1] + 1)
        around = " ".join(text[max(0, one.start - 30) : one.end + 30].split())
        print(f"  {rate:4} {one.figure:6.2f} {one.word} -> {one.suggestion}: {around} [{one.evidence}]")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", type=Path, help="a model that is not the shipped one")
    parser.add_argument("--seed", type=int, default=99)
    parser.add_argument("--list", action="store_true", help="show the false alarms in the clean documents")
    asked = parser.parse_args()
    if asked.model:
        other = models.read(asked.model)
        models.shipped = lambda: other  # type: ignore[assignment]
    model = models.shipped()
    with gzip.open(asked.data / "train.txt.gz", "rt", encoding="utf-8") as lines:
        held = [line.strip() for number, line in enumerate(lines) if reading.is_held(number)]
    held = [line for line in held if len(line) >= _SHORTEST]
    number = dict(model.vocabulary.numbers)
    alike = _of_sound()
    makers: dict[str, Callable[[str, random.Random], Slip | None]] = {
        "one word written as two": lambda text, chance: _split(text, number, model.divisions, chance),
        "two words written as one": lambda text, chance: _joined(text, number, model.divisions, chance),
        "words alike in sound alone": lambda text, chance: _sounding(text, alike, chance),
    }
    print(" " * 34 + " ".join(f"{f'at {rate}':>15}" for rate in RATES) + "  found, mended")
    for name, make in makers.items():
        chance = random.Random(asked.seed)
        slips = [slip for text in held if (slip := make(text, chance))]
        chance.shuffle(slips)
        _measured(name, slips[:2000])
    print(" " * 34 + " ".join(f"{f'at {rate}':>15}" for rate in RATES) + "  such findings, in 1,000 words")
    _alarms("held out, without slips", held, False)
    clean = [path.read_text(encoding="utf-8") for path in sorted((asked.data / "clean").glob("*.txt"))]
    _alarms("clean documents", clean, asked.list)


if __name__ == "__main__":
    sys.exit(main())
