"""House rules begun from a passage: what is drafted flags the passage, and passes it once it is mended.

Values in, values out: the passage and the words of the editor go in, an entry of a rule file comes out.
"""

import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from obelos_rules import Example, Level, Rule, prove, read_pack
from obelos_transcripts import MASK, BadInput, Layer, Problem, read_layers

LETTERS = {"confusable": "CF", "pattern": "PA", "consistency": "CS", "substitution": "WD"}
"""Kinds that a rule can be begun of, with the two letters of their codes."""

PREFIX = "HOUSE"
"""Prefix of the codes of an edition that has none of its own yet."""

_WORD = "[^\\W_]+(?:['’][^\\W_]+)*"
_WORDS = re.compile(rf"{_WORD}(?:\s+{_WORD})*")
_CODE = re.compile(r"([A-Z]{3,8})-([A-Z]{2})([0-9]{3})")
_CLAUSE_END = re.compile(rf"[.;:!?](?=\s)|\n[ \t\r]*\n|{MASK}")
_REACH = 240
_MOST_WORDS = 12
_PART = re.compile(r"\{\d\}")
_PLAIN = re.compile("[A-Za-z][A-Za-z-]*(?: [A-Za-z-]+)*")
_LIKE_OTHERS = ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
"""Words that other readers of YAML take for something else; ours does not."""
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")

Keys = Mapping[str, object]


@dataclass(frozen=True)
class Passage:
    """The words that a rule is begun from, with their clause; white space is single spaces."""

    before: str
    words: str
    after: str
    layer: Layer

    def reading(self, reading: str) -> str:
        """The clause with other words in the passage's place."""
        return f"{self.before}{reading}{self.after}".strip()


@dataclass(frozen=True)
class Draft:
    """What a rule file says of a new rule."""

    code: str
    name: str
    kind: str
    level: Level
    layers: tuple[Layer, ...]
    message: str
    why: str
    authority: str
    keys: Keys
    flag: Example
    passing: Example
    contexts: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def entry(self, indent: str = "  ") -> str:
        """The entry in YAML, every line of it indented."""
        return "".join(f"{indent}{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"- code: {self.code}"
        yield f"  name: {self.name}"
        yield f"  kind: {self.kind}"
        yield f"  level: {self.level}"
        if self.layers != ("body", "note"):
            yield f"  layers: [{', '.join(self.layers)}]"
        for key in ("message", "why", "authority"):
            yield f"  {key}: {yaml_text(getattr(self, key))}"
        for key, value in {**self.keys, **{name: list(of) for name, of in self.contexts.items() if of}}.items():
            yield f"  {key}: {_flow(value)}"
        flag = {"text": self.flag.text, "at": self.flag.at}
        if self.flag.suggest is not None:
            flag["suggest"] = self.flag.suggest
        passing: object = self.passing.text
        if self.flag.layer:
            flag["layer"] = self.flag.layer
            passing = {"text": self.passing.text, "layer": self.flag.layer}
        yield "  examples:"
        yield "    flag:"
        yield f"      - {_flow(flag)}"
        yield "    pass:"
        yield f"      - {_flow(passing)}"

    def proved(self, pack: str) -> Rule:
        """The rule, if it can be loaded and does to its examples what it should.

        Raises:
            BadInput: It cannot be loaded, or does not flag the passage, or flags it still once it is mended.
        """
        where = "the rule as drafted"
        (rule,) = read_pack("rules:\n" + self.entry(), where, pack)
        if failures := prove([rule]):
            raise BadInput(*(Problem(where, None, f"{one.what}: {one.text}") for one in failures))
        return rule


def passage_at(text: str, start: int, end: int) -> Passage:
    """The passage at a span of a text.

    Raises:
        BadInput: It begins or ends within a word, or runs over two layers.
    """
    if not text[start:end].strip():
        raise BadInput.at("--at", None, "there are no words in it")
    start, end = start + len(text[start:end]) - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())
    for edge in (start, end):
        if 0 < edge < len(text) and text[edge - 1].isalnum() and text[edge].isalnum():
            raise BadInput.at("--at", None, f"“{text[start:end]}” is a part of a word; give whole words")
    layered = read_layers(text)
    layer = layered.layer_at(start)
    view = layered.view(layer)
    if MASK in view[start:end]:
        raise BadInput.at("--at", None, f"“{text[start:end]}” runs over two layers; give words of one of them")
    before, after = view[max(0, start - _REACH) : start], view[end : end + _REACH]
    for found in _CLAUSE_END.finditer(before):
        before = " " * found.end() + before[found.end() :]
    stop = _CLAUSE_END.search(after)
    after = after[: stop.start()] if stop else after
    before, after = _without(text[start:end], before, after)
    left = " ".join(before.split()[-_MOST_WORDS:]) + (" " if before.strip() and before[-1].isspace() else "")
    right = (" " if after.strip() and after[0].isspace() else "") + " ".join(after.split()[:_MOST_WORDS])
    return Passage(left, " ".join(text[start:end].split()), right, layer)


