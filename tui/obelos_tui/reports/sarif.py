"""The report as SARIF 2.1.0, for services that keep findings. Decisions are suppressions of their findings.

Results are printed as they come; the log is whole when the run ends, also when it was stopped.
"""

import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from string import Formatter
from typing import TYPE_CHECKING, Any

import click

from obelos_rules import Level, Rule

from .places import path_from_top, region, uri
from .told import Outcome, Told, decision_data

if TYPE_CHECKING:
    from obelos_history import Decision

    from ..checking import Checked

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Mapping[Level, str] = {"certain": "error", "likely": "warning", "possible": "note"}
_REVIEWED = {"query": "underReview"}


class SarifReport:
    """One log with one run."""

    shows_answered = True

    def __init__(self, rules: Sequence[Rule]) -> None:
        """All rules of the run are described, in order."""
        self._rules = rules
        self._index = {rule.code: number for number, rule in enumerate(rules)}
        self._comma = ""

    def begin(self) -> None:
        """The tool, and the rules that were asked."""
        driver = {"name": "Obelos", "version": version("obelos"), "rules": [descriptor(r) for r in self._rules]}
        head = {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "defaultEncoding": "utf-8",
        }
        click.echo(
            f'{{"$schema": {json.dumps(SCHEMA)}, "version": "2.1.0", "runs": [{json.dumps(head)[:-1]}, "results": [',
            nl=False,
        )

    def text(self, checked: "Checked", told: Sequence[Told]) -> None:
        """Its results."""
        if told:
            results = ",\n".join(json.dumps(self._result(checked, one)) for one in told)
            click.echo(f"{self._comma}\n{results}", nl=False)
            self._comma = ","

    def end(self, outcome: Outcome) -> None:
        """The invocation: whether the run was completed, and what could not be read."""
        invocation: dict[str, Any] = {
            "executionSuccessful": not outcome.stopped and not outcome.remarks,
            "exitCode": outcome.code,
        }
        if outcome.stopped:
            invocation["exitCodeDescription"] = f"stopped after {outcome.texts} of {outcome.total} texts"
        notes = [
            {
                "level": "error",
                "message": {"text": str(problem)},
                "locations": [{"physicalLocation": {"artifactLocation": _artifact(path_from_top(remark.target))}}],
            }
            for remark in outcome.remarks
            for problem in remark.problems
        ]
        if notes:
            invocation["toolExecutionNotifications"] = notes
        click.echo(f'\n], "invocations": [{json.dumps(invocation)}]}}]}}')

    def _result(self, checked: "Checked", told: Told) -> dict[str, Any]:
        finding = told.finding
        artifact = _artifact(path_from_top(checked.target))
        place = region(checked, finding.start, finding.end)
        properties: dict[str, Any] = {"name": finding.name, "kind": finding.kind, "layer": finding.layer}
        message = finding.message
        if told.earlier:
            from ..recalled import told_earlier

            properties["earlier"] = decision_data(told.earlier.decision) | {"read": told.earlier.read}
            message = f"{message} ({told_earlier(told.earlier)})"
        result: dict[str, Any] = {
            "ruleId": finding.code,
            "ruleIndex": self._index[finding.code],
            "level": _LEVELS[finding.level],
            "message": {"text": message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": artifact,
                        "region": place | {"snippet": {"text": finding.found}},
                    }
                }
            ],
            "partialFingerprints": {"obelosFinding/v1": finding.fingerprint},
            # Present and empty says that nobody has decided; absent would say that it is not known.
            "suppressions": [_suppression(told.answer)] if told.answer else [],
            "properties": properties,
        }
        if finding.suggestions:
            result["fixes"] = [_fix(artifact, place, reading) for reading in finding.suggestions]
        return result


def descriptor(rule: Rule) -> dict[str, Any]:
    """A rule as SARIF describes it."""
    parts = Formatter().parse(rule.message)
    says = "".join(before + ("…" if name is not None else "") for before, name, _, _ in parts)
    described: dict[str, Any] = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": says},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why}\n\nAuthority: {rule.authority}"},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": {"kind": rule.kind, "pack": rule.pack, "tags": [rule.kind, rule.level]},
    }
    if rule.aliases:
        described["deprecatedIds"] = list(dict.fromkeys(rule.aliases))
    return described


def _artifact(path: str) -> dict[str, str]:
    where = uri(path)
    return {"uri": where} if where.startswith("file:") else {"uri": where, "uriBaseId": "%SRCROOT%"}


def _suppression(decision: "Decision") -> dict[str, Any]:
    told = {
        "kind": "external",
        "status": _REVIEWED.get(decision.disposition, "accepted"),
        "properties": {key: value for key, value in decision_data(decision).items() if key != "note"},
    }
    return told | ({"justification": decision.note} if decision.note else {})


def _fix(artifact: Mapping[str, str], place: Mapping[str, int], reading: str) -> dict[str, Any]:
    replacement = {"deletedRegion": dict(place), "insertedContent": {"text": reading}}
    says = f"Read “{reading}”" if reading else "Leave out"
    return {
        "description": {"text": says},
        "artifactChanges": [{"artifactLocation": dict(artifact), "replacements": [replacement]}],
    }
