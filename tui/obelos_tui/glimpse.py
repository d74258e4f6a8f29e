"""How two texts begin: what an editor reads while all that is known of them is still being looked up.

Nothing is compared: line stands beside line, as far as a screen reaches.
"""

import codecs
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from obelos_transcripts import BadInput, Edition, visible

_BYTES = 32_768
_LINES = 80
"""More than the tallest terminal has."""


@dataclass(frozen=True)
class Glimpse:
    """Two texts, by the siglum or name that stands above each, and how they begin, as it is shown."""

    heads: tuple[str, str]
    texts: tuple[str, str]


def glimpse(heads: tuple[str, str], paths: Sequence[Path]) -> Glimpse:
    """How two files begin; a file that cannot be read has nothing to show yet, and why is told by who opens it."""
    left, right = (_begin(path) for path in paths)
    return Glimpse(heads, (left, right))


def glimpse_of(edition: Edition, name: str | None) -> Glimpse | None:
    """How a document begins beside the version that its review shows first; None: there is no one document to show."""
    with suppress(BadInput, OSError):
        if name := name or edition.only():
            document = edition.document(name)
            siglum, other = next(iter(document.witnesses.items()), ("base", document.base))
            head = "base text" if siglum == "base" else f"{visible(siglum)} witness {visible(siglum)}"
            working = document.working if document.working.exists() else document.base
            return glimpse(("working text", head), (working, other))
    return None


def _begin(path: Path) -> str:
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            data = file.read(_BYTES)
    except OSError:
        return ""
    # What the limit has cut in two at the end is left out.
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(data)
    lines = text.split("\n", _LINES)[:_LINES]
    return visible("\n".join(lines), keep_lines=True)
