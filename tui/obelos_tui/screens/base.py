"""What every full screen can do: show its keys."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from textual import on
from textual.app import App
from textual.binding import Binding, BindingsMap, BindingType
from textual.message import Message

from obelos_transcripts import ObelosError

from .. import facts
from ..keymap import Keymap
from ..keys import REVIEW, Command, bindings
from ..turns import Turns
from ..welcome import welcome_lines
from ..widgets.key_table import KeyTable
from .leaving import LeavingScreen
from .message import MessageScreen


class ViewScreen(LeavingScreen[None]):
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

        self.begin(in_turn, group="turns")

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
        self.app.show_rules(getattr(self, "review", None), getattr(self, "turns", None))  # type: ignore[attr-defined]


class KeysScreen(MessageScreen):
    """The keys of a view; from here to the welcome."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("w", "welcome", "Welcome")]

    def __init__(self, commands: tuple[Command, ...], signs: Mapping[str, str]) -> None:
        super().__init__("Keys of this view", (), after="w the welcome")
        self._table = KeyTable(commands, signs)

    def body(self) -> KeyTable:
        """The table."""
        return self._table

    def action_welcome(self) -> None:
        """Show what there is to decide, as on the first day."""
        self.app.push_screen(welcome(self.app))


def welcome(app: App[Any]) -> MessageScreen:
    """What an editor decides, on one screen, with the keys that hold."""
    keymap = getattr(app, "keymap", None)
    commands = keymap.commands(REVIEW) if isinstance(keymap, Keymap) else REVIEW
    return MessageScreen("Welcome to Obelos", welcome_lines(commands), back="enter begins")
