"""Whatever is checked or loaded, the answer is findings or a refusal in words, never a failure of ours."""

import sys
from collections import Counter
from importlib.resources import files
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obelos_rules import Finding, check, load_rules, prove, read_pack, shipped_packs
from obelos_rules.kinds import SHIPPED
from obelos_rules.manual import takes
from obelos_transcripts import BadInput, Problem, read_layers
from odd_texts import PIECES, texts

RULES = load_rules(shipped_packs())
BY_KIND = {kind: [rule for rule in RULES if rule.kind == kind] for kind in sorted({rule.kind for rule in RULES})}


def assert_sound(findings: list[Finding], text: str) -> None:
    """Findings lie inside the text, quote it, come in order, bear fingerprints of their own; all they say is text."""
    assert [f.found for f in findings] == [text[f.start : f.end] for f in findings]
    assert all(0 <= f.start < f.end <= len(text) for f in findings)
    keys = [(f.start, f.end, f.code) for f in findings]
    assert keys == sorted(set(keys))
    assert len(findings) == len({f.fingerprint for f in findings})
    for finding in findings:
        assert {str} == {type(one) for one in (finding.message, finding.found, *finding.suggestions)}
        assert finding.found not in finding.suggestions
        assert "\0" in text or "\0" not in finding.message + "".join(finding.suggestions)


@settings(max_examples=150)
@given(texts)
def test_any_text_is_checked_in_order_with_quotes_at_their_spans(text: str) -> None:
    """All shipped rules on any text."""
    assert_sound(check(text, RULES, level="possible"), text)


@settings(max_examples=40)
@given(texts)
def test_checking_twice_gives_the_same(text: str) -> None:
    """Nothing of one run leaks into the next."""
    assert check(text, RULES) == check(text, RULES)


@settings(max_examples=100)
@given(texts)
def test_a_rule_quotes_no_layer_that_is_not_its_own(text: str) -> None:
    """What stands between two words of the body is never told as if the body said it.

    Apart from rules on notes and outlines: an anchor and a numbered paragraph belong to the whole document.
    """
    layered = read_layers(text)
    holds = {rule.code: rule.layers for rule in RULES}
    for finding in check(text, RULES, level="possible"):
        if finding.kind not in ("notes", "sequence", "template", "series"):
            inside = {layered.layer_at(at) for at in range(finding.start, finding.end)}
            assert inside <= set(holds[finding.code])


def _problems(data: bytes) -> tuple[Problem, ...]:
    try:
        read_pack(data, "house.yaml", "house")
    except BadInput as refusal:
        return refusal.problems
    return ()


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_random_bytes_are_rules_or_refused(data: bytes) -> None:
    """A rule file that is none is refused with a message that names it."""
    assert all(problem.where == "house.yaml" for problem in _problems(data))


GOOD = (files("obelos_rules") / "packs" / "core.yaml").read_bytes()[:3000]


@settings(max_examples=60)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=0, max_size=6))
def test_a_damaged_pack_is_rules_or_refused(at: int, damage: bytes) -> None:
    """Any few bytes of a pack may be wrong."""
    damaged = GOOD[:at] + damage + GOOD[at + len(damage) :]
    assert all(problem.where == "house.yaml" for problem in _problems(damaged))


_KEYS = sorted({"code", "kind", "examples", "layers", *(key for kind in SHIPPED.values() for key in kind.fields)})


def _deeper(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS) | st.text(max_size=4), inner)


_TREES = st.recursive(st.text(max_size=8), _deeper, max_leaves=8)


