"""One run of `check`: texts in turn, what is remembered of each, a report, an exit code.

A text that cannot be checked is told and stops no other. Stopped by ctrl+c, the report is still whole.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from obelos_rules import LEVELS, Rule
from obelos_rules.recipe import Recipe
from obelos_transcripts import BadInput

from .across import Across
from .checking import Checked, checked
from .interrupts import Interrupts
from .progress import Progress
from .reports import Outcome, Remark, Told, report_as
from .targets import Target
from .workplace import say

if TYPE_CHECKING:  # see `remembering`
    from .answered import Memory, Stale

STOPPED = 130


@dataclass(frozen=True)
class Wanted:
    """What is asked for.

    Attributes:
        recipe: Which rules, and the weakest level reported.
        answered: Whether answered findings are reported, too.
        whole: Whether all rules of the edition are asked, so that stale decisions can be told.
        across: What is asked across the documents of the edition; None where not all of them are checked.
        ranks: Rank of each rule by its code; the findings of a text come by rank where given, else as they stand.
    """

    recipe: Recipe
    answered: bool
    whole: bool
    across: Across | None = None
    ranks: Mapping[str, float] | None = None


class Run:
    """Targets, rules, what is wanted; then one of the two questions, once."""

    def __init__(self, targets: Sequence[Target], rules: Sequence[Rule], wanted: Wanted) -> None:
        self._targets = targets
        self._rules = rules
        self._wanted = wanted
        self._remarks: list[Remark] = []
        self._texts = 0
        self._said = 0
        self._stopped = False

    def findings(self, form: str) -> int:
        """Report findings; the exit code."""
        weakest = LEVELS.index(self._wanted.recipe.level)
        asked = [rule for rule in self._rules if LEVELS.index(rule.level) <= weakest]
        report = report_as(form, asked)
        findings = answered = stale = 0

        def tell(one: Checked, memory: "Memory | None") -> None:
            nonlocal findings, answered, stale
            told = _once([told for told in _told(one, memory) if LEVELS.index(told.finding.level) <= weakest])
            kept = told if report.shows_answered or self._wanted.answered else [t for t in told if t.answer is None]
            if (ranks := self._wanted.ranks) is not None:
                kept = sorted(kept, key=lambda t: (-ranks.get(t.finding.code, 0.5), t.finding.start, t.finding.end))
            findings += sum(t.answer is None for t in told)
            answered += sum(t.answer is not None for t in told)
            stale += len(memory.stale) if memory else 0
            report.text(one, kept)

        with Interrupts() as interrupts:
            self._over_all(interrupts, report.begin, tell)
            outcome = Outcome(
                findings,
                answered if report.shows_answered or self._wanted.answered else 0,
                stale if self._wanted.whole else None,
                self._texts,
                len(self._targets),
                tuple(self._remarks),
                self._stopped,
                self._code(findings),
            )
            self._end(interrupts, lambda: report.end(outcome))
        self._say_stopped(f"{findings} finding{'' if findings == 1 else 's'}")
        return outcome.code

    def stale(self, form: str) -> int:
        """Report decisions that no longer match anything; the exit code."""
        from .reports.stale import FORMATS, StaleReport

        if form not in FORMATS:
            raise BadInput.at("--format", None, f"--stale is told as {', '.join(FORMATS)}")
        report = StaleReport(form)
        self._targets = [target for target in self._targets if target.history]
        codes = {code for rule in self._rules for code in (rule.code, *rule.aliases)}
        count = 0

        def tell(one: Checked, memory: "Memory | None") -> None:
            nonlocal count
            stale: list[Stale] = [
                told for told in (memory.stale if memory else ()) if self._wanted.whole or told.decision.rule in codes
            ]
            count += len(stale)
            report.text(one, stale)

        with Interrupts() as interrupts:
            self._over_all(interrupts, report.begin, tell)
            self._end(interrupts, lambda: report.end(complete=not self._stopped))
        self._say_stopped(f"{count} decision{'' if count == 1 else 's'}")
        return self._code(count)

    def _over_all(
        self, interrupts: Interrupts, begin: Callable[[], None], tell: "Callable[[Checked, Memory | None], None]"
    ) -> None:
        with Progress(len(self._targets)) as progress:
            try:
                with interrupts.held():
                    begin()
                running = checked(
                    self._targets,
                    self._wanted.recipe,
                    rules=self._rules,
                    begun=lambda target: progress.at(target.name),
                    across=self._wanted.across,
                )
                for one in running:
                    memory = self._memory(one)
                    progress.step()
                    prints = one.findings or len(self._remarks) > self._said or memory
                    with interrupts.held(), progress.aside() if prints else nullcontext():
                        self._say_problems()
                        if one.problem is None:
                            tell(one, memory)
                            self._texts += 1
            except KeyboardInterrupt:
                self._stopped = True

    def _memory(self, one: Checked) -> "Memory | None":
        if one.problem:
            self._remarks.append(Remark(one.target, one.problem.problems))
            return None
        if not one.target.history:
            return None
        from .remembering import remembered

        try:
            return remembered(one, self._rules, across=self._wanted.across is not None, off=self._wanted.recipe.off)
        except BadInput as error:
            self._remarks.append(Remark(one.target, error.problems))
            return None

    def _say_problems(self) -> None:
        for remark in self._remarks[self._said :]:
            for problem in remark.problems:
                say(f"obelos: {problem}", err=True)
        self._said = len(self._remarks)

    def _end(self, interrupts: Interrupts, end: Callable[[], None]) -> None:
        try:
            with interrupts.held():
                end()
        except KeyboardInterrupt:
            self._stopped = True

    def _say_stopped(self, found: str) -> None:
        if self._stopped:
            of = f"{self._texts} of {len(self._targets)} texts"
            click.echo(f"stopped after {of}, with {found}", err=True)

    def _code(self, found: int) -> int:
        if self._stopped:
            return STOPPED
        return 2 if self._remarks else 1 if found else 0


def _once(told: list[Told]) -> list[Told]:
    """No place twice; see `folded`."""
    if not any(one.finding.kind == "witness" for one in told):
        return told
    from .folded import folded

    gone = folded([one.finding for one in told], [one.answer for one in told])
    return [one for number, one in enumerate(told) if number not in gone]


def _told(one: Checked, memory: "Memory | None") -> Iterator[Told]:
    if memory is None:
        yield from map(Told, one.findings)
    else:
        for finding, answer, earlier in zip(one.findings, memory.answers, memory.earlier, strict=True):
            yield Told(finding, answer, earlier)
