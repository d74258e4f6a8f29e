"""What a report is told: findings with what is remembered of them, remarks, and how the run ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from obelos_rules import Finding
from obelos_transcripts import Problem

if TYPE_CHECKING:  # most runs meet no decision, and do not pay for the history
    from obelos_history import Decision

    from ..answered import Earlier
    from ..checking import Checked
    from ..targets import Target


@dataclass(frozen=True)
class Told:
    """A finding, the decision that answers it, and the one taken on the passage before it changed."""

    finding: Finding
    answer: "Decision | None" = None
    earlier: "Earlier | None" = None


@dataclass(frozen=True)
class Remark:
    """What kept a text, or something that belongs to it, from being used: one or more problems of one target."""

    target: "Target"
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Outcome:
    """How a run ended.

    Attributes:
        findings: Open findings.
        answered: Findings that a decision has answered.
        stale: Decisions that no longer match anything; None where that was not looked into.
        texts: Texts checked, of ``total``.
        stopped: Whether somebody stopped it.
        code: The exit code.
    """

    findings: int
    answered: int
    stale: int | None
    texts: int
    total: int
    remarks: tuple[Remark, ...]
    stopped: bool
    code: int


class Report(Protocol):
    """A format; everything it prints goes to standard output."""

    shows_answered: bool
    """Whether answered findings are told in any case."""

    def begin(self) -> None:
        """The run begins."""

    def text(self, checked: "Checked", told: Sequence[Told]) -> None:
        """A text was checked."""

    def end(self, outcome: Outcome) -> None:
        """The run is over."""


def decision_data(decision: "Decision") -> dict[str, Any]:
    """A decision as the documented JSON object."""
    return {
        "decision": decision.id,
        "disposition": decision.disposition,
        "when": decision.when.isoformat(timespec="seconds"),
        "resp": decision.resp,
        "note": decision.note,
    }
