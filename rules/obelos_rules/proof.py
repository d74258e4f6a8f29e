"""Proving rules: each does to its examples what it says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from obelos_transcripts import Problem
from obelos_transcripts.strict_yaml import Mapping, Node, Scalar, load
from obelos_transcripts.strict_yaml import Sequence as Items

from .engine import check_example
from .model import Example, Finding, Rule
from .patterns import doubts


@dataclass(frozen=True)
class Failure:
    """An example that a rule fails: its code, the pack and the line of the example, the text, what went wrong."""

    code: str
    pack: str
    line: int
    text: str
    what: str

    def __str__(self) -> str:
        return f"{self.pack}:{self.line}: {self.code}: {self.what}: {' '.join(self.text.split())}"


def prove(rules: Sequence[Rule], where: str = "") -> list[Failure]:
    """Failures among all examples of all rules, in order; an empty list is the proof.

    A flagged example must be flagged at its quote and nowhere else, must offer the suggestion it names, and must
    be clean once a suggestion is applied; a passing one must not be flagged. ``where`` is how failures name the
    file, instead of the rule's pack.
    """
    return [
        Failure(rule.code, where or rule.pack, example.line or rule.line, example.text, what)
        for rule in rules
        for example, what in _failures(rule)
    ]


def _failures(rule: Rule) -> Iterator[tuple[Example, str]]:
    for example in rule.flag:
        findings = check_example(example, rule)
        hits = [finding for finding in findings if finding.found == example.at]
        if not hits:
            yield example, f"“{example.at}” is not flagged" + _instead(findings)
            continue
        if len(findings) > len(hits):
            yield example, "more is flagged than the example says" + _instead(findings)
        suggestions = hits[0].suggestions
        if example.suggest is not None and example.suggest not in suggestions:
            yield example, f"“{example.suggest}” is not suggested; " + ("; ".join(suggestions) or "nothing is")
        for suggestion in suggestions:
            if again := check_example(_applied(example, hits, suggestion), rule):
                yield example, f"with “{suggestion}” it is still flagged" + _instead(again)
    for example in rule.passing:
        if findings := check_example(example, rule):
            yield example, "flagged though it should pass" + _instead(findings)


def _applied(example: Example, hits: list[Finding], suggestion: str) -> Example:
    """The example with the suggestion at its flagged place; where several stand, each takes its own."""
    text = example.text
    for number, hit in sorted(enumerate(hits), key=lambda pair: -pair[1].start):
        own = suggestion if number == 0 or not hit.suggestions else hit.suggestions[0]
        text = text[: hit.start] + own + text[hit.end :]
    return replace(example, text=text)


def _instead(findings: list[Finding]) -> str:
    return " (flagged: " + ", ".join(f"“{one.found}”" for one in findings) + ")" if findings else ""


def warnings(data: bytes, where: str | PurePath) -> list[Problem]:
    """What is allowed in a file of rules and yet rarely meant: doubtful patterns, a name used twice.

    Raises:
        BadInput: It is no YAML; what is wrong with its rules is `read_pack`'s to say.
    """
    node = load(data, where)
    entries = node.items.get("rules") if isinstance(node, Mapping) else None
    found: list[Problem] = []
    names: dict[str, int] = {}
    for entry in entries.items if isinstance(entries, Items) else ():
        if not isinstance(entry, Mapping):
            continue
        code = _value(entry.items.get("code"))
        found += [Problem(str(where), line, f"{code}: {what}") for line, what in _doubtful(entry)]
        name, line = _value(entry.items.get("name")), entry.keys.get("name", entry.line)
        if first := names.get(name):
            found.append(Problem(str(where), line, f"{code}: the name {name} stands already on line {first}"))
        names.setdefault(name, line)
    return found


def _doubtful(entry: Mapping) -> Iterator[tuple[int, str]]:
    source = entry.items.get("pattern")
    if isinstance(source, Scalar):
        for what in doubts(source.value):
            yield source.line, f"the pattern is allowed, but {what}"
    for key in ("why", "authority"):
        said = entry.items.get(key)
        if isinstance(said, Scalar) and said.value.strip(" .?").lower() in ("todo", "tbd", "fixme", "xxx"):
            yield said.line, f"“{key}” is still to be written"


def _value(node: Node | None) -> str:
    return node.value if isinstance(node, Scalar) else ""