def _flow(tree: object) -> str:
    """A tree as YAML in flow style, every text quoted so that it is read as it is."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(_flow, tree)) + "]"
    escaped = "".join(char if char.isascii() and char.isalnum() else f"\\U{ord(char):08x}" for char in str(tree))
    return f'"{escaped}"'


@settings(max_examples=150)
@given(st.sampled_from(sorted(SHIPPED)), st.dictionaries(st.sampled_from(_KEYS), _TREES, max_size=5))
def test_a_rule_of_any_kind_with_anything_in_its_keys_is_a_rule_or_refused(kind: str, keys: dict[str, object]) -> None:
    """No converter of a kind fails on a value of another shape."""
    entry = {"code": "HSE-XX101", "name": "made-up", "level": "likely", "message": "m", "why": "w", "authority": "a"}
    examples = {"flag": [{"text": "x", "at": "x"}], "pass": ["y"]}
    text = _flow({"rules": [{"examples": examples, **entry, **keys, "kind": kind}]})
    assert all(problem.where == "house.yaml" and problem.line == 1 for problem in _problems(text.encode()))


_WORD = st.sampled_from(["bane", "base", "the", "of", "for", "No.", "Tokyo", "Tokio", "a", "12", "June", "telegram"])
_ITEM = st.sampled_from(["<article>", "/[a-z]+/", "<any>", "<stop>", "_", "a|the", "bane", "of", "telegram"])
_PHRASE = st.lists(_ITEM, min_size=1, max_size=3).map(" ".join)
_PATTERN = st.sampled_from(
    [r"\b(bane)\b", r"(\d+)", r"([a-z]+)(?:ed|ing)\b", r"(the) (\w+)", r"(\s)+", r"(?i)no\.?\s?(\d)?"]
)
_READING = st.sampled_from(["base", "", "{0}", "{1} {0}", "ba\nse", "ſ"])
_SIGN = st.sampled_from("()[]“”‘’\"'«»x")
_CHARACTERS = st.dictionaries(st.sampled_from(["ꞌ", "U+00AD", "U+0400-U+04FF", "e", "U+0301"]), _READING, max_size=2)
_VALUES: dict[str, st.SearchStrategy[object]] = {
    "a text": _WORD,
    "a whole number": st.integers(0, 12).map(str),
    "true or false": st.sampled_from(["true", "false"]),
    "a pattern": _PATTERN,
    "words, <classes> or /patterns/": _PHRASE,
    "pattern.mark": st.sampled_from("01"),
    "pattern.suggest": st.lists(_READING, max_size=2),
    "charset.characters": _CHARACTERS,
    **dict.fromkeys(
        ("context.alarms", "omission.alarms", "surplus.alarms"), st.sampled_from(["0.5", "3", "7", "9000"])
    ),
    "pairing.open": _SIGN,
    "pairing.close": _SIGN,
    "spacing.forms": st.dictionaries(_PATTERN, _READING, min_size=1, max_size=3),
    "substitution.words": st.dictionaries(_WORD, _WORD, min_size=1, max_size=3),
    "layer.forms": st.dictionaries(_WORD, _WORD, min_size=1, max_size=3),
    "template.fields": st.lists(st.fixed_dictionaries({"name": _WORD, "pattern": _PATTERN}), min_size=1, max_size=3),
    "confusable.phrases": st.dictionaries(_PHRASE | st.sampled_from(["the < bane > of", "bane > of"]), _WORD),
}


def _values(takes: str) -> st.SearchStrategy[object]:
    """Values for what a key takes, as the manual says it."""
    if takes.startswith("a list of lists of "):
        return st.lists(st.lists(_values(_one(takes[19:])), min_size=2, max_size=3, unique=True), max_size=2)
    if takes.startswith("a list of "):
        return st.lists(_values(_one(takes[10:])), max_size=3)
    if takes.startswith("a mapping to "):
        return st.dictionaries(_PHRASE | _WORD, _values(_one(takes[13:])), max_size=3)
    if takes.startswith("one of "):
        return st.sampled_from(takes[7:].split(", "))
    return _VALUES.get(takes, _WORD)


def _one(what: str) -> str:
    return {"texts": "a text", "whole numbers": "a whole number"}.get(what, what)


@st.composite
def _rules(draw: st.DrawFn, kind: str) -> str:
    """A rule file with one rule of that kind, its keys drawn from what they take."""
    entry: dict[str, object] = {"code": "HSE-XX101", "name": "made-up", "kind": kind, "level": "likely"}
    entry |= {"message": "{found} {suggest}", "why": "w", "authority": "a"}
    entry["examples"] = {"flag": [{"text": "x", "at": "x"}], "pass": ["y"]}
    entry["layers"] = draw(st.lists(st.sampled_from(["heading", "body", "note", "insertion"]), min_size=1, unique=True))
    for name, field in SHIPPED[kind].fields.items():
        if field.required or draw(st.booleans()):
            own = f"{kind}.{name}"
            entry[name] = draw(_VALUES[own] if own in _VALUES else _values(takes(field)))
    if "pattern" in entry and kind == "pattern":  # the two ways of saying what is flagged do not go together
        other = draw(st.sampled_from([("pattern",), ("phrases", "left", "right", "where", "near")]))
        entry = {key: value for key, value in entry.items() if key not in other}
    return _flow({"rules": [entry]})


@pytest.mark.parametrize("kind", sorted(SHIPPED))
def test_any_rule_of_a_kind_on_any_text_finds_what_stands_there(kind: str) -> None:
    """Random rules, made of what the kind's keys take, on random texts; those that do not load are refused in words."""
    loaded: Counter[bool] = Counter()

    @settings(max_examples=60, database=None)
    @given(_rules(kind), texts)
    def on_any_text(pack: str, text: str) -> None:
        refused = _problems(pack.encode())
        loaded[not refused] += 1
        assert all(problem.line == 1 for problem in refused)
        rules = () if refused else read_pack(pack, "house.yaml", "house")
        assert_sound(check(text, rules), text)
        assert len(prove(rules)) <= 4

    on_any_text()
    assert loaded[True], "no rule of the kind was drawn that loads"


