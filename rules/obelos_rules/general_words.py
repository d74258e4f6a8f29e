"""Words of general English, for words that the vocabulary of the genre lacks.

The list is the frequency dictionary that comes with symspellpy (82,834 words: Google's book words that also stand in
SCOWL's lists of spellings); of that package nothing else is loaded. It is read when a text holds a word that no
document of the genre has, and looked through as it is: few words are asked about, and a set takes longer to make.
"""

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

_FILE = "frequency_dictionary_en_82_765.txt"


@lru_cache(maxsize=50_000)
def is_general(word: str) -> bool:
    """Whether general English has a word, given in small letters."""
    return f"\n{word} " in _listed()


@cache
def _listed() -> str:
    """The list: a word, a space and a number on each line."""
    package = find_spec("symspellpy")  # finds the package without running it
    folders = package.submodule_search_locations if package else None
    if not folders:
        raise ModuleNotFoundError("symspellpy, whose list of words is needed, is not installed", name="symspellpy")
    return "\n" + Path(folders[0], _FILE).read_text(encoding="utf-8-sig")
