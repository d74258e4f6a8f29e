"""Rule files are accepted or refused whole; each refusal names file and line and says what was expected."""

from pathlib import Path

import pytest

from obelos_rules import load_rules, read_pack
from obelos_transcripts import BadInput

GOOD = """\
rules:
  - code: HSE-CF101
    name: sail-for-sale
    kind: confusable
    level: likely
    message: "“{found}” where the sense may want “{suggest}”"
    why: The two words sound alike.
    authority: the house
    words: {sail: sale}
    left: [for]
    examples:
      flag: [{text: "a ship for sail", at: sail, suggest: sale}]
      pass: ["to sail at noon"]
"""


def problems(text: str) -> list[str]:
    """What is said about a rule file."""
    with pytest.raises(BadInput) as refusal:
        read_pack(text, "house.yaml", "house")
    return [str(problem) for problem in refusal.value.problems]


def changed(old: str, new: str) -> str:
    """The good rule file with one thing changed."""
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_good_rule_is_loaded_with_its_line_and_defaults() -> None:
    """A rule knows the line that it stands on; layers are body and note unless told."""
    (rule,) = read_pack(GOOD, "house.yaml", "house")
    assert ("HSE-CF101", "house", 2, ("body", "note"), ()) == (
        rule.code,
        rule.pack,
        rule.line,
        rule.layers,
        rule.aliases,
    )


def test_an_empty_file_holds_no_rules() -> None:
    """Nothing is wrong with a file that says nothing."""
    assert () == read_pack("", "house.yaml", "house")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("kind: confusable", "kind: confusible", "4: there is no kind “confusible”; did you mean “confusable”?"),
        (
            "level: likely",
            "level: likly",
            "5: one of certain, likely, possible was expected, not “likly”; did you mean “likely”?",
        ),
        (
            "authority: the house",
            "autority: the house",
            "8: unknown key “autority” in a rule; did you mean “authority”?",
        ),
        ("    why: The two words sound alike.\n", "", "2: a rule lacks the key “why”"),
        ("code: HSE-CF101", "code: sail", "2: a code such as CF101"),
        (
            "name: sail-for-sale",
            "name: Sail for sale",
            "3: a name such as bane-for-base was expected, not “Sail for sale”",
        ),
        ("{suggest}", "{sugest}", "6: the message names {sugest}; confusable knows {found}, {suggest}"),
        ("“{found}” where", "{ where", "6: the message has a stray brace"),
        ("left: [for]", "left: [<articel>]", "10: there is no class <articel>; did you mean “article”?"),
        ("left: [for]", "left: [/fo(/]", "10: /fo(/ is not an RE2 pattern"),
        ("left: [for]", "left: ['f-r']", "10: “f-r” is not a word, a <class>, a /pattern/"),
        ("words: {sail: sale}", "near: [ship]", "2: a confusable lacks words"),
        ("words: {sail: sale}", "words: [sail]", "9: a mapping was expected, not a list"),
        ("words: {sail: sale}", "sets: [[sail]]", "9: a set needs two words or more"),
        ("words: {sail: sale}", 'phrases: {"for sail": "{3} sale"}', "9: word {3} is named, but “for sail” flags 2"),
        ("words: {sail: sale}", 'phrases: {"<any> <any>": sale}', "9: a phrase needs at least one plain word"),
        ("at: sail", "at: sails", "12: “sails” does not stand in the example's text"),
        ('      pass: ["to sail at noon"]\n', "", "12: examples lacks the key “pass”"),
        ('pass: ["to sail at noon"]', "pass: []", "12: examples need at least one that should pass"),
        ("flag: [{text:", "flag: [{texts:", "12: unknown key “texts” in an example; did you mean “text”?"),
        (
            "level: likely",
            "level: likely\n    layers: [margin]",
            "6: one of heading, body, note, insertion was expected",
        ),
        ("rules:", "rule:", "1: unknown key “rule” in a rule file; did you mean “rules”?"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(old: str, new: str, expected: str) -> None:
    """Every refusal names the line and what was expected there."""
    assert any(line.startswith(f"house.yaml:{expected}") for line in problems(changed(old, new)))


def test_a_pattern_with_look_around_is_refused_with_what_to_do() -> None:
    """RE2 has no look-around; the message says what takes its place."""
    text = changed("kind: confusable", "kind: pattern").replace(
        "words: {sail: sale}\n    left: [for]", "pattern: '(?<=for )sail'"
    )
    (line,) = problems(text)
    assert line.startswith("house.yaml:9: “(?<=for )sail” is not a pattern")
    assert "use left, right and unless" in line


def test_a_pattern_that_matches_nothing_at_all_is_refused() -> None:
    """An empty match would flag every position."""
    text = changed("kind: confusable", "kind: pattern").replace("words: {sail: sale}\n    left: [for]", "pattern: 'x*'")
    assert any("matches nothing at all" in line for line in problems(text))


def test_everything_wrong_with_a_file_is_said_at_once() -> None:
    """An author need not mend a file one message at a time."""
    text = (
        GOOD.replace("level: likely", "level: high")
        .replace("left: [for]", "left: [<x>]")
        .replace("authority", "source")
    )
    assert 4 == len(problems(text))


def test_all_files_are_judged_before_anything_is_refused(tmp_path: Path) -> None:
    """Problems of packs and of several house files come in one answer."""
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text("rules: 5\n", encoding="utf-8")
    second.write_text("rules:\n  - code: X\n", encoding="utf-8")
    with pytest.raises(BadInput) as refusal:
        load_rules(["cores"], [first, second, tmp_path / "c.yaml"])
    said = str(refusal.value)
    assert "there is no pack “cores”; did you mean “core”?" in said
    assert "a.yaml:1: “rules” must be a list of rules" in said
    assert "b.yaml:2: a rule lacks the key “kind”" in said
    assert "c.yaml: there is no such file" in said


def test_a_code_is_never_used_twice_not_even_as_an_alias(tmp_path: Path) -> None:
    """Codes are quoted in committed notes, so each must mean one rule."""
    house = tmp_path / "house.yaml"
    house.write_text(GOOD.replace("level: likely", "level: likely\n    aliases: [CF101]"), encoding="utf-8")
    with pytest.raises(BadInput) as refusal:
        load_rules(["typescript"], [house])
    assert "code CF101 stands already in typescript" in str(refusal.value)


def test_a_tag_or_an_alias_of_yaml_is_refused() -> None:
    """A rule file is data and nothing else."""
    assert "house.yaml:1: tag" in problems("rules: !!python/object/apply:os.system [ls]\n")[0]
