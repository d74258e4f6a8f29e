"""The history by plain commands: what was decided, by whom, when, on what ground, with the words that changed."""

import csv
import io
import json
from datetime import date

import pytest

from editor import Editor
from obelos_history import parse_filter
from obelos_history.log_filter import day
from obelos_transcripts import BadInput
from obelos_tui.demo import DOCUMENT

SAMPLE = "The Sample Editor"


@pytest.fixture
def busy(editor: Editor) -> Editor:
    """One word corrected twice, one emended, in two commits; a query that is not yet written."""
    editor.corrects("bane for", "bass for", "misread at first")
    editor.types("decide", DOCUMENT, "--at", "would the run", "--emend", "would then run", "--note", "sense")
    editor.types("commit")
    editor.corrects("bass for", "base for", "B reads so")
    editor.types("commit")
    editor.types("decide", DOCUMENT, "--at", "495, 494, and 495", "--query", "--note", "which number is it?")
    return editor


def rows(editor: Editor) -> list[dict[str, object]]:
    """What a command printed as JSON lines."""
    return [json.loads(line) for line in editor.out.splitlines()]


def titles(editor: Editor, *filters: str) -> list[object]:
    """Titles of the decisions that the log shows with some filters, newest first."""
    assert 0 == editor.types("log", "--format", "jsonl", "--kind", "decision", *filters)
    return [row["title"] for row in rows(editor)]


def test_the_log_shows_the_words_that_changed_in_their_sentence(busy: Editor) -> None:
    """Newest first, what is not yet written before all, each decision below its commit."""
    assert 0 == busy.types("log")
    busy.sees("[bane for → base for]", "[would the run → would then run]", "which number is it?", "superseded by")
    assert busy.out.startswith("* ")
    assert busy.out.index("bane for → base for") < busy.out.index("bane for → bass for")


FILTERED: dict[tuple[str, ...], list[str]] = {
    ("--word", "bane"): ["base for for bane for", "bass for for bane for"],
    ("--word", "BASE FOR"): ["base for for bane for"],
    ("--word", "ban"): [],
    ("--disposition", "emend"): ["would then run for would the run"],
    ("--disposition", "emend", "--word", "bane"): [],
    ("--text", "number"): ["query on 495, 494, and 495"],
    ("--person", "nobody"): [],
    ("--since", "2200"): [],
    ("--until", "1999-12"): [],
    ("-n", "1"): ["query on 495, 494, and 495"],
    ("--rule", "CF*"): [],
}


def test_the_log_is_filtered(busy: Editor) -> None:
    """By word as it stood before or after, whole words only; by person, disposition, rule, date, words of the note."""
    assert 4 == len(titles(busy))
    assert titles(busy) == titles(busy, "--person", "ada")
    assert FILTERED == {filters: titles(busy, *filters) for filters in FILTERED}


def test_a_change_without_a_decision_is_in_the_log_with_its_words(busy: Editor) -> None:
    """Somebody committed a change with plain git: the log tells the words, so that nobody has to read a diff."""
    busy.types("undo")
    text = busy.text_file.read_text("utf-8")
    busy.text_file.write_text(text.replace("Sin Kiang", "Sinkiang", 1), "utf-8")
    busy.git("commit", "-qam", "tidy up")
    assert 0 == busy.types("log", "--word", "Sinkiang")
    busy.sees("tidy up", "without a decision: [Sin Kiang → Sinkiang]")


def test_the_whole_edition_has_one_log(busy: Editor) -> None:
    """Without a document all are listed, each entry with its own."""
    (busy.root / "second.txt").write_text("Another letter.\n")
    busy.types("add", "second.txt", "--as", "second")
    assert 0 == busy.types("log", "--format", "jsonl")
    assert {DOCUMENT, "second"} <= {str(row["document"]) for row in rows(busy)}
    assert 0 == busy.types("log", "second")
    busy.sees("add base text", "base: the base text is on record")


def test_a_log_for_a_spreadsheet_has_no_formula_in_it(editor: Editor) -> None:
    """A note that begins as a formula does is text to the spreadsheet."""
    editor.corrects("bane for", "base for", "=HYPERLINK(1)")
    assert 0 == editor.types("log", "--format", "csv")
    table = list(csv.DictReader(io.StringIO(editor.out)))
    assert "'=HYPERLINK(1)" == table[0]["note"]


