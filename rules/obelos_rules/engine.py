"""Checking texts: every rule's hits become findings in one fixed order."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import NamedTuple

from obelos_transcripts import Layer, Layered, Region, read_layers
from obelos_transcripts.details import Details
from obelos_transcripts.normal_forms import NONE, Lists

from .anchors import Anchor, Table
from .asked import Ask, Asked, Searched
from .model import LEVELS, MODEL_KINDS, Detector, Example, Finding, Gathers, Hit, Level, Rule, fingerprint
from .patterns import PatternSet
from .reading import NO_DIFFERENCES, NOTHING_KNOWN, Differences, Reading

NO_WITNESSES: Mapping[str, str] = MappingProxyType({})
MOST_HITS = 10_000
"""Hits of one rule that are reported in one text; the last one's message says that there are more."""

_SLOW = ("witness", *MODEL_KINDS)
"""Kinds that take longer than all others together, in the order in which they are asked."""


class Given(NamedTuple):
    """A text and what is known of it; see `check`."""

    text: str
    name: str = ""
    details: Details = NOTHING_KNOWN
    witnesses: Mapping[str, str] = NO_WITNESSES


@dataclass(frozen=True)
class SoFar:
    """What is known of a text after some of the rules.

    Attributes:
        asked: Codes of the rules that have been asked.
        findings: Makes the findings of these rules, as `check` would give them with no others.
    """

    asked: frozenset[str]
    findings: Callable[[], list[Finding]]


def check(
    text: str,
    rules: Sequence[Rule],
    *,
    level: Level = "likely",
    name: str = "",
    details: Details = NOTHING_KNOWN,
    witnesses: Mapping[str, str] = NO_WITNESSES,
    forms: Lists = NONE,
    learned: Path | None = None,
) -> list[Finding]:
    """Findings in a text, ordered by start, end, code; the same on every run.

    Args:
        text: Any text.
        rules: As `load_rules` gives them.
        level: The weakest level that is reported.
        name: Name of the file or document; rules may compare numbers with it.
        details: What is known of the document besides its text.
        witnesses: The other texts that carry the document, by siglum.
        forms: What the edition takes for one word when it compares them, besides what is shipped.
        learned: File of what the edition has taught; None where nothing was learned.
    """
    return _checker(tuple(rules), level, forms, learned).findings(text, name, details, witnesses)


