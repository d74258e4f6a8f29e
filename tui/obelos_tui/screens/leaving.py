"""Leaving a screen: once, however fast the keys come, and even before it is there.

A key that was pressed before a screen had gone still reaches it. Textual would then take away whichever screen stands
on top, which is the one that the editor has gone back to. A screen that goes while it is being put up is told that it
is there, with nothing on it; and one that is being put up has the keys before it has anything to do with them.
"""

from collections.abc import Callable, Coroutine
from typing import TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.css.query import NoMatches
from textual.screen import ModalScreen, Screen
from textual.worker import Worker

T = TypeVar("T")


class LeavingScreen(Screen[T]):
    """A full screen that is left once."""

    async def on_event(self, event: events.Event) -> None:
        """Whoever is leaving already lacks what would stand on the screen."""
        try:
            await super().on_event(event)
        except NoMatches:
            if not self._leaving or not isinstance(event, events.Mount):
                raise

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be done on a screen on which nothing stands yet, or no more."""
        return super().check_action(action, parameters) if self.is_mounted and not self._leaving else False

    def begin(
        self, work: Callable[[], Coroutine[None, None, None]], *, group: str = "default", exclusive: bool = False
    ) -> None:
        """Have something done beside the drawing. It is called only then: left before, it leaves nothing unawaited."""
        _: Worker[None] = self.run_worker(work, group=group, exclusive=exclusive)

    @property
    def _leaving(self) -> bool:
        return self._closing or self.app._exit or self not in self.app.screen_stack

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
