"""Writing a house rule: the words, what the sense wants instead, where. What it flags is seen at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Label, Static
from textual.worker import get_current_worker

from obelos_rules import LEVELS, Level
from obelos_transcripts import LAYERS, Edition, Layer, ObelosError, visible

from .. import facts
from ..alike import whole_words
from ..begun_rule import Begun, Outline, begin, hints, refuse_the_same, texts_of
from ..fields import from_field, to_field
from ..house_file import USUAL, file_for, write_rule
from ..house_rules import LETTERS
from ..keys import HOUSE_RULE, Command, bindings
from ..recipes import rules_of
from ..review import Review
from ..turns import Turns
from ..widgets.choice import Choice
from ..widgets.key_line import KeyLine
from ..widgets.line_list import LineList
from .edition_places import EditionPlacesScreen
from .message import MessageScreen

_USUAL, _BOTH = "usual", "body and note"
_SIDES = ("left", "right", "near", "unless")
_HINTS = {
    "words": "the words to flag, as they stand in a text of this edition",
    "reading": "what the sense wants instead; empty: nothing",
    "left": "phrases of which one must stand right before; separated by ;",
    "right": "phrases of which one must stand right after",
    "near": "phrases of which one must stand within eight words",
    "unless": "phrases that must not stand around it",
    "why": "what produces the error, and what to check in the source",
}


@dataclass
class RuleBegun(Message):
    """The rule as it stands in the fields was drafted and proved, or cannot be; ``why`` says why."""

    begun: Begun | None
    why: str
    hints: Sequence[str] = ()


class HouseRuleScreen(EditionPlacesScreen):
    """Fields above, what they flag below; ctrl+s puts the rule into the file of house rules."""

    commands: ClassVar[tuple[Command, ...]] = HOUSE_RULE
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(HOUSE_RULE),
    ]

    def __init__(
        self, edition: Edition, review: Review | None, turns: Turns, words: str = "", reading: str = ""
    ) -> None:
        """``words`` and ``reading`` stand in the fields; ``review`` is asked by the rule once it is written."""
        super().__init__()
        self.edition = edition
        self.review = review
        self.turns = turns
        self._first = {"words": words, "reading": reading}
        self._begun: Begun | None = None

    def compose(self) -> ComposeResult:
        """The fields, what is said of them, the places."""
        with Vertical(id="house-fields"):
            for label in ("words", "reading"):
                field = Input(to_field(self._first[label]), placeholder=_HINTS[label], id=label, compact=True)
                yield from self._line(label, field)
            yield from self._line("kind", Choice((_USUAL, *sorted(LETTERS)), _USUAL, id="kind"))
            yield from self._line("level", Choice(LEVELS, "likely", id="level"))
            yield from self._line("layers", Choice((_BOTH, *LAYERS), _BOTH, id="layers"))
            for label in (*_SIDES, "why"):
                yield from self._line(label, Input(placeholder=_HINTS[label], id=label, compact=True))
        yield Static(id="told", markup=False)
        yield Static(id="status", markup=False)
        yield LineList(id="places")
        yield KeyLine()

    def _line(self, label: str, field: Input | Choice) -> ComposeResult:
        with Horizontal(classes="field"):
            yield Label(Content(label))
            yield field

    def on_mount(self) -> None:
        """Draft what stands in the fields."""
        self.query_one("#reading" if self._first["words"] else "#words").focus()
        self._draft()

    # Drafting

    @on(Input.Changed)
    @on(Choice.Chosen)
    def _draft(self) -> None:
        words = from_field(self.query_one("#words", Input).value).strip()
        outline = self._outline()
        self._begun = None
        self.run_worker(lambda: self._begin(words, outline), thread=True, exclusive=True, group="draft")

    def _outline(self) -> Outline:
        kind = self.query_one("#kind", Choice).value
        layer = self.query_one("#layers", Choice).value
        return Outline(
            reading=from_field(self.query_one("#reading", Input).value).strip(),
            kind=None if kind == _USUAL else kind,
            level=cast(Level, self.query_one("#level", Choice).value),
            layers=() if layer == _BOTH else (cast(Layer, layer),),
            why=from_field(self.query_one("#why", Input).value).strip() or None,
            left=self._phrases("left"),
            right=self._phrases("right"),
            near=self._phrases("near"),
            unless=self._phrases("unless"),
        )

    def _phrases(self, side: str) -> tuple[str, ...]:
        given = from_field(self.query_one(f"#{side}", Input).value)
        return tuple(phrase.strip() for phrase in given.split(";") if phrase.strip())

    def _begin(self, words: str, outline: Outline) -> None:
        worker = get_current_worker()
        if not words:
            self.post_message(RuleBegun(None, "Write the words that the rule shall flag."))
            return
        try:
            found = self._first_place(words)
            if worker.is_cancelled:
                return
            if found is None:
                why = f"“{words}” stands in no text of this edition: a rule begins from a place."
                self.post_message(RuleBegun(None, why))
                return
            text, source, span = found
            here = rules_of(self.edition)
            begun = begin(self.edition, here, (text, source), span, outline, file_for(self.edition, USUAL).stem)
            refuse_the_same(begun.rule, here, text, span)
            told = tuple(hints(here, text, begun, span))
        except ObelosError as error:
            if not worker.is_cancelled:
                self.post_message(RuleBegun(None, str(error)))
            return
        if not worker.is_cancelled:
            self.post_message(RuleBegun(begun, "", told))

    def _first_place(self, words: str) -> tuple[str, str, tuple[int, int]] | None:
        """The text under review before the others, then each in turn, until the words stand in one."""
        if self.review:
            text = self.review.state.text
            span = next(whole_words(text, words), None)
            if span:
                return text, self.review.state.name, span
        worker = get_current_worker()
        for name in self.edition.names():
            if worker.is_cancelled:
                return None
            try:
                ((_, text),) = texts_of(self.edition, [name])
            except ObelosError:
                continue  # `check` says what is wrong with it; another text may have the words
            span = next(whole_words(text, words), None)
            if span:
                return text, name, span
        return None

    @on(RuleBegun)
    def _rule_begun(self, message: RuleBegun) -> None:
        self._begun = message.begun
        told = self.query_one("#told", Static)
        if message.begun is None:
            self.look_no_more()
            told.update(Content.styled(visible(message.why), "$accent"))
            self.show_status(Content(""))
            return
        rule = message.begun.rule
        head = f"{visible(rule.code)} {visible(rule.name)} · {rule.kind} · {rule.level}"
        lines = [Content.styled(head, "bold"), *(Content(visible(hint)) for hint in message.hints[:2])]
        told.update(Content("\n").join(lines))
        self.look(rule)

    @on(Input.Submitted)
    def _field_done(self) -> None:
        self.app.action_focus_next()

    def show_status(self, told: Content) -> None:
        """How many places there are."""
        self.query_one("#status", Static).update(told)

    # Writing

    def action_write(self) -> None:
        """Put the rule into the file of house rules, and ask it from now on."""
        begun = self._begun
        if begun is None:
            self.app.bell()
            return
        path = file_for(self.edition, USUAL)

        def work() -> facts.RulesChanged:
            write_rule(path, begun.draft)
            rules = rules_of(self.edition)
            if self.review:
                self.review.ask_by(self.edition, rules)
            said = f"{begun.draft.code} was written to {path.relative_to(self.edition.root)}; commit it with git."
            return facts.RulesChanged(self.edition, rules, said)

        async def in_turn() -> None:
            try:
                self.post_message(await self.turns.take(work))
            except ObelosError as refusal:
                self.app.push_screen(MessageScreen("The rule was not written", str(refusal).split("\n")))

        self.begin(in_turn, group="write")

    @on(facts.RulesChanged)
    def _written(self, message: facts.RulesChanged) -> None:
        self.notify(visible(message.said), markup=False)
        self.dismiss()

    def action_back(self) -> None:
        """Go back; nothing is written."""
        self.dismiss()
