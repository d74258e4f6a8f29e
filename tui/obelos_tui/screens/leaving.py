"""Leaving a screen: once, however fast the keys come, and even before it is there.

A key that was pressed before a screen had gone still reaches it. Textual would then take away whichever screen stands
on top, which is the one that the editor has gone back to. A screen that goes while it is being put up is told that it
is there, with nothing on it.
"""

from typing import TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

T = TypeVar("T")


class LeavingScreen(Screen[T]):
    """A full screen that is left once."""

    async def on_event(self, event: events.Event) -> None:
        """Begin only with what stands on the screen."""
        if not isinstance(event, events.Mount) or self.children:
            await super().on_event(event)

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leave it, with what was put on top of it meanwhile; one that has been left already stays as it is."""
        stack = self.app.screen_stack
        if self not in stack:
            return AwaitComplete()
        for _ in stack[stack.index(self) + 1 :]:
            self.app.pop_screen()
        return super().dismiss(result)


class Dialog(ModalScreen[T], LeavingScreen[T]):  # in this order: styles come by the first of them
    """A framed screen over another that is left once."""
