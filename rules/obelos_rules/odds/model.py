"""The model as it is shipped: one file, mapped into memory when the first text is judged; and how it is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np

from . import container
from .confusions import Confusions
from .counts import Counts, Table
from .evidence import Evidence, Kept, kept
from .evidence import Table as Judged
from .forms import SPECIAL, Forms, Vocabulary
from .judge import Judge
from .network import Quick, Thorough, Vectors, Weights
from .sieve import Seen, Sieve
from .where import Lexicon

NAME = "odds.bin"
QUESTIONS = ("changed", "missing", "surplus")
Ints = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Model:
    """All that judging a text takes.

    Attributes:
        words: The vocabulary without `SPECIAL`.
        totals, known: How often each form stands in the counted text, and its hash.
        near, answers: The vectors of the forms as neighbours of a gap, and as what may stand in it.
        sieves: One for each of `QUESTIONS`, and ``least`` the figures of theirs below which a place is not doubted.
        judges: One for each of `QUESTIONS`.
        alarms: False alarms in 1,000 words of the text held out, in rising order, and ``limits`` the figures of the
            judges that let through just so many.
    """

    words: tuple[str, ...]
    totals: Ints
    known: Ints
    near: Vectors
    answers: Vectors
    quick: Weights
    thorough: Weights
    counts: Counts
    confusions: Confusions
    sieves: tuple[Judge, ...]
    least: Ints
    judges: tuple[Judge, ...]
    alarms: Ints
    limits: Ints

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The numbers of the forms."""
        return Vocabulary(self.words)

    def evidence(self, more: Counts | None = None) -> Evidence:
        """What asks the questions; ``more`` are counts of an edition."""
        return self._evidence.with_counts(self.counts.with_more(more)) if more else self._evidence

    @cached_property
    def _evidence(self) -> Evidence:
        vocabulary = self.vocabulary
        quick = Quick(self.quick, self.near, self.answers, vocabulary)
        thorough = Thorough(self.thorough, self.near, self.answers, vocabulary, self.totals)
        lexicon = Lexicon.of(vocabulary, self.totals, self.known)
        return Evidence(lexicon, Sieve(quick, self.confusions), thorough, self.counts, self.confusions)

    def tables(self, forms: Forms, evidence: Evidence) -> tuple[Judged, ...]:
        """What is known of the doubtful places of a text, for each of `QUESTIONS`."""
        where = evidence.where(forms)
        return evidence.tables(where, self.kept(evidence.sieve.seen(where)))

    def kept(self, seen: Sequence[Seen]) -> tuple[Kept, ...]:
        """Of the places seen at first sight those that are doubtful enough."""
        return kept(seen, self.sieves, self.least)

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
            ("near", self.near),
            ("answers", self.answers),
            ("quick", self.quick),
            ("thorough", self.thorough),
            ("pairs", self.counts.pairs[0]),
            ("triples", self.counts.triples[0]),
            ("confusions", self.confusions),
            *zip((f"sieve.{name}" for name in QUESTIONS), self.sieves, strict=True),
            *zip(QUESTIONS, self.judges, strict=True),
        )
        for name, part in parts:
            found |= {f"{name}.{field.name}": getattr(part, field.name) for field in fields(part)}
        numbers = {"least": self.least, "alarms": self.alarms, "limits": self.limits}
        return found | {name: array.astype("<f4") for name, array in numbers.items()}


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
        part(Vectors, "near"),
        part(Vectors, "answers"),
        part(Weights, "quick"),
        part(Weights, "thorough"),
        Counts((part(Table, "pairs"),), (part(Table, "triples"),)),
        part(Confusions, "confusions"),
        tuple(part(Judge, f"sieve.{name}") for name in QUESTIONS),
        found["least"],
        tuple(part(Judge, name) for name in QUESTIONS),
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
