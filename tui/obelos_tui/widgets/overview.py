"""Where the differences lie in the whole of the texts: one column beside the scroll bar, a cell for a share of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

HEAT = " ░▒▓█"
"""From none to many differences of substance."""

ACCIDENTAL = "·"
"""Differences lie there, but none of substance."""

HERE = "◂"
"""The difference at hand lies there."""


class Overview(Widget, can_focus=False):
    """The strip; a click goes to what lies there."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"overview--substantive", "overview--accidental", "overview--here"}

    @dataclass
    class RowsChosen(Message):
        """A cell was clicked: the rows that it stands for, half-open."""

        first: int
        end: int

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: Sequence[tuple[int, bool]] = ()
        self._height = 0
        self._here: int | None = None
        self._sums: tuple[list[int], list[int]] = [], []

    def show_rows(self, rows: Sequence[tuple[int, bool]], height: int) -> None:
        """Set the rows that differences begin on, each with whether it is one of substance, and how many rows are."""
        self._rows, self._height = rows, height
        self._sums = [], []
        self.refresh()

    def show_here(self, row: int | None) -> None:
        """Set the row of the difference at hand."""
        self._here = row
        self.refresh()

    def render_lines(self, crop: object) -> list[Strip]:
        """One cell a line."""
        height = self.size.height
        if len(self._sums[0]) != height:
            self._sums = self._summed(height)
        weights, others = self._sums
        most = max(weights, default=0)
        here = None if self._here is None else _cell(self._here, height, self._height)
        return [self._strip(n, weights[n], others[n], most, here) for n in range(height)]

    def _strip(self, cell: int, weight: int, others: int, most: int, here: int | None) -> Strip:
        if cell == here:
            sign, kind = HERE, "here"
        elif weight:
            # The most frequented cell is full; one with a single difference is seen as well.
            sign, kind = HEAT[max(1, (weight * (len(HEAT) - 1) + most - 1) // most)], "substantive"
        else:
            sign, kind = (ACCIDENTAL if others else " "), "accidental"
        style = self.rich_style + self.get_component_rich_style(f"overview--{kind}", partial=True)
        return Strip([Segment(sign, style)], 1)

    def _summed(self, height: int) -> tuple[list[int], list[int]]:
        """How many differences of substance lie in each cell, and how many others."""
        weights, others = [0] * height, [0] * height
        for row, substantive in self._rows:
            (weights if substantive else others)[_cell(row, height, self._height)] += 1
        return weights, others

    def on_click(self, event: events.Click) -> None:
        """Go there."""
        height = max(1, self.size.height)
        rows = max(self._height, height)
        self.post_message(self.RowsChosen(-(-event.y * rows // height), -(-(event.y + 1) * rows // height)))


def _cell(row: int, height: int, rows: int) -> int:
    """The cell that a row of so many stands for. Texts that fit on the screen stand beside their rows."""
    return min(height - 1, row * height // max(rows, height, 1))
