"""What YAML, carelessness and malice can do to a rule file (faults G01 to G07)."""

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from obelos_rules import load_rules, read_pack, shipped_packs
from obelos_rules.kinds import SHIPPED
from obelos_rules.loader import COMMON
from obelos_transcripts import BadInput, Problem
from obelos_transcripts.strict_yaml import (
    MOST_BYTES,
    MOST_DEPTH,
    MOST_NODES,
    MOST_SCALAR,
    Mapping,
    Node,
    Scalar,
    Sequence,
    load,
)

HEAD = """\
rules:
  - code: HSE-CF101
    name: made-up
    kind: confusable
    level: likely
    message: "{found}"
    why: made up for a test
    authority: none
    examples: {flag: [{text: x, at: x}], pass: [y]}
"""


def problems(text: str | bytes) -> tuple[Problem, ...]:
    """What is wrong with a rule file; nothing, if it is sound."""
    try:
        read_pack(text, "house.yaml", "house")
    except BadInput as refusal:
        return refusal.problems
    return ()


def refusal(text: str | bytes) -> str:
    """The one thing that is wrong with a rule file."""
    (problem,) = problems(text)
    return str(problem)


@pytest.mark.parametrize(
    "word", ["NO", "12:30", "010", "3.10", "1776-02-30", "yes", "~", "0x1F", "1e3", ".inf", "null"]
)
def test_g01_what_looks_like_a_number_a_date_or_a_truth_stays_the_word(word: str) -> None:
    """Other readers of YAML make False, 750, 8, 3.1 of them, or fail: for a rule on *NO* that would be fatal."""
    (rule,) = read_pack(HEAD.replace("[y]", f"[{word}]") + "    words: {x: z}\n", "house.yaml", "house")
    assert word == rule.passing[0].text
    read = load(f"a: {word}\n{word}: b\n", "house.yaml")
    assert isinstance(read, Mapping)
    assert [Scalar(word, 1), Scalar("b", 2)] == [read.items["a"], read.items[word]]


def test_g01_a_number_is_a_whole_number_only_in_ordinary_digits() -> None:
    """A key that takes a number takes digits, not every spelling that some reader takes for one."""
    pattern = HEAD.replace("confusable", "pattern") + "    pattern: (x)\n    mark: "
    assert () == problems(pattern + "1\n")
    for odd in ("0x1", "1.0", "+1", "1_0", "١", "1e0", "-1", "true", "''", "9" * 5000):
        assert refusal(pattern + odd + "\n").startswith("house.yaml:11: a whole number was expected, not ")


def test_g02_a_key_that_stands_twice_is_refused_with_both_lines() -> None:
    """PyYAML silently takes the last."""
    assert "house.yaml:10: key “level” stands already on line 5" == refusal(HEAD + "    level: certain\n")
    assert refusal(HEAD + "    words: {a: b,\n      'a': c}\n") == "house.yaml:11: key “a” stands already on line 10"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &a [1]\nb: [*a, *a]\n", "1: anchors (&a) are not allowed"),
        ("&a a: *a\n", "1: anchors (&a) are not allowed"),
        ("- &a [*a]\n", "1: anchors (&a) are not allowed"),
        ("a: 1\nb: *none\n", "2: aliases (*none) are not allowed"),
        ("a: 1\n<<: {b: 2}\n", "2: merge keys (<<) are not allowed"),
        ("a: 1\n<<: [{b: 2}, {c: 3}]\n", "2: merge keys (<<) are not allowed"),
    ],
)
def test_g03_what_stands_for_something_elsewhere_is_refused(text: str, said: str) -> None:
    """340 bytes of aliases can mean gigabytes, and one inside itself has no end."""
    assert refusal(text).startswith(f"house.yaml:{said}")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_g04_depth_is_limited_before_anything_is_built(opening: str) -> None:
    """Five hundred brackets end Python's recursion; a hundred thousand have killed the process."""
    for deep in (MOST_DEPTH + 1, 500, 100_000):
        said = refusal(opening * deep)
        assert f"nested more than {MOST_DEPTH} levels deep" in said or "a key must be a word" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: !!int 1\n", "1: tag tag:yaml.org,2002:int is not allowed"),
        ("a: !!python/object/apply:os.system [ls]\n", "1: tag tag:yaml.org,2002:python/object/apply:os.system is not"),
        ("!own a: 1\n", "1: tag !own is not allowed"),
        ("%TAG ! tag:example.org,2000:\n---\na: 1\n", "1: one document without %TAG is expected"),
        ("a: 1\n---\na: 1\n", "2: one document without %TAG is expected"),
        ("? [a]\n: 1\n", "1: a key must be a word, not a list or a mapping"),
        ("? {a: b}\n: 1\n", "1: a key must be a word, not a list or a mapping"),
        ("\ta: 1\n", "1: not YAML: "),
        ("a:\n\t- 1\n", "2: not YAML: "),
        ("a: 1\n\ufeffb: 2\n", "2: not YAML: "),
        ("a: \x07\n", "1: not YAML: a control character stands here"),
        ("a: 1\nb: \x1b[2J\n", "2: not YAML: a control character stands here"),
        (b"a: 1\nb: \xff\n", "2: byte 8 is not UTF-8"),
        ("a: 1\n".encode("utf-16"), "1: byte 0 is not UTF-8"),
    ],
)
def test_g05_nothing_clever_and_nothing_unreadable_is_taken(text: str | bytes, said: str) -> None:
    """Tags, further documents, keys that are no words, tabs that indent, control characters, other encodings."""
    assert refusal(text).startswith(f"house.yaml:{said}")