CITED = "In June 1946 (06/06/1945) "
SAMPLE = "We told the the Minister that (a) bane for"


# Three kinds ask one model, which looks forty words to either side and does not judge scraps: it needs longer texts.
OF_THE_MODEL = ("context", "omission", "surplus")


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=pytest.mark.long if kind in OF_THE_MODEL[1:] else []) for kind in BY_KIND]
)
def test_four_times_the_text_is_at_most_four_times_the_work(kind: str) -> None:
    """Calls of functions are counted, not seconds: of all shipped rules of a kind, on each piece again and again."""
    grown = []
    length = 4800 if kind in OF_THE_MODEL else 600
    pieces = [*PIECES, "a", "-", "A.A.", "x.\n1. y\n", "(i)\n", "Nos. 1, ", SAMPLE, CITED]
    for piece in pieces[-4:] if kind in OF_THE_MODEL else pieces:
        once = -(-length // len(piece))
        few, many = (_calls(kind, piece * (once * times)) for times in (1, 4))
        if many > 4.5 * few + 400:
            grown.append((piece, few, many))
    assert [] == grown


def _calls(kind: str, text: str) -> int:
    """How many calls a check makes."""
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    check("", BY_KIND[kind], level="possible")
    sys.setprofile(count)
    try:
        check(text, BY_KIND[kind], level="possible")
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "piece",
    [*PIECES, "a", "1.\n", "(i)\n", "Nos. 1, ", "Nos. 1" + " " * 40, "Monday ", "x.\n1. y\n", "J.I.", "-", "A.A.A.A.A"],
    ids=repr,
)
@pytest.mark.long
def test_a_large_text_of_one_thing_repeated_is_checked_to_its_end(piece: str) -> None:
    """Forty thousand characters of what a quadratic rule would choke on: the findings lie inside the text."""
    text = piece * (40_000 // len(piece))

    assert all(0 <= finding.start <= finding.end <= len(text) for finding in check(text, RULES, level="possible"))
