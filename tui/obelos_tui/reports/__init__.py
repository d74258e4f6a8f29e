"""How `check` tells what it found: for people, for programs, for the services that show findings beside a text.

A report is told of each text as soon as it is checked, and keeps none of them. What it prints is whole at any time
after `Report.end`, also when the run was stopped.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module

from obelos_rules import Rule

from .told import Outcome, Remark, Report, Told

FORMATS: Mapping[str, tuple[str, str]] = {
    "text": ("text", "TextReport"),
    "json": ("data", "JsonReport"),
    "jsonl": ("data", "JsonLinesReport"),
    "sarif": ("sarif", "SarifReport"),
    "github": ("github", "GithubReport"),
}
"""The formats, and where each is: only the one that is asked for is loaded."""

__all__ = ["FORMATS", "Outcome", "Remark", "Report", "Told", "report_as"]


def report_as(form: str, rules: Sequence[Rule]) -> Report:
    """The report of a format on a run with these rules."""
    module, name = FORMATS[form]
    report: Report = getattr(import_module(f".{module}", __package__), name)(rules)
    return report
