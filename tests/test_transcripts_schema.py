"""Declared fields: a file is accepted or refused whole, with every problem and its line."""

import pytest

from obelos_transcripts import BadInput
from obelos_transcripts.schema import Field, Problems, choice, flag, record, several, table, text, whole
from obelos_transcripts.strict_yaml import load

FIELDS = {
    "code": Field(text, required=True),
    "level": Field(choice("certain", "likely", "possible"), default="likely"),
    "words": Field(several(text), default=()),
    "pairs": Field(table(text), default={}),
    "times": Field(whole, default=1),
    "loud": Field(flag, default=False),
}


def read(made_up: str) -> dict[str, object]:
    """A record of a made-up file; raises `BadInput` with all its problems."""
    node = load(made_up, "made-up.yaml")
    assert node is not None
    problems = Problems("made-up.yaml")
    values = record(node, FIELDS, problems, "the rule")
    problems.raise_if_any()
    return values


def test_defaults_fill_what_is_not_said() -> None:
    """Only the required key need be there."""
    expected = {"code": "X1", "level": "likely", "words": (), "pairs": {}, "times": 1, "loud": False}
    assert expected == read("code: X1\n")


def test_values_are_converted_as_declared() -> None:
    """A single word stands for a list of one; figures and flags are read only where they are declared."""
    expected = {
        "code": "010",
        "level": "certain",
        "words": ("NO",),
        "pairs": {"bane": "base"},
        "times": 12,
        "loud": True,
    }
    assert expected == read("code: 010\nlevel: certain\nwords: NO\npairs: {bane: base}\ntimes: 12\nloud: true\n")


def test_every_problem_of_a_file_is_reported_at_once_with_its_line() -> None:
    """The author of a file mends it in one go."""
    with pytest.raises(BadInput) as caught:
        read("level: certian\nwrods: [a]\ntimes: -1\nloud: yes\npairs: [a]\n")
    expected = [
        "made-up.yaml:1: one of certain, likely, possible was expected, not “certian”; did you mean “certain”?",
        "made-up.yaml:2: unknown key “wrods” in the rule; did you mean “words”?",
        "made-up.yaml:3: a whole number was expected, not “-1”",
        "made-up.yaml:4: true or false was expected, not “yes”",
        "made-up.yaml:5: a mapping was expected, not a list",
        "made-up.yaml:1: the rule lacks the key “code”",
    ]
    assert expected == str(caught.value).splitlines()


def test_a_list_where_a_mapping_is_due_is_one_problem() -> None:
    """Nothing is raised on the way; the record is all defaults."""
    with pytest.raises(BadInput, match="the rule must be a mapping of keys, not a list"):
        read("- code\n")
