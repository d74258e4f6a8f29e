"""Makes the model out of a text, one paragraph a line.

    python -m obelos_rules.odds.build model TEXT.gz OUT [--steps N] [--stop N] [--keep FOLDER]
    python -m obelos_rules.odds.build confusions CORRECTIONS.jsonl OUT

The same text gives the same bytes on one machine (the counts and all that is listed everywhere; the numbers of the
networks as far as the processor adds alike). What a step has made is kept in FOLDER and not made again.
"""

import argparse
import json
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from .. import container
from ..counts import Counts, counted, hashes
from ..forms import EDGE, REACH, SPECIAL, Forms, Vocabulary
from ..judge import Judge
from ..model import Model
from ..network import Floats, Ints, Weights
from ..ranking import told
from ..sieve import Sieve
from ..two_words import Divisions
from ..where import Table
from . import confusing, corrupting, dividing, judging, limits, reading, sieving, training, vectors

STEPS, STOP = 12_000, 8_500
"""The course that the rate of learning is laid out for, and where it is left."""
SIZE = 63
"""Numbers of a form's vector."""
LEAST = 2
"""Rarer pairs and triples are left out."""
_RATE = 1 / 25
"""Slips put in for each word of the text held out."""
_ROOM = 3
"""Places around a slip that are no proof of sound text."""
_TOGETHER = 250_000
"""Forms judged at once."""
_SLIPS, _SIEVED, _DIVIDED = (3, *range(21, 28)), (11, 12, 13), range(31, 39)
"""Seeds of the slips that the judges, the sieves, and the judges of words that are one or two learn from. Judges find
an eighth more with eight than with one."""
_DOUBTFUL, _TOLD = 20.0, 10.0
"""False alarms in 1,000 words: places that a rule with so many would tell are what the sieves learn to let through; of
those that one with so many would tell, few may be lost."""


