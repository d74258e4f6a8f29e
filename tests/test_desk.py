"""The desk: every document with how it stands, from an index that is never trusted over the files."""

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from obelos_history import Judgement, Repository
from obelos_transcripts import BadInput, Edition
from obelos_tui.desk import Desk
from obelos_tui.desk_index import DeskIndex
from obelos_tui.desk_list import Filter, listed, read_filter
from obelos_tui.desk_looking import Step, look
from obelos_tui.desk_row import DeskRow, told, totals
from obelos_tui.recipes import recipe_of
from screen import edition_of

TEXTS = {
    "chungking-1": {"base": "It was held as a bane for extension.\n"},
    "nanking-2": {"base": "I recieved teh letter.\n"},
    "moscow-3": {"base": "All is well.\n"},
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk on an edition of three letters, whose rules lie in files, so that what is found is kept."""
    return desk_on(edition_of(tmp_path / "edition", TEXTS))


def desk_on(edition: Edition) -> Desk:
    """A desk as the command opens it."""
    recipe = recipe_of(edition)
    return Desk(edition, Repository.open(edition.root), recipe.rules(), recipe=recipe)


def later() -> int:
    """A minute from now: the files of the test are not young any more."""
    return time.time_ns() + 60_000_000_000


def counted(desk: Desk, now: Callable[[], int] = later) -> list[str]:
    """The documents that were looked at, in order."""
    return [row.name for step in look(desk._sight, now=now) if step.what == "counted" for row in step.rows]


def decides(desk: Desk, name: str, *judgements: Judgement, write: bool = False) -> None:
    """Decide on findings of a document, in order."""
    review = desk.open(name)
    for number, judgement in enumerate(judgements):
        review.decide(review.state.items[number], judgement)
    if write:
        review.commit()
    review.close()


def test_only_what_changed_is_looked_at(desk: Desk) -> None:
    """A text, a decision, another witness, a rule: each makes just those be looked at that it touches."""
    names = sorted(TEXTS)
    assert names == sorted(counted(desk))
    assert [] == counted(desk)

    (desk.edition.root / "transcripts" / "moscow-3" / "B.txt").write_text("All is teh.\n")
    assert ["moscow-3"] == counted(desk)
    decides(desk, "nanking-2", Judgement("reject"))
    assert ["nanking-2"] == counted(desk)
    decides(desk, "chungking-1", Judgement("query", note="?"), write=True)
    assert ["chungking-1"] == counted(desk)
    (desk.edition.root / "rules").mkdir()
    (desk.edition.root / "rules" / "words.txt").write_text("recieved\n")
    assert names == sorted(counted(desk_on(desk.edition)))


def test_a_young_file_is_looked_at_again(desk: Desk) -> None:
    """A second change within the same tick of the clock could not be told by the file's time."""
    written = (desk.edition.root / "transcripts" / "moscow-3" / "base.txt").stat().st_mtime_ns
    for _ in range(2):
        assert sorted(TEXTS) == sorted(counted(desk, lambda: written + 1_000_000))


def test_what_was_counted_before_a_stop_is_kept(desk: Desk) -> None:
    """Whoever stops after one document looks at the two others later."""
    with closing(look(desk._sight, now=later)) as looking:
        first = next(row.name for step in looking if step.what == "counted" for row in step.rows)
    assert sorted(set(TEXTS) - {first}) == sorted(counted(desk))


def test_a_row_tells_state_findings_by_level_questions_and_who_decided_last(desk: Desk) -> None:
    """The same figures as the review of the document gives."""
    decides(desk, "nanking-2", Judgement("query", note="Is it so in the file?"))
    review = desk.open("nanking-2")
    review.close()
    row = desk.row("nanking-2")

    still = [item.finding.level for item in review.state.items if item.finding and not item.decision]
    assert (still.count("certain"), still.count("likely")) == (row.certain, row.likely)
    assert ("draft", 1, 1, 0) == (row.state, row.queries, row.pending, row.decisions)
    assert ("Ada Example", 10) == (row.person, len(row.when[:10]))
    assert row == next(known for known in all_rows(desk) if known.name == "nanking-2")


def all_rows(desk: Desk) -> list[DeskRow]:
    """The documents as they stand now."""
    rows: dict[str, DeskRow] = {}
    for step in desk.look():
        rows |= {row.name: row for row in step.rows}
    return list(rows.values())


def test_a_document_that_is_gone_or_cannot_be_read_stops_no_other(desk: Desk) -> None:
    """The one says why, the other is forgotten."""
    counted(desk)
    (desk.edition.root / "transcripts" / "moscow-3" / "base.txt").write_bytes(b"\xff\xfe")
    (desk.edition.root / "transcripts" / "nanking-2" / "base.txt").unlink()
    rows = all_rows(desk)

    assert ["chungking-1", "moscow-3"] == [row.name for row in rows]
    assert ["", "UTF-8"] == [row.trouble and "UTF-8" for row in rows]
    assert ["chungking-1", "moscow-3"] == [row.name for row in desk.remembered()]


def index_file(home: Path) -> Path:
    """The index of the edition, the only one in the made-up home."""
    (file,) = (home / "cache" / "obelos" / "desks").glob("*.db")
    return file


@pytest.mark.parametrize(
    "forge",
    [
        lambda file: file.write_bytes(os.urandom(4096)),
        lambda file: file.write_bytes(file.read_bytes()[:300]),
        lambda file: _run(file, "UPDATE documents SET certain = 'no number'"),
        lambda file: _run(file, "ALTER TABLE documents ADD COLUMN more TEXT"),
        lambda file: _run(file, "DROP TABLE documents", "CREATE VIEW documents AS SELECT 1 AS name"),
        lambda file: _run(file, "PRAGMA user_version = 77"),
    ],
    ids=["noise", "cut short", "a value of another kind", "another form", "a view", "another version"],
)
def test_a_damaged_or_forged_index_is_thrown_away(desk: Desk, home: Path, forge: Callable[[Path], object]) -> None:
    """All documents are looked at again; nothing of it reaches the screen."""
    counted(desk)
    forge(index_file(home))

    assert [] == desk.remembered()
    assert sorted(TEXTS) == sorted(counted(desk))
    assert sorted(TEXTS) == [row.name for row in desk.remembered()]


def test_a_forged_row_holds_only_until_its_document_is_looked_at(desk: Desk, home: Path) -> None:
    """The index may say that all is done; the files say otherwise, and are believed."""
    counted(desk)
    _run(index_file(home), "UPDATE documents SET certain = 0, likely = 0, stamp = x''")
    assert 0 == totals(desk.remembered()).open_findings

    assert 0 < totals(all_rows(desk)).open_findings


def test_a_busy_index_keeps_nobody_from_work(desk: Desk, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process has it: the documents are looked at, and nothing is kept."""
    counted(desk)
    monkeypatch.setattr("obelos_tui.desk_index._WAIT", 0.01)
    with closing(sqlite3.connect(index_file(home))) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert 3 == len(all_rows(desk))
    assert 3 == len(desk.remembered())


def test_without_a_cache_nothing_is_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """OBELOS_CACHE set to nothing says so."""
    monkeypatch.setenv("OBELOS_CACHE", "")
    assert sorted(TEXTS) == sorted(counted(desk))
    assert [] == desk.remembered()
    with DeskIndex(desk.edition.root) as index:
        assert [] == index.rows()


def _run(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as opened, opened:
        for statement in statements:
            opened.execute(statement)


ROWS = [
    DeskRow("chungking-456", "From Chungking", "draft", 1, 3, 9, 1, 0, 2, "2026-11-03T10:00:00+00:00", "Ada <a@x.org>"),
    DeskRow("nanking-12", "To Nanking", "proofread", 0, 0, 0, 0, 2, 5, "2026-11-05T10:00:00+00:00", "Bo <b@x.org>"),
    DeskRow("moscow-7", "", "verified", 0, 5, 0, 0, 0, 0),
    DeskRow("damaged", trouble="is not UTF-8"),
    DeskRow("new"),
]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("", ["chungking-456", "damaged", "moscow-7", "nanking-12", "new"]),
        ("nank", ["nanking-12"]),
        ("chunkgin", ["chungking-456"]),
        ("FROM", ["chungking-456"]),
        ("is:open", ["chungking-456", "moscow-7"]),
        ("is:open level:certain", ["chungking-456"]),
        ("is:unwritten is:asked", ["chungking-456", "nanking-12"]),
        ("state:verified state:proofread", ["moscow-7", "nanking-12"]),
        ("by:ADA", ["chungking-456"]),
        ("is:unreadable", ["damaged"]),
        ("zzzz", []),
    ],
)
def test_a_line_finds_documents(line: str, names: list[str]) -> None:
    """Words find also what is misspelt; conditions of several kinds hold together, of one kind any."""
    assert names == [row.name for row in listed(ROWS, read_filter(line))]


@pytest.mark.parametrize(
    ("sort", "first"),
    [("open", "moscow-7"), ("certain", "chungking-456"), ("unwritten", "nanking-12"), ("last", "nanking-12")],
)
def test_the_greatest_comes_first(sort: str, first: str) -> None:
    """Turned round, it comes last."""
    assert first == listed(ROWS, Filter(), sort)[0].name
    assert first == listed(ROWS, Filter(), sort, backwards=True)[-1].name


def test_a_slip_in_a_condition_is_told() -> None:
    """With what was meant."""
    with pytest.raises(BadInput, match="did you mean “proofread”"):
        read_filter("state:proofred")
    with pytest.raises(BadInput, match="did you mean “state”"):
        read_filter("stat:draft")


def test_the_edition_at_a_glance() -> None:
    """Documents, open findings and in how many, questions, unwritten, unreadable, not looked at."""
    said = "5 documents · 9 findings open in 2 · 1 asked · 2 not yet written · 1 unreadable · 1 not looked at yet"
    assert said == "".join(told(totals(ROWS)))


def test_steps_say_how_far_looking_has_come(desk: Desk) -> None:
    """First all documents, then each that was counted."""
    steps: list[Step] = list(look(desk._sight, now=later))
    assert [("listed", 3)] + [("counted", 1)] * 3 == [(step.what, len(step.rows)) for step in steps]
    assert (3, 3) == (steps[-1].done, steps[-1].total)