def test_blame_tells_all_that_was_ever_decided_on_a_word(busy: Editor) -> None:
    """The correction that stands, the one before it, and what the base text has."""
    assert 0 == busy.types("blame", "--word", "base")
    busy.sees("“base for” for “bane for”", "misread at first", "B reads so", "superseded")
    assert busy.out.index("misread at first") < busy.out.index("B reads so")


def test_blame_finds_a_word_that_no_longer_stands_anywhere(busy: Editor) -> None:
    """Bass stood there for a while: who put it there, and who took it away?"""
    assert 0 == busy.types("blame", "--word", "bass", "--format", "json")
    (row,) = json.loads(busy.out)
    assert [("bass for", True), ("base for", False)] == [(one["after"], one["superseded"]) for one in row["lineage"]]
    assert [2] == sorted({len({one["commit"] for one in row["lineage"]})})


def test_blame_of_a_word_that_was_changed_and_put_back(editor: Editor) -> None:
    """The base text stands again; that it was once changed is told all the same."""
    editor.corrects("bane for", "base for")
    editor.types("commit")
    assert 0 == editor.types("log", "--format", "jsonl", "--kind", "decision")
    ident = str(rows(editor)[0]["id"])
    editor.types("revert", ident, "--note", "the file copy has bane")
    assert 0 == editor.types("blame", "--word", "bane")
    editor.sees("“bane for”, base text", "correct [bane for → base for]", "stet", "the file copy has bane")


def test_blame_of_an_earlier_commit(busy: Editor) -> None:
    """As the text was then, with the decisions of then."""
    assert 0 == busy.types("blame", f"{DOCUMENT}@HEAD~1", "--word", "bass")
    busy.sees("“bass for” for “bane for”")
    assert 2 == busy.types("blame", f"{DOCUMENT}@nowhere")
    busy.sees("git knows no revision “nowhere”", "commits of this document")


def test_blame_as_a_table(busy: Editor) -> None:
    """One row a passage, with the decision that stands."""
    assert 0 == busy.types("blame", "--format", "csv")
    table = list(csv.DictReader(io.StringIO(busy.out)))
    assert ["base for", "would then run"] == [row["text"] for row in table if row["text"] != row["was"]]


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-2", date(2026, 2, 1), date(2026, 2, 28)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("2026-11-23", date(2026, 11, 23), date(2026, 11, 23)),
    ],
)
def test_a_date_may_be_a_year_or_a_month(value: str, first: date, last: date) -> None:
    """From its first day, or up to its last."""
    assert (first, last) == (day(value, last=False), day(value, last=True))


@pytest.mark.parametrize("value", ["", "9999", "yesterday", "2026-13", "2026-02-30", "20261123", "0000"])
def test_what_is_no_date_is_refused(value: str) -> None:
    """With what a date looks like."""
    with pytest.raises(BadInput, match="2026-11-23"):
        day(value, last=True)


def test_a_filter_is_a_line_of_words() -> None:
    """Known keys ask for fields, quotation marks hold words together, everything else is searched as it is."""
    wanted = parse_filter('person:ada rule:CF* word:"base for" since:2026-11 https://x apostrophe\'s')
    assert (("ada",), ("CF*",)) == (wanted.person, wanted.rule)
    assert date(2026, 11, 1) == wanted.since
    assert "https://x" in wanted.text
    assert not parse_filter("  ")
    with pytest.raises(BadInput, match="did you mean “emend”"):
        parse_filter("disposition:emmend")


def test_a_rejection_taken_back_opens_its_finding_again(editor: Editor) -> None:
    """The false alarm was none: the rejection stays in the history, and the rule says its word again."""
    editor.types("check", "--format", "jsonl")
    finding = rows(editor)[0]
    editor.types("decide", DOCUMENT, "--finding", str(finding["fingerprint"]), "--reject")
    editor.types("commit")
    editor.types("log", "--format", "jsonl", "--disposition", "reject")
    ident = str(rows(editor)[0]["id"])
    assert finding["fingerprint"] not in editor_finds(editor)
    assert 2 == editor.types("revert", ident)
    editor.sees("say why")
    assert 0 == editor.types("revert", ident, "--note", "it is an error after all")
    assert finding["fingerprint"] in editor_finds(editor)
    editor.types("log", "--kind", "retraction")
    editor.sees("took back", "it is an error after all")
    editor.types("show", ident)
    editor.sees("superseded by")
    assert 3 == editor.types("revert", ident, "--note", "again")
    assert 0 == editor.types("verify")


def editor_finds(editor: Editor) -> set[object]:
    """Fingerprints of the open findings."""
    editor.types("check", "--format", "jsonl")
    return {row["fingerprint"] for row in rows(editor)}
