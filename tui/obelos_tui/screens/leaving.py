"""Leaving a screen: once, however fast the keys come.

A key that was pressed before a screen had gone still reaches it. Textual would then take away whichever screen stands
on top, which is the one that the editor has gone back to.
"""

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

T = TypeVar("T")


class LeavingScreen(Screen[T]):
    """A full screen that is left once."""

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
