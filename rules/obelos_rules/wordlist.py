"""``rules/words.txt`` of an edition: names and period spellings that are right here, whatever a rule thinks of them.

One word or phrase a line; ``#`` begins a comment; ``[note]`` or ``[heading body]`` alone on a line says in which
layers the following ones hold; before the first such line they hold in all. A word in small letters holds with a
capital as well; any word holds in capitals and with *'s*.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from obelos_transcripts import LAYERS, Layer, decode, read_bytes
from obelos_transcripts.schema import Problems, did_you_mean

NAME = "words.txt"
MOST_BYTES = 1 << 20
MOST_LINES = 100_000
LONGEST = 200
"""Code points of a word or phrase."""
_SECTION = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True)
class WordList:
    """Words and phrases that are right, by layer, each as `_key` gives it and in capitals."""

    layers: Mapping[Layer, frozenset[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether it lists anything."""
        return any(self.layers.values())

    def accepts(self, layer: Layer, word: str) -> bool:
        """Whether a word or phrase, as it stands in a layer of a text, is listed there."""
        listed = self.layers.get(layer)
        if not listed:
            return False
        form = _key(word)
        return form in listed or form.lower() in listed


NO_WORDS = WordList()


def _key(word: str) -> str:
    """One form of white space and of the apostrophe, no *'s*, letters and accents composed."""
    form = unicodedata.normalize("NFC", " ".join(word.split()).replace("’", "'"))
    return form[:-2] if len(form) > 2 and form[-2:] in ("'s", "'S") else form


def read_words(path: Path) -> WordList:
    """The list in a file.

    Raises:
        BadInput: With every problem of the file.
    """
    return parse_words(read_bytes(path), str(path))


def parse_words(data: bytes, where: str) -> WordList:
    """The list in a file's bytes; ``where`` names it in messages.

    Raises:
        BadInput: With every problem of the file.
    """
    problems = Problems(where)
    if len(data) > MOST_BYTES:
        problems.add(None, f"is larger than {MOST_BYTES >> 20} MiB: too large for a list of words")
    lines = decode(data, where).removeprefix("\ufeff").split("\n") if not problems.found else []
    if len(lines) > MOST_LINES:
        problems.add(None, f"has more than {MOST_LINES:,} lines: too many for a list of words")
    problems.raise_if_any()
    listed: dict[Layer, set[str]] = {layer: set() for layer in LAYERS}
    layers: tuple[Layer, ...] = LAYERS
    for number, line in enumerate(lines, 1):
        entry = line.partition("#")[0].strip()
        section = _SECTION.fullmatch(entry)
        if section:
            layers = _layers(section[1], number, problems)
        elif entry and _sound(entry, number, problems):
            form = _key(entry)
            for layer in layers:
                listed[layer] |= {form, form.upper()}
    problems.raise_if_any()
    return WordList({layer: frozenset(forms) for layer, forms in listed.items()})


def _layers(names: str, line: int, problems: Problems) -> tuple[Layer, ...]:
    asked = names.split()
    for name in asked:
        if name not in LAYERS:
            problems.add(line, f"there is no layer “{_shown(name)}”{did_you_mean(name, LAYERS)}")
    if not asked:
        problems.add(line, "a section names one layer or more, as in [note] or [heading body]")
    return tuple(layer for layer in LAYERS if layer in asked)


def _sound(entry: str, line: int, problems: Problems) -> bool:
    if any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") and char != "\t" for char in entry):
        problems.add(line, f"“{_shown(entry)}” holds a control character")
    elif len(entry) > LONGEST:
        problems.add(line, f"a word or phrase of at most {LONGEST} characters was expected, not {len(entry)}")
    elif entry[0] == "[" or entry[-1] == "]":
        problems.add(line, f"“{_shown(entry)}” is neither a word nor a section such as [note]")
    elif not any(char.isalnum() for char in entry):
        problems.add(line, f"a word or phrase was expected, not “{_shown(entry)}”")
    else:
        return True
    return False


def _shown(text: str) -> str:
    safe = "".join(char if char.isprintable() else "\ufffd" for char in text)
    return safe if len(safe) <= 40 else safe[:39] + "…"
