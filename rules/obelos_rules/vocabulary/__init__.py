"""The words and names of the genre with how frequent they are, counted in printed, proofread documents.

A frequency class is the power of two below the count: class 10 is 1,024 to 2,047 times in 12.5 million words. The
file is read when the first word is asked about, and never for a text that asks about none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

DATA = files("obelos_rules") / "data"


@dataclass(frozen=True)
class Vocabulary:
    """Frequency classes: of words by their normal form, of names as written (*McCarthy*, *NATO*)."""

    words: Mapping[str, int]
    names: Mapping[str, int]

    def known(self, word: str) -> bool:
        """Whether a word, in normal form, is one."""
        return word in self.words

    def count(self, form: str) -> int:
        """About how often a word or name stands in the text that was counted; 0 for a form that does not."""
        found = self.words.get(form, self.names.get(form))
        return 0 if found is None else 1 << found

    @cached_property
    def spelt(self) -> frozenset[str]:
        """Normal forms of all words and names: whatever is spelt so is spelt right."""
        return frozenset(self.words).union(map(str.lower, self.names))


@cache
def shipped() -> Vocabulary:
    """The vocabulary that comes with Obelos, read when first asked for."""
    return _read((DATA / "vocabulary.txt").read_text(encoding="utf-8"))


def _read(text: str) -> Vocabulary:
    words: dict[str, int] = {}
    names: dict[str, int] = {}
    for section in text.split("\n= ")[1:]:
        head, _, forms = section.partition("\n")
        what, _, frequency = head.partition(" ")
        (words if what == "words" else names).update(dict.fromkeys(forms.split("\n"), int(frequency)))
    return Vocabulary(words, names)
