"""A small vocabulary: an editor at the screens. The real application is driven; nothing sleeps.

@on_screen
async def test_…(screens: Screens) -> None:
    async with screens.opened(desk) as editor:
        await editor.presses("n")
        editor.sees("bane")
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec

from textual.events import Paste
from textual.pilot import Pilot, WaitForScreenTimeout
from textual.widget import Widget
from textual.widgets import Input, TextArea
from textual.worker import WorkerCancelled

from obelos_history import Decision, Repository
from obelos_rules import Rule, load_rules
from obelos_transcripts import Edition, Settings, find_edition
from obelos_tui.app import ObelosApp
from obelos_tui.clock import now
from obelos_tui.demo import DOCUMENT, SAMPLE_EDITOR
from obelos_tui.desk import Desk
from obelos_tui.screens.review import ReviewScreen
from obelos_tui.shown import ReviewState
from sample import sample

P = ParamSpec("P")
_KEYS = {" ": "space", ",": "comma", "[": "left_square_bracket", "]": "right_square_bracket", "/": "slash"}
SMALL, LARGE, HUGE = (80, 24), (120, 30), (160, 45)
_PATIENCE = 20
"""Half minutes: what can be told from a machine that is slow today."""


def on_screen(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Run an asynchronous test to its end."""

    @wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """The rules of the sample's packs, which are the default ones without what the model doubts."""
    return load_rules([pack for pack in Settings().packs if pack != "context"])


def desk_of(edition: Edition, rules: tuple[Rule, ...] | None = None) -> Desk:
    """A desk on an edition, with the shipped rules unless others are given."""
    return Desk(edition, Repository.open(edition.root), shipped_rules() if rules is None else rules)


def sample_desk(folder: Path) -> Desk:
    """A desk on the sample edition, made afresh."""
    return desk_of(sample(folder / "sample"))


def edition_of(folder: Path, documents: dict[str, dict[str, str]]) -> Edition:
    """An edition with the given documents: for each its files (``base``, sigla) and their text."""
    repository = Repository.create(folder)
    changes: dict[str, bytes | None] = {"edition.yaml": b"title: A made-up edition\n"}
    for name, texts in documents.items():
        for stem, text in {**texts, "text": texts["base"]}.items():
            changes[f"transcripts/{name}/{stem}.txt"] = text.encode()
    repository.commit(changes, "Add documents\n", reviewed=dict.fromkeys(changes), person=SAMPLE_EDITOR, when=now())
    edition = find_edition(folder)
    assert edition
    return edition


def _busy(app: ObelosApp) -> bool:
    """Whether something still waits: work, a message, a call after the next drawing, a widget to be drawn or made anew.

    Textual's own wait takes a process that the machine gives no time for one that has nothing to do.
    """
    if any(not worker.is_finished for worker in app.workers):
        return True
    if app._exit or not app.is_running:  # what still waits in it is not asked for
        return False
    screen = app.screen
    widgets = [screen, *screen.walk_children(Widget)]
    if any(pump.message_queue_size or pump._next_callbacks for pump in (app, *widgets)):
        return True
    if screen._callbacks or screen._dirty_widgets:
        return True
    return any(each._layout_required or each._repaint_required or each._recompose_required for each in widgets)


class Editor:
    """Somebody at the screen: presses keys, and sees what stands there."""

    def __init__(self, app: ObelosApp, pilot: Pilot[str]) -> None:
        self.app = app
        self.pilot = pilot

    async def waits(self) -> None:
        """Until all work is done and all is drawn: twice in a row, for what comes of the last message of a queue."""
        quiet = waited = 0
        while quiet < 2:
            with suppress(WorkerCancelled):  # who stops what is going on, or begins it anew, waits for what follows
                await self.app.workers.wait_for_complete()
            try:
                await self.pilot.pause(0)
            except WaitForScreenTimeout:
                waited += 1
                assert waited < _PATIENCE, f"no rest after {waited} half minutes:\n{self.screen}"
            quiet = 0 if _busy(self.app) else quiet + 1

    async def presses(self, *keys: str) -> None:
        """Press keys one after another, each when the last has had its effect."""
        for key in keys:
            await self.pilot.press(key)
            await self.waits()

    async def types(self, text: str) -> None:
        """Write a text into the field that has the cursor: all but its last character at once, as by pasting."""
        if isinstance(self.app.focused, Input | TextArea) and text[:-1]:
            self.app.post_message(Paste(text[:-1]))
            await self.waits()
            text = text[-1]
        await self.pilot.press(*(_KEYS.get(char, char) for char in text))
        await self.waits()

    async def finds(self, text: str) -> None:
        """Search for a text."""
        await self.presses("slash")
        await self.types(text)
        await self.presses("enter")

    async def clicks(self, widget: str, x: int, y: int) -> None:
        """Click a cell of a widget."""
        await self.pilot.click(widget, offset=(x, y))
        await self.waits()

    @property
    def lines(self) -> list[str]:
        """The screen as it stands, line by line: exactly what would be sent to the terminal."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip if not segment.control) for strip in strips]

    @property
    def screen(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    @property
    def state(self) -> ReviewState:
        """The state of the review that is open."""
        assert self.app.review
        return self.app.review.state

    @property
    def screen_of_review(self) -> ReviewScreen:
        """The review screen, under whatever dialog."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, ReviewScreen))

    @property
    def pending(self) -> list[Decision]:
        """Decisions taken and not yet written."""
        return list(self.state.pending)

    def sees(self, *words: str) -> bool:
        """Whether all of the words stand on the screen."""
        shown = self.screen
        missing = [word for word in words if word not in shown]
        assert not missing, f"{missing} not in:\n{shown}"
        return True

    def sees_no(self, *words: str) -> bool:
        """Whether none of the words stands on the screen."""
        shown = self.screen
        there = [word for word in words if word in shown]
        assert not there, f"{there} in:\n{shown}"
        return True


@asynccontextmanager
async def opened(desk: Desk, document: str | None = DOCUMENT, size: tuple[int, int] = SMALL) -> AsyncIterator[Editor]:
    """The application on a terminal of that size, with a document open."""
    app = ObelosApp(desk, document)
    async with app.run_test(size=size) as pilot:
        editor = Editor(app, pilot)
        await editor.waits()
        try:
            yield editor
        finally:
            if app.review:
                app.review.close()
