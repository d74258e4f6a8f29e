"""Proving rules: each does to its examples what it says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .engine import check_example
from .model import Example, Finding, Rule


@dataclass(frozen=True)
class Failure:
    """An example that a rule fails: its code, the pack and the line of the rule, the text, what went wrong."""

    code: str
    pack: str
    line: int
    text: str
    what: str

    def __str__(self) -> str:
        return f"{self.pack}:{self.line}: {self.code}: {self.what}: {self.text}"


def prove(rules: Sequence[Rule]) -> list[Failure]:
    """Failures among all examples of all rules, in order; an empty list is the proof.

    A flagged example must be flagged at its quote and nowhere else, must offer the suggestion it names, and must
    be clean once a suggestion is applied; a passing one must not be flagged.
    """
    return [Failure(rule.code, rule.pack, rule.line, text, what) for rule in rules for text, what in _failures(rule)]


def _failures(rule: Rule) -> Iterator[tuple[str, str]]:
    for example in rule.flag:
        findings = check_example(example, rule)
        hits = [finding for finding in findings if finding.found == example.at]
        if not hits:
            yield example.text, f"“{example.at}” is not flagged" + _instead(findings)
            continue
        if len(findings) > len(hits):
            yield example.text, "more is flagged than the example says" + _instead(findings)
        suggestions = hits[0].suggestions
        if example.suggest is not None and example.suggest not in suggestions:
            yield example.text, f"“{example.suggest}” is not suggested; " + ("; ".join(suggestions) or "nothing is")
        for suggestion in suggestions:
            if again := check_example(_applied(example, hits, suggestion), rule):
                yield example.text, f"with “{suggestion}” it is still flagged" + _instead(again)
    for example in rule.passing:
        if findings := check_example(example, rule):
            yield example.text, "flagged though it should pass" + _instead(findings)


def _applied(example: Example, hits: list[Finding], suggestion: str) -> Example:
    """The example with the suggestion at its flagged place; where several stand, each takes its own."""
    text = example.text
    for number, hit in sorted(enumerate(hits), key=lambda pair: -pair[1].start):
        own = suggestion if number == 0 or not hit.suggestions else hit.suggestions[0]
        text = text[: hit.start] + own + text[hit.end :]
    return replace(example, text=text)


def _instead(findings: list[Finding]) -> str:
    return " (flagged: " + ", ".join(f"“{one.found}”" for one in findings) + ")" if findings else ""
