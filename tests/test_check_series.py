"""Rules that look across documents, as `check` asks them of an edition of five telegrams that is made up."""

import json
from pathlib import Path

import pytest

from check_world import World, world
from obelos_history import Repository
from obelos_transcripts import find_edition
from obelos_tui import checking, kept
from obelos_tui.desk import Desk
from obelos_tui.recipes import rules_of
from test_rules_series import EDITION, telegram

__all__ = ["world"]

EARLIER = telegram(34, "6th June, 1947", "My telegram No. 33. All is quiet.")
"""Dated before No. 33."""
AFTER_A_GAP = telegram(37, "11th June, 1947", "Nothing new.")


@pytest.fixture
def edition(world: World) -> World:
    """The five telegrams, and the rules of telegrams."""
    (world.root / "edition.yaml").write_text("packs: [core, diplomatic]\n")
    for name, text in EDITION.items():
        world.holds(name, text)
    return world


def series(world: World, *options: str) -> list[tuple[str, str, str]]:
    """(document, code, quote) of the findings across documents."""
    found = world.found(*options)
    return [(Path(one["file"]).parent.name, one["code"], one["found"]) for one in found if one["kind"] == "series"]


def test_an_edition_that_adds_up_is_clean(edition: World) -> None:
    """Its five telegrams agree with one another."""
    assert [] == series(edition, "--level", "possible")


def test_findings_across_documents_stand_among_those_of_their_document(edition: World) -> None:
    """In the order of the places, each in the document of which it is said."""
    edition.holds("sofia-34", EARLIER + "He went on 31 June 1947.\n")

    assert [("sofia-34", "SE403", "34")] == series(edition)
    found = [one for one in edition.found() if "sofia-34" in one["file"]]
    assert ["SE403", "DT101"] == [one["code"] for one in found]
    assert found == sorted(found, key=lambda one: int(one["start"]))
    edition.types("check")
    edition.sees("transcripts/sofia-34/text.txt:2:5: likely SE403", "number 34 is dated before sofia-33 (7 June 1947)")


def test_a_weak_finding_is_told_where_the_level_asks_for_it(edition: World) -> None:
    """A gap in the numbers is only possibly an error."""
    edition.holds("sofia-37", AFTER_A_GAP)

    assert [] == series(edition)
    assert [("sofia-37", "SE402", "37")] == series(edition, "--level", "possible")


def test_all_documents_named_one_by_one_are_the_edition(edition: World) -> None:
    """By name, as a folder, by a pattern; one of them missing, nothing is asked across the others."""
    edition.holds("sofia-34", EARLIER)
    found = [("sofia-34", "SE403", "34")]

    assert found == series(edition, *EDITION)
    assert found == series(edition, "transcripts")
    assert found == series(edition, "*-*")
    assert [] == series(edition, "sofia-*")
    assert [] == series(edition, "sofia-34")


def test_what_is_not_asked_for_is_not_asked_across_documents(edition: World) -> None:
    """--rules and --pack choose these rules like any others."""
    edition.holds("sofia-34", EARLIER)

    assert [("sofia-34", "SE403", "34")] == series(edition, "--rules", "SE403")
    assert [] == series(edition, "--rules", "SE401")
    assert [] == series(edition, "--pack", "core")


def test_a_finding_across_documents_that_was_rejected_stays_away(edition: World) -> None:
    """It is answered like any other, and told with --all."""
    edition.holds("sofia-34", EARLIER)
    made = edition.decides("sofia-34", "34", rule="SE403", note="so dated in the file")

    assert [] == series(edition)
    (told,) = [one for one in edition.found("--all") if one["code"] == "SE403"]
    assert made == told["answer"]["decision"]
    assert 0 == edition.types("check", "--stale")


def test_a_decision_on_a_finding_across_documents_knows_it_by_its_fingerprint(edition: World) -> None:
    """The passage was moved by hand: its finding is the same."""
    edition.holds("sofia-34", EARLIER)
    (found,) = [one for one in edition.found() if one["code"] == "SE403"]
    edition.decides("sofia-34", "34", rule="SE403", fingerprint=found["fingerprint"])
    edition.holds("sofia-34", EARLIER, EARLIER.replace("All is quiet.", "All is quiet again."))

    assert [] == series(edition)


def test_a_decision_across_documents_is_stale_only_where_all_were_asked(edition: World) -> None:
    """The date was mended: the finding is gone. Who checks one document cannot know that."""
    edition.holds("sofia-34", EARLIER, EDITION["sofia-34"])
    edition.decides("sofia-34", "34", rule="SE403")

    assert 1 == edition.types("check", "--stale")
    edition.sees("The rule flags the passage no more")
    assert 0 == edition.types("check", "--stale", "sofia-34")
    edition.types("check", "--format", "json")
    assert 1 == json.loads(edition.out)["stale"]
    edition.types("check", "--format", "json", "sofia-34")
    assert 0 == json.loads(edition.out)["stale"]


def test_stale_decisions_are_told_though_other_documents_have_none(edition: World) -> None:
    """Documents without decisions are looked across, too: the finding is there and its decision is not stale."""
    edition.holds("sofia-34", EARLIER)
    edition.decides("sofia-34", "34", rule="SE403")

    assert 0 == edition.types("check", "--stale")


def test_a_document_that_cannot_be_read_is_told_once(edition: World) -> None:
    """The others are looked across without it."""
    edition.holds("sofia-34", EARLIER)
    (edition.root / "transcripts/london-12/text.txt").write_bytes(b"No. \xff")

    assert 2 == edition.types("check")
    assert 1 == edition.err.count("is not UTF-8")
    edition.sees("SE403")


def test_a_second_run_gathers_no_facts_again(edition: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are kept by the text, as findings are."""
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path / "cache"))
    edition.holds("sofia-34", EARLIER)
    first = edition.found()
    monkeypatch.setattr("obelos_rules.batch.facts_of", lambda reading: pytest.fail("facts were gathered again"))

    assert first == edition.found()


def test_the_review_tells_findings_across_documents_as_check_does(edition: World) -> None:
    """So does the desk; a decision on one has its rule and answers it; another document that changes is read again."""
    edition.holds("sofia-34", EARLIER)
    found = find_edition(edition.root)
    assert found
    repository = Repository.create(edition.root)
    desk = Desk(found, repository, rules_of(found))
    review = desk.open("sofia-34")
    expected = [one["fingerprint"] for one in edition.found("--rules", "series")]

    assert expected == [item.finding.fingerprint for item in review.state.items if item.finding]
    assert (0, 1) == (desk.row("sofia-33").open_findings, desk.row("sofia-34").open_findings)
    (edition.root / "transcripts/sofia-33/text.txt").write_text(telegram(33, "5th June, 1947", "Done on this day."))
    review.reload()
    assert () == review.state.items
    review.close()


def test_a_finding_across_documents_is_decided_by_its_fingerprint(edition: World) -> None:
    """Without the screen; with the rule it is answered by."""
    edition.holds("sofia-34", EARLIER)
    Repository.create(edition.root)
    edition.git("config", "user.name", "N. N.")
    edition.git("config", "user.email", "nn@example.org")
    (found,) = edition.found("--rules", "series")

    assert 0 == edition.types("decide", "sofia-34", "--finding", found["fingerprint"], "--reject")


def test_one_document_is_no_series(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is gathered where there is nothing to compare."""
    (world.root / "edition.yaml").write_text("packs: [diplomatic]\n")
    world.holds("sofia-34", EARLIER)
    monkeypatch.setattr(checking, "_across", lambda *arguments: pytest.fail("facts were gathered"))

    assert [] == series(world)
