"""The words of the collation screen: an entry of the apparatus, heads of columns, counts; foreign text made visible.

Everything from documents goes through `visible` here and is never parsed as markup.
"""

from bisect import bisect_left
from collections.abc import Collection, Sequence

from textual.content import Content

from obelos_history import Decision
from obelos_transcripts import VARIANT_CLASSES, ErrorRate, visible

from .collated import Collated, Reading
from .layout import SEPARATOR, SIGN
from .shown import Version
from .view import CARET
from .wording import counted, decision_line, shortened

_SHORTER = {
    "substantive": "subst.",
    "spelling": "spell.",
    "division": "div.",
    "capitalisation": "cap.",
    "punctuation": "punct.",
    "spacing": "space",
}

_EXACT = ("spacing", "punctuation")
"""Classes in which every space is shown."""


def reading_words(text: str, most: int = 60) -> str:
    """A reading on one line: the words; what is no word with its spaces shown; *om.* where the version has nothing."""
    if not text:
        return "om."
    shown = shortened(text, most) if text.strip() else ""
    return shown or visible(text[:most]).replace(" ", "␣")


def exact_words(text: str, most: int = 60) -> str:
    """A reading with every space shown: where nothing but spaces or points differs."""
    return visible(text[:most]).replace(" ", "␣") if text else "om."


def variant_line(collated: Collated, number: int, hidden: Collection[str]) -> Content:
    """Which of how many, its class, where it stands, how many versions differ."""
    numbers = collated.numbers(hidden)
    place = bisect_left(numbers, number)
    which = f"variant {place + 1} of {len(numbers)}" if number in numbers[place : place + 1] else "no variant"
    kind = collated.kinds.get(number, "")
    line, _ = collated.lines.at(collated.row(number).cells[0].start)
    groups = collated.row(number).groups
    others = len(groups) - 1
    differing = sum(map(bool, groups))
    share = "" if others < 2 else f" · {differing} of {counted(others, 'version', 'versions')} differ from the base"
    return Content.assemble(
        ("≠ ", "$primary"),
        (f"{which}  ", "bold"),
        (kind or "all agree", "bold $primary" if kind == "substantive" else ""),
        (f" · line {line}{where(collated, number)}{share}", "$faint"),
    )


def where(collated: Collated, number: int) -> str:
    """In which layer a difference stands, where it is not the body; for a note its label."""
    start = collated.row(number).cells[0].start
    layer = collated.layered.layer_at(start)
    if layer == "note":
        notes = collated.layered.notes
        note = next((n for n in notes if n.body and n.body.start <= start < max(n.body.end, n.body.start + 1)), None)
        return f" · note {visible(note.label)}" if note else " · note"
    return "" if layer == "body" else f" · {layer}"


def apparatus_line(collated: Collated, number: int, column: int) -> Content:
    """Lemma and its sigla, a bracket, the other readings with their sigla; each with the number that takes it."""
    exact = collated.kinds.get(number) in _EXACT
    parts: list[str | tuple[str, str]] = []
    for place, reading in enumerate(collated.readings(number)):
        if reading.number:
            parts.append((f"{reading.number} ", "bold $primary"))
        core = _core_text(collated, number, reading)
        words = exact_words(core) if exact else reading_words(core)
        style = "bold" if place == 0 else ""
        parts.append((words, f"{style} italic" if not reading.text else style))
        parts.append(" ")
        for n in reading.columns:
            siglum = visible(collated.versions[n].siglum)
            parts.append((f"{siglum} ", "bold underline $accent" if n == column else "$faint"))
        parts.append(("]  " if place == 0 else "  ", "bold"))
    return Content.assemble(*parts)


def decided_line(decision: Decision, *, pending: bool) -> Content:
    """That the place was decided already, and how."""
    return Content.assemble(("decided already: ", "$accent"), decision_line(decision, pending=pending))


