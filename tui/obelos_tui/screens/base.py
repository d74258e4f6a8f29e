"""What every full screen can do: show its keys."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import App
from textual.binding import Binding, BindingsMap, BindingType
from textual.message import Message
from textual.screen import Screen

from obelos_transcripts import ObelosError

from .. import facts
from ..keymap import Keymap
from ..keys import REVIEW, Command, bindings
from ..turns import Turns
from ..welcome import welcome_lines
from .message import MessageScreen


class ViewScreen(Screen[None]):
    """A screen whose commands are declared in a table of `obelos_tui.keys`."""

    CSS_PATH = "../screens.tcss"
    AUTO_FOCUS = ""
    commands: ClassVar[tuple[Command, ...]] = ()
    signs: ClassVar[Mapping[str, str]] = {}
    """Signs used on the screen, and what each says."""

    @property
    def in_force(self) -> tuple[Command, ...]:
        """The commands with the keys that this person has chosen."""
        keymap = getattr(self.app, "keymap", None)
        return keymap.commands(self.commands) if isinstance(keymap, Keymap) else self.commands

    def on_mount(self) -> None:
        """Take the keys that this person has chosen."""
        chosen = self.in_force
        if chosen is not self.commands:
            usual = set(Binding.make_bindings(bindings(self.commands)))
            kept = [binding for _, binding in self._bindings if binding not in usual]
            self._bindings = BindingsMap([*kept, *bindings(chosen)])
            self.refresh_bindings()

    def ask_in_turn(self, turns: Turns, what: str, call: Callable[[], Message]) -> None:
        """Run a call in turn and post the fact it comes back with; ``what`` heads the reason when it is refused."""

        async def in_turn() -> None:
            try:
                fact = await turns.take(call)
            except ObelosError as refusal:
                fact = facts.OperationRefused(what, str(refusal))
            self.post_message(fact)

        self.run_worker(in_turn(), group="turns")

    @on(facts.OperationRefused)
    def _refused(self, message: facts.OperationRefused) -> None:
        """Say why, in full; once, for the application would say it too."""
        message.stop()
        self.app.push_screen(MessageScreen(message.what, message.why.split("\n")))

    def action_show_keys(self) -> None:
        """Show all keys of this view."""
        self.app.push_screen(KeysScreen(self.in_force, self.signs))

    def action_welcome(self) -> None:
        """Show what there is to decide, as on the first day."""
        self.app.push_screen(welcome(self.app))

    def action_rules(self) -> None:
        """Show the rules of the edition."""
        from .rules import RulesScreen

        desk, review, turns = self.app.desk, getattr(self, "review", None), getattr(self, "turns", None)  # type: ignore[attr-defined]
        self.app.push_screen(RulesScreen(desk.edition, desk.repository, review, turns))


class KeysScreen(MessageScreen):
    """The keys of a view; from here to the welcome."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("w", "welcome", "Welcome")]

    def __init__(self, commands: tuple[Command, ...], signs: Mapping[str, str]) -> None:
        super().__init__("Keys of this view", key_table(commands, signs), after="w the welcome")

    def action_welcome(self) -> None:
        """Show what there is to decide, as on the first day."""
        self.app.push_screen(welcome(self.app))


def welcome(app: App[Any]) -> MessageScreen:
    """What an editor decides, on one screen, with the keys that hold."""
    keymap = getattr(app, "keymap", None)
    commands = keymap.commands(REVIEW) if isinstance(keymap, Keymap) else REVIEW
    return MessageScreen("Welcome to Obelos", welcome_lines(commands), back="enter begins")


def key_table(commands: tuple[Command, ...], signs: Mapping[str, str]) -> Table:
    """One row for each command: its key, its name, what it does; then the signs."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="bold", no_wrap=True)
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for command in commands:
        if not command.keys:
            continue
        table.add_row(*map(Text, (command.shown, command.name, command.help)))
    for number, (sign, meaning) in enumerate(signs.items()):
        if not number:
            table.add_row()
        table.add_row(Text(sign), Text("") if number else Text("Signs"), Text(meaning))
    return table
