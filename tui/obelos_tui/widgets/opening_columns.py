"""How two texts begin, side by side, until the screen that works on them is there."""

from rich.cells import set_cell_size
from textual.content import Content
from textual.widget import Widget

from obelos_transcripts import Row, Span

from ..glimpse import Glimpse
from ..layout import SEPARATOR, SIGN, column_width, lay_out


class OpeningColumns(Widget):
    """Heads and first rows, where `ColumnHeads` and `TextColumns` will have them; nothing can be done with them."""

    def __init__(self, shown: Glimpse) -> None:
        super().__init__(id="opening")
        self._shown = shown

    def render(self) -> Content:
        """As many rows as there is room for."""
        texts = self._shown.texts
        width = column_width(self.size.width - 1)
        cells = (Span(0, len(texts[0])), Span(0, len(texts[1])))
        layout = lay_out(texts, [Row(cells, (0, 1))], width)
        heads = self._line(self._shown.heads, width, " ")
        rows = [
            self._line([text[slice(*layout.row(n, row))] for n, text in enumerate(texts)], width, "│")
            for row in range(min(layout.height, self.size.height - 1))
        ]
        return Content("\n").join([Content.styled(heads, "$faint"), *(Content(row) for row in rows)])

    def _line(self, pieces: "tuple[str, str] | list[str]", width: int, rule: str) -> str:
        left, right = (set_cell_size(piece.removesuffix("\n").removesuffix("␍"), width) for piece in pieces)
        return " " * SIGN + left + rule.center(SEPARATOR) + right
