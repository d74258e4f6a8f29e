"""Checking a text: every rule's hits become findings in one fixed order."""

from collections import Counter
from collections.abc import Iterable, Sequence
from string import Formatter

from obelos_transcripts import Layer, Layered, Region, read_layers

from .model import LEVELS, Example, Finding, Hit, Level, Rule, fingerprint
from .reading import Reading


def check(text: str, rules: Sequence[Rule], *, level: Level = "likely", name: str = "") -> list[Finding]:
    """Findings in a text, ordered by start, end, code; the same on every run.

    Args:
        text: Any text.
        rules: As `load_rules` gives them.
        level: The weakest level that is reported.
        name: Name of the file or document; rules may compare numbers with it.
    """
    weakest = LEVELS.index(level)
    chosen = [rule for rule in rules if LEVELS.index(rule.level) <= weakest]
    return _findings(Reading(read_layers(text), name), chosen)


def check_example(example: Example, rule: Rule) -> list[Finding]:
    """Findings of one rule in one of its examples."""
    return _findings(Reading(_layered(example.text, example.layer)), [rule])


def _layered(text: str, layer: Layer | None) -> Layered:
    if layer is None or not text:
        return read_layers(text)
    return Layered(text, (Region(0, len(text), layer),), ())


def _findings(reading: Reading, rules: Iterable[Rule]) -> list[Finding]:
    hits = {
        (hit.start, hit.end, rule.code): (rule, hit) for rule in rules for hit in rule.detector(reading, rule.layers)
    }
    alike: Counter[str] = Counter()
    return [_finding(reading, *hits[key], alike) for key in sorted(hits)]


def _finding(reading: Reading, rule: Rule, hit: Hit, alike: Counter[str]) -> Finding:
    layer = reading.layered.layer_at(hit.start)
    found = reading.text[hit.start : hit.end]
    first = fingerprint(rule.code, layer, reading.text, hit.start, hit.end, 0)
    ordinal = alike[first]
    alike[first] += 1
    mark = first if not ordinal else fingerprint(rule.code, layer, reading.text, hit.start, hit.end, ordinal)
    suggestions = tuple(dict.fromkeys(one for one in hit.suggestions if one != found))
    values = {**hit.values, "found": " ".join(found.split()), "suggest": "” or “".join(suggestions)}
    return Finding(
        code=rule.code,
        name=rule.name,
        kind=rule.kind,
        level=rule.level,
        layer=layer,
        start=hit.start,
        end=hit.end,
        found=found,
        suggestions=suggestions,
        message=_message(rule.message, values),
        why=rule.why,
        fingerprint=mark,
    )


def _message(template: str, values: dict[str, str]) -> str:
    """The message with its placeholders filled; their values are data and are not read again."""
    parts = Formatter().parse(template)
    return "".join(before + (values.get(name, "") if name else "") for before, name, _, _ in parts)