def test_g05_a_byte_order_mark_windows_line_ends_and_tabs_between_words_are_taken() -> None:
    """Notepad writes them, and nothing is wrong with them."""
    text = HEAD + "    words: {x:\ty}\n"
    assert () == problems("\ufeff" + text)
    assert () == problems(text.replace("\n", "\r\n"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"#" * (MOST_BYTES + 1), "house.yaml: is larger than 1 MiB"),
        ("[" + "a, " * MOST_NODES + "]", "house.yaml:1: more than 50000 entries; split the file"),
        ("a:\n  " + "x" * (MOST_SCALAR + 1), "house.yaml:2: a text of more than 16384 characters"),
        ("k" * (MOST_SCALAR + 1) + ": 1", "house.yaml:1: "),
    ],
)
def test_g05_size_entries_and_texts_are_limited(text: str | bytes, said: str) -> None:
    """A hostile file costs no more than an honest one; all shipped packs are far below."""
    assert refusal(text).startswith(said)


def test_g05_what_is_just_within_the_limits_is_read() -> None:
    """Limits are what they are said to be."""
    assert load("a: " + "x" * MOST_SCALAR, "house.yaml")
    assert load("[" * MOST_DEPTH + "]" * MOST_DEPTH, "house.yaml")
    assert load("[" + "a, " * (MOST_NODES - 1) + "]", "house.yaml")
    assert load(b"a: b\n" + b"#" * (MOST_BYTES - 5), "house.yaml")


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [_plain(one) for one in node.items]
    return {key: _plain(one) for key, one in node.items.items()}


def _shipped() -> Iterator[dict[str, Any]]:
    for pack in shipped_packs():
        read = load((files("obelos_rules") / "packs" / f"{pack}.yaml").read_bytes(), pack)
        assert isinstance(read, Mapping)
        yield from _plain(read.items["rules"])


def _written(entry: list[tuple[str, Any]]) -> str:
    """An entry as a rule file, a key a line, the first on line 3."""
    lines = (f"    {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in entry)
    escaped = re.sub("[\x7f-\x9f\u2028\u2029\ufeff]", lambda sign: f"\\u{ord(sign[0]):04x}", "".join(lines))
    return f"rules:\n  -\n{escaped}"


def _retyped(value: Any) -> Any:
    if isinstance(value, dict):
        return "made up"
    return {"made": {"up": "for this test"} if isinstance(value, list) else "up"}


def _mutants() -> Iterator[tuple[str, str, str, int, tuple[Problem, ...]]]:
    """Code, key, what was done to it, its line, and what is said."""
    for shipped in _shipped():
        entry = list(shipped.items())
        for place, (key, value) in enumerate(entry):
            for what, new in (
                ("drop", []),
                ("rename", [(f"{key}x", value)]),
                ("retype", [(key, _retyped(value))]),
            ):
                said = problems(_written([*entry[:place], *new, *entry[place + 1 :]]))
                yield shipped["code"], key, what, place + 3, said


def test_g06_each_field_of_each_shipped_rule_if_mutated_is_one_error_at_its_line() -> None:
    """A key dropped, misspelt or of another type is one thing wrong, so it is told as one thing, where it is."""
    required = {name for name, field in COMMON.items() if field.required}
    wrong = []
    for code, key, what, line, said in _mutants():
        lines = [problem.line for problem in said]
        # Nothing is wrong with a rule that lacks what it may lack.
        dropped = [[3]] if key in required else [[3], []]
        sound = lines in (dropped if what == "drop" else [[line]])
        if not sound:
            wrong.append((code, key, what, line, [str(problem) for problem in said]))
    assert [] == wrong


def test_g06_a_misspelt_key_or_kind_comes_with_what_was_meant() -> None:
    """The unknown key is named with the known one, and a kind that is not there with those that are."""
    assert refusal(HEAD.replace("kind:", "kimd:") + "    words: {x: y}\n") == (
        "house.yaml:4: unknown key “kimd” in a rule; did you mean “kind”?"
    )
    said = refusal(HEAD.replace("kind: confusable", "kind: zzz") + "    words: {x: y}\n")
    assert said.startswith("house.yaml:4: there is no kind “zzz”; known are ")
    assert all(kind in said for kind in SHIPPED)


def test_g06_one_bad_rule_refuses_the_whole_file() -> None:
    """A pack is never read in part: an editor would think that its rules hold."""
    good = HEAD.replace("rules:\n", "") + "    words: {x: y}\n"
    bad = good.replace("CF101", "CF102").replace("level: likely", "level: high")
    assert refusal("rules:\n" + good + bad).startswith("house.yaml:14: one of certain, likely, possible was expected")


def test_g07_codes_that_clash_are_refused_whichever_files_they_stand_in(tmp_path: Path) -> None:
    """Between house files, and between a house file and a shipped pack; the first one is named with its line."""
    paths = [tmp_path / f"{name}.yaml" for name in ("a", "b")]
    for path in paths:
        path.write_text(HEAD + "    words: {x: y}\n    aliases: [CF101]\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_rules(["typescript"], paths)
    said = [str(problem) for problem in caught.value.problems]
    assert "b:2: code HSE-CF101 stands already in a, line 2; codes are never used twice" in said
    assert 2 == sum("code CF101 stands already in typescript, line" in one for one in said)
