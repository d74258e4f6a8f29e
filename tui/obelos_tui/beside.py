"""What stands beside the place at hand: how the other versions read, who decided what there, the notes.

Foreign text is made visible here and is never parsed as markup.
"""

from textual.content import Content

from obelos_transcripts import Span, visible

from .passages import Anchored, Link, paragraph_at
from .shown import Item
from .view import View
from .wording import field_line, quoted, shortened, styled_sign, summary

_LONG = 400
_MOST = 12  # notes and decisions; there is no room for more in any side panel


def beside_lines(view: View, item: Item | None) -> list[Content]:
    """The side panel for an item, or for nothing at hand."""
    if item is None:
        return []
    lines = [_head("readings")] if item.readings else []
    lines += [
        field_line(siglum[:11], quoted(reading, 60) if reading else "(nothing)") for siglum, reading in item.readings
    ]
    chain = view.state.passages.chain(item.span)
    if chain:
        lines += [_head("decided here")]
        for link in chain[-_MOST:]:
            lines += link_lines(view, link)
    notes = view.state.passages.notes(paragraph_at(view.state.text, item.span))
    if notes:
        lines += [_head("notes here")]
        lines += [note_line(note, at_hand=_touches(note.anchor, item.span)) for note in notes[:_MOST]]
    return lines


def link_lines(view: View, link: Link) -> list[Content]:
    """A decision of a chain in three lines: what, what stood there before, who and when; the note last."""
    decision = link.decision
    sign = "?" if decision.disposition == "query" else "*" if view.is_pending(decision) else "✓"
    style = "" if link.stands else "$faint"
    told = Content.assemble(
        styled_sign(sign) if link.stands else ("–", "$faint"),
        (f" {decision.disposition}: {summary(decision)}", f"bold {style}".strip()),
        ("" if link.stands else " (superseded)", "$faint"),
    )
    person = visible(decision.resp).split(" <")[0]
    rule = f" · {visible(decision.rule)}" if decision.rule else ""
    lines = [told, Content.styled(f"  read {quoted(link.was, 40)} before", "$faint")]
    lines.append(Content.styled(f"  {person}, {decision.when:%Y-%m-%d}{rule}", "$faint"))
    if decision.note:
        lines.append(Content(f"  {shortened(decision.note, _LONG)}"))
    return lines


def note_line(note: Anchored, *, at_hand: bool) -> Content:
    """A note with its label, with a sign where it belongs to the place at hand."""
    sign = ("▸", "$primary") if at_hand else " "
    return Content.assemble(sign, (f"{visible(note.label)} ", "bold"), shortened(note.text, _LONG))


def notes_at(view: View, item: Item) -> list[Anchored]:
    """The notes anchored in the passage at hand or right behind it."""
    near = view.state.passages.notes(Span(item.span.start, item.span.end + 1))
    return [note for note in near if _touches(note.anchor, item.span)]


def chain_details(view: View, item: Item) -> list[Content]:
    """The chain and the notes, for reading at leisure."""
    lines: list[Content] = []
    for link in view.state.passages.chain(item.span):
        lines += [Content(""), *link_lines(view, link)]
    notes = notes_at(view, item)
    return lines + ([Content("")] if notes else []) + [note_line(note, at_hand=True) for note in notes]


def _touches(anchor: Span, span: Span) -> bool:
    return anchor.start <= span.end and span.start <= anchor.end


def _head(title: str) -> Content:
    return Content.styled(title, "bold $primary")
