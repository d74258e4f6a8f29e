"""`collate`: two versions or more, told as an apparatus, as columns, as JSON, CSV and HTML.

The letters are made up; the six editions of a paragraph of Darwin's are printed ones.
"""

import csv
import io
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editor import Editor
from obelos_transcripts import VARIANT_CLASSES, read_text
from obelos_tui.comparisons.apparatus import apparatus
from obelos_tui.comparisons.data import collation_data
from obelos_tui.comparisons.flow import WIDTH, cells
from obelos_tui.comparisons.model import Collation
from obelos_tui.comparisons.page import page
from obelos_tui.comparisons.sheet import sheet_of_collation
from obelos_tui.comparisons.side_by_side import side_by_side
from obelos_tui.demo import DOCUMENT
from obelos_tui.version import Version
from test_commands_diff import is_harmless, plain
from test_screen_hostile import CORPUS

A = "Dear Sir,\nI recieved yr letter of the 4th & am glad.\nYrs,\nN. N.\n"
B = "Dear Sir,\nI received your letter of the 5th and am very glad.\nYrs,\nN. N.\n"
C = "Dear Sir,\nI received your letter of the 4th & am glad.\nYrs,\nN. N."


@pytest.fixture
def letters(editor: Editor) -> Editor:
    """Three made-up versions of a letter as plain files, in the sample edition."""
    for name, text in (("a", A), ("b", B), ("c", C)):
        (editor.root / f"{name}.txt").write_text(text)
    return editor


def collated(editor: Editor, *arguments: str) -> dict[str, Any]:
    """What `collate` says as JSON."""
    assert 0 == editor.types("collate", *arguments, "--format", "json")
    said: dict[str, Any] = json.loads(editor.out)
    return said


def test_the_apparatus_gives_lemma_and_readings_with_their_sigla(letters: Editor) -> None:
    """Line and class before them, the words around below; the sum by class, and how far the versions agree."""
    assert 0 == letters.types("collate", "a.txt", "b.txt", "c.txt")
    assert letters.out == (
        "a  a.txt (base)\n"
        "b  b.txt\n"
        "c  c.txt\n"
        "\n"
        "    2  substantive    recieved ] received (b, c)\n"
        "                      I recieved yr letter of the 4th…\n"
        "    2  spelling       yr ] your (b, c)\n"
        "                      I recieved yr letter of the 4th & am…\n"
        "    2  substantive    4th ] 5th (b)\n"
        "                      …yr letter of the 4th & am glad.\n"
        "    2  spelling       & ] and (b)\n"
        "                      …yr letter of the 4th & am glad.\n"
        "    2  substantive    ‸ ] very (b)\n"
        "                      …yr letter of the 4th & am ‸ glad.\n"
        "    4  spacing        N.↵ ] N. (c)\n"
        "                      N. N.\n"
        "\n"
        "6 variants: 3 substantive, 2 spelling, 1 spacing\n"
        "b against a: 35.71 % of words, 20.63 % of characters changed\n"
        "c against a: 14.29 % of words, 6.35 % of characters changed\n"
    )


def test_a_document_alone_is_collated_with_all_its_witnesses(editor: Editor) -> None:
    """Also where none is named and there is but one; without a witness, with its base text."""
    assert ["text", "B"] == collated(editor, DOCUMENT)["witnesses"] == collated(editor)["witnesses"]
    (editor.root / "letter.txt").write_text(A)
    editor.types("add", "letter.txt", "--as", "letter-1")
    assert ["text", "base"] == collated(editor, "letter-1")["witnesses"]
    assert 2 == editor.types("collate", "letter.txt")
    assert editor.sees("name a document, or two versions or more")


def test_the_columns_of_json_give_the_versions_back(letters: Editor) -> None:
    """Each in the column where it was asked for, whatever the base; classes and groups are as long as the table."""
    said = collated(letters, "a.txt", "b.txt", "c.txt", "--base", "b")

    assert [A, B, C] == ["".join(column) for column in zip(*said["table"], strict=True)]
    assert ["a", "b", "c"] == said["witnesses"]
    assert "b" == said["base"]
    assert len(said["table"]) == len(said["classes"]) == len(said["groups"])
    assert {0} == {groups[1] for groups in said["groups"]}
    assert sum(said["counts"].values()) == sum(kind is not None for kind in said["classes"])
    assert ["a", "c"] == [found["witness"] for found in said["agreement"]]


