"""The application: the desk, a review, and what they share.

What it takes to work (history, rules, screens) is loaded behind the first frame.
"""

import asyncio
import os
import signal
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import App, ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widgets import Input

from obelos_transcripts import ObelosError, visible

from . import facts
from .fields import to_field
from .guard import Guard
from .keys import WELCOME
from .opening import OpenWanted
from .preferences import ANIMATION, Preferences, preferences_here
from .themes import DARK, OTHER, THEMES
from .widgets.title_line import TitleLine

if TYPE_CHECKING:
    from .desk import Desk
    from .glimpse import Glimpse
    from .review import Review
    from .turns import Turns

_GRACE = 5
"""Seconds for ending in order once the terminal is gone."""


class ObelosApp(App[str]):
    """Obelos on a terminal. What it returns is a line to print after it has closed; "" for none."""

    CSS_PATH = "app.tcss"
    TITLE = "Obelos"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-usual"), (36, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False),
        Binding("f2", "compose", show=False, priority=True),
    ]

    def __init__(
        self,
        desk: "Desk | Callable[[], Desk]",
        document: str | None = None,
        preferences: Preferences | None = None,
        *,
        notice: str = "",
        welcome: bool = False,
        glimpse: "Glimpse | None" = None,
    ) -> None:
        """Nothing is read yet.

        Args:
            desk: The desk, or what opens it; that is called in another thread once the first frame is there.
            notice: What to say in passing when the screen is there.
            welcome: Whether the person is here for the first time.
            glimpse: How the document begins that will be opened, to be read meanwhile.
        """
        super().__init__()
        preferences = preferences or Preferences()
        self.keymap = preferences.keymap
        self._notice = notice
        self._welcome = welcome
        self._glimpse = glimpse
        self.desk: Desk
        self._open_desk = desk if callable(desk) else None
        if not callable(desk):
            self.desk = desk
        self.refusal: Exception | None = None
        self.document = document
        self.review: Review | None = None
        self._passage: facts.PassageWanted | None = None
        self.animation_level = ANIMATION[preferences.animation]
        for theme in THEMES.values():
            self.register_theme(theme)
        self._scheme = preferences.theme
        self.theme = THEMES[self._scheme].name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours of our own that the style sheet names."""
        return DARK.variables

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and the guard behind them."""
        return [*super().get_line_filters(), Guard()]

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every command of the screen, for the palette."""
        from .screens.base import ViewScreen

        if isinstance(screen, ViewScreen):
            for command in screen.in_force:
                if not command.numbered:
                    title = f"{command.name} ({command.shown})" if command.shown else command.name
                    yield SystemCommand(title, command.help, partial(screen.run_action, command.action))
            yield SystemCommand(WELCOME.name, WELCOME.help, partial(screen.run_action, WELCOME.action))
            for scheme in THEMES:
                words = "Put it on until Obelos is left; “theme:” in the settings keeps it."
                yield SystemCommand(f"Theme: {scheme}", words, partial(self.use_theme, scheme))

    def on_app_blur(self, event: events.AppBlur) -> None:
        """Stay awake in a browser, which says at the start that it has no focus, and has it."""
        if self.is_web:
            event.prevent_default()

    def compose(self) -> ComposeResult:
        """What stands there until the edition is open."""
        yield TitleLine(id="title")
        if self._glimpse:
            from .widgets.opening_columns import OpeningColumns

            yield OpeningColumns(self._glimpse)

    def on_mount(self) -> None:
        """Open the document asked for, or the only one, or the desk."""
        self._end_in_order()
        title = self.query_one(TitleLine)
        title.title = Content.styled("Obelos", "bold")
        title.status = Content("opening …")
        if self._notice:
            self.notify(visible(self._notice), title="Settings", severity="warning", timeout=12, markup=False)
        if self._open_desk:
            self.call_after_refresh(self.run_worker, partial(self._load, self._open_desk), thread=True)
        else:
            self._begin()

    def _load(self, open_desk: "Callable[[], Desk]") -> None:
        try:
            desk = open_desk()
        except Exception as error:  # told where the application was called from, with the exit code it has there
            self.post_message(facts.DeskRefused(error))
        else:
            self.post_message(facts.DeskOpened(desk))

    @on(facts.DeskOpened)
    def _desk_opened(self, message: facts.DeskOpened) -> None:
        self.desk = message.desk
        self._begin()

    @on(facts.DeskRefused)
    def _desk_refused(self, message: facts.DeskRefused) -> None:
        self.refusal = message.error
        self.exit()

    def _begin(self) -> None:
        if self.document:
            self._open(self.document)
        else:
            self.run_worker(self._choose, thread=True)

    def _end_in_order(self) -> None:
        """Asked to end, or when the terminal is closed: leave it as it was; what was decided is on disk."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) == signal.SIG_DFL:
                signal.signal(number, partial(self._asked_to_end, loop))

    def _asked_to_end(self, loop: asyncio.AbstractEventLoop, number: int, _: object) -> None:
        if number == signal.SIGHUP:
            # The terminal is gone, and who writes to it may wait for ever. The one who was stopped is continued to
            # be told so, and must not put its screen there again.
            signal.signal(signal.SIGCONT, lambda *_: None)
            signal.signal(signal.SIGALRM, lambda *_: os._exit(128 + number))
            signal.alarm(_GRACE)
        loop.call_soon_threadsafe(partial(self.exit, return_code=128 + number))

    def _choose(self) -> None:
        """The only document is opened; where there are several, or none, the desk."""
        only = self.desk.only()
        self.post_message(OpenWanted(only) if only else facts.DeskWanted())

    @on(facts.DeskWanted)
    def _desk_wanted(self) -> None:
        from .screens.desk import DeskScreen

        self.push_screen(DeskScreen(self.desk))
        self._greet()

    def _greet(self) -> None:
        if self._welcome:
            from .screens.base import welcome
            from .welcome import note_welcomed

            self._welcome = False
            self.push_screen(welcome(self), lambda _: note_welcomed())

    @on(OpenWanted)
    def _open_wanted(self, message: OpenWanted) -> None:
        self._open(message.name, collation=message.collation)

    @on(facts.PassageWanted)
    def _passage_wanted(self, message: facts.PassageWanted) -> None:
        from .screens.review import ReviewScreen

        review = next((screen for screen in self.screen_stack if isinstance(screen, ReviewScreen)), None)
        if review is None:
            self._passage = message
            self._open(message.document)
            return
        while self.screen is not review:
            self.pop_screen()
        review.go_to(message)

    def _open(self, name: str, *, collation: bool = False) -> None:
        def work() -> None:
            try:
                self.post_message(facts.ReviewOpened(self.desk.open(name), collation))
            except ObelosError as refusal:
                self.post_message(facts.OperationRefused(f"{name} cannot be opened", str(refusal)))

        self.run_worker(work, thread=True, exclusive=True, group="open")

    @on(facts.ReviewOpened)
    def _review_opened(self, message: facts.ReviewOpened) -> None:
        from .screens.desk import DeskScreen
        from .screens.review import ReviewScreen

        self.review = message.review
        from_desk = any(isinstance(screen, DeskScreen) for screen in self.screen_stack)
        screen = ReviewScreen(message.review, from_desk=from_desk)
        screen.begin_at, self._passage = self._passage, None
        self.push_screen(screen, self._review_left)
        if message.collation:
            screen.action_collation()
        self._greet()

    def _review_left(self, _: None) -> None:
        if self.review:
            self.review.close()
            self.review = None

    def show_rules(self, review: "Review | None", turns: "Turns | None") -> None:
        """Show the rules of the edition; with a review, that is asked by new rules at once."""
        from .screens.rules import RulesScreen

        self.push_screen(RulesScreen(self.desk.edition, self.desk.repository, review, turns))

    @on(facts.RulesChanged)
    def _rules_changed(self, message: facts.RulesChanged) -> None:
        from .recipes import recipe_of
        from .screens.desk import DeskScreen

        recipe = recipe_of(message.edition) if self.desk.recipe else None
        self.desk = replace(self.desk, edition=message.edition, rules=message.rules, recipe=recipe)
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.desk = self.desk

    @on(facts.OperationRefused)
    def _refused(self, message: facts.OperationRefused) -> None:
        from .screens.message import MessageScreen

        self._passage = None
        alone = len(self.screen_stack) == 1
        self.push_screen(
            MessageScreen(message.what, message.why.split("\n")), lambda _: self.exit("") if alone else None
        )

    def action_compose(self) -> None:
        """Write a character that the keyboard lacks into the field that has the cursor."""
        from .screens.compose import ComposeDialog

        field = self.focused
        if isinstance(self.screen, ComposeDialog):
            return
        if not isinstance(field, Input):
            say = getattr(self.screen, "say", lambda said: self.notify(said, markup=False))
            say("F2 writes characters into a text field: a search, a reading, a note.")
            return
        self.push_screen(ComposeDialog(), lambda char: field.insert_text_at_cursor(to_field(char)) if char else None)

    def action_toggle_theme(self) -> None:
        """Change between dark and light."""
        self.use_theme(OTHER[self._scheme])

    def use_theme(self, scheme: str) -> None:
        """Put on a theme, by the name that a settings file has."""
        self._scheme = scheme
        self.theme = THEMES[scheme].name

    async def action_quit(self) -> None:
        """Leave; pending decisions are on disk already."""
        pending = len(self.review.state.pending) if self.review else 0
        kept = f"{pending} decision{'' if pending == 1 else 's'}"
        self.exit(
            f"{kept} not yet written: kept, and there next time. “obelos commit” writes them too." if pending else ""
        )


def run(
    open_desk: "Callable[[], Desk]", document: str | None = None, glimpse: "Callable[[], Glimpse | None] | None" = None
) -> str:
    """Open the screens; returns when the editor leaves.

    Args:
        open_desk: Opens the edition; called once the first frame is there.
        glimpse: Reads how the document begins; called before that frame.

    Returns:
        A line to print afterwards; "" when there is nothing to say.

    Raises:
        Whatever kept the edition from being opened.
        SystemExit: A signal ended it; with 128 and the number of the signal, as shells have it.
    """
    from .welcome import was_welcomed

    preferences, problem = preferences_here()
    notice = ""
    if problem:
        several = len(problem.problems) - 1
        more = f" And {several} more." if several else ""
        notice = f"{problem.problems[0]}.{more} The usual settings hold. “obelos config” tells all."
    app = ObelosApp(
        open_desk,
        document,
        preferences,
        notice=notice,
        welcome=not was_welcomed(),
        glimpse=glimpse() if glimpse else None,
    )
    try:
        farewell = app.run() or ""
    finally:
        if app.review:
            app.review.close()
    if app.refusal:
        raise app.refusal
    if app.return_code and app.return_code > 128:
        raise SystemExit(app.return_code)
    return farewell
