"""The report on decisions that no longer match anything: what each said, where, and why it is stale."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from obelos_transcripts import visible

from .text import counted, pointed
from .told import decision_data

if TYPE_CHECKING:
    from ..answered import Stale
    from ..checking import Checked

FORMATS = ("text", "json", "jsonl")
"""The formats that it has: annotations and SARIF tell of findings only."""


class StaleReport:
    """One entry for each decision."""

    def __init__(self, form: str) -> None:
        """Told in one of `FORMATS`."""
        self._form = form
        self._count = 0

    def begin(self) -> None:
        """The frame, where there is one."""
        if self._form == "json":
            click.echo('{"version": 1, "decisions": [', nl=False)

    def text(self, checked: "Checked", stale: Sequence["Stale"]) -> None:
        """The stale decisions on one text."""
        for one in sorted(stale, key=lambda told: (told.span, told.decision.id)):
            if self._form == "text":
                click.echo("\n".join(_lines(checked, one)))
            elif self._form == "jsonl":
                click.echo(json.dumps(_as_data(checked, one)))
            else:
                click.echo(f"{',' if self._count else ''}\n{json.dumps(_as_data(checked, one))}", nl=False)
            self._count += 1

    def end(self, *, complete: bool) -> None:
        """The sum."""
        if self._form == "text":
            matches = "matches" if self._count == 1 else "match"
            click.echo(f"{counted(self._count, 'decision')} no longer {matches} anything")
        elif self._form == "json":
            click.echo(f'\n], "complete": {json.dumps(complete)}}}')


def _lines(checked: "Checked", stale: "Stale") -> list[str]:
    from ..recalled import told_stale

    line, column = checked.lines.at(stale.span.start)
    where = click.style(f"{visible(checked.target.name)}:{line}:{column}", bold=True)
    source, caret = pointed(checked.lines.line(line), column - 1, stale.span.end - stale.span.start)
    code = click.style(visible(stale.decision.rule or stale.decision.disposition), fg="cyan")
    note = [f"     note: {visible(stale.decision.note)}"] if stale.decision.note else []
    return [
        f"{where}: {code} {visible(told_stale(stale))}  [{stale.decision.id}]",
        f"    {source}",
        f"    {click.style(caret, fg='cyan')}",
        *note,
    ]


def _as_data(checked: "Checked", stale: "Stale") -> dict[str, Any]:
    line, column = checked.lines.at(stale.span.start)
    return {
        "file": checked.target.name,
        "document": checked.target.document.name if checked.target.document else None,
        "line": line,
        "column": column,
        "start": stale.span.start,
        "end": stale.span.end,
        "rule": stale.decision.rule,
        **decision_data(stale.decision),
        "read": stale.read,
        "why": stale.why,
    }
