"""Many texts at once: the same findings as one by one, in order, kept from earlier or made in other processes."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from obelos_rules import Checker, Finding, Rule, check, load_rules, shipped_packs
from obelos_rules import batch as batch_module
from obelos_rules.batch import Batch, Task
from obelos_rules.kept import KeptFindings
from obelos_rules.reading import read
from obelos_rules.recipe import Recipe
from obelos_rules.series import facts_of
from obelos_transcripts.details import Details

RECIPE = Recipe(shipped_packs(), level="possible")
TEXTS = [f"Paper {number}. It was agreed by the the two delegations, {number} of them.\n" * 20 for number in range(12)]
HOUSE = """\
rules:
  - code: ABC-CF101
    name: sail-for-sale
    kind: confusable
    level: likely
    message: "“{found}”?"
    why: One letter was taken for another in a made-up house rule.
    authority: this test
    words: {delegations: relegations}
    examples:
      flag: [{text: "the delegations", at: delegations}]
      pass: ["the nations"]
"""


def tasks() -> list[Task[int]]:
    """Twelve made-up papers, known by their numbers."""
    return [Task(number, text, f"paper-{number}") for number, text in enumerate(TEXTS)]


@cache
def one_by_one() -> list[tuple[int, list[Finding]]]:
    """What the plain check of each text gives."""
    rules = load_rules(shipped_packs())
    found = [check(text, rules, level="possible", name=f"paper-{n}") for n, text in enumerate(TEXTS)]
    assert all(found)
    return list(enumerate(found))


def run(kept: KeptFindings | None = None, recipe: Recipe = RECIPE) -> list[tuple[int, list[Finding]]]:
    """A batch over the papers in this process alone."""
    return [(task.subject, found) for task, found in Batch(recipe, kept=kept, processes=1).run(tasks())]


def test_a_batch_finds_what_a_check_of_each_text_finds() -> None:
    """In the order in which the texts were given."""
    assert one_by_one() == run()


def test_other_processes_find_the_same_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes at work, several chunks on their way at once."""
    monkeypatch.setattr(batch_module, "ENOUGH", 1)
    monkeypatch.setattr(batch_module, "_TOGETHER", 5_000)

    found = [(task.subject, findings) for task, findings in Batch(RECIPE, processes=2).run(tasks())]

    assert one_by_one() == found


def test_facts_are_gathered_by_other_processes_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same processes then check the texts, and are stopped at the end."""
    expected = [facts_of(read(text, f"paper-{number}")) for number, text in enumerate(TEXTS)]
    monkeypatch.setattr(batch_module, "ENOUGH", 1)
    monkeypatch.setattr(batch_module, "_TOGETHER", 5_000)
    batch = Batch(RECIPE, processes=2)

    assert expected == [facts for _, facts in batch.facts(tasks())]
    assert len(TEXTS) == len(list(batch.run(tasks())))
    assert batch._pool is None


def test_who_stops_early_leaves_no_process_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing the run shuts the pool."""
    monkeypatch.setattr(batch_module, "ENOUGH", 1)
    monkeypatch.setattr(batch_module, "_TOGETHER", 2_000)
    batch = Batch(RECIPE, processes=2)
    running = batch.run(tasks())
    for _ in range(8):
        next(running)
    pool = batch._pool
    assert pool is not None

    running.close()

    assert batch._pool is None
    with pytest.raises(RuntimeError):
        pool.submit(print)


def test_texts_are_read_as_they_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the first findings only a few texts have been asked for, so memory does not follow their number."""
    monkeypatch.setattr(batch_module, "_TOGETHER", 5_000)
    asked: list[int] = []

    def reading() -> Iterator[Task[int]]:
        for number in range(1000):
            asked.append(number)
            yield Task(number, TEXTS[0])

    running = Batch(RECIPE, processes=1).run(reading())
    next(running)

    assert 0 < len(asked) < 20


def test_what_was_found_is_kept_and_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second run checks nothing: it has no rules to check with, and still tells the same."""
    with KeptFindings(tmp_path / "findings.db") as kept:
        first = run(kept)
    monkeypatch.setattr(Recipe, "checker", lambda *_: pytest.fail("a text was checked again"))

    with KeptFindings(tmp_path / "findings.db") as kept:
        assert first == run(kept)