class Checker:
    """Rules made ready for many texts: what they look for is looked for once for all of them."""

    def __init__(
        self,
        rules: Iterable[Rule],
        level: Level = "likely",
        *,
        insertions: bool = False,
        forms: Lists = NONE,
        learned: Path | None = None,
    ) -> None:
        """Make rules ready.

        Args:
            rules: As `load_rules` gives them.
            level: The weakest level that is reported.
            insertions: Whether rules for the body hold inside editorial brackets, too.
            forms: What the edition takes for one word when it compares witnesses, besides what is shipped.
            learned: File of what the edition has taught; None where nothing was learned.
        """
        self._forms = forms
        self._learned = learned
        weakest = LEVELS.index(level)
        groups: dict[tuple[Layer, ...], list[Rule]] = {}
        for rule in rules:
            if LEVELS.index(rule.level) <= weakest:
                more = insertions and "body" in rule.layers and "insertion" not in rule.layers
                groups.setdefault((*rule.layers, "insertion") if more else rule.layers, []).append(rule)
        self._groups = [_Group(layers, chosen) for layers, chosen in groups.items()]

    def findings(
        self,
        text: str,
        name: str = "",
        details: Details = NOTHING_KNOWN,
        witnesses: Mapping[str, str] = NO_WITNESSES,
    ) -> list[Finding]:
        """Findings in a text, ordered by start, end, code; see `check`.

        Args:
            text: Any text.
            name: Name of the file or document.
            details: What is known of the document besides its text.
            witnesses: The other texts that carry the document, by siglum.
        """
        return self.findings_of([Given(text, name, details, witnesses)])[0]

    def findings_of(self, texts: Iterable[Given]) -> list[list[Finding]]:
        """What `findings` gives for each of some texts; what can be done for all at once is done at once.

        All of them are in memory together.
        """
        readings = deque(map(self._reading, texts))
        if len(readings) > 1:
            for group in self._groups:
                for _, detect in group.others:
                    if isinstance(detect, Gathers):
                        detect.gather(readings, group.layers)
        found = []
        while readings:
            reading = readings.popleft()  # and forgotten: what the rules made of it takes more than all the texts
            found.append(_findings(reading, (pair for _, hits in self._asking(reading) for pair in hits)))
        return found

    def so_far(self, given: Given, differences: Differences = NO_DIFFERENCES) -> Iterator[SoFar]:
        """What `findings` gives, as it comes: after every few rules, those that take long last.

        Args:
            differences: Where a witness differs from the text, where that is known.
        """
        reading = self._reading(given, differences)
        asked: set[str] = set()
        found: list[tuple[Rule, Hit]] = []
        for rules, hits in self._asking(reading):
            found += hits
            asked |= {rule.code for rule in rules}
            yield SoFar(frozenset(asked), partial(_findings, reading, found))

    def _reading(self, given: Given, differences: Differences = NO_DIFFERENCES) -> Reading:
        text, name, details, witnesses = given
        return Reading(read_layers(text), name, details, witnesses, self._forms, self._learned, differences)

    def _asking(self, reading: Reading) -> Iterator[tuple[Sequence[Rule], Iterable[tuple[Rule, Hit]]]]:
        """Rules with what they find, a few at a time."""
        for group in self._groups:
            yield group.quick, group.quick_hits(reading)
        others = [(group, rule, detect) for group in self._groups for rule, detect in group.others]
        others.sort(key=lambda one: _SLOW.index(one[1].kind) if one[1].kind in _SLOW else -1)
        for group, rule, detect in others:
            yield (rule,), ((rule, hit) for hit in detect(reading, group.layers))


@lru_cache(maxsize=16)
def _checker(rules: tuple[Rule, ...], level: Level, forms: Lists, learned: Path | None) -> Checker:
    return Checker(rules, level, forms=forms, learned=learned)


class _Group:
    """Rules that look at the same layers; the others are asked one by one, with their detectors."""

    def __init__(self, layers: tuple[Layer, ...], rules: Iterable[Rule]) -> None:
        self.layers = layers
        questions: list[tuple[Anchor, tuple[Rule, Ask]]] = []
        searched: list[tuple[Rule, Searched]] = []
        self.quick: list[Rule] = []
        self.others: list[tuple[Rule, Detector]] = []
        for rule in rules:
            if isinstance(rule.detector, Asked):
                questions += ((anchor, (rule, ask)) for anchor, ask in rule.detector.questions)
                self.quick.append(rule)
            elif isinstance(rule.detector, Searched):
                searched.append((rule, rule.detector))
                self.quick.append(rule)
            else:
                self.others.append((rule, rule.detector))
        self._table = Table(questions)
        self._searched = searched
        self._patterns = PatternSet([detector.pattern for _, detector in searched])

    def quick_hits(self, reading: Reading) -> Iterator[tuple[Rule, Hit]]:
        """What the rules find that are asked of words and patterns, all in one go."""
        words = reading.words(self.layers)
        for number, (rule, ask) in self._table.places(words):
            for hit in ask(words, number):
                yield rule, hit
        for place in self._patterns.found_in(reading.view(self.layers)):
            rule, detector = self._searched[place]
            for hit in detector(reading, self.layers):
                yield rule, hit


def check_example(example: Example, rule: Rule) -> list[Finding]:
    """Findings of one rule in one of its examples."""
    reading = Reading(_layered(example.text, example.layer), witnesses=dict(example.witnesses))
    return _findings(reading, ((rule, hit) for hit in rule.detector(reading, rule.layers)))