def test_the_seed_and_its_witness_come_back_byte_for_byte(editor: Editor) -> None:
    """Working text, witness, base text, and the text as committed."""
    said = collated(editor, DOCUMENT, f"{DOCUMENT}:B", f"{DOCUMENT}@base", f"{DOCUMENT}@HEAD")

    columns = ["".join(column).encode() for column in zip(*said["table"], strict=True)]
    base = editor.base_file.read_bytes()
    assert [base, (editor.base_file.parent / "B.txt").read_bytes(), base, base] == columns
    row = next(row for row in said["table"] if row[0].strip() == "bane")
    assert ["bane ", "base ", "bane ", "bane "] == row


def test_the_base_is_named_by_its_siglum(letters: Editor) -> None:
    """What is none is told."""
    letters.types("collate", "a.txt", "b.txt", "--base", "b")
    assert letters.sees("received ] recieved (a)", "very ] ‸ (a)")
    assert 2 == letters.types("collate", "a.txt", "b.txt", "--base", "d")
    assert letters.sees("no version has the siglum “d”; known are a, b")


def test_classes_are_chosen_as_in_diff(letters: Editor) -> None:
    """What is not shown is counted."""
    letters.types("collate", "a.txt", "b.txt", "c.txt", "--class", "substantive")

    assert letters.sees("recieved ] received", "3 variants: 3 substantive")
    assert letters.sees("not shown: 3 variants: 2 spelling, 1 spacing")
    assert "yr ] your" not in letters.out


def test_the_lists_of_the_edition_hold_for_every_pair_of_versions(letters: Editor) -> None:
    """In classes, counts and figures."""
    (letters.root / "edition.yaml").write_text("variants:\n  words: [[received, recieved]]\n")
    said = collated(letters, "a.txt", "b.txt", "c.txt", "--base", "b")

    assert ["spelling"] == [
        kind for row, kind in zip(said["table"], said["classes"], strict=True) if "recieved " in row
    ]
    assert [2, 2] == [found["places"]["substantive"] for found in said["agreement"]]


def test_the_columns_stand_side_by_side(letters: Editor) -> None:
    """A column for each version, its reading with a word or two around it; --all also where they agree."""
    letters.types("collate", "a.txt", "b.txt", "--table", "--class", "substantive")
    assert letters.out.startswith(
        " line  a (base)                            │ b\n"
        "───────────────────────────────────────────┼────────────────────────────────────\n"
        "    2  I ‹recieved› yr letter…             │ I ‹received› your letter…\n"
    )
    letters.types("collate", "a.txt", "b.txt", "--table", "--all")
    assert letters.sees("Dear Sir,", "Yrs,")


def test_too_many_columns_for_the_terminal_are_told(letters: Editor) -> None:
    """With what else can be done."""
    assert 2 == letters.types("collate", *["a.txt"] * 9, "--table")
    assert letters.sees("9 columns are too many for 80 cells", "--format html")


@pytest.mark.parametrize(
    "options",
    [("--format", "json", "--class", "spelling"), ("--format", "json", "--all"), ("--format", "csv", "--table")],
)
def test_options_that_do_not_go_together_are_refused(letters: Editor, options: tuple[str, ...]) -> None:
    """Rather than ignored."""
    assert 2 == letters.types("collate", "a.txt", "b.txt", *options)
    assert "" == letters.out


def test_csv_has_a_row_for_each_variant(letters: Editor) -> None:
    """Place, class, a column for each version; with --all the rows between them too."""
    letters.types("collate", "a.txt", "b.txt", "c.txt", "--format", "csv", "--class", "substantive")
    assert [
        ["line", "column", "class", "a", "b", "c"],
        ["2", "3", "substantive", "recieved ", "received ", "received "],
        ["2", "29", "substantive", "4th ", "5th ", "4th "],
        ["2", "38", "substantive", "", "very ", ""],
    ] == list(csv.reader(io.StringIO(letters.out)))
    letters.types("collate", "a.txt", "b.txt", "c.txt", "--format", "csv", "--all")
    assert A == "".join(row[3] for row in list(csv.reader(io.StringIO(letters.out)))[1:])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "\t=", " ="])
def test_no_cell_is_taken_for_a_formula(start: str) -> None:
    """Neither a reading nor a siglum."""
    versions = [
        Version(f"{start}cmd", "made up", f"word\n{start}1+1 word"),
        Version("B", "made up", "word\nother word"),
    ]
    rows = list(csv.reader(io.StringIO(sheet_of_collation(Collation(versions), VARIANT_CLASSES, whole=True))))

    assert [] == [cell for row in rows for cell in row if cell.strip().startswith(("=", "+", "-", "@", "＝"))]