@pytest.mark.parametrize(
    "other",
    [
        Task(0, TEXTS[0] + "x", "paper-0"),
        Task(0, TEXTS[0], "paper-1"),
        Task(0, TEXTS[0], "paper-0", Details(date="1946-03-25")),
        Task(0, TEXTS[0], "paper-0", level="likely"),
    ],
    ids=["another text", "another name", "other details", "another level"],
)
def test_another_text_name_date_or_level_is_checked_anew(
    other: Task[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that findings depend on is part of the key."""
    made = Recipe.checker
    asked: list[str] = []
    with KeptFindings(tmp_path / "findings.db") as kept:
        run(kept)
        kept.flush()

        def noted(recipe: Recipe, rules: Sequence[Rule] | None = None) -> Checker:
            asked.append(recipe.level)
            return made(recipe, rules)

        monkeypatch.setattr(Recipe, "checker", noted)

        list(Batch(RECIPE, kept=kept, processes=1).run([other]))

    assert [other.level or "possible"] == asked


def test_a_text_can_ask_for_another_level() -> None:
    """Its findings are those of that level."""
    text = "He found a it was a good good plan , indeed.\n"
    rules = load_rules(shipped_packs())

    ((_, likely), (_, possible)) = Batch(RECIPE, processes=1).run([Task(1, text, level="likely"), Task(2, text)])

    assert check(text, rules, level="likely") == likely
    assert check(text, rules, level="possible") == possible


def test_another_recipe_has_another_digest(tmp_path: Path) -> None:
    """Level, choice, packs, and each byte of a house rule."""
    house = tmp_path / "house.yaml"
    house.write_text(HOUSE)
    with_house = replace(RECIPE, house=(house,))
    recipes = [
        RECIPE,
        replace(RECIPE, level="likely"),
        replace(RECIPE, codes=("RP101",)),
        replace(RECIPE, packs=("core",)),
        replace(RECIPE, insertions=True),
        with_house,
    ]
    digests = [recipe.digest() for recipe in recipes]
    assert len(recipes) == len(set(digests))

    house.write_text(HOUSE.replace("relegations", "legations"))
    assert with_house.digest() not in digests


def test_a_recipe_can_choose_rules_by_code(tmp_path: Path) -> None:
    """Only these are applied."""
    found = run(recipe=replace(RECIPE, codes=("RP101",)))
    assert {"RP101"} == {finding.code for _, findings in found for finding in findings}


@pytest.mark.parametrize("damage", [b"", b"not a database", b"SQLite format 3\0" + b"\xff" * 200])
def test_a_damaged_file_of_kept_findings_does_no_harm(damage: bytes, tmp_path: Path) -> None:
    """The texts are checked as if nothing were kept."""
    (tmp_path / "findings.db").write_bytes(damage)
    with KeptFindings(tmp_path / "findings.db") as kept:
        assert one_by_one() == run(kept)


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "cache").write_text("")
    with KeptFindings(tmp_path / "cache" / "findings.db") as kept:
        assert one_by_one() == run(kept)


def test_damaged_records_are_checked_anew(tmp_path: Path) -> None:
    """Each record says something else than findings."""
    with KeptFindings(tmp_path / "findings.db") as kept:
        run(kept)
    for data in (b"[1]", b"\xff", b'[{}, [["x"]]]', b'{"a": 1}', b'[{}, [["CF101",1,2,3,4,5,6,7,8,9,10]]]'):
        with sqlite3.connect(tmp_path / "findings.db") as database:
            database.execute("UPDATE findings SET data = ?", (data,))
        database.close()
        with KeptFindings(tmp_path / "findings.db") as kept:
            assert one_by_one() == run(kept)


def test_only_its_owner_can_read_what_is_kept(tmp_path: Path) -> None:
    """Quotes from documents stay with who checked them."""
    with KeptFindings(tmp_path / "cache" / "findings.db") as kept:
        run(kept)
    assert 0o600 == (tmp_path / "cache" / "findings.db").stat().st_mode & 0o777
    assert 0o700 == (tmp_path / "cache").stat().st_mode & 0o777
