"""The manual of the kinds is made from the kinds, and says all of each."""

import re
from pathlib import Path

import pytest

from obelos_rules import load_rules, read_pack, shipped_packs
from obelos_rules.classes import CLASSES
from obelos_rules.kinds import SHIPPED, Kind
from obelos_rules.manual import example_of, manual, page, summary, takes
from obelos_transcripts.schema import Field, any_text, choice, flag, several, table, text, whole

ROOT = Path(__file__).parent.parent

each_kind = pytest.mark.parametrize("kind", SHIPPED.values(), ids=lambda kind: kind.name)


def test_the_page_of_the_kinds_is_the_one_that_is_made_from_them() -> None:
    """A key that is added without its line in the manual is noticed here."""
    made = "obelos rules kinds --markdown > docs/kinds.md"
    assert manual() == (ROOT / "docs" / "kinds.md").read_text("utf-8"), f"make it again: {made}"


@each_kind
def test_a_kind_says_what_it_is_for_and_what_each_key_means(kind: Kind) -> None:
    """A kind without words is one that nobody will write a rule of."""
    assert kind.about.startswith(f"Kind ``{kind.name}``: ")
    assert [] == [name for name, field in kind.fields.items() if not field.about]


@each_kind
def test_the_page_of_a_kind_names_every_key_and_placeholder(kind: Kind) -> None:
    """Plain text for the terminal: no mark-up is left, no line of the prose is overlong."""
    shown = page(kind)
    assert all(f"\n  {name}: " in shown for name in kind.fields)
    assert all(f"{{{name}}}" in shown for name in ("found", "suggest", *kind.placeholders))
    assert "``" not in shown


def test_the_page_of_a_kind_shows_a_rule_that_loads() -> None:
    """The example of each kind is a shipped rule as it stands, whole."""
    shipped = {(rule.kind, rule.code, rule.name) for rule in load_rules(shipped_packs())}
    shown = "rules:\n" + "\n".join(example_of(kind) for kind in sorted({kind for kind, _, _ in shipped}))
    rules = read_pack(shown, "docs/kinds.md", "shown")
    assert {kind for kind, _, _ in shipped} == {rule.kind for rule in rules}
    assert {(rule.kind, rule.code, rule.name) for rule in rules} <= shipped


def test_the_summary_has_a_line_for_each_kind() -> None:
    """In order, with what each is for."""
    lines = summary().splitlines()[:-1]
    assert sorted(SHIPPED) == [line.split()[0] for line in lines]
    assert all(len(line.split()) > 3 for line in lines)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (Field(text), "a text"),
        (Field(any_text), "a text"),
        (Field(whole), "a whole number"),
        (Field(flag), "true or false"),
        (Field(choice("one", "two")), "one of one, two"),
        (Field(several(text)), "a list of texts"),
        (Field(several(several(text))), "a list of lists of texts"),
        (Field(table(text)), "a mapping to a text"),
        (Field(table(several(text))), "a mapping to texts"),
        (Field(several(choice("one", "two"))), "a list of one of one, two"),
    ],
)
def test_what_a_key_takes_is_asked_of_its_converter(field: Field, expected: str) -> None:
    """The manual cannot say one thing and the loader do another."""
    assert expected == takes(field)


def test_the_page_lists_every_class_of_words_with_its_words() -> None:
    """Classes are what contexts are written with."""
    shown = manual().split("## Classes of words")[1]
    assert sorted(CLASSES) == re.findall(r"^- `([^`]+)`", shown, re.MULTILINE)
    assert "- `article`: *a*, *an*, *the*\n" in shown
