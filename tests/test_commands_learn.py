"""``obelos learn``: what an edition has in common with itself, and what its editors said, moves what is found."""

from contextlib import closing
from pathlib import Path

import pytest

from check_world import World, world
from editor import Editor
from obelos_tui.alike import Wanted, places_in
from obelos_tui.kept import kept_learned
from obelos_tui.learning import pair_of
from obelos_tui.workplace import edition_here, review_of

__all__ = ["world"]

# Made up for these tests.
HABIT = "The Ambassador said that he did now wish to discuss the matter further with the Prime Minister.\n"
OTHER = "In the afternoon the Consul told me that he did now wish to go, although it was late.\n"
LONE = "The Council decided that the matter should be referred the Committee for further study and report.\n"


@pytest.fixture
def edition(world: World) -> World:
    """Two documents with a habit, one with a slip, and the pack that would find both."""
    (world.root / "edition.yaml").write_text("packs: [context]\n")
    for file in (world.root / "rules").glob("*"):
        file.unlink()
    world.holds("one", HABIT)
    world.holds("two", OTHER)
    world.holds("three", LONE)
    return world


def test_a_phrase_of_two_documents_is_no_surprise_any_longer(edition: World) -> None:
    """A slip that stands in one stays one."""
    assert ["now", "referred the"] == edition.words("one", "three")
    assert edition.types("learn") == 0
    assert edition.sees("3 documents, 3 counted now")
    assert ["referred the"] == edition.words("one", "three")


def test_the_review_knows_what_was_learned_as_check_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One finding less, at once; and *more like this* does not bring it up again."""
    someone = Editor(tmp_path, capsys)
    monkeypatch.chdir(tmp_path)
    someone.types("init")
    for name, text in (("one", HABIT), ("two", OTHER)):
        (tmp_path / f"{name}.txt").write_text(text)
        assert 0 == someone.types("add", f"{name}.txt")

    def open_places() -> list[str]:
        with closing(review_of(edition_here(tmp_path), "one")) as review:
            rules = [rule for rule in review.rules if rule.kind == "context"]
            like = [place.found for rule in rules for place in places_in(review, Wanted("now", rule))]
            return [item.finding.found for item in review.state.items if item.finding] + like

    assert {"now"} == set(open_places())
    assert 0 == someone.types("learn")
    assert [] == open_places()


def test_only_what_changed_is_counted_again_and_the_outcome_is_the_same(edition: World) -> None:
    """As if all had been counted at once."""
    edition.types("learn")
    edition.holds("two", OTHER + "He went.\n")
    edition.types("learn")
    assert edition.sees("3 documents, 1 counted now")
    file = _file(edition)
    step_by_step = file.read_bytes()
    edition.types("learn", "--forget")
    edition.types("learn")
    assert step_by_step == file.read_bytes()


def test_words_that_editors_let_stand_are_doubted_less(edition: World) -> None:
    """Each answer moves the pair of words that it speaks of, and --pairs tells how far."""
    (finding,) = edition.found("three")
    for number in range(1, 9):
        edition.decides("three", "referred the", number=number, rule=finding["code"])
    assert edition.types("learn", "--pairs") == 0
    assert edition.sees("– → to  0 accepted, 8 rejected  -1.8")
    edition.holds("four", LONE.replace("Council", "Cabinet"))
    before = edition.words("four")
    (edition.root / "edition.yaml").write_text("packs: [context]\nlearn: false\n")
    assert ["referred the"] == edition.words("four")
    assert before in ([], ["referred the"])


def test_it_can_be_switched_off_and_forgotten(edition: World) -> None:
    """``learn: false`` leaves it unused; --forget takes the file away."""
    edition.types("learn")
    (edition.root / "edition.yaml").write_text("packs: [context]\nlearn: false\n")
    assert ["now"] == edition.words("one")
    assert edition.types("learn", "--forget") == 0
    assert not _file(edition).exists()


def test_what_is_damaged_is_told_and_made_anew(edition: World) -> None:
    """A check meanwhile goes on as if nothing had been learned."""
    edition.types("learn")
    whole = _file(edition).read_bytes()
    _file(edition).write_bytes(whole[:-7])
    assert ["now"] == edition.words("one")
    assert edition.types("learn") == 0
    assert edition.sees("damaged", "made anew")
    assert whole == _file(edition).read_bytes()


def test_nothing_of_it_lies_in_the_edition(edition: World) -> None:
    """An edition that somebody sends cannot bring counts along."""
    before = set(edition.root.rglob("*"))
    edition.types("learn")
    assert before == set(edition.root.rglob("*"))


def test_where_nothing_is_kept_nothing_is_learned(edition: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says why and what to do."""
    monkeypatch.setenv("OBELOS_CACHE", "")
    assert edition.types("learn") == 3
    assert edition.sees("OBELOS_CACHE")


def test_outside_an_edition_there_is_nothing_to_learn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused, with what to do."""
    from obelos_tui.cli import run

    monkeypatch.chdir(tmp_path)
    assert run(["learn"]) == 3


@pytest.mark.parametrize(
    ("exact", "reading", "pair"),
    [
        ("bane", "base", ("bane", "base")),
        ("referred the", "referred to the", ("", "to")),
        ("of of", "of", ("of", "")),
        ("in formation", "information", ("in formation", "information")),
        ("Maybe", "May be", ("maybe", "may be")),
        ("Draw out", "withdraw", None),
        ("the same", "the same", None),
    ],
)
def test_a_decision_speaks_of_one_pair_of_words_or_of_none(
    exact: str, reading: str, pair: tuple[str, str] | None
) -> None:
    """What both readings share is taken off at both ends."""
    assert pair == pair_of(exact, reading)


def test_the_rank_of_a_rule_follows_its_answers_in_the_list_and_in_a_check(edition: World) -> None:
    """The same decisions give the same order."""
    found = edition.found("one", "three")
    codes = {finding["found"]: finding["code"] for finding in found}
    edition.decides("three", "referred the", "referred to the", rule=codes["referred the"])
    assert edition.types("rules", "list", "--by-rank") == 0
    assert edition.out.splitlines()[0].startswith(codes["referred the"])
    assert edition.sees("1 accepted · rank 0.67")
    edition.holds("four", HABIT + "\n" + LONE)
    assert ["now", "referred the"] == edition.words("four")
    assert ["referred the", "now"] == edition.words("four", "--by-rank")


def _file(edition: World) -> Path:
    file = kept_learned(edition.root)
    assert file
    return file
