"""Pieces of text in styles, broken into lines that fit a terminal; nothing of a text can reach it as a command.

A line is broken at spaces, and inside a word only where the word is longer than a line. Widths count cells, so that
wide and combining characters keep to the margin.
"""

import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from typing import Any, Literal

import click

from obelos_transcripts import visible

Style = Literal["", "dim", "old", "new", "siglum", "class", "head"]
Piece = tuple[str, Style]

WIDTH = 80
_WIDEST = 110
_STYLES: dict[str, dict[str, Any]] = {
    "dim": {"dim": True},
    "old": {"fg": "red", "strikethrough": True},
    "new": {"fg": "green", "bold": True},
    "siglum": {"fg": "cyan"},
    "class": {"fg": "yellow"},
    "head": {"bold": True},
}
_NARROW = re.compile("[ -~\u00a1-\u02ff\u2010-\u2027]*")


def width() -> int:
    """Columns to write in: those of the terminal, 80 where there is none."""
    if not sys.stdout.isatty():
        return WIDTH
    return max(40, min(shutil.get_terminal_size((WIDTH, 24)).columns, _WIDEST))


def cells(text: str) -> int:
    """How many cells of a terminal a text takes; it is made visible already."""
    if _NARROW.fullmatch(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def flow(pieces: Iterable[Piece], room: int, indent: int = 0) -> list[str]:
    """Lines of at most ``room`` cells, each with ``indent`` spaces before it, styled for a terminal."""
    return [" " * indent + styled(line) for line in broken(pieces, room - indent)]


def broken(pieces: Iterable[Piece], room: int) -> Iterator[list[Piece]]:
    """The pieces line by line."""
    line: list[Piece] = []
    used = 0
    for word, space in _words(pieces):
        size = sum(cells(text) for text, _ in word)
        if line and used + size > room:
            yield _bare(line)
            line, used = [], 0
        for text, style in word:
            for part in _chopped(text, room, room - used):
                if used + cells(part) > room and line:
                    yield line
                    line, used = [], 0
                line.append((part, style))
                used += cells(part)
        line += space
        used += len(space)
    if line:
        yield _bare(line)


def _words(pieces: Iterable[Piece]) -> Iterator[tuple[list[Piece], list[Piece]]]:
    """Words, each as pieces of one style, with the space that follows them."""
    word: list[Piece] = []
    for text, style in pieces:
        for part in re.split("( )", visible(text)):
            if part == " ":
                yield word, [(" ", style)]
                word = []
            elif part:
                word.append((part, style))
    if word:
        yield word, []


def _chopped(text: str, room: int, first: int) -> Iterator[str]:
    if cells(text) <= max(first, room):
        yield text
        return
    from rich.cells import chop_cells

    yield from chop_cells(text, room)


def _bare(line: list[Piece]) -> list[Piece]:
    """The line without the space at its end."""
    return line[:-1] if line and line[-1][0] == " " else line


def styled(line: Iterable[Piece]) -> str:
    """Pieces one after another, their text visible already."""
    return "".join(click.style(text, **_STYLES[style]) if style else text for text, style in line)
