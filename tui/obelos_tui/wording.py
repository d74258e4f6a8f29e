"""The words of the screens: findings, decisions and passages as styled lines, foreign text made visible.

Everything from documents, rules and people goes through `visible` here and is never parsed as markup.
"""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from textual.content import Content

from obelos_history import Decision, Entry
from obelos_transcripts import Span, visible
from obelos_transcripts.tokens import tokenize
from obelos_transcripts.visible import name

from .alike import Like
from .concordance import AROUND, Place
from .history_wording import told_words
from .layout import SEPARATOR, SIGN
from .recalled import told_earlier
from .rule_record import NONE
from .shown import Item, Passage
from .view import CARET, View

TITLES = {
    "correct": ("Correct", "the transcription is wrong, the source reads otherwise"),
    "emend": ("Emend", "the source itself is wrong, the editor mends it"),
    "stet": ("Stet", "the source reads so; keep it"),
    "reject": ("Reject", "a false alarm: nothing is wrong here"),
    "query": ("Ask", "put a question to someone; the passage stays open"),
}
"""What each disposition is called, and what it says."""

_SIGN_STYLES = {
    "●": "bold $certain",
    "◐": "$likely",
    "○": "$possible",
    "?": "bold $accent",
    "*": "bold $changed",
    "✓": "$decided",
    "≠": "$primary",
    "▸": "$primary",
}


def styled_sign(sign: str) -> tuple[str, str]:
    """A sign with the style it has everywhere."""
    return sign, _SIGN_STYLES.get(sign, "")


def counted(number: int, one: str, many: str) -> str:
    """``1 decision``, ``2 decisions``."""
    return f"{number} {one if number == 1 else many}"


