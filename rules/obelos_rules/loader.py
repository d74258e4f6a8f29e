"""Rules out of YAML: shipped packs and house rules, validated whole, every problem with its file and line.

Nothing that a rule file says is executed; patterns are RE2, kinds come with the package or are installed.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any

from obelos_transcripts import LAYERS, BadInput, Problem, read_bytes
from obelos_transcripts.schema import (
    Field,
    Problems,
    any_text,
    choice,
    did_you_mean,
    kind,
    record,
    several,
    table,
    text,
)
from obelos_transcripts.strict_yaml import Mapping, Node, Scalar, load
from obelos_transcripts.strict_yaml import Sequence as Items

from .kinds import SHIPPED, Kind, Values, kind_named
from .model import LEVELS, Detector, Example, Examples, Rule
from .wordlist import NO_WORDS, read_words

_PACKS = files("obelos_rules") / "packs"
_CODE = re.compile(r"[A-Z]{2}[0-9]{3}|[A-Z]{3,8}-[A-Z]{2}[0-9]{3}")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

PackReader = Callable[[bytes, str, str], tuple[Rule, ...]]
"""Gives the rules of a file: its bytes, its name in messages, the name of the pack."""


def shipped_packs() -> tuple[str, ...]:
    """Names of the packs that come with Obelos, sorted."""
    return tuple(sorted(entry.name.removesuffix(".yaml") for entry in _PACKS.iterdir() if entry.name.endswith(".yaml")))


def load_rules(
    packs: Sequence[str], house: Sequence[Path] = (), *, words: Path | None = None, read: PackReader | None = None
) -> tuple[Rule, ...]:
    """Rules of shipped packs and of house rule files, in that order.

    Args:
        packs: Names of shipped packs.
        house: Files of house rules.
        words: The edition's own list of words, which rules that judge spelling leave alone.
        read: Reads the rules of one file, as `read_pack` does, which is the default.

    Raises:
        BadInput: With every problem of every file: unknown packs, unknown or missing keys, patterns that are not
            RE2, codes used twice, rules without examples.
    """
    problems: list[Problem] = []
    rules: list[Rule] = []
    for source, data, name in _sources(packs, house, problems):
        try:
            rules += (read or read_pack)(data, source, name)
        except BadInput as error:
            problems += error.problems
    problems += _clashes(rules)
    accepted = NO_WORDS
    try:
        accepted = read_words(words) if words else NO_WORDS
    except BadInput as error:
        problems += error.problems
    if problems:
        raise BadInput(*problems)
    return tuple(replace(rule, accepted=accepted) if accepted and _yields(rule) else rule for rule in rules)


def _yields(rule: Rule) -> bool:
    found = kind_named(rule.kind)
    return found is not None and found.yields


def rule_files(
    packs: Sequence[str], house: Sequence[Path] = (), words: Path | None = None
) -> Iterable[tuple[str, bytes]]:
    """Name and bytes of each file that `load_rules` reads.

    Raises:
        BadInput: With every file that cannot be read.
    """
    problems: list[Problem] = []
    yield from [(source, data) for source, data, _ in _sources(packs, (*house, *([words] if words else ())), problems)]
    if problems:
        raise BadInput(*problems)


def _sources(packs: Sequence[str], house: Sequence[Path], problems: list[Problem]) -> Iterable[tuple[str, bytes, str]]:
    known = shipped_packs()
    for name in dict.fromkeys(packs):
        if name in known:
            yield f"{name}.yaml", (_PACKS / f"{name}.yaml").read_bytes(), name
        else:
            problems.append(Problem("rule packs", None, f"there is no pack “{name}”{did_you_mean(name, known)}"))
    for path in house:
        try:
            yield str(path), read_bytes(path), path.stem
        except BadInput as error:
            problems += error.problems


def read_pack(data: bytes | str, where: str, name: str) -> tuple[Rule, ...]:
    """The rules of one file; ``where`` names it in messages, ``name`` is the pack's.

    Raises:
        BadInput: With every problem of the file.
    """
    return tuple(rule for rule, _ in read_entries(data, where, name))


def read_entries(data: bytes | str, where: str, name: str) -> list[tuple[Rule, Node]]:
    """The rules of one file, each with its entry; see `read_pack`."""
    node = load(data, where)
    if node is None:
        return []
    problems = Problems(where)
    entries = record(node, {"rules": Field(_entries, required=True, default=())}, problems, "a rule file")["rules"]
    found = [(_rule(entry, name, problems), entry) for entry in entries or ()]
    problems.raise_if_any()
    return [(rule, entry) for rule, entry in found if rule]


def detector_of(entry: Node, where: str) -> Detector:
    """The detector of an entry that was read before, made anew.

    Raises:
        BadInput: With the problems of what a detector is made of.
    """
    problems = Problems(where)
    found_kind = _kind(entry, problems)
    if found_kind and isinstance(entry, Mapping):
        own = {key: node for key, node in entry.items.items() if key in found_kind.fields}
        values = record(Mapping(own, entry.line, entry.keys), found_kind.fields, problems, "a rule")
        detector = None if problems.found else found_kind.build(values, problems, entry.line)
        if detector:
            return detector
    problems.raise_if_any()
    raise BadInput.at(where, entry.line, "a rule was expected")


def examples_of(entry: Node, where: str) -> Examples:
    """The examples of an entry that was read before.

    Raises:
        BadInput: With the problems of the examples.
    """
    problems = Problems(where)
    node = entry.items.get("examples") if isinstance(entry, Mapping) else None
    found = _examples(node, problems) if node else None
    problems.raise_if_any()
    if not isinstance(found, Examples):
        raise BadInput.at(where, entry.line, "examples were expected")
    return found


def _entries(node: Node, problems: Problems) -> Any:
    if isinstance(node, Items):
        return node.items
    return problems.add(node.line, f"“rules” must be a list of rules, not {kind(node)}")


def _clashes(rules: Iterable[Rule]) -> Iterable[Problem]:
    seen: dict[str, Rule] = {}
    for rule in rules:
        for code in dict.fromkeys((rule.code, *rule.aliases)):
            first = seen.setdefault(code, rule)
            if first is not rule:
                what = f"code {code} stands already in {first.pack}, line {first.line}; codes are never used twice"
                yield Problem(rule.pack, rule.line, what)


def _matching(shape: re.Pattern[str], expected: str) -> Any:
    def read(node: Node, problems: Problems) -> Any:
        if isinstance(node, Scalar) and shape.fullmatch(node.value):
            return node.value
        return problems.add(node.line, f"{expected} was expected, not {kind(node)}")

    return read


_code = _matching(_CODE, "a code such as CF101, or ABC-CF101 for one of your own,")


def _example(flagged: bool) -> Any:
    fields = {
        "text": Field(text, required=True, default=""),
        "layer": Field(choice(*LAYERS)),
        "witnesses": Field(table(text), default={}),
    }
    if flagged:
        fields |= {"at": Field(any_text, required=True, default=""), "suggest": Field(any_text)}

    def read(node: Node, problems: Problems) -> Any:
        if isinstance(node, Scalar) and not flagged:
            return Example(node.value, line=node.line)
        values = record(node, fields, problems, "an example")
        if flagged and values["text"] and values["at"] and values["at"] not in values["text"]:
            problems.add(node.line, f"“{values['at']}” does not stand in the example's text")
        witnesses = tuple((siglum, other) for siglum, other in (values["witnesses"] or {}).items() if other)
        at, suggest = values.get("at") or "", values.get("suggest")
        return Example(values["text"] or "", at, suggest, values["layer"], node.line, witnesses)

    return read


def _examples(node: Node, problems: Problems) -> Any:
    fields = {
        "flag": Field(several(_example(True)), required=True, default=()),
        "pass": Field(several(_example(False)), required=True, default=()),
    }
    before = len(problems.found)
    values = record(node, fields, problems, "examples")
    for key in ("flag", "pass"):
        if not values[key] and len(problems.found) == before:
            problems.add(node.line, f"examples need at least one that should {key}")
    return Examples(values["flag"], values["pass"])


COMMON = {
    "code": Field(_code, required=True),
    "name": Field(_matching(_NAME, "a name such as bane-for-base"), required=True),
    "kind": Field(text, required=True),
    "level": Field(choice(*LEVELS), required=True),
    "layers": Field(several(choice(*LAYERS)), default=("body", "note")),
    "message": Field(text, required=True),
    "why": Field(text, required=True),
    "authority": Field(text, required=True),
    "aliases": Field(several(_code), default=()),
    "examples": Field(_examples, required=True),
}
"""Keys that every rule takes, whatever its kind."""


def _rule(node: Node, pack: str, problems: Problems) -> Rule | None:
    before = len(problems.found)
    found_kind = _kind(node, problems)
    fields = COMMON | dict(found_kind.fields) if found_kind else COMMON
    if found_kind is None and isinstance(node, Mapping):
        # Without its kind the rule's other keys cannot be judged; the common ones, and slips of them, still are.
        of_kinds = node.items if "kind" in node.items else {key for one in SHIPPED.values() for key in one.fields}
        kept = {key: child for key, child in node.items.items() if key in COMMON or key not in of_kinds}
        node = Mapping(kept, node.line, node.keys)
    values = record(node, fields, problems, "a rule")
    if found_kind and values["message"]:
        _check_message(values["message"], found_kind, _line_of(node, "message"), problems)
    if found_kind is None or len(problems.found) > before:
        return None
    detector = found_kind.build(values, problems, node.line)
    if detector is None:
        return None
    layers = tuple(layer for layer in LAYERS if layer in values["layers"])
    return _made(values, node.line, pack, layers, detector)


def _made(values: Values, line: int, pack: str, layers: Any, detector: Detector) -> Rule:
    plain = {key: values[key] for key in ("code", "name", "aliases", "kind", "level", "message", "why", "authority")}
    examples: Examples = values["examples"]
    return Rule(**plain, layers=layers, pack=pack, line=line, make=lambda: detector, make_examples=lambda: examples)


def _kind(node: Node, problems: Problems) -> Kind | None:
    named = node.items.get("kind") if isinstance(node, Mapping) else None
    if not isinstance(named, Scalar):
        return None
    found = kind_named(named.value)
    if found is None:
        problems.add(named.line, f"there is no kind “{named.value}”{did_you_mean(named.value, SHIPPED)}")
    return found


def _line_of(node: Node, key: str) -> int:
    return node.keys.get(key, node.line) if isinstance(node, Mapping) else node.line


def _check_message(message: str, of: Kind, line: int, problems: Problems) -> None:
    allowed = {"found", "suggest", *of.placeholders}
    try:
        parts = list(Formatter().parse(message))
    except ValueError as error:
        problems.add(line, f"the message has a stray brace ({error}); write {{{{ for a brace")
        return
    for _, name, spec, conversion in parts:
        if name is not None and (name not in allowed or spec or conversion):
            problems.add(
                line, f"the message names {{{name}}}; {of.name} knows " + ", ".join(f"{{{n}}}" for n in sorted(allowed))
            )
