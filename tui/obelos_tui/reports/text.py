"""The report for people: file, line and column, the rule, the source line with a caret under the words."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from obelos_rules import Rule
from obelos_transcripts import visible

from .told import Outcome, Told

if TYPE_CHECKING:
    from ..checking import Checked

_CONTEXT = 34
_MOST = 60
_NARROW = re.compile("[ -~\u00a1-\u02ff\u2010-\u2027]*")  # needs no table of widths, which costs more than it tells
_COLOURS = {"certain": "red", "likely": "yellow", "possible": "blue"}


class TextReport:
    """Two or three lines for each finding, and how many there were."""

    shows_answered = False

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Rules are not described here: every finding says enough of its own."""

    def begin(self) -> None:
        """Nothing stands at the top."""

    def text(self, checked: "Checked", told: Sequence[Told]) -> None:
        """Its findings."""
        if told:
            click.echo("\n".join(line for one in told for line in _lines(checked, one)))

    def end(self, outcome: Outcome) -> None:
        """The sum."""
        answered = f", {outcome.answered} answered" if outcome.answered else ""
        of = f" of {outcome.total}" if outcome.texts < outcome.total else ""
        click.echo(f"{counted(outcome.findings, 'finding')} in {outcome.texts}{of} {_texts(outcome)}{answered}")
        if outcome.stale:
            verb = "matches" if outcome.stale == 1 else "match"
            click.echo(f"{counted(outcome.stale, 'decision')} no longer {verb} anything (obelos check --stale)")


def counted(number: int, what: str) -> str:
    """``1 finding``, ``2 findings``."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def _texts(outcome: Outcome) -> str:
    return "text" if max(outcome.texts, outcome.total) == 1 else "texts"


def _lines(checked: "Checked", told: Told) -> list[str]:
    finding = told.finding
    line, column = checked.lines.at(finding.start)
    where = click.style(f"{visible(checked.target.name)}:{line}:{column}", bold=True)
    code = click.style(finding.code, fg=_COLOURS[finding.level])
    source, caret = pointed(checked.lines.line(line), column - 1, finding.end - finding.start)
    suggestions = f"  {' or '.join(map(_suggested, finding.suggestions))}"
    lines = [
        f"{where}: {finding.level} {code} {visible(finding.message)}  [{finding.fingerprint[:8]}]",
        f"    {source}",
        f"    {click.style(caret, fg=_COLOURS[finding.level])}{suggestions if finding.suggestions else ''}",
    ]
    if told.earlier or told.answer:
        from ..recalled import taken, told_earlier

        said = told_earlier(told.earlier) if told.earlier else told.answer and f"{taken(told.answer)}: {told.answer.id}"
        lines.append(f"    {visible(said or '')}")
    return lines


def _suggested(reading: str) -> str:
    """A reading of which nothing is out of sight."""
    bare = reading.strip(" ")
    before = len(reading) - len(reading.lstrip(" ")) if bare else 0
    after = len(reading) - len(bare) - before
    return f"{'␣' * before}{visible(bare)}{'␣' * after}" or "(leave out)"


def pointed(line: str, start: int, length: int) -> tuple[str, str]:
    """A stretch of a line that fits a terminal, and a line of carets that stand under the words at ``start``.

    Control, bidi and zero-width characters are shown by signs of their own; a wide character has two carets, a
    combining one none of its own.
    """
    first = max(0, start - _CONTEXT)
    while 0 < first < start and _cells(line[first]) == 0:
        first += 1  # a mark without its letter would be put on the ellipsis
    before, found = visible(line[first:start]), visible(line[start : start + length])
    rest = line[start + length : start + length + _CONTEXT]
    after = visible(rest)
    lead, tail = ("…" if first else " "), ("…" if start + length + len(rest) < len(line) else "")
    if len(found) > _MOST:
        found = f"{found[: _MOST // 2]}…{found[-_MOST // 2 :]}"
    return f"{lead}{before}{found}{after}{tail}", " " * (_cells(before) + 1) + "^" * max(1, _cells(found))


def _cells(shown: str) -> int:
    """How many cells of a terminal a text takes."""
    if _NARROW.fullmatch(shown):
        return len(shown)
    from rich.cells import cell_len

    return cell_len(shown)
