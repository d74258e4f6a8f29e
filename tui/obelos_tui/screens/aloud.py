"""Reading aloud for two: the words, and under them how they are said, one breath-group at a time."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from obelos_transcripts import Span, visible

from ..aloud import Breath, breath_at, breaths
from ..facts import BreathsDrawn
from ..keys import ALOUD, Command, bindings
from ..shown import Version
from ..widgets.key_line import KeyLine
from ..widgets.title_line import TitleLine
from .base import ViewScreen


class AloudScreen(ViewScreen):
    """One reads what stands here, the other follows the source; enter takes what is wrong back to the text."""

    commands: ClassVar[tuple[Command, ...]] = ALOUD
    BINDINGS: ClassVar[list[BindingType]] = bindings(ALOUD)

    def __init__(self, versions: Sequence[Version], position: int, take: Callable[[Span], None]) -> None:
        """``versions``: the working text first; ``take``: called with the words chosen in it."""
        super().__init__()
        self._versions = versions
        self._version = 0
        self._position = position
        self._take = take
        self.groups: tuple[Breath, ...] = ()
        self.number = 0

    def compose(self) -> ComposeResult:
        """Title, the group before, this one, how it is said, the next one."""
        yield TitleLine(id="title")
        with Vertical(id="aloud"):
            yield Static(id="breath-before", markup=False)
            yield Static(id="breath", markup=False)
            yield Static(id="spoken", markup=False)
            yield Static(id="breath-after", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Draw the breaths of the working text."""
        self._read()

    def _read(self) -> None:
        version = self._versions[self._version]
        self.run_worker(
            lambda: self.post_message(BreathsDrawn(version, breaths(version.text))), thread=True, exclusive=True
        )

    @on(BreathsDrawn)
    def _breaths_drawn(self, message: BreathsDrawn) -> None:
        if message.version is not self._versions[self._version]:
            return
        self.groups = message.groups
        self._go(breath_at(self.groups, self._position))

    def _go(self, number: int) -> None:
        version = self._versions[self._version]
        title = self.query_one(TitleLine)
        title.title = Content.assemble(("Read aloud", "bold"), (f"  {visible(version.title)}", "$faint"))
        if not self.groups:
            self.query_one("#spoken", Static).update(Content("There is nothing to read here."))
            return
        self.number = max(0, min(len(self.groups) - 1, number))
        group = self.groups[self.number]
        self._position = group.span.start
        title.status = Content(f"{self.number + 1} of {len(self.groups)}, line {group.line}")
        self.query_one("#breath", Static).update(Content(_shown(group)))
        self.query_one("#spoken", Static).update(Content(visible(group.spoken)))
        for name, other in (("#breath-before", self.number - 1), ("#breath-after", self.number + 1)):
            beside = self.groups[other] if 0 <= other < len(self.groups) else None
            self.query_one(name, Static).update(Content(_shown(beside) if beside else ""))

    def action_breath(self, step: int) -> None:
        """Go on, or back, by some groups."""
        self._go(self.number + step)

    def action_top(self) -> None:
        """Go to the first group."""
        self._go(0)

    def action_bottom(self) -> None:
        """Go to the last group."""
        self._go(len(self.groups) - 1)

    def action_next_version(self) -> None:
        """Read another version, from its beginning."""
        self._version = (self._version + 1) % len(self._versions)
        self._position = 0
        self._read()

    def action_take(self) -> None:
        """Go back with the words of this group chosen; those of another version cannot be decided on."""
        if self.groups and self._version == 0:
            span = self.groups[self.number].span
            own = self._versions[0].text[span.start : span.end]
            start = span.start + len(own) - len(own.lstrip())
            self._take(Span(start, max(start, span.start + len(own.rstrip()))))
        self.dismiss()

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()


def _shown(group: Breath) -> str:
    return visible(group.text.strip("\r\n") or " ", keep_lines=True)