def shortened(text: str, most: int) -> str:
    """The text on one line, at most so many code points, cut at a word with an ellipsis."""
    text = " ".join(visible(text).split())
    if len(text) <= most:
        return text
    cut = text[: max(1, most - 1)]
    return (cut[: cut.rfind(" ")] if " " in cut[most // 2 :] else cut).rstrip(" ,;:") + "…"


def words(text: str, most: int = 32) -> str:
    """The text on one line, shortened; spaces that stand alone are shown, a gap by a caret."""
    return shortened(text, most) or visible(text).replace(" ", "␣") or CARET


def summary(decision: Decision) -> str:
    """A decision in a few words that are never blank."""
    return visible(decision.summary())


def summary_of(decisions: Sequence[Decision]) -> str:
    """Decisions that were taken in one go: the first, and how many more."""
    more = f", and {len(decisions) - 1} more" if len(decisions) > 1 else ""
    return summary(decisions[0]) + more


def quoted(text: str, most: int = 60) -> str:
    """The text in quotation marks, shortened in the middle; *nothing* for an empty one."""
    text = visible(text) if text.strip() else visible(text).replace(" ", "␣")
    if len(text) > most:
        half = (most - 1) // 2
        text = f"{text[:half]}…{text[-half:]}"
    return f"“{text}”" if text else "nothing"


def finding_line(view: View, item: Item) -> Content:
    """Which of how many, code and name of the rule, level, layer, line."""
    line, _ = view.lines.at(item.span.start)
    sign = styled_sign(view.sign(item))
    number = next((n for n, known in enumerate(view.items, 1) if known is item), None)
    which = f"{number}/{len(view.items)}  " if number else ""
    if item.finding:
        finding = item.finding
        record = view.state.records.get(finding.code, NONE).told
        return Content.assemble(
            sign,
            f" {which}",
            (f"{visible(finding.code)} {visible(finding.name)}", "bold"),
            (f"  {finding.level} · {finding.layer} · line {line}", "$faint"),
            (f" · {record}" if record else "", "$faint"),
        )
    if item.variant:
        what = f"{item.variant.kind} difference from {visible(view.version.siglum)}"
    else:
        what = "a passage you chose"
        if item.decision:
            rule = item.decision.rule
            what = f"a decision on a finding of {visible(rule)}" if rule else "a decision of the editor's own"
    return Content.assemble(sign, f" {which}", (what, "bold"), (f"  line {line}", "$faint"))


def suggestions_line(item: Item) -> Content:
    """The suggestions with their numbers."""
    if not item.suggestions:
        return Content.styled("no suggestion: c to correct by hand", "$faint")
    parts: list[str | tuple[str, str]] = []
    for number, suggestion in enumerate(item.suggestions[:9], 1):
        parts += [(f"{number}", "bold $primary"), f" {words(suggestion, 60) if suggestion else '(leave out)'}   "]
    return Content.assemble(*parts)


def readings_line(item: Item) -> Content:
    """What each other version reads at the passage."""
    parts: list[str | tuple[str, str]] = []
    for siglum, reading in item.readings:
        shown = quoted(reading, 40) if reading else "(nothing)"
        parts += [(f"{visible(siglum)} ", "$faint"), f"{shown}   "]
    return Content.assemble(*parts)


def decision_line(decision: Decision, *, pending: bool) -> Content:
    """A decision in one line: what, the note, who, when."""
    parts: list[str | tuple[str, str]] = [
        styled_sign("*" if pending else "✓"),
        (f" {decision.disposition}: " if decision.changes_text else " ", "bold"),
        summary(decision),
    ]
    if decision.note:
        parts.append(f" — {shortened(decision.note, 200)}")
    person = visible(decision.resp).split(" <")[0]
    parts.append((f"  {person}, {decision.when:%Y-%m-%d}{', not yet written' if pending else ''}", "$faint"))
    return Content.assemble(*parts)


def remembered_line(item: Item) -> Content | None:
    """What was decided here before the passage changed, or why the decision matches nothing any more."""
    if item.earlier:
        return Content.assemble(("before: ", "$faint"), (visible(told_earlier(item.earlier)), "$accent"))
    if item.stale:
        return Content.assemble(("stale: ", "$faint"), (visible(item.stale.why), "$accent"))
    return None


def asked_line(item: Item) -> str:
    """The question that a decision on an item answers, and who asked; "" where nobody did."""
    if item.question is None:
        return ""
    person = item.question.resp.split(" <")[0]
    return f"asked by {person}, {item.question.when:%Y-%m-%d}: {item.question.note or '(no words)'}"


def decision_details(decision: Decision, *, pending: bool) -> list[Content]:
    """A decision in full, field by field."""
    place = decision.place
    was = quoted(place.exact, 200)
    lines = [
        Content.assemble(
            styled_sign("*" if pending else "✓"),
            (f" {summary(decision)}", "bold"),
            ("  not yet written" if pending else "", "$accent"),
        ),
        Content(""),
        passage_line("base text", Passage(place.prefix, place.exact, place.suffix)),
    ]
    if decision.reading is not None:
        lines.append(passage_line("decided", Passage(place.prefix, decision.reading, place.suffix)))
    lines.append(Content(""))
    fields = {
        "disposition": f"{decision.disposition}: {TITLES[decision.disposition][1]}",
        "reading": f"{quoted(decision.reading, 200)} for {was}" if decision.reading is not None else "",
        "note": decision.note,
        "by": decision.resp,
        "when": f"{decision.when:%Y-%m-%d %H:%M %Z}",
        "certainty": decision.cert,
        "evidence": decision.evidence or "",
        "source": decision.source,
        "fault": decision.fault,
        "rule": decision.rule or "",
        "place": f"{place.layer}, code points {place.start} to {place.end} of the base text",
        "record": decision.id,
        "supersedes": ", ".join(decision.supersedes),
    }
    return lines + [field_line(label, value) for label, value in fields.items() if value]


def field_line(label: str, value: str) -> Content:
    """A label in the margin and what belongs to it."""
    return Content.assemble((f"{visible(label):<12}", "$faint"), visible(value))


def passage_line(label: str, passage: Passage, most: int = 24) -> Content:
    """A passage with the words in question marked, and some context."""
    before = visible(passage.before)[-most:]
    after = visible(passage.after)[:most]
    middle = visible(passage.middle) if passage.middle.strip() else visible(passage.middle).replace(" ", "␣")
    return Content.assemble(
        (f"{label:<12}", "$faint"),
        (f"…{before}", "$faint"),
        (middle or CARET, "bold underline $changed" if middle else "bold $changed"),
        (f"{after}…", "$faint"),
    )


def explanation(view: View, item: Item, blame: str) -> list[Content]:
    """All there is to say about an item, for reading at leisure."""
    text = view.state.text[item.span.start : item.span.end]
    lines = [finding_line(view, item), Content(""), field_line("reads", quoted(text, 400))]
    if item.finding:
        lines += [Content(""), Content(visible(item.finding.message)), Content("")]
        lines += [Content(visible(paragraph)) for paragraph in item.finding.why.split("\n")]
    lines.append(Content(""))
    lines += [field_line(siglum, quoted(reading, 400)) for siglum, reading in item.readings]
    if item.suggestions:
        lines += [Content(""), suggestions_line(item)]
    for char in odd_characters(text):
        lines.append(field_line("character", char))
    lines += [Content(""), Content(visible(blame))]
    if item.earlier:
        lines += [Content(""), field_line("before", told_earlier(item.earlier))]
        lines += decision_details(item.earlier.decision, pending=view.is_pending(item.earlier.decision))
    if item.stale:
        lines += [Content(""), field_line("stale", item.stale.why)]
    if item.decision:
        lines.append(Content(""))
        lines += decision_details(item.decision, pending=view.is_pending(item.decision))
    return lines


def odd_characters(text: str) -> Iterable[str]:
    """Code point and name of each character of a passage that a keyboard does not have, each once."""
    return [name(char) for char in dict.fromkeys(text) if not char.isascii() or not char.isprintable()][:12]


def like_line(like: Like, kept: bool, width: int) -> Content:
    """A line of a concordance: kept or dropped, where, the words under one another with what stands around them."""
    before, after = like.around
    shown = visible(before)[-AROUND:]
    where = shortened(f"{like.document}:{like.line}", width)
    style = "" if kept else "$faint"
    return Content.assemble(
        ("[x] " if kept else "[ ] ", "bold" if kept else "$faint"),
        (f"{where:<{width}} ", "$faint"),
        (" " * max(0, AROUND - cell_len(shown)) + shown, style),
        (f"{words(like.found, 40)}", "bold underline" if kept else "$faint"),
        (visible(after)[:AROUND], style),
    )


def place_line(place: Place, width: int) -> Content:
    """A place that a rule flags: where, the words under one another with what stands around them."""
    shown = visible(place.before)[-AROUND:]
    where = shortened(f"{place.name}:{place.line}", width)
    return Content.assemble(
        (f"{where:<{width}} ", "$faint"),
        " " * max(0, AROUND - cell_len(shown)) + shown,
        (words(place.found, 40), "bold underline"),
        visible(place.after)[:AROUND],
    )


def word_at(text: str, position: int) -> Span:
    """Half-open span of the token at a position, in code points."""
    start = max(0, position - 200)
    for token in tokenize(text[start : position + 200]):
        if token.start <= position - start < token.end:
            return Span(start + token.start, start + token.end)
    return Span(position, position)


def item_line(view: View, item: Item) -> Content:
    """An item in the list of findings: sign, line, words, what is suggested."""
    line, _ = view.lines.at(item.span.start)
    found = words(view.state.text[item.span.start : item.span.end])
    style = "$faint" if item.decision else ""
    if item.decision:
        what = summary(item.decision)
    elif item.suggestions:
        what = f"{found} → {words(item.suggestions[0])}"
    else:
        what = found
    return Content.assemble(styled_sign(view.sign(item)), (f" {line:>4}  ", "$faint"), (what, style))


def review_status(view: View) -> Content:
    """How the review stands: what is open, what is not yet written, whether anything can be recorded."""
    state = view.state
    parts: list[str | tuple[str, str]] = []
    if state.read_only:
        parts += [("read-only", "bold reverse"), "  "]
    if view.sieve:
        parts += [("filter ", "$accent"), (shortened(view.sieve.told(), 40), "bold $accent"), "  "]
    beyond = f" (of {len(state.items)})" if len(view.items) < len(state.items) else ""
    parts.append(f"{view.open_count} of {len(view.items)} open{beyond}")
    asked = sum(item.question is not None for item in state.items)
    if asked:
        parts.append(f", {asked} asked")
    if state.pending:
        unwritten = counted(len(state.pending), "decision", "decisions")
        parts += [("  *", "bold $changed"), (f" {unwritten} not yet written", "$changed")]
    return Content.assemble(*parts)


def version_heads(view: View, column: int, remark: str) -> Content:
    """The heads of columns of so many cells: siglum and name, and a remark beside the left one."""
    left = Content.assemble(("T", "bold"), ("  working text", "$faint"), (f"  {remark}", "$accent"))
    right = Content.assemble((visible(view.version.siglum), "bold"), (f"  {visible(view.version.title)}", "$faint"))
    left = left.truncate(column, ellipsis=True)
    gap = " " * (column - left.cell_length + SEPARATOR)
    return Content.assemble(" " * SIGN, left, gap, right.truncate(column, ellipsis=True))


def entry_line(entry: Entry, *, several: bool = False) -> Content:
    """An entry of the history in one line."""
    sign = "◆" if entry.kind == "commit" else "*" if entry.pending else "✓" if entry.decision else "§"
    person = visible(entry.person).split(" <")[0]
    return Content.assemble(
        (f"{sign} ", "$primary" if entry.kind == "commit" else "$decided"),
        (f"{entry.when:%Y-%m-%d %H:%M}  ", "$faint"),
        (f"{visible(entry.document)}  " if several and entry.kind != "commit" else "", "$faint"),
        (shortened(_entry_title(entry), 120), "bold" if entry.kind == "commit" else ""),
        (f"  {person}", "$faint"),
    )


def _entry_title(entry: Entry) -> str:
    if entry.decision:
        return f"{entry.title} ({entry.decision.disposition})" if entry.decision.changes_text else entry.title
    return entry.title if entry.kind == "commit" else f"{entry.kind}: {entry.title}"


def entry_details(entry: Entry) -> list[Content]:
    """An entry of the history in full: its decision, or the words of its commit."""
    if entry.decision:
        lines = decision_details(entry.decision, pending=entry.pending)
        lines += [field_line("superseded", f"by {entry.superseded_by}")] if entry.superseded_by else []
        return [*lines, field_line("commit", entry.commit or "not yet written")]
    lines = [Content.styled(visible(entry.title), "bold"), Content("")]
    lines += [Content(visible(line)) for line in entry.message]
    lines.append(Content(""))
    if entry.words:
        lines.append(field_line("changed", f"without a decision: {told_words(entry.words)}"))
    if entry.record:
        lines += [field_line("document", entry.document), field_line("note", entry.record.note or "–")]
        lines.append(field_line("record", entry.record.id))
    lines.append(field_line("by", entry.person))
    lines.append(field_line("when", f"{entry.when:%Y-%m-%d %H:%M %Z}"))
    lines.append(field_line("commit", entry.commit or entry.id))
    return lines
