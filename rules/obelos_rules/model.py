"""What rules are and what they report: plain data, no behaviour that reads or writes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Literal, Protocol, runtime_checkable

from obelos_transcripts import Layer

from .reading import Reading
from .wordlist import NO_WORDS, WordList

Level = Literal["certain", "likely", "possible"]
LEVELS: tuple[Level, ...] = ("certain", "likely", "possible")

MODEL_KINDS = ("context", "omission", "surplus")
"""Kinds that ask the statistical model. What a written rule knows it says itself; the model speaks where none does."""


@dataclass(frozen=True)
class Hit:
    """What a detector saw: half-open span in code points, suggestions, values for the message by placeholder."""

    start: int
    end: int
    suggestions: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


Detector = Callable[[Reading, tuple[Layer, ...]], Iterable[Hit]]
"""Looks at the given layers of a text. Never raises, whatever the text."""


@runtime_checkable
class Gathers(Protocol):
    """A detector that does part of its work for many texts at once, which is faster than for one after the other."""

    def gather(self, readings: Sequence[Reading], layers: tuple[Layer, ...]) -> None:
        """Do what can be done for all of them, before any is looked at; what it finds in each stays the same."""


@dataclass(frozen=True)
class Example:
    """A text that proves a rule; ``layer`` makes all of it that layer, None reads the layers as usual.

    ``at`` is the quote to be flagged and ``suggest`` a suggestion to be made; both empty in a passing example.
    ``line`` is its line in the file of its pack, ``witnesses`` are sigla and texts that the example is compared with.
    """

    text: str
    at: str = ""
    suggest: str | None = None
    layer: Layer | None = None
    line: int = 0
    witnesses: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Examples:
    """The proof of a rule: what it flags and what it passes."""

    flag: tuple[Example, ...]
    passing: tuple[Example, ...]


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule as loaded: declaration, explanation, proof.

    Attributes:
        line: Its line in the file of its pack.
        make, make_examples: Make its detector, and its examples, when they are needed.
        accepted: Words of the edition that it leaves alone.
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    level: Level
    layers: tuple[Layer, ...]
    message: str
    why: str
    authority: str
    pack: str
    line: int
    make: Callable[[], Detector] = field(repr=False)
    make_examples: Callable[[], Examples] = field(repr=False)
    accepted: WordList = field(default=NO_WORDS, repr=False)

    @cached_property
    def detector(self) -> Detector:
        """What looks for it."""
        return self.make()

    @cached_property
    def _examples(self) -> Examples:
        return self.make_examples()

    @property
    def flag(self) -> tuple[Example, ...]:
        """Examples that are flagged."""
        return self._examples.flag

    @property
    def passing(self) -> tuple[Example, ...]:
        """Examples that are not."""
        return self._examples.passing


@dataclass(frozen=True)
class Finding:
    """What a rule reports about a half-open span of code points. ``fingerprint`` survives edits elsewhere."""

    code: str
    name: str
    kind: str
    level: Level
    layer: Layer
    start: int
    end: int
    found: str
    suggestions: tuple[str, ...]
    message: str
    why: str
    fingerprint: str


def fingerprint(code: str, layer: Layer, text: str, start: int, end: int, ordinal: int) -> str:
    """16 hexadecimal digits for a finding: code, layer, quote, a little context, and which of several alike.

    White space is normalised, so that re-wrapping a text changes no fingerprint.
    """
    before = " ".join(text[max(0, start - 64) : start].split())[-16:]
    after = " ".join(text[end : end + 64].split())[:16]
    quote = " ".join(text[start:end].split())
    parts = (code, layer, quote, before, after, str(ordinal))
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
