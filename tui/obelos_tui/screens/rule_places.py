"""The places that one rule flags in the edition, answered or not."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from obelos_rules import Rule
from obelos_transcripts import Edition, visible

from ..keys import RULE_PLACES, Command, bindings
from ..widgets.key_line import KeyLine
from ..widgets.line_list import LineList
from ..widgets.title_line import TitleLine
from .edition_places import EditionPlacesScreen


class RulePlacesScreen(EditionPlacesScreen):
    """A concordance of a rule, to be read."""

    commands: ClassVar[tuple[Command, ...]] = RULE_PLACES
    BINDINGS: ClassVar[list[BindingType]] = bindings(RULE_PLACES)

    def __init__(self, edition: Edition, rule: Rule) -> None:
        super().__init__()
        self.edition = edition
        self._asked = rule

    def compose(self) -> ComposeResult:
        """The places, the keys."""
        yield TitleLine(id="title")
        yield LineList(id="places")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin to look."""
        name = f"  {visible(self._asked.name)} in the edition"
        self.query_one(TitleLine).title = Content.assemble((visible(self._asked.code), "bold"), (name, "$faint"))
        self.look(self._asked)

    def show_status(self, told: Content) -> None:
        """How far the search has come."""
        self.query_one(TitleLine).status = told

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()
