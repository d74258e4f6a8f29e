"""Counts a text, one paragraph a line, and writes the vocabulary that is shipped.

``python -m obelos_rules.vocabulary build TEXT.gz OUT``: the same text gives the same bytes. Rare forms that look like a
slip of another word are left out unless they are listed in ``data/rare.txt``: proofread print has misprints too, and
a misprint must not become a word. The words of ``data/general.txt`` are added.
"""

import gzip
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..reading import normal_form
from ..slips import Slips
from . import DATA, Vocabulary

_FORM = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LEAST = 3
"""Rarer forms are taken up only if no word is one slip away."""
_RATIO = 400
_MISPRINT = 5
_LONG = 8
"""A long form that stands five times at most is a misprint of a word one slip away and 400 times more frequent.
Short words lie close to one another by chance."""
_NAME = 8
"""A form is a name if it has a capital so many times more often than not."""


def _written(vocabulary: Vocabulary) -> Iterator[str]:
    yield "# Words and names by frequency class; see NOTICE. Written by: python -m obelos_rules.vocabulary build"
    for what, forms in (("words", vocabulary.words), ("names", vocabulary.names)):
        for frequency in sorted(set(forms.values()), reverse=True):
            yield f"= {what} {frequency}"
            yield from sorted(form for form, own in forms.items() if own == frequency)


def count_forms(paragraphs: Iterable[str]) -> Counter[str]:
    """How often each form stands in a text, as written, with ``'`` for every apostrophe and without ``'s``."""
    counts: Counter[str] = Counter()
    for paragraph in paragraphs:
        counts.update(_FORM.findall(paragraph.replace("’", "'")))
    for form in [form for form in counts if form.endswith("'s")]:
        counts[form[:-2]] += counts.pop(form)
    return counts


def build(counts: Mapping[str, int]) -> Vocabulary:
    """The vocabulary of a text's forms.

    A form that stands in small letters is a word, and counts with a capital as well, unless the capital is the rule.
    """
    words: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for form, count in counts.items():
        small = normal_form(form)
        if form == small or count < _NAME * counts.get(small, 0):
            words[small] += count
        elif form.isupper() and len(form) > 1 and (count < counts.get(form.title(), 0) or small in counts):
            continue  # a word or name in a heading
        else:
            names[form] += count
    rare, none = _read_through()
    general = [word for line in _lines("general.txt") for word in line]
    slips = Slips(form for form, count in counts.items() if count >= _LEAST and form in words)
    kept = {form for form in words.keys() - none if form in rare or _is_word(form, counts, slips)}
    return Vocabulary(
        dict.fromkeys(general, 0) | {form: words[form].bit_length() - 1 for form in kept},
        {
            form: count.bit_length() - 1
            for form, count in names.items()
            if count >= _LEAST and len(form) > 1 and form not in none
        },
    )


def _is_word(form: str, counts: Mapping[str, int], slips: Slips) -> bool:
    count = counts.get(form, 0)
    if count < _LEAST:
        return count == _LEAST - 1 and not slips.of(form)
    if count > _MISPRINT or len(form) < _LONG:
        return True
    return not any(counts[right] >= _RATIO * count for right in slips.of(form))


def _read_through() -> tuple[frozenset[str], frozenset[str]]:
    """Rare forms that are words, and forms that are none."""
    lines = _lines("rare.txt")
    words = frozenset(word for line in lines if line[0] != "-" for word in line)
    return words, frozenset(word for line in lines if line[0] == "-" for word in line[1:])


def _lines(name: str) -> list[list[str]]:
    lines = (line.split() for line in (DATA / name).read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line[0] != "#"]


def main(arguments: list[str]) -> int:
    """Count a text and write the vocabulary."""
    if len(arguments) != 3 or arguments[0] != "build":
        sys.stderr.write("usage: python -m obelos_rules.vocabulary build TEXT.gz OUT\n")
        return 2
    with gzip.open(arguments[1], "rt", encoding="utf-8") as text:
        vocabulary = build(count_forms(text))
    Path(arguments[2]).write_text("\n".join(_written(vocabulary)), encoding="utf-8")
    sys.stdout.write(f"{len(vocabulary.words)} words, {len(vocabulary.names)} names\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
