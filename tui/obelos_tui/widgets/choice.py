"""One of a few words, on one line: the arrow keys or the space bar choose."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class Choice(Widget, can_focus=True):
    """A row of words of which one is chosen; the chosen one stands in brackets."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False),
        Binding("right,space", "move(1)", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """Another word was chosen."""

        word: str

    chosen = reactive(0)
    """Index of the word chosen, from 0."""

    def __init__(self, words: Sequence[str], chosen: str, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.words = tuple(words)
        self.set_reactive(Choice.chosen, self.words.index(chosen))

    @property
    def value(self) -> str:
        """The word chosen."""
        return self.words[self.chosen]

    def choose(self, word: str) -> None:
        """Choose one of the words."""
        self.chosen = self.words.index(word)

    def watch_chosen(self) -> None:
        """Say what was chosen."""
        self.post_message(self.Chosen(self.value))

    def render(self) -> Content:
        """The words, the chosen one in brackets."""
        parts: list[str | tuple[str, str]] = []
        for number, word in enumerate(self.words):
            parts.append((f"[{word}]", "bold") if number == self.chosen else (f" {word} ", "$faint"))
        return Content(" ").join([Content.assemble(part) for part in parts])

    def action_move(self, step: int) -> None:
        """Choose the next word, or the one before, going round."""
        self.chosen = (self.chosen + step) % len(self.words)

    def on_click(self, event: events.Click) -> None:
        """Choose the word under the mouse."""
        at = 0
        for number, word in enumerate(self.words):
            at += len(word) + 3
            if event.x < at:
                self.chosen = number
                return
