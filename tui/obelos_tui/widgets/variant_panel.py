"""The variant at hand: lemma and readings with their sigla, its class, what was decided."""

from collections.abc import Collection

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from obelos_history import Decision
from obelos_transcripts import visible

from ..apparatus import apparatus_line, decided_line, variant_line
from ..collated import Collated


class VariantPanel(Widget):
    """As much about the variant at hand as there is room for; ``said`` is a line for passing remarks."""

    collated: reactive[Collated | None] = reactive(None, always_update=True)
    number: reactive[int | None] = reactive(None)
    column: reactive[int] = reactive(1)
    hidden: reactive[Collection[str]] = reactive(frozenset())
    decision: reactive[Decision | None] = reactive(None)
    pending: reactive[bool] = reactive(False)
    moved: reactive[str] = reactive("")
    said: reactive[str] = reactive("")

    def render(self) -> Content:
        """The lines, remarks near the top, so that they are seen however little room there is."""
        said = [Content.styled(visible(self.said), "$accent")] if self.said else []
        if self.collated is None:
            return Content("\n").join(said or [Content.styled("reading …", "$faint")])
        if self.number is None or self.number >= len(self.collated.table.rows):
            return Content("\n").join([Content.styled("Nothing at hand.", "bold"), *said])
        lines = [variant_line(self.collated, self.number, self.hidden), *said]
        if self.decision:
            lines.append(decided_line(self.decision, pending=self.pending))
        if self.moved:
            lines.append(Content.styled(visible(self.moved), "$accent"))
        lines.append(apparatus_line(self.collated, self.number, self.column))
        return Content("\n").join(lines)