def with_hits(text: str, findings: Sequence[Finding], hits: Iterable[tuple[Rule, Hit]]) -> list[Finding]:
    """The findings in a text with what was found elsewhere to be said of it, in the order of `check`.

    The same place is not told twice by one rule.
    """
    known = {(one.start, one.end, one.code) for one in findings}
    new = [(rule, hit) for rule, hit in hits if (hit.start, hit.end, rule.code) not in known]
    taken = Counter(one.fingerprint for one in findings)
    found = [*findings, *_findings(Reading(read_layers(text)), new, taken)]
    return sorted(found, key=lambda one: (one.start, one.end, one.code))


def _layered(text: str, layer: Layer | None) -> Layered:
    if layer is None or not text:
        return read_layers(text)
    return Layered(text, (Region(0, len(text), layer),), ())


def _findings(
    reading: Reading, found: Iterable[tuple[Rule, Hit]], taken: Mapping[str, int] = MappingProxyType({})
) -> list[Finding]:
    """Findings of hits, in order; ``taken`` counts the fingerprints that are not free."""
    hits: _Hits = {}
    counts: Counter[str] = Counter()
    for rule, hit in found:
        key = (hit.start, hit.end, rule.code)
        if rule.accepted and rule.accepted.accepts(reading.layered.layer_at(hit.start), reading.text[slice(*key[:2])]):
            continue
        if key in hits:  # two entries of a rule met: both readings are offered
            first = hits[key][1]
            hits[key] = (rule, replace(first, suggestions=tuple(dict.fromkeys(first.suggestions + hit.suggestions))))
        elif counts[rule.code] <= MOST_HITS:
            counts[rule.code] += 1
            hits[key] = (rule, hit)
    alike = Counter(taken)
    findings = [_finding(reading, *hits[key], alike) for key in sorted(_told_once(hits))]
    if counts and max(counts.values()) > MOST_HITS:
        return _cut(findings)
    return findings


_Hits = dict[tuple[int, int, str], tuple[Rule, Hit]]


def _told_once(hits: _Hits) -> Iterator[tuple[int, int, str]]:
    """Keys of the hits without those that say nothing but what a surer rule says of just the same words.

    An editor who keeps a spelling is asked once, whether two rules know it or one. Witnesses speak for themselves.
    """
    places: dict[tuple[int, int], list[tuple[Rule, Hit]]] = {}
    for (start, end, code), (rule, hit) in hits.items():
        if rule.kind == _WITNESS:
            yield start, end, code
        else:
            places.setdefault((start, end), []).append((rule, hit))
    for (start, end), found in places.items():
        found.sort(key=_sureness)
        said: set[str] = set()
        for place, (rule, hit) in enumerate(found):
            if not place or not said.issuperset(hit.suggestions):
                yield start, end, rule.code
            said.update(hit.suggestions)


def _sureness(found: tuple[Rule, Hit]) -> tuple[bool, int, bool, bool, str]:
    rule, hit = found
    return rule.kind in MODEL_KINDS, LEVELS.index(rule.level), not hit.suggestions, rule.kind in _LISTS, rule.code


_WITNESS = "witness"
_LISTS = ("lexicon", "near-names")
"""Kinds that know of a word only that it is in no list; what a rule says of just this word is said by that rule."""


def _cut(findings: list[Finding]) -> list[Finding]:
    """No more findings of a rule than `MOST_HITS`; the last one of such a rule says so."""
    kept: list[Finding] = []
    counts: Counter[str] = Counter()
    last: dict[str, int] = {}
    for finding in findings:
        counts[finding.code] += 1
        if counts[finding.code] <= MOST_HITS:
            last[finding.code] = len(kept)
            kept.append(finding)
    for code, place in last.items():
        if counts[code] > MOST_HITS:
            kept[place] = replace(
                kept[place], message=f"{kept[place].message} (the rule is met more often; the rest is not listed)"
            )
    return kept


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
