"""Findings as JSON: a contract, written down in docs/formats.md. What is added keeps the version, a change does not."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from obelos_rules import Rule

from .told import Outcome, Told, decision_data

if TYPE_CHECKING:
    from ..checking import Checked

VERSION = 1


class JsonLinesReport:
    """One finding a line, without a frame."""

    shows_answered = False

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Findings name their rules; `obelos rules show` describes them."""

    def begin(self) -> None:
        """There is no frame."""

    def text(self, checked: "Checked", told: Sequence[Told]) -> None:
        """Its findings."""
        if told:
            click.echo("\n".join(json.dumps(as_data(checked, one)) for one in told))

    def end(self, outcome: Outcome) -> None:
        """There is no frame."""


class JsonReport:
    """One object with all findings and how the run ended."""

    shows_answered = False

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Findings name their rules; `obelos rules show` describes them."""
        self._comma = ""

    def begin(self) -> None:
        """The frame."""
        click.echo(f'{{"version": {VERSION}, "findings": [', nl=False)

    def text(self, checked: "Checked", told: Sequence[Told]) -> None:
        """Its findings."""
        if told:
            findings = ",\n".join(json.dumps(as_data(checked, one)) for one in told)
            click.echo(f"{self._comma}\n{findings}", nl=False)
            self._comma = ","

    def end(self, outcome: Outcome) -> None:
        """The frame is closed."""
        problems = [
            {"file": remark.target.name, "line": problem.line, "what": problem.what}
            for remark in outcome.remarks
            for problem in remark.problems
        ]
        rest = {
            "texts": outcome.texts,
            "complete": not outcome.stopped,
            "answered": outcome.answered,
            "stale": outcome.stale,
            "problems": problems,
        }
        click.echo(f"\n], {json.dumps(rest)[1:]}")


def as_data(checked: "Checked", told: Told) -> dict[str, Any]:
    """A finding as the documented JSON object. Line and column count from 1, start and end code points from 0."""
    finding = told.finding
    line, column = checked.lines.at(finding.start)
    earlier = told.earlier
    return {
        "file": checked.target.name,
        "line": line,
        "column": column,
        "start": finding.start,
        "end": finding.end,
        "layer": finding.layer,
        "found": finding.found,
        "suggestions": list(finding.suggestions),
        "code": finding.code,
        "name": finding.name,
        "kind": finding.kind,
        "level": finding.level,
        "message": finding.message,
        "fingerprint": finding.fingerprint,
        "document": checked.target.document.name if checked.target.document else None,
        "answer": decision_data(told.answer) if told.answer else None,
        "earlier": decision_data(earlier.decision) | {"read": earlier.read} if earlier else None,
    }
