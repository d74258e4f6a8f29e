"""What every full screen can do: show its keys."""

from typing import ClassVar

from textual.content import Content
from textual.screen import Screen

from ..keys import Command
from .message import MessageScreen


class ViewScreen(Screen[None]):
    """A screen whose commands are declared in a table of `obelos_tui.keys`."""

    commands: ClassVar[tuple[Command, ...]] = ()

    def action_show_keys(self) -> None:
        """Show all keys of this view."""
        self.app.push_screen(MessageScreen("Keys of this view", key_lines(self.commands)))


def key_lines(commands: tuple[Command, ...]) -> list[Content]:
    """One line for each command: its key, its name, what it does."""
    return [
        Content.assemble((f"{c.shown:>5}  ", "bold $primary"), (f"{c.name:<20} ", "bold"), (c.help, "$faint"))
        for c in commands
    ]