def counts_line(collated: Collated, hidden: Collection[str], width: int) -> Content:
    """How many differences of each class there are; those hidden in brackets. Shorter where there is little room."""
    total = len(collated.kinds)
    for names in ({}, _SHORTER):
        parts: list[str | tuple[str, str]] = [(f" {counted(total, 'variant', 'variants')} ", "bold")]
        for kind in VARIANT_CLASSES:
            count = collated.counts[kind]
            if not count:
                continue
            told = f"{count} {names.get(kind, kind)}"
            parts.append((f" ({told})" if kind in hidden else f"  {told}", "$faint" if kind in hidden else ""))
        line = Content.assemble(*parts)
        if line.cell_length <= width:
            break
    return line


def figures_text(collated: Collated) -> str:
    """Error rates between the first two versions: ``T/B CER 0.8 % WER 2.1 %``."""
    figures = collated.figures
    if figures is None:
        return ""
    one, other = (visible(version.siglum) for version in collated.versions[:2])
    return f"{one}/{other} CER {percent(figures.characters)} WER {percent(figures.words)}"


def percent(rate: ErrorRate) -> str:
    """An error rate in per cent; *about* where fewer errors might do."""
    if rate.rate is None:
        return "–"
    return f"{'' if rate.exact else '≤ '}{100 * rate.rate:.1f} %"


def heads_line(
    versions: Sequence[Version], columns: Sequence[int], width: int, *, base: int, at_hand: int, remark: str
) -> Content:
    """The heads of some columns of so many cells each: siglum and name, the base of comparison named."""
    line = Content(" " * SIGN)
    for place, column in enumerate(columns):
        version = versions[column]
        sign = "▸" if column == at_hand else ""
        head = Content.assemble(
            (f"{sign}{visible(version.siglum)}", "bold underline" if column == at_hand else "bold"),
            (f"  {remark}" if place == len(columns) - 1 and remark else "", "$accent"),
            ("  base of comparison" if column == base else "", "$accent"),
            (f"  {visible(version.title)}", "$faint"),
        ).truncate(width, ellipsis=True)
        gap = width - head.cell_length + (SEPARATOR if place < len(columns) - 1 else 0)
        line = Content.assemble(line, head, " " * gap)
    return line


def version_line(version: Version) -> Content:
    """A version in the list to choose from."""
    return Content.assemble((f"{visible(version.siglum):<10} ", "bold"), (shortened(version.title, 80), "$faint"))


def class_line(kind: str, count: int) -> Content:
    """A class in the list to choose from, and how many differences are of it."""
    return Content.assemble((f"{count:>6}  ", "bold" if count else "$faint"), (kind, "" if count else "$faint"))


def entry_in_full(collated: Collated, number: int, decision: Decision | None, *, pending: bool) -> list[Content]:
    """A difference for reading at leisure: each version's reading in full, with what stands around it."""
    lines = [variant_line(collated, number, ()), Content("")]
    exact = collated.kinds.get(number) in _EXACT
    for column, version in enumerate(collated.versions):
        start, end = collated.row(number).cells[column] if exact else collated.core(number, column)
        before, after = version.text[max(0, start - 32) : start], version.text[end : end + 32]
        here = version.text[start:end][:2000]
        shown = visible(here).replace(" ", "␣") if exact else visible(here)
        base = "base of comparison, " if column == collated.table.base else ""
        lines.append(
            Content.assemble((visible(version.siglum), "bold"), (f"  {base}{visible(version.title)}", "$faint"))
        )
        lines.append(
            Content.assemble(
                (f"  …{visible(before)}", "$faint"),
                (shown or CARET, "bold underline $changed"),
                (f"{visible(after)}…", "$faint"),
            )
        )
    if decision:
        lines += [Content(""), decided_line(decision, pending=pending)]
    return lines


def _core_text(collated: Collated, number: int, reading: Reading) -> str:
    column = reading.columns[0]
    return collated.versions[column].text[slice(*collated.core(number, column))]
