"""The finding at hand: what the rule says, what is suggested, how the other versions read, what was decided."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from obelos_transcripts import visible

from ..beside import note_line, notes_at
from ..shown import Item
from ..view import View
from ..wording import decision_line, finding_line, readings_line, remembered_line, shortened, suggestions_line


class FindingPanel(Widget):
    """As much about the item at hand as there is room for; ``said`` is a line for passing remarks."""

    view: reactive[View | None] = reactive(None)
    item: reactive[Item | None] = reactive(None)
    said: reactive[str] = reactive("")

    def render(self) -> Content:
        """The lines, the explanation shortened to what room is left."""
        if self.view is None:
            return Content.styled("reading …", "$faint")
        if self.item is None:
            return Content.assemble(("Nothing at hand. ", "bold"), self.said or "n goes to the next finding.")
        width, height = self.content_size
        item = self.item
        head = [finding_line(self.view, item)]
        tail = [suggestions_line(item)] if item.decision is None or not item.decision.changes_text else []
        if item.readings:
            tail.append(readings_line(item))
        if item.decision:
            tail.append(decision_line(item.decision, pending=self.view.is_pending(item.decision)))
        tail += [note_line(note, at_hand=True).truncate(width, ellipsis=True) for note in notes_at(self.view, item)[:1]]
        remembered = remembered_line(item)
        if remembered:
            tail.insert(0, remembered)
        if self.said:
            # Near the top, so that it is seen however little room there is.
            head.append(Content.styled(visible(self.said), "$accent"))
        if item.finding:
            head.append(Content(visible(item.finding.message)))
            wrapped = bool(remembered and remembered.cell_length > width)
            room = max(0, height - len(head) - len(tail) - wrapped) * width
            if room >= width:
                head.append(Content.styled(shortened(item.finding.why, room - width // 8), "$faint"))
        loose = [Content("")] if item.finding and height > len(head) + len(tail) + 2 else []
        return Content("\n").join([*head[:1], *loose, *head[1:], *loose, *tail])
