"""The rules: what each says, why, on whose authority, its examples and its record; switching one off; writing one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from obelos_history import Repository
from obelos_transcripts import Edition, visible

from .. import facts
from ..catalogue import Listed, catalogue, listed_details, listed_line
from ..clock import now
from ..keys import RULES, Command, bindings
from ..recipes import rules_of
from ..review import Review
from ..rule_switch import switch_off, switch_on
from ..turns import Turns
from ..widgets.key_line import KeyLine
from ..widgets.line_list import LineList
from ..widgets.title_line import TitleLine
from ..wording import counted
from .listed import ListedScreen
from .reason import ReasonDialog


@dataclass
class CatalogueRead(Message):
    """The rules and their records were read."""

    listed: tuple[Listed, ...]


class RulesScreen(ListedScreen):
    """The catalogue; from anywhere. With a review, that is asked by the new rules at once."""

    commands: ClassVar[tuple[Command, ...]] = RULES
    BINDINGS: ClassVar[list[BindingType]] = bindings(RULES)

    def __init__(
        self, edition: Edition, repository: Repository, review: Review | None = None, turns: Turns | None = None
    ) -> None:
        """``turns``: those of the review."""
        super().__init__()
        self.edition = edition
        self.repository = repository
        self.review = review
        self.turns = turns or Turns()
        self._listed: tuple[Listed, ...] = ()
        self._shown: Sequence[Listed] = ()
        self._wanted = ""

    def compose(self) -> ComposeResult:
        """The list, the rule at hand, the keys."""
        yield TitleLine(id="title")
        with Horizontal(id="history"):
            yield LineList(id="entries")
            with VerticalScroll(id="entry", can_focus=False):
                yield Static(id="detail", markup=False)
        yield Input(id="search", placeholder="show only rules with these words", compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the catalogue."""
        self.query_one("#search").display = False
        self.query_one(TitleLine).title = Content.styled("Rules of this edition", "bold")
        self.action_reload()

    def on_screen_resume(self) -> None:
        """A rule may have been written meanwhile."""
        if self._listed:
            self.action_reload()

    def ask(self, what: str, call: Callable[[], Message]) -> None:
        """Run a call in turn and post the fact it comes back with; ``what`` heads the reason when it is refused."""

        self.ask_in_turn(self.turns, what, call)

    def action_reload(self) -> None:
        """Read rules and records again."""
        self.ask("The rules cannot be read", lambda: CatalogueRead(catalogue(self.edition)))

    @on(CatalogueRead)
    def _catalogue_read(self, message: CatalogueRead) -> None:
        self._listed = message.listed
        self._show(max(0, self.query_one(LineList).cursor))

    @on(facts.RulesChanged)
    def _rules_changed(self, message: facts.RulesChanged) -> None:
        self.edition = message.edition
        self.notify(visible(message.said), markup=False)
        self.action_reload()

    def _show(self, cursor: int) -> None:
        words = self._wanted.casefold().split()
        self._shown = [one for one in self._listed if all(word in one.haystack for word in words)]
        self.query_one(LineList).show_lines([listed_line(one) for one in self._shown], cursor)
        off = sum(one.off is not None for one in self._listed)
        filtered = f", with “{visible(self._wanted)}”" if words else ""
        told = f"{counted(len(self._shown), 'rule', 'rules')}{filtered}" + (f", {off} switched off" if off else "")
        self.query_one(TitleLine).status = Content(told)
        self._show_rule(self.query_one(LineList).cursor)

    @on(LineList.Moved)
    def _moved(self, message: LineList.Moved) -> None:
        self._show_rule(message.index)

    def _show_rule(self, index: int) -> None:
        detail = self.query_one("#detail", Static)
        if not 0 <= index < len(self._shown):
            detail.update(Content.styled("No rule has these words.", "$faint"))
            return
        detail.update(Content("\n").join(listed_details(self._shown[index])))
        self.query_one("#entry").scroll_home(animate=False)

    @property
    def _at_hand(self) -> Listed | None:
        cursor = self.query_one(LineList).cursor
        return self._shown[cursor] if 0 <= cursor < len(self._shown) else None

    # Off and on

    def action_switch(self) -> None:
        """Ask for the reason, and switch the rule off; or on again."""
        listed = self._at_hand
        if listed is None:
            return
        off = listed.off
        code = visible(listed.rule.code)
        if off:
            told = f"It was switched off: {off.why}. It will be asked again, everywhere; edition.yaml is committed."
            dialog = ReasonDialog(f"Ask {code} again", told, "a reason, for the history", may_be_empty=True)
        else:
            told = "No text of this edition will be asked by it any more; edition.yaml is committed. x undoes it."
            dialog = ReasonDialog(f"Switch {code} off", told, "the reason: it is read in the history")
        self.app.push_screen(dialog, lambda why: self._switch(listed, why) if why is not None else None)

    def _switch(self, listed: Listed, why: str) -> None:
        def work() -> facts.RulesChanged:
            if listed.off:
                edition, made = switch_on(self.edition, self.repository, listed.off.code, why, now())
                said = f"{listed.rule.code} is asked again: commit {(made or '')[:10]}."
            else:
                edition, made = switch_off(self.edition, self.repository, listed.rule, why, now())
                said = f"{listed.rule.code} is switched off: commit {(made or '')[:10]}."
            rules = rules_of(edition)
            if self.review:
                self.review.ask_by(edition, rules)
            return facts.RulesChanged(edition, rules, said)

        self.ask("Nothing was changed", work)

    # What it flags, and writing one

    def action_places(self) -> None:
        """List what the rule flags in the edition."""
        from .rule_places import RulePlacesScreen

        if self._at_hand:
            self.app.push_screen(RulePlacesScreen(self.edition, self._at_hand.rule))

    def action_house_rule(self) -> None:
        """Write a rule."""
        from .house_rule import HouseRuleScreen

        self.app.push_screen(HouseRuleScreen(self.edition, self.review, self.turns))

    # Going about

    def action_filter(self) -> None:
        """Ask for words."""
        search = self.query_one("#search", Input)
        search.display = True
        search.focus()

    @on(Input.Submitted, "#search")
    def _filter(self, message: Input.Submitted) -> None:
        self._wanted = message.value
        self._close_search()
        self._show(0)

    def _close_search(self) -> None:
        self.query_one("#search").display = False
        self.set_focus(None)

    def action_back(self) -> None:
        """End the filter; without one go back."""
        if self.query_one("#search").display:
            self._close_search()
        elif self._wanted:
            self._wanted = self.query_one("#search", Input).value = ""
            self._show(0)
        else:
            self.dismiss()
