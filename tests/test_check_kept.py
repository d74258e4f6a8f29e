"""What a run keeps for the next one is never shown where it no longer holds; the edition's words are obeyed."""

import os
from pathlib import Path

import pytest

from check_world import World, world

__all__ = ["world"]

TEXT = "He recieved the consul Gasanlov. Gasanlov left; Gasanllov stayed with teh consul.\n"


@pytest.fixture
def letters(world: World) -> World:
    """Enough letters for a run to keep what it finds; all of them made up."""
    (world.root / "edition.yaml").write_text("packs: [core, typescript]\n")
    for file in (world.root / "rules").glob("*"):
        file.unlink()
    for number in range(6):
        (world.root / f"letter-{number}.txt").write_text(TEXT)
    return world


def found(world: World, *arguments: str) -> list[str]:
    """Quotes of the findings in the letters, each once, in order."""
    quotes = [finding["found"] for finding in world.found("letter-*.txt", *arguments)]
    return list(dict.fromkeys(quotes))


def kept() -> Path:
    """The file of findings of earlier runs."""
    return Path(os.environ["XDG_CACHE_HOME"]) / "obelos" / "findings.db"


def test_a_second_run_tells_the_same(letters: World) -> None:
    """From what was kept."""
    first = found(letters)
    assert ["recieved", "Gasanllov", "teh"] == first
    assert kept().exists()

    assert first == found(letters)


def test_a_word_of_the_edition_is_left_alone_at_once(letters: World) -> None:
    """Although the run before found it, and its findings were kept."""
    found(letters)
    (letters.root / "rules").mkdir(exist_ok=True)

    (letters.root / "rules" / "words.txt").write_text("Gasanllov\n")

    assert ["recieved", "teh"] == found(letters)


def test_a_changed_text_is_checked_anew(letters: World) -> None:
    """The others are not, and tell the same."""
    found(letters)

    (letters.root / "letter-3.txt").write_text(TEXT.replace("recieved", "received"))

    names = {finding["file"] for finding in letters.found("letter-*.txt") if finding["found"] == "recieved"}
    assert {f"letter-{number}.txt" for number in (0, 1, 2, 4, 5)} == names


def test_a_changed_house_rule_holds_at_once(letters: World) -> None:
    """What the rule as it was found is not shown any more."""
    rule = """\
rules:
  - code: ABC-CF101
    name: consul-for-counsel
    kind: confusable
    level: likely
    message: "“{found}”?"
    why: One word was taken for another in a made-up house rule.
    authority: this test
    words: {consul: counsel}
    examples:
      flag: [{text: "a consul", at: consul}]
      pass: ["a man"]
"""
    (letters.root / "rules").mkdir(exist_ok=True)
    (letters.root / "rules" / "house.yaml").write_text(rule)
    assert "consul" in found(letters)

    (letters.root / "rules" / "house.yaml").write_text(
        rule.replace("confusable\n", "confusable\n    right: [here]\n", 1).replace('a consul"', 'a consul here"')
    )

    assert "consul" not in found(letters)


def test_nothing_is_kept_where_that_is_not_wanted(letters: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """OBELOS_CACHE, empty."""
    monkeypatch.setenv("OBELOS_CACHE", "")
    assert found(letters)
    assert not kept().exists()


def test_an_edition_that_somebody_sends_brings_no_findings_along(letters: World) -> None:
    """Nothing is kept inside it."""
    before = {path for path in letters.root.rglob("*") if ".git" not in path.parts}
    found(letters)
    assert before == {path for path in letters.root.rglob("*") if ".git" not in path.parts}
