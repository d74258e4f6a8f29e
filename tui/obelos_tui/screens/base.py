"""What every full screen can do: show its keys."""

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

    def action_show_keys(self) -> None:
        """Show all keys of this view."""
        self.app.push_screen(MessageScreen("Keys of this view", key_table(self.commands)))


def key_table(commands: tuple[Command, ...]) -> Table:
    """One row for each command: its key, its name, what it does."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="bold", no_wrap=True)
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for command in commands:
        table.add_row(*map(Text, (command.shown, command.name, command.help)))
    return table