# What an adjudicated text tells


TRUTH = [f"word{number}" for number in range(200)]


def with_errors(*places: int) -> str:
    """The made-up text with errors at some of its words."""
    return " ".join(f"wrnog{number}" if number in places else word for number, word in enumerate(TRUTH))


def test_an_estimate_of_what_two_readers_missed_comes_with_an_adjudicated_text(editor: Editor) -> None:
    """Of twenty errors one reader caught twelve, the other eleven, both eight."""
    files = {"keyed": range(20), "one": range(12, 20), "two": [*range(4), *range(15, 20)], "right": []}
    for name, places in files.items():
        (editor.root / f"{name}.txt").write_text(with_errors(*places))
    names = [f"{name}.txt" for name in files]

    errors = collated(editor, *names, "--adjudicated", "right")["errors"]
    assert ["keyed", ["one", "two"], "right"] == [errors[key] for key in ("text", "readings", "adjudicated")]
    figures = {"first": 12, "second": 11, "both": 8, "seen": 15, "neither": 5, "telling": True}
    assert figures == {key: errors["substantive"][key] for key in figures}
    editor.types("collate", *names, "--adjudicated", "right")
    assert editor.sees("one caught 12, two 11, both 8; known, but caught by neither: 5", "estimate of errors", "95 %")
    errors = collated(editor, *names[1:], "--adjudicated", "right")["errors"]
    assert [None, 8, 9, 5] == [errors["text"], *(errors["all"][key] for key in ("first", "second", "both"))]


def test_too_few_errors_give_no_estimate(editor: Editor) -> None:
    """The counts are told, and that they do not suffice."""
    for name, places in {"keyed": range(3), "one": [0], "two": [1], "right": []}.items():
        (editor.root / f"{name}.txt").write_text(with_errors(*places))
    editor.types("collate", "keyed.txt", "one.txt", "two.txt", "right.txt", "--adjudicated", "right")

    assert editor.sees("one caught 2, two 2, both 1", "too few to estimate how many are left")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--adjudicated", "d"), "no version has the siglum “d”; there are a, b, c"),
        (("--adjudicated", "a", "--format", "csv"), "--adjudicated is told in text and JSON"),
    ],
)
def test_an_adjudicated_text_must_be_among_the_versions(letters: Editor, options: tuple[str, ...], said: str) -> None:
    """And the others must be what figures can be had of."""
    assert 2 == letters.types("collate", "a.txt", "b.txt", "c.txt", *options)
    assert letters.sees(said)
    assert 2 == letters.types("collate", "a.txt", "b.txt", "--adjudicated", "b")
    assert letters.sees("wants two keyings and the adjudicated text")


# HTML


