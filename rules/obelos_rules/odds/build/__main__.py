"""Makes the model out of a text, one paragraph a line.

    python -m obelos_rules.odds.build model TEXT.gz OUT [--steps N] [--keep FOLDER]
    python -m obelos_rules.odds.build confusions CORRECTIONS.jsonl OUT

The same text gives the same bytes on one machine (the counts and all that is listed everywhere; the numbers of the
networks as far as the processor adds alike). What a step has made is kept in FOLDER and not made again.
"""

import argparse
import json
import pickle
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from .. import container
from ..counts import Counts, counted, hashes
from ..evidence import Evidence
from ..forms import EDGE, SPECIAL, Forms, Vocabulary
from ..judge import Judge
from ..model import QUESTIONS, Model
from ..network import QUICK, THOROUGH, Around
from ..ranking import told
from ..where import Where
from . import confusing, corrupting, judging, limits, reading, training, vectors

STEPS = 9_000
"""Batches that the thorough network learns from; the quick one takes half as many."""
SIZE = 63
"""Numbers of a form's vector."""
LEAST = 2
"""Rarer pairs and triples are left out."""
_RATE = 1 / 25
"""Slips put in for each word of the text held out."""
_ROOM = 3
"""Places around a slip that are no proof of sound text."""
_SLOW_LIMIT = 250_000
"""Forms judged at once."""
_THOROUGH, _QUICK = (640, 96), (96, 48)
"""Sizes of the layers of the networks."""
_PASSED = (35, 30, 4)
"""Places in 1,000 words of sound text that the sieve lets through, for each question."""


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


def build(source: Path, out: Path, steps: int, keep: Path | None) -> None:
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
    pairs, triples = done.made("counts", lambda: _counts(known, ids, held))

    def trained(around: Around, sizes: tuple[int, int], begin: tuple[Any, Any], many: int, tune: bool) -> Any:
        return training.train(ids, capitals, held, vocabulary, around, sizes, begin, many, tune)

    thorough, near, answers = done.made(f"thorough-{steps}", lambda: trained(THOROUGH, _THOROUGH, (e, e), steps, True))
    everything = np.arange(total)
    learned = near.of(everything), answers.of(everything)
    quick, _, _ = done.made(f"quick-{steps}", lambda: trained(QUICK, _QUICK, learned, steps // 2, False))
    model = Model(
        words, totals, known, near, answers, quick, thorough, Counts((pairs,), (triples,)), confusions, (), totals, (),
        totals, totals,
    )  # fmt: skip
    sieves, least, judges, figures, many = _judges(model, ids, capitals, held)
    model = replace(
        model,
        sieves=sieves,
        least=least,
        judges=judges,
        alarms=np.array(limits.ALARMS),
        limits=limits.limits(figures, many),
    )
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


def _judges(model: Model, ids: Any, capitals: Any, held: Any) -> Any:
    """The sieves with their limits, the judges, the figures of what these would tell of the sound text held out, and
    how many words that has."""
    vocabulary, evidence = model.vocabulary, model.evidence()
    own, caps = ids[held].astype(np.int32), capitals[held].astype(np.int32)
    new, new_caps, wrong = corrupting.corrupted(own, caps, vocabulary, model.totals, model.confusions, _RATE, seed=3)
    near = wrong > 0
    for step in range(1, _ROOM + 1):
        near[step:] |= wrong[:-step] > 0
        near[:-step] |= wrong[step:] > 0
    words = int(evidence.lexicon.word[own].sum())

    def learned(tables: Any) -> tuple[Judge, ...]:
        found = []
        for number, table in enumerate(tables, 1):
            answer = wrong[table.at] == number
            rows = answer | ~near[table.at]
            found.append(judging.learn(table.figures[rows], answer[rows], number))
        return tuple(found)

    slipped, sound = (_places(evidence, *text, vocabulary) for text in ((new, new_caps), (own, caps)))
    of_slipped, of_sound = ([evidence.sieve.seen(where) for _, where in places] for places in (slipped, sound))
    sieves = learned(_joined(slipped, of_slipped))
    least = []
    for judge, table, passed in zip(sieves, _joined(sound, of_sound), _PASSED, strict=True):
        odds = np.sort(judge.odds(table.figures))[::-1]
        least.append(odds[min(len(odds) - 1, passed * words // 1000)] if len(odds) else 0.0)
    model = replace(model, sieves=sieves, least=np.array(least, np.float32))

    def thorough(places: Any, seen: Any) -> list[_Rows]:
        found = [evidence.tables(where, model.kept(each)) for (_, where), each in zip(places, seen, strict=True)]
        return _joined(places, found)

    judges = learned(thorough(slipped, of_slipped))
    tables = thorough(sound, of_sound)
    at = np.concatenate([table.at for table in tables])
    figures = np.concatenate([judge.odds(table.figures) for judge, table in zip(judges, tables, strict=True)])
    return sieves, model.least, judges, figures[told(at, figures)], words


@dataclass(frozen=True)
class _Rows:
    """Places of a long row of forms, and a row of figures for each."""

    at: Any
    figures: Any


def _places(evidence: Evidence, ids: Any, capitals: Any, vocabulary: Vocabulary) -> list[tuple[int, Where]]:
    """The places of a long row of forms, in parts, each with the number of its first one."""
    parts = []
    edge = vocabulary.numbers[EDGE]
    at = 0
    while at < len(ids):
        end = min(at + _SLOW_LIMIT, len(ids))
        while end < len(ids) and ids[end] != edge:
            end += 1
        margin = np.full(4, edge, dtype=np.int32)
        own = np.concatenate([margin, ids[at:end], margin])
        caps = np.concatenate([margin * 0, capitals[at:end], margin * 0])
        parts.append((at - 4, evidence.where(Forms(own, caps, margin, margin))))
        at = end
    return parts


def _joined(places: list[tuple[int, Where]], parts: list[Any]) -> list[_Rows]:
    """What was found in parts, for each question, as one."""
    firsts = [first for first, _ in places]
    return [
        _Rows(
            np.concatenate([each[number].at + first for first, each in zip(firsts, parts, strict=True)]),
            np.concatenate([each[number].figures for each in parts]),
        )
        for number in range(len(QUESTIONS))
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
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args(arguments)
    if asked.what == "confusions":
        rows = [json.loads(line) for line in asked.source.read_text(encoding="utf-8").splitlines()]
        asked.out.write_text(confusing.counted(rows), encoding="utf-8")
    else:
        build(asked.source, asked.out, asked.steps, asked.keep)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
