"""The model as it is shipped: one file, mapped into memory when the first text is judged; and how it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np

from . import container
from .confusions import Confusions
from .counts import Counts, Table
from .evidence import Evidence
from .forms import SPECIAL, Vocabulary
from .judge import Judge
from .network import Network, Weights
from .sieve import Sieve
from .two_words import Divisions

NAME = "odds.bin"
QUESTIONS = ("changed", "missing", "surplus", "split", "joined")
SIEVES = ("sieve.words", "sieve.gaps")
Ints = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Model:
    """All that judging a text takes.

    Attributes:
        words: The vocabulary without `SPECIAL`.
        totals, known: How often each form stands in the counted text, and its hash.
        judges: One for each of `QUESTIONS`.
        sieves: Which words, and which gaps, are worth asking.
        alarms: False alarms in 1,000 words of sound text, in rising order, and ``limits`` the figures of the judges
            that let through just so many.
    """

    words: tuple[str, ...]
    totals: Ints
    known: Ints
    weights: Weights
    counts: Counts
    confusions: Confusions
    divisions: Divisions
    judges: tuple[Judge, ...]
    sieves: tuple[Sieve, ...]
    alarms: Ints
    limits: Ints

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The numbers of the forms."""
        return Vocabulary(self.words)

    def words_of(self, *numbers: int) -> tuple[str, ...]:
        """The words of some numbers."""
        return tuple(self.vocabulary.forms[number] for number in numbers)

    def evidence(self, more: Counts | None = None) -> Evidence:
        """What asks the questions; ``more`` are counts of an edition."""
        return self._evidence.with_counts(self.counts.with_more(more)) if more else self._evidence

    @cached_property
    def _evidence(self) -> Evidence:
        network = Network(self.weights, self.vocabulary)
        return Evidence(
            self.vocabulary,
            self.totals,
            self.known,
            network,
            self.counts,
            self.confusions,
            self.divisions,
            self.sieves,
        )

    def limit(self, alarms: float) -> float:
        """The figure of a judge above which there are so many false alarms in 1,000 words."""
        return float(np.interp(np.log(alarms), np.log(self.alarms), self.limits))

    def arrays(self) -> Mapping[str, Ints]:
        """The model as named arrays."""
        found: dict[str, Ints] = {
            "words": np.frombuffer("\n".join(self.words).encode(), np.uint8),
            "totals": self.totals.astype("<u4"),
            "known": self.known,
        }
        parts: tuple[tuple[str, Any], ...] = (
            ("weights", self.weights),
            ("pairs", self.counts.pairs[0]),
            ("triples", self.counts.triples[0]),
            ("confusions", self.confusions),
            ("divisions", self.divisions),
            *zip(QUESTIONS, self.judges, strict=True),
            *zip(SIEVES, self.sieves, strict=True),
        )
        for name, part in parts:
            found |= {f"{name}.{field.name}": getattr(part, field.name) for field in fields(part)}
        return found | {"alarms": self.alarms.astype("<f4"), "limits": self.limits.astype("<f4")}


def of_arrays(found: Mapping[str, Ints]) -> Model:
    """The model that some named arrays are.

    Raises:
        KeyError: One is missing.
    """

    def part(kind: Any, name: str) -> Any:
        return kind(**{field.name: found[f"{name}.{field.name}"] for field in fields(kind)})

    return Model(
        tuple(found["words"].tobytes().decode().split("\n")),
        found["totals"],
        found["known"],
        part(Weights, "weights"),
        Counts((part(Table, "pairs"),), (part(Table, "triples"),)),
        part(Confusions, "confusions"),
        part(Divisions, "divisions"),
        tuple(part(Judge, name) for name in QUESTIONS),
        tuple(part(Sieve, name) for name in SIEVES),
        found["alarms"],
        found["limits"],
    )


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The model that comes with Obelos."""
    with as_file(files("obelos_rules") / "data" / NAME) as path:
        return read(path)


def read(path: Path) -> Model:
    """The model in a file."""
    return of_arrays(container.from_buffer(container.mapped(path)))


__all__ = ["NAME", "QUESTIONS", "SPECIAL", "Model", "of_arrays", "read", "shipped"]
