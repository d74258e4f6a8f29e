"""The last line of a screen: its foremost keys and what they do."""

from typing import ClassVar

from textual.content import Content
from textual.events import Click
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget


class KeyLine(Widget):
    """The commands that are declared for the footer; a click on one does it.

    One widget and one line of text. Textual's own footer makes a widget of each key, anew and with a layout of the
    whole screen whenever a dialog closes or a field takes the cursor.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-line--key"}

    commands: reactive[tuple[tuple[str, str, str], ...]] = reactive(())
    """Of each command the key to press, the key as it is shown, the command's name."""

    def on_mount(self) -> None:
        """Follow what can be done on the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self.take_bindings)

    def take_bindings(self, screen: Screen[object]) -> None:
        """Show what can be done now; in a terminal that has not the focus all stays as it was."""
        if not self.app.app_focus:
            return
        shown = [binding for _, binding, enabled, _ in screen.active_bindings.values() if binding.show and enabled]
        first = {binding.action: binding for binding in reversed(shown)}
        self.commands = tuple(
            (binding.key, self.app.get_key_display(binding), binding.description)
            for binding in dict.fromkeys(first[binding.action] for binding in shown)
        )

    def render(self) -> Content:
        """Key and name, one command after another."""
        key = self.get_visual_style("key-line--key")
        return Content.assemble(
            *(part for _, shown, name in self.commands for part in ((f" {shown} ", key), f"{name} "))
        )

    def on_click(self, event: Click) -> None:
        """Press the key that was clicked."""
        end = 0
        for key, shown, name in self.commands:
            end += Content(f" {shown} {name} ").cell_length
            if event.x < end:
                self.app.simulate_key(key)
                return
