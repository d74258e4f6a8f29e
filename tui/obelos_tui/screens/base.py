"""What every full screen can do: show its keys."""

from collections.abc import Mapping
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.screen import Screen

from ..keys import Command
from .message import MessageScreen


class ViewScreen(Screen[None]):
    """A screen whose commands are declared in a table of `obelos_tui.keys`."""

    AUTO_FOCUS = ""
    commands: ClassVar[tuple[Command, ...]] = ()
    signs: ClassVar[Mapping[str, str]] = {}
    """Signs used on the screen, and what each says."""

    def action_show_keys(self) -> None:
        """Show all keys of this view."""
        self.app.push_screen(MessageScreen("Keys of this view", key_table(self.commands, self.signs)))

    def action_rules(self) -> None:
        """Show the rules of the edition."""
        from .rules import RulesScreen

        desk, review, turns = self.app.desk, getattr(self, "review", None), getattr(self, "turns", None)  # type: ignore[attr-defined]
        self.app.push_screen(RulesScreen(desk.edition, desk.repository, review, turns))


def key_table(commands: tuple[Command, ...], signs: Mapping[str, str]) -> Table:
    """One row for each command: its key, its name, what it does; then the signs."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="bold", no_wrap=True)
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for command in commands:
        table.add_row(*map(Text, (command.shown, command.name, command.help)))
    for number, (sign, meaning) in enumerate(signs.items()):
        if not number:
            table.add_row()
        table.add_row(Text(sign), Text("") if number else Text("Signs"), Text(meaning))
    return table
