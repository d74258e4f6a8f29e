"""Words of general English, for words that the vocabulary of the genre lacks.

The list is the frequency dictionary that comes with symspellpy (82,834 words: Google's book words that also stand in
SCOWL's lists of spellings); of that package nothing else is loaded. It is read when a text holds a word that no
document of the genre has.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

_FILE = "frequency_dictionary_en_82_765.txt"


@cache
def general_words() -> frozenset[str]:
    """The words, in small letters."""
    package = find_spec("symspellpy")  # finds the package without running it
    folders = package.submodule_search_locations if package else None
    if not folders:
        raise ModuleNotFoundError("symspellpy, whose list of words is needed, is not installed", name="symspellpy")
    lines = Path(folders[0], _FILE).read_text(encoding="utf-8-sig").splitlines()
    return frozenset(line.partition(" ")[0] for line in lines)