def _without(words: str, before: str, after: str) -> tuple[str, str]:
    """What stands around, as far as the words themselves do not stand there: an example shows one place."""
    same = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
    for found in same.finditer(before):
        before = " " * found.end() + before[found.end() :]
    again = same.search(after)
    return before, after[: again.start()] if again else after


def usual_kind(passage: Passage, reading: str) -> str:
    """A confusable where the passage is made of words and other words are proposed, else a pattern."""
    return "confusable" if _WORDS.fullmatch(passage.words) and reading else "pattern"


def exception_for(words: str, reading: str) -> tuple[str, ...]:
    """The reading as an exception, where the words stand in it too: *bane of* for *bane* must not be flagged again."""
    inside = f" {words} " in f" {reading} " and _WORDS.fullmatch(reading)
    return (reading,) if inside else ()


def keys_for(kind: str, words: str, reading: str) -> Keys:
    """What the kind needs to flag some words and to propose a reading.

    Raises:
        BadInput: The kind cannot do so.
    """
    if _PART.search(reading):
        raise BadInput.at("--reading", None, "figures in braces name parts of what was found; write the rule by hand")
    if words == " ".join(reading.split()):
        raise BadInput.at("--reading", None, f"“{words}” stands there already")
    if kind == "consistency":
        return {"forms": [[words, reading]]}
    if kind == "pattern":
        return _pattern(words) | {"suggest": reading}
    if not _WORDS.fullmatch(words):
        raise BadInput.at("--kind", None, f"“{words}” is more than words and spaces; only a pattern can flag it")
    if not reading:
        raise BadInput.at("--kind", None, f"a {kind} proposes other words; only a pattern can propose none")
    if kind == "substitution":
        return {"words": {words: reading}}
    return {"phrases" if " " in words else "words": {words: reading}}


def _pattern(words: str) -> dict[str, object]:
    """An RE2 pattern for these words wherever they stand whole, over line ends too."""
    escaped = r"\s+".join(re.sub(r"([!-/:-@\[-^`{-~])", r"\\\1", word) for word in words.split())
    if any(edge.isalnum() and not edge.isascii() for edge in (words[0], words[-1])):  # \b knows ASCII letters only
        return {"pattern": rf"(?:^|[^\pL\pN])({escaped})(?:[^\pL\pN]|$)", "mark": "1"}
    edges = [r"\b" if char.isalnum() else "" for char in (words[0], words[-1])]
    return {"pattern": f"{edges[0]}{escaped}{edges[1]}"}


def examples_for(kind: str, passage: Passage, reading: str) -> tuple[Example, Example]:
    """The clause as it stands, which must be flagged, and the clause with the reading, which must pass."""
    layer = passage.layer if passage.layer != "body" else None
    flagged, passing = passage.reading(passage.words), passage.reading(reading)
    if kind == "consistency":  # a form is flagged only beside one that is more frequent
        flagged = f"{flagged}; {passing}; {passing}"
    return Example(flagged, passage.words, reading, layer), Example(passing, layer=layer)


def name_for(words: str, reading: str, taken: Collection[str]) -> str:
    """A name such as *bane-for-base* that no other rule bears."""
    typed, better = (_plain(part) for part in _apart(words.split(), reading.split()))
    name = f"{typed or 'passage'}-for-{better}" if better else f"{typed or 'passage'}-struck-out"
    return next(one for one in (name, *(f"{name}-{n}" for n in range(2, 10_000))) if one not in taken)


def _apart(typed: list[str], better: list[str]) -> tuple[str, str]:
    """The words in which two readings differ; both whole where one of them has no word of its own."""
    before = _alike(typed, better)
    after = _alike(typed[before:][::-1], better[before:][::-1])
    parts = (typed[before : len(typed) - after], better[before : len(better) - after])
    first, second = parts if all(parts) else (typed, better)
    return " ".join(first), " ".join(second)


def _alike(first: list[str], second: list[str]) -> int:
    """How many words two lists begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def _plain(words: str) -> str:
    letters = unicodedata.normalize("NFKD", words.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", letters.lower())[:5])[:40].strip("-")


def next_code(kind: str, house: Collection[str], taken: Collection[str]) -> str:
    """The next free code of a kind: of the prefix that the house's own codes mostly bear, past every one ever used."""
    prefixes = [found[1] for code in house if (found := _CODE.fullmatch(code))]
    prefix = max(sorted(set(prefixes)), key=prefixes.count) if prefixes else PREFIX
    ours = (_CODE.fullmatch(code) for code in taken)
    numbers = [int(found[3]) for found in ours if found and found[1] == prefix and found[2] == LETTERS[kind]]
    number = max([*numbers, 100]) + 1
    if number > 999:
        raise BadInput.at("rules new", None, f"all codes {prefix}-{LETTERS[kind]} are used; give one with --code")
    return f"{prefix}-{LETTERS[kind]}{number}"


def _flow(value: object) -> str:
    """A value in YAML's flow style; a text is quoted unless it is plain words."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    plain = _PLAIN.fullmatch(str(value)) and value not in _LIKE_OTHERS
    return str(value) if plain else yaml_text(str(value))


def yaml_text(text: str) -> str:
    """A text in double quotes: JSON, but for a few signs that YAML does not take as they are."""
    return _UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(text, ensure_ascii=False))
