"""Charts as inline SVG: lines, areas and words in the page's own colours, told by shape and number, not by colour.

Each has a title and a description for those who do not see it.
"""

from collections.abc import Iterator, Sequence

from ..paper import safe
from .counts import Row
from .model import DocumentReport

_LABEL, _BAR, _ROW = 190, 300, 22
_WIDTH, _HEIGHT = 990, 120
_STRIP, _TALL = 1000, 34

SHAPES = {
    "correct": "a tall filled bar",
    "emend": "a tall hollow bar",
    "stet": "a short bar below",
    "reject": "a dot",
    "query": "a triangle above",
}
"""How each disposition is drawn on the strip."""


def bars(title: str, rows: Sequence[Row]) -> Iterator[str]:
    """A bar for each row, its name before it and its number behind it."""
    most = max((count for _, count in rows), default=0) or 1
    height = _ROW * len(rows) + 4
    yield _opened(title, _told(rows), _LABEL + _BAR + 60, height, "bars")
    for number, (name, count) in enumerate(rows):
        y = number * _ROW + 4
        width = round(_BAR * count / most, 1)
        yield f'<text x="{_LABEL - 8}" y="{y + 13}" text-anchor="end">{safe(_short(name, 30))}</text>'
        yield f'<rect class="bar" x="{_LABEL}" y="{y}" width="{width}" height="{_ROW - 6}"/>'
        yield f'<text x="{_LABEL + width + 6}" y="{y + 13}">{count}</text>'
    yield "</svg>"


def columns(title: str, rows: Sequence[Row]) -> Iterator[str]:
    """A column for each step of time; the first, the last and the highest are named."""
    most = max((count for _, count in rows), default=0) or 1
    yield _opened(title, _told(rows), _WIDTH, _HEIGHT + 36, "columns")
    wide = _WIDTH / max(len(rows), 1)
    high = next(number for number, (_, count) in enumerate(rows) if count == most) if rows else 0
    for number, (_, count) in enumerate(rows):
        height = round(_HEIGHT * count / most, 1)
        x, width = round(number * wide + wide * 0.1, 1), round(min(wide * 0.8, 40), 1)
        if count:
            yield f'<rect class="bar" x="{x}" y="{20 + _HEIGHT - height}" width="{width}" height="{height}"/>'
        if number == high:
            yield f'<text x="{x}" y="14">{count}</text>'
    yield f'<path class="axis" d="M0 {20.5 + _HEIGHT}H{_WIDTH}"/>'
    if rows:
        yield f'<text x="0" y="{_HEIGHT + 34}">{safe(rows[0][0])}</text>'
    if len(rows) > 1:
        yield f'<text x="{_WIDTH}" y="{_HEIGHT + 34}" text-anchor="end">{safe(rows[-1][0])}</text>'
    yield "</svg>"


def strip(document: DocumentReport) -> Iterator[str]:
    """The base text from its first to its last character, with a mark where each standing decision lies."""
    decisions = [told.decision for told in document.standing]
    parts = [f"{d.disposition} at {_percent(d.place.start, document.length)}" for d in decisions[:40]]
    more = f", and {len(decisions) - 40} more" if len(decisions) > 40 else ""
    title = f"Where the decisions on {document.name} lie in its text"
    yield _opened(title, (", ".join(parts) or "there are none") + more, _STRIP, _TALL, "strip")
    yield f'<rect class="text" x="0" y="10" width="{_STRIP}" height="14"/>'
    for decision in decisions:
        x = round((_STRIP - 4) * decision.place.start / max(document.length, 1) + 2, 1)
        yield _mark(decision.disposition, x)
    yield "</svg>"


def _mark(disposition: str, x: float) -> str:
    if disposition == "correct":
        return f'<rect class="bar" x="{x - 1.5}" y="6" width="3" height="22"/>'
    if disposition == "emend":
        return f'<rect class="hollow" x="{x - 2.5}" y="6" width="5" height="22"/>'
    if disposition == "stet":
        return f'<rect class="bar" x="{x - 1}" y="24" width="2" height="8"/>'
    if disposition == "query":
        return f'<path class="bar" d="M{x - 5} 0H{x + 5}L{x} 10Z"/>'
    return f'<circle class="bar" cx="{x}" cy="17" r="1.5"/>'


def _opened(title: str, told: str, width: int, height: int, kind: str) -> str:
    return (
        f'<svg class="{kind}" role="img" viewBox="0 0 {width} {height}" aria-label="{safe(title)}">'
        f"<title>{safe(title)}</title><desc>{safe(told)}</desc>"
    )


def _told(rows: Sequence[Row]) -> str:
    return "; ".join(f"{name}: {count}" for name, count in rows if count) or "nothing"


def _percent(position: int, length: int) -> str:
    return f"{100 * position // max(length, 1)} %"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
