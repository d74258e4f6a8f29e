"""How many findings of each document are answered, and how many are open; found as `check` finds them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from obelos_history import DocumentHistory
from obelos_rules import LEVELS, Finding, Rule
from obelos_rules.recipe import Recipe
from obelos_transcripts import Edition

from ..across import across
from ..answered import recall
from ..checking import checked
from ..folded import folded
from ..targets import list_targets

_TOLD = LEVELS[:2]


@dataclass(frozen=True)
class Answered:
    """Findings of the usual levels, certain and likely: those answered, and those open, by level."""

    answered: int
    certain: int
    likely: int

    @property
    def open(self) -> int:
        """How many are open."""
        return self.certain + self.likely


Found = dict[str, tuple[str, Sequence[Finding]]]
"""The text checked and its findings, by document."""


def findings_of(edition: Edition, recipe: Recipe, rules: Sequence[Rule], names: Iterable[str]) -> Found:
    """What the rules find in some documents; one that cannot be read is not among them."""
    every = list_targets((), edition)
    wanted = set(names)
    targets = [target for target in every if target.document and target.document.name in wanted]
    run = checked(targets, recipe, rules=rules, across=across(every, edition, rules))
    return {
        one.target.document.name: (one.text, one.findings) for one in run if one.target.document and not one.problem
    }


def answered(history: DocumentHistory, found: Found, rules: Sequence[Rule]) -> Answered | None:
    """Which of the findings somebody decided on; None where the document was not checked."""
    if history.name not in found:
        return None
    text, findings = found[history.name]
    current = history.replay(history.committed)
    answers = recall(findings, current, history.committed, rules, text=text).answers
    gone = folded(findings, answers)
    told = [
        (finding.level, answer)
        for number, (finding, answer) in enumerate(zip(findings, answers, strict=True))
        if number not in gone and finding.level in _TOLD
    ]
    still = Counter(level for level, answer in told if answer is None)
    return Answered(sum(answer is not None for _, answer in told), *(still[level] for level in _TOLD))
