"""The trial of re-anchoring: made-up emendations in a made-up text, and a worse or better transcription of it.

Random words after a Zipf law, as in the trial whose figures docs/together.md compares with. Each letter of the old
text knows where it stands in the new, so it is known which place is right.
"""

import random
from dataclasses import dataclass

from obelos_transcripts import Span, place_of
from obelos_transcripts.anchoring import anchor

_LETTERS = "etaoinshrdlucmfwypvbgkjqxz"


@dataclass(frozen=True)
class Trial:
    """How a trial ended.

    Attributes:
        right: Found where they are.
        wrong: Found elsewhere.
        orphaned: Not found, though their words stand there unaltered.
        altered: Found although a letter of theirs was altered (the words are alike again by chance, or a neighbour's).
        findable: How many stand there unaltered.
        characters: Length of the old text.
    """

    right: int
    wrong: int
    orphaned: int
    altered: int
    findable: int
    characters: int


def trial(*, emendations: int, errors: float, blocks: int, seed: int) -> Trial:
    """Carry emendations of 1 to 3 words to a text in which some of the letters are others and blocks come and go.

    Args:
        emendations: How many places.
        errors: How many of the letters are altered, as a part of 1.
        blocks: How many blocks of 5 to 60 words are put in or taken out.
        seed: For the dice.
    """
    dice = random.Random(seed)
    old, words = _text(dice, emendations * 8)
    new, where = _altered(dice, old, errors, blocks)
    chosen = sorted(dice.sample(range(len(words) - 3), emendations))
    spans = [Span(words[n].start, words[n + dice.randint(0, 2)].end) for n in chosen]
    found = anchor([place_of(old, span, "body") for span in spans], old, new)
    counts = dict.fromkeys(("right", "wrong", "orphaned", "altered", "findable"), 0)
    for span, outcome in zip(spans, found, strict=True):
        places = [where[position] for position in range(*span)]
        whole = None not in places and places == list(range(places[0] or 0, (places[0] or 0) + len(places)))
        counts["findable"] += whole
        if outcome.place is None:
            counts["orphaned"] += whole
        elif whole:
            counts["right" if outcome.place.start == places[0] else "wrong"] += 1
        else:
            counts["altered"] += 1
    return Trial(**counts, characters=len(old))


def _text(dice: random.Random, count: int) -> tuple[str, list[Span]]:
    vocabulary = ["".join(dice.choices(_LETTERS, k=dice.randint(2, 10))) for _ in range(3000)]
    weights = [1 / rank for rank in range(1, len(vocabulary) + 1)]
    out, spans, at = [], [], 0
    for number, word in enumerate(dice.choices(vocabulary, weights, k=count), 1):
        gap = "\n" if number % 14 == 0 else " "
        spans.append(Span(at, at + len(word)))
        out.append(word + gap)
        at += len(word) + 1
    return "".join(out), spans


def _altered(dice: random.Random, old: str, errors: float, blocks: int) -> tuple[str, list[int | None]]:
    """The new text, and for each letter of the old where it stands there; None where it was altered or is gone."""
    cuts = sorted(dice.sample(range(len(old)), blocks))
    kinds = [dice.choice(["in", "out"]) for _ in cuts]
    out: list[str] = []
    where: list[int | None] = []
    skip = length = 0
    for position, letter in enumerate(old):
        if cuts and position == cuts[0]:
            cuts.pop(0)
            size = dice.randint(5, 60) * 6
            if kinds.pop(0) == "in":
                block = "".join(dice.choices(_LETTERS + "   ", k=size))
                out.append(block)
                length += len(block)
            else:
                skip = size
        if skip:
            skip -= 1
            where.append(None)
        elif letter.isalpha() and dice.random() < errors:
            other = dice.choice(["", dice.choice(_LETTERS), letter + dice.choice(_LETTERS)])
            out.append(other)
            length += len(other)
            where.append(None)
        else:
            where.append(length)
            out.append(letter)
            length += 1
    return "".join(out), where
