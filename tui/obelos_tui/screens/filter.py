"""The list of rules with how many items each would show: greyed with – where there is none, with … where the rule
has not been asked yet because it is weaker than what is shown."""

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from obelos_rules import LEVELS, Level, Rule
from obelos_transcripts import LAYERS, BadInput, visible

from ..sieve import OWN, STATES, Sieve, codes_in_order, sieve_of
from ..widgets.choice import Choice
from ..widgets.line_list import LineList
from .leaving import Dialog

_ANY = "any"


class FilterDialog(Dialog[Sieve | None]):
    """Rule, level, layer and state to show; dismissed with the sieve, or with None when it was left.

    One of each is chosen from the lists; several are typed, in the words of the review line by line.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "Show"),
        Binding("escape", "dismiss", "Back"),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("pageup", "move(-8)", show=False),
    ]

    def __init__(self, sieve: Sieve, rules: Sequence[Rule], counts: Counter[str], asked: Level) -> None:
        """``counts``: how many items each rule would show, by code; ``asked``: the weakest level asked so far."""
        super().__init__()
        self._sieve = sieve
        self._counts = counts
        self._unasked = {rule.code for rule in rules if LEVELS.index(rule.level) > LEVELS.index(asked)}
        self._names = {rule.code: rule.name for rule in rules} | {OWN: "places of the editor's own choosing"}
        self._codes: list[str | None] = [None, *codes_in_order(rules, counts)]
        self._shown = self._codes
        self._rules = rules
        self._typed: Sieve | None = None

    def compose(self) -> ComposeResult:
        """A line to narrow the list, the list, the other criteria."""
        with Vertical(id="filter") as frame:
            frame.border_title = Content("Show only")
            frame.border_subtitle = Content("↑↓ rule · tab level, layer, state · enter show · esc back")
            yield Input(
                " ".join(self._sieve.words()) if self._sieve.several else "",
                placeholder="rule: type to narrow the list, or several: CF101 CF105 likely",
                id="rule-words",
                compact=True,
            )
            yield LineList(id="rule-list")
            for label, words, named in (
                ("level", LEVELS, self._sieve.levels),
                ("layer", LAYERS, self._sieve.layers),
                ("state", STATES, self._sieve.states),
            ):
                yield Static(Content.styled(label, "$faint"), classes="filter-label", markup=False)
                yield Choice((_ANY, *words), named[0] if len(named) == 1 else _ANY, id=f"filter-{label}")

    def on_mount(self) -> None:
        """The rule shown now is at hand."""
        now = self._sieve.rules[0] if len(self._sieve.rules) == 1 else None
        self._show(self._codes.index(now) if now in self._codes else 0)
        self.query_one(Input).focus()

    def _show(self, cursor: int) -> None:
        self.query_one(LineList).show_lines([self._line(code) for code in self._shown], cursor)

    def _line(self, code: str | None) -> Content:
        if code is None:
            return Content.assemble((f"{sum(self._counts.values()):>5}  ", "bold"), "all rules")
        count = self._counts[code]
        told = f"{visible(code):<12} {visible(self._names.get(code, 'no rule of this edition any more'))}"
        if count:
            return Content.assemble((f"{count:>5}  ", "bold"), told)
        return Content.styled(f"{'…' if code in self._unasked else '–':>5}  {told}", "$faint")

    @on(Input.Changed, "#rule-words")
    def _narrow(self, message: Input.Changed) -> None:
        words = message.value.casefold().split()
        self._shown = [code for code in self._codes if all(word in self._told(code) for word in words)]
        self._typed = None
        if self._shown:
            self._show(0)
            return
        try:
            self._typed = sieve_of(words, self._rules)
            told = Content.assemble("       ", (visible(self._typed.told()), "bold"))
        except BadInput as problem:
            told = Content.styled(f"       {visible(problem.problems[0].what)}", "$faint")
        self.query_one(LineList).show_lines([told])

    def _told(self, code: str | None) -> str:
        return f"{code or 'all rules'} {self._names.get(code or '', '')}".casefold()

    @on(LineList.Chosen)
    @on(Input.Submitted)
    def action_accept(self) -> None:
        """Show what is chosen."""
        if self._typed:
            self.dismiss(self._typed)
            return
        if not self._shown:
            return  # what was typed names nothing; it says so
        cursor = self.query_one(LineList).cursor
        code = self._shown[cursor] if 0 <= cursor < len(self._shown) else None
        levels, layers, states = (self._named(label) for label in ("level", "layer", "state"))
        self.dismiss(Sieve((code,) if code else (), levels, layers, states))

    def _named(self, label: str) -> tuple[str, ...]:
        value = self.query_one(f"#filter-{label}", Choice).value
        return () if value == _ANY else (value,)

    def action_move(self, rows: int) -> None:
        """Go to another rule."""
        self.query_one(LineList).move(rows)
