"""The report as GitHub's workflow commands: annotations beside the changed lines of a pull request."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from obelos_rules import Level, Rule
from obelos_transcripts import visible

from .places import path_from_top
from .told import Outcome, Told

if TYPE_CHECKING:
    from ..checking import Checked

_COMMANDS: Mapping[Level, str] = {"certain": "error", "likely": "warning", "possible": "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


class GithubReport:
    """One command a finding, and one for each text that could not be read."""

    shows_answered = False

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Rules are not described: an annotation has no room for that."""

    def begin(self) -> None:
        """Nothing stands at the top."""

    def text(self, checked: "Checked", told: Sequence[Told]) -> None:
        """Its findings."""
        if told:
            click.echo("\n".join(_annotation(checked, one) for one in told))

    def end(self, outcome: Outcome) -> None:
        """What could not be read."""
        for remark in outcome.remarks:
            for problem in remark.problems:
                where = {"file": path_from_top(remark.target), "line": problem.line or 1, "title": "cannot be checked"}
                click.echo(command("error", where, problem.what))


def _annotation(checked: "Checked", told: Told) -> str:
    finding = told.finding
    (line, column), (end_line, end_column) = checked.lines.at(finding.start), checked.lines.at(finding.end)
    message = finding.message
    if told.earlier:
        from ..recalled import told_earlier

        message = f"{message}\n{told_earlier(told.earlier)}"
    where = {
        "file": path_from_top(checked.target),
        "line": line,
        "endLine": end_line,
        "col": column,
        "endColumn": end_column,
        "title": f"{finding.code} {finding.name}",
    }
    return command(_COMMANDS[finding.level], where, message)


def command(name: str, properties: Mapping[str, object], data: str) -> str:
    """A workflow command: no value of it can end the command, nor begin another."""
    escaped = ",".join(
        f"{key}={visible(str(value), keep_lines=True).translate(_PROPERTY)}" for key, value in properties.items()
    )
    return f"::{name} {escaped}::{visible(data, keep_lines=True).translate(_DATA)}"