class Steps:
    """What was made, kept in a folder; pickles of our own making, on the machine of the person who builds."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder:
            folder.mkdir(parents=True, exist_ok=True)

    def made(self, name: str, make: Callable[[], Any]) -> Any:
        """The outcome of a step: the one kept, or made now."""
        file = self._folder / f"{name}.pickle" if self._folder else None
        if file and file.exists():
            return pickle.loads(file.read_bytes())  # noqa: S301
        sys.stderr.write(f"{name} …\n")
        found = make()
        if file:
            file.write_bytes(pickle.dumps(found, protocol=5))
        return found


def build(source: Path, out: Path, steps: int, stop: int, keep: Path | None) -> None:
    """Make the model of a text and write it."""
    done = Steps(keep)
    words, ids, capitals, held = done.made("text", lambda: _text(source))
    vocabulary = Vocabulary(words)
    total = len(vocabulary.forms)
    totals = np.bincount(ids[~held], minlength=total)
    totals[: len(SPECIAL)] = 0
    known = hashes(vocabulary.forms)
    e = done.made("vectors", lambda: vectors.vectors(np.where(held, 0, ids), total, SIZE))
    confusions = done.made("confusions", lambda: confusing.confusions(vocabulary.forms, totals))
    divisions: Divisions = done.made("divisions", lambda: dividing.divisions(vocabulary.forms, totals))
    pairs, triples = done.made("counts", lambda: _counts(known, ids, held))
    weights: Weights = done.made(
        f"network-{stop}", lambda: training.train(ids, capitals, held, vocabulary, e, steps, stop)
    )
    counts = Counts((pairs,), (triples,))
    blank = Model(words, totals, known, weights, counts, confusions, divisions, (), (), totals, totals)
    own, caps = ids[held].astype(np.int32), capitals[held].astype(np.int32)
    judges = done.made(f"judges-{stop}", lambda: _judges(blank, own, caps))
    dividers = done.made(f"dividers-{stop}", lambda: _dividers(blank, own, caps))
    blank = replace(blank, judges=(*judges, *dividers))
    sieves = done.made(f"sieves-{stop}", lambda: _sieves(blank, own, caps))
    blank = replace(blank, sieves=sieves)
    figures, many = done.made(f"alarms-{stop}", lambda: _alarms(blank, own, caps))
    model = replace(blank, alarms=np.array(limits.ALARMS), limits=limits.limits(figures, many))
    out.write_bytes(container.to_bytes(model.arrays()))


def _text(source: Path) -> Any:
    vocabulary, ids, capitals, held = reading.read(source)
    return vocabulary.forms[len(SPECIAL) :], ids, capitals, held


def _counts(known: Any, ids: Any, held: Any) -> Any:
    each = known[ids]
    fit = ~held & (ids != 0) & (ids != 2) & (ids != 3)
    two, three = fit[:-1] & fit[1:], fit[:-2] & fit[1:-1] & fit[2:]
    pairs = counted([each[:-1][two], each[1:][two]], LEAST)
    return pairs, counted([each[:-2][three], each[1:-1][three], each[2:][three]], LEAST)


def _judges(model: Model, own: Ints, caps: Ints) -> tuple[Judge, ...]:
    """The first three judges, from the text held out with slips put in: the same text, each time with others."""
    kinds = (corrupting.CHANGED, corrupting.MISSING, corrupting.SURPLUS)
    texts = (_with_slips(model, own, caps, seed) for seed in _SLIPS)
    learned, _ = _rows(model, lambda forms: model.evidence().tables(forms)[: len(kinds)], kinds, texts)
    return tuple(judging.learn(*rows, kind) for rows, kind in zip(learned, kinds, strict=True))


def _dividers(model: Model, own: Ints, caps: Ints) -> tuple[Judge, ...]:
    """The judges of words that are one or two, likewise, with slips of their own."""
    kinds = (dividing.SPLIT, dividing.JOINED)
    texts = (dividing.divided(own, caps, model.divisions, seed) for seed in _DIVIDED)
    learned, put_in = _rows(model, model.evidence().divided, kinds, texts)
    words = int(model.evidence().word[own].sum())
    return tuple(
        dividing.on_scale(judging.learn(*rows, kind), many / len(_DIVIDED), words, _RATE)
        for rows, kind, many in zip(learned, kinds, put_in, strict=True)
    )


def _rows(
    model: Model,
    ask: Callable[[Forms], tuple[Table, ...]],
    kinds: Sequence[int],
    texts: Iterable[tuple[Ints, Ints, Ints]],
) -> tuple[list[tuple[Floats, Ints]], list[int]]:
    """What judges learn from.

    Args:
        ask: Gives a table for each kind of slip.
        texts: Texts with slips put in: forms, capitals, which slip there is at each place.

    Returns:
        For each kind the figures, and whether there was such a slip; how many of each were put in.
    """
    figures: list[list[Floats]] = [[] for _ in kinds]
    answers: list[list[Ints]] = [[] for _ in kinds]
    put_in = [0 for _ in kinds]
    for ids, capitals, wrong in texts:
        near = _near(wrong)
        for number, (kind, table) in enumerate(zip(kinds, _tables(ask, model, ids, capitals), strict=True)):
            answer = wrong[table.at] == kind
            rows = answer | ~near[table.at]
            figures[number].append(table.figures[rows])
            answers[number].append(answer[rows])
            put_in[number] += int((wrong == kind).sum())
    learned = [(np.concatenate(f), np.concatenate(a)) for f, a in zip(figures, answers, strict=True)]
    return learned, put_in


def _near(wrong: Ints) -> Ints:
    """The places near a slip."""
    near = wrong > 0
    for step in range(1, _ROOM + 1):
        near[step:] |= wrong[:-step] > 0
        near[:-step] |= wrong[step:] > 0
    return near


def _sieves(model: Model, own: Ints, caps: Ints) -> tuple[Sieve, ...]:
    """The sieves, from the text held out as it is and with slips put in."""
    least = limits.limits(*_alarms(model, own, caps))
    texts = [(own, caps), *(_with_slips(model, own, caps, seed)[:2] for seed in _SIEVED)]
    parts = (part for text in texts for _, part in _parts(model, *text))
    given = sieving.places(model.evidence(), model.judges, parts)
    doubtful, told = (float(least[limits.ALARMS.index(alarms)]) for alarms in (_DOUBTFUL, _TOLD))
    return tuple(sieving.learn(model.evidence(), places, doubtful, told, seed) for seed, places in enumerate(given, 4))


def _alarms(model: Model, own: Ints, caps: Ints) -> tuple[Floats, int]:
    """The figures of what would be told of the sound text held out; how many words that has."""
    tables = _tables(model.evidence().tables, model, own, caps)
    at = np.concatenate([table.at for table in tables])
    figures = np.concatenate([judge.odds(table.figures) for judge, table in zip(model.judges, tables, strict=True)])
    return figures[told(at, figures)], int(model.evidence().word[own].sum())


def _with_slips(model: Model, own: Ints, caps: Ints, seed: int) -> tuple[Ints, Ints, Ints]:
    return corrupting.corrupted(own, caps, model.vocabulary, model.totals, model.confusions, _RATE, seed)


def _parts(model: Model, ids: Ints, capitals: Ints) -> Iterator[tuple[int, Forms]]:
    """A long row of forms in parts, each with edges at its ends, and where in the row each part begins."""
    edge = model.vocabulary.numbers[EDGE]
    margin = np.full(REACH, edge, dtype=np.int32)
    at = 0
    while at < len(ids):
        end = min(at + _TOGETHER, len(ids))
        while end < len(ids) and ids[end] != edge:
            end += 1
        own = np.concatenate([margin, ids[at:end], margin])
        caps = np.concatenate([margin * 0, capitals[at:end], margin * 0])
        yield at - REACH, Forms(own, caps, margin, margin)
        at = end


def _tables(ask: Callable[[Forms], tuple[Table, ...]], model: Model, ids: Ints, capitals: Ints) -> list[Table]:
    """The tables of a long row of forms, judged in parts."""
    parts = [(first, ask(part)) for first, part in _parts(model, ids, capitals)]
    return [
        Table(
            np.concatenate([tables[number].at + first for first, tables in parts]),
            *(
                np.concatenate([getattr(tables[number], name) for _, tables in parts])
                for name in ("rival", "gain", "figures")
            ),
        )
        for number in range(len(parts[0][1]))
    ]


def main(arguments: list[str]) -> int:
    """Build what is asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m obelos_rules.odds.build",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", choices=["model", "confusions"])
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--stop", type=int, default=STOP)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args(arguments)
    if asked.what == "confusions":
        rows = [json.loads(line) for line in asked.source.read_text(encoding="utf-8").splitlines()]
        asked.out.write_text(confusing.counted(rows), encoding="utf-8")
    else:
        build(asked.source, asked.out, asked.steps, asked.stop, asked.keep)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