class _Read(HTMLParser):
    """What a page holds: its tags, its style, identifiers and links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.style = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "input"):
            self.open.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style += data


TAGS = {
    *("html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "input", "label", "main", "table", "thead"),
    *("tbody", "tr", "th", "td", "mark", "span", "a"),
}


def is_sound(text: str) -> bool:
    """Whether a page is well formed, of known tags, without script and network, every link leading somewhere in it."""
    read = _Read(text)
    assert set(read.tags) <= TAGS
    assert not {name for name in read.attributes if name.startswith("on")}
    assert len(read.ids) == len(set(read.ids))
    assert {link[:1] for link in read.links} <= {"#"}
    assert {link[1:] for link in read.links} <= set(read.ids)
    assert not re.search(r"url\(|@import|https?:", read.style)
    return not read.open


def test_the_page_shows_the_versions_side_by_side(letters: Editor) -> None:
    """Variants marked by class and linked from the apparatus, a box for each class, no script and no network."""
    letters.types("collate", "a.txt", "b.txt", "c.txt", "--format", "html", "--class", "substantive")

    assert is_sound(letters.out)
    assert letters.sees("<!DOCTYPE html>", "prefers-color-scheme: dark", "@media print", "default-src 'none'")
    assert letters.sees(
        '<mark id="v1" class="substantive" title="substantive: recieved (a); received (b, c)">recieved '
    )
    assert letters.sees('id="substantive" checked', 'id="spelling"><label', "substantive 3")
    assert letters.sees('<a href="#v1">2</a>', '<mark class="substantive other"')


def test_passages_that_were_moved_are_linked_with_each_other() -> None:
    """From the base to the other version and back."""
    passage = "The committee met on Tuesday in the old hall to talk about grain.\n"
    rest = "Nothing was decided about the horses that day.\nThe harbour stays closed until the spring.\n"
    shown = page(Collation([Version("A", "made up", passage + rest), Version("B", "made up", rest + passage)]))

    assert is_sound(shown)
    assert {"m1-from", "m1-to"} <= set(_Read(shown).ids)
    assert ["#m1-to", "#m1-from"] == [link for link in _Read(shown).links if link.startswith("#m")]


# Any text


@pytest.mark.parametrize("form", ["text", "table", "csv", "html", "json"])
def test_hostile_texts_and_names_are_told_harmlessly(editor: Editor, form: str) -> None:
    """In every format: no control character, no markup, no formula."""
    hostile = " ".join(CORPUS.values()) + " </td><script>alert(1)</script> ${x} =1+1"
    for name, change in (("o\x1b[31mne <b>&amp;", "bane"), ("two\u202e", "base"), ("=three", "=bane")):
        (editor.root / f"{name}.txt").write_text(f"Alpha {hostile} beta {change} {hostile}\nOmega\n")
    names = sorted(path.name for path in editor.root.glob("*.txt"))
    options = ("--table",) if form == "table" else ("--format", form)
    editor.types("collate", *names, *options)

    assert is_harmless(editor.out)
    assert form != "html" or is_sound(editor.out)


NOTED = [
    "It was said[footnoteRef:1] at noon. [1:  See the despatch of May.]\nThe end of it.\n",
    "It was said[1] at noon.\nThe end of it.\n\n[1] See the despatch of June.\n",
    "It was said[footnoteRef:2] at noon. [2:  Not printed.]\nThe last of it.\n",
    "It was said at noon.\nThe end of it.\n",
]


def test_notes_are_collated_as_notes(editor: Editor) -> None:
    """One that stands at the foot of another version disturbs no word of the body, in whatever format."""
    for name, text in zip("abc", NOTED, strict=False):
        (editor.root / f"{name}.txt").write_text(text)
    data = collated(editor, "a.txt", "b.txt")

    assert NOTED[:2] == ["".join(row[n] for row in data["table"]) for n in range(2)]
    assert [row[0] for row in data["table"] if "The end" in row[0]] == [
        row[1] for row in data["table"] if "The end" in row[1]
    ]
    editor.types("collate", "a.txt", "c.txt")
    assert editor.sees("end ] last (c)")


@given(st.lists(st.sampled_from(NOTED), min_size=2, max_size=4), st.data())
def test_the_order_of_versions_with_notes_changes_no_row(texts: list[str], data: st.DataObject) -> None:
    """Nor does the base; and rows in which all agree are as long as can be."""
    order = data.draw(st.permutations(range(len(texts))))
    found = Collation([Version(str(n), "", text) for n, text in enumerate(texts)])
    other = Collation([Version(str(n), "", texts[n]) for n in order], len(texts) - 1)
    rows = [found.table.readings(row) for row in found.table.rows]

    assert [[row[n] for n in order] for row in rows] == [other.table.readings(row) for row in other.table.rows]
    assert not [one for one, following in pairwise(found.table.rows) if one.agree and following.agree]


PIECES = [
    "the ",
    "bane ",
    "base ",
    "Sin Kiang",
    "\n",
    "\r\n",
    "\t",
    "世界",
    "e\u0301",
    "\x1b[2J",
    "\u202e",
    ", ",
    ". ",
    "<b>",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=20).map("".join) | st.text(max_size=40)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_any_versions_can_be_told_in_any_format(texts: list[str]) -> None:
    """Lines fit, pages are sound, columns give their version back."""
    found = Collation([Version(f"V{number}", "made up", text) for number, text in enumerate(texts)])
    lines = [*apparatus(found, WIDTH), *side_by_side(found, WIDTH, whole=True)]

    assert [] == [line for line in map(plain, lines) if cells(line) > WIDTH]
    assert is_harmless("\n".join(map(plain, lines)))
    assert is_sound(page(found))
    table = json.loads(json.dumps(collation_data(found)))["table"]
    assert texts == ["".join(row[number] for row in table) for number in range(len(texts))]


def test_six_editions_are_collated_as_one_table() -> None:
    """Readings that came later stand with the sigla of the editions that have them."""
    files = sorted((Path(__file__).parent / "data" / "witnesses" / "darwin").glob("*.txt"))
    found = Collation([Version(file.stem, file.name, read_text(file)) for file in files])
    told = "\n".join(map(plain, apparatus(found, WIDTH)))

    assert "look to ] compare (1869, 1872)" in told
