"""The keys of a view as a table: key, name, what it does; then the signs."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from ..command import Command

_GAP = 2
_LEAST = 20
"""Cells of the narrowest column of what keys do."""


class KeyTable(Widget):
    """Laid out anew only where the width has changed: asking for the keys must cost no more than a key."""

    DEFAULT_CSS = "KeyTable { width: 1fr; height: auto; }"

    def __init__(self, commands: Sequence[Command], signs: Mapping[str, str]) -> None:
        super().__init__()
        self._rows = [(command.shown, command.name, command.help) for command in commands if command.keys]
        self._signs = [("", "", "")] if signs else []
        self._signs += [(sign, "" if n else "Signs", meaning) for n, (sign, meaning) in enumerate(signs.items())]
        self._laid_out: tuple[int, list[Content]] = (0, [])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the words need in that width."""
        return len(self._lines(width))

    def render(self) -> Content:
        """All rows."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        if self._laid_out[0] != width:
            self._laid_out = width, list(self._wrapped(width))
        return self._laid_out[1]

    def _wrapped(self, width: int) -> Iterator[Content]:
        rows = [*self._rows, *self._signs]
        keys = max((cell_len(key) for key, _, _ in rows), default=0)
        names = max((cell_len(name) for _, name, _ in rows), default=0)
        room = max(_LEAST, width - keys - names - 2 * _GAP)
        for key, name, told in rows:
            for number, part in enumerate(wrap(told, room) or [""]):
                first, second = ("", "") if number else (key, name)
                head = " " * (keys - cell_len(first)) + first + " " * _GAP
                yield Content.assemble((head, "bold"), (second + " " * (names - cell_len(second) + _GAP), "bold"), part)
