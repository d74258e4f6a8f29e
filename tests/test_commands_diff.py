"""`diff` and the names of versions: which text a name means, what is told of the differences, in which format.

Texts of the made-up letters are made up.
"""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editor import Editor
from obelos_transcripts import BadInput
from obelos_tui.comparisons.changes import Difference, changes
from obelos_tui.comparisons.flow import WIDTH, cells
from obelos_tui.demo import DOCUMENT
from obelos_tui.version import Version
from obelos_tui.versions import Named, parse, read_versions
from obelos_tui.workplace import edition_here, review_of
from test_screen_hostile import CORPUS

OLD = "Dear Sir,\nI recieved yr letter of the 4th & am glad.\nYrs,\nN. N.\n"
NEW = "Dear Sir,\nI received your letter of the 5th and am glad .\nYrs,\nN. N.\n"


def differences(editor: Editor, *arguments: str) -> dict[str, Any]:
    """What `diff` says as JSON."""
    editor.types("diff", *arguments, "--format", "json")
    said: dict[str, Any] = json.loads(editor.out)
    return said


@pytest.fixture
def letters(editor: Editor) -> Editor:
    """Two made-up letters as plain files, in the sample edition."""
    (editor.root / "old.txt").write_text(OLD)
    (editor.root / "new.txt").write_text(NEW)
    return editor


def test_differences_are_marked_in_their_line(letters: Editor) -> None:
    """Gone and new by sign, each passage with its line and the classes in it; the sum by class at the end."""
    assert 1 == letters.types("diff", "old.txt", "new.txt")
    assert letters.out == (
        "--- old  old.txt\n"
        "+++ new  new.txt\n"
        "line 2 · substantive, spelling, spacing\n"
        "    I [-recieved-]{+received+} [-yr-]{+your+} letter of the [-4th-]{+5th+}\n"
        "    [-&-]{+and+} am glad{+␣+}.\n"
        "5 differences: 2 substantive, 2 spelling, 1 spacing\n"
    )


def test_the_exit_code_says_whether_the_versions_differ(letters: Editor) -> None:
    """0 the same, 1 different; only the classes asked for count."""
    assert 0 == letters.types("diff", "old.txt", "old.txt")
    assert "0 differences\n" == letters.out
    assert 1 == letters.types("diff", "old.txt", "new.txt", "--class", "spacing")
    assert 0 == letters.types("diff", "old.txt", "new.txt", "--class", "division,capitalisation")
    assert letters.sees("0 differences", "not shown: 5 differences: 2 substantive, 2 spelling, 1 spacing")


def test_classes_are_chosen_by_name(letters: Editor) -> None:
    """One or several; accidental means all that are not substantive; what is no class is told."""
    letters.types("diff", "old.txt", "new.txt", "--substantive")
    assert letters.sees("{+received+}", "{+5th+}")
    assert "{+your+}" not in letters.out
    letters.types("diff", "old.txt", "new.txt", "--class", "accidental")
    assert letters.sees("{+your+}", "{+and+}")
    assert "{+received+}" not in letters.out
    assert 2 == letters.types("diff", "old.txt", "new.txt", "--class", "speling")
    assert letters.sees("there is no class “speling”; did you mean “spelling”?")


def test_lines_fit_eighty_columns(editor: Editor) -> None:
    """Whatever the texts; a terminal may be wider, a pipe is not."""
    editor.types("diff", f"{DOCUMENT}@base", f"{DOCUMENT}:B")

    assert [] == [line for line in editor.out.splitlines() if cells(line) > WIDTH]
    assert editor.sees("[-bane-]{+base+}", "[-pre-]{+pro+}-Russian")


def test_a_line_that_is_another_one_on_the_right_is_told_with_both_numbers(letters: Editor) -> None:
    """The right one in brackets."""
    (letters.root / "longer.txt").write_text("SECRET\n" + NEW)
    letters.types("diff", "old.txt", "longer.txt", "--substantive")

    assert letters.sees("line 2 (3) · substantive")


def test_a_passage_put_elsewhere_is_told_as_moved(editor: Editor) -> None:
    """Beside being told as left out and put in."""
    moved = "The committee met on Tuesday in the old hall to talk about grain.\n"
    rest = "Nothing was decided about the horses that day.\nThe harbour stays closed until the spring.\n"
    (editor.root / "one.txt").write_text(moved + rest)
    (editor.root / "two.txt").write_text(rest + moved)
    editor.types("diff", "one.txt", "two.txt")

    assert editor.sees("moved · line 1 to line 3", "The committee met")
    assert [{"left": [0, len(moved)], "right": [len(rest), len(rest + moved)]}] == differences(
        editor, "one.txt", "two.txt"
    )["moved"]


# What a name means


def test_a_document_is_its_working_text_and_base_the_text_that_came_in(editor: Editor) -> None:
    """After a correction they differ in that word."""
    editor.corrects("bane", "base")
    editor.types("commit")

    (variant,) = differences(editor, f"{DOCUMENT}@base", DOCUMENT)["variants"]

    assert ("bane", "base", "substantive") == (variant["left"], variant["right"], variant["class"])


def test_a_revision_is_the_text_as_it_was_committed(editor: Editor) -> None:
    """By anything that git knows, in the working text and in witnesses; or the last commit up to a day."""
    editor.corrects("bane", "base")
    editor.types("commit")
    editor.git("tag", "before", "HEAD~")
    whole = editor.git("rev-parse", "HEAD~").strip()
    tomorrow = "2999-01-01"

    for revision in ("HEAD~", "before", whole, whole[:8]):
        assert ["bane"] == [v["left"] for v in differences(editor, f"{DOCUMENT}@{revision}", DOCUMENT)["variants"]]
    assert 0 == editor.types("diff", f"{DOCUMENT}@{tomorrow}", DOCUMENT)
    assert 0 == editor.types("diff", f"{DOCUMENT}:B@HEAD~", f"{DOCUMENT}:B")
    assert 0 == editor.types("diff", f"{DOCUMENT}@HEAD~:B", f"{DOCUMENT}:B")
    assert {"siglum": whole[:7], "title": f"{DOCUMENT}, working text at {whole[:7]}"} == differences(
        editor, f"{DOCUMENT}@{whole}", DOCUMENT
    )["left"]


def test_standard_input_is_a_version(letters: Editor) -> None:
    """Once."""
    done = subprocess.run(
        ["git", "-C", str(letters.root), "show", f"HEAD:transcripts/{DOCUMENT}/base.txt"],
        check=True,
        capture_output=True,
    )
    assert done.stdout == letters.base_file.read_bytes()
    assert 2 == letters.types("diff", "-", "-")
    assert letters.sees("standard input can be read once only")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (f"{DOCUMENT}:C", "there is no witness “C”; witnesses: B; besides them"),
        (f"{DOCUMENT}@v9", "git knows no revision “v9”; commits of this document: "),
        (f"{DOCUMENT}@2001-01-01", "git knows no revision “2001-01-01”; commits of this document: "),
        (f"{DOCUMENT}:C@HEAD", "at “HEAD” the document has no “C”; it has B, base, text"),
        (f"{DOCUMENT}@--help", "names no version; as in DOCUMENT:SIGLUM"),
        (f"{DOCUMENT}@", "names no version; as in DOCUMENT:SIGLUM"),
        (f"{DOCUMENT}:B@", "names no version; as in DOCUMENT:SIGLUM"),
        ("chunking-456@HEAD", f"there is no such file or document; did you mean “{DOCUMENT}”?"),
        ("transcripts", "is not a regular file"),
    ],
)
def test_a_name_that_means_nothing_is_told_with_what_there_is(editor: Editor, given: str, said: str) -> None:
    """Bad input, and nothing else is printed."""
    assert 2 == editor.types("diff", DOCUMENT, given)
    assert "" == editor.out
    assert said in editor.err


def test_all_names_that_mean_nothing_are_told_at_once(editor: Editor) -> None:
    """Not the first only."""
    with pytest.raises(BadInput) as caught:
        read_versions([f"{DOCUMENT}:C", f"{DOCUMENT}:D", f"{DOCUMENT}:B"])

    assert 2 == len(caught.value.problems)


def test_a_name_means_a_document_only_if_it_begins_with_one() -> None:
    """So any file can be named, also one with a colon or an at sign."""
    known = ["letter-1"]

    assert Named("letter-1", "letter-1", "text") == parse("letter-1", known)
    assert Named("letter-1:B", "letter-1", "B") == parse("letter-1:B", known)
    assert Named("letter-1@base", "letter-1", "base") == parse("letter-1@base", known)
    assert Named("letter-1@HEAD@{1}", "letter-1", "text", "HEAD@{1}") == parse("letter-1@HEAD@{1}", known)
    assert Named("letter-1:base@v1", "letter-1", "base", "v1") == parse("letter-1:base@v1", known)
    assert Named("./letter-1") == parse("./letter-1", known)
    assert Named("letter-2@base") == parse("letter-2@base", known)
    assert Named("") == parse("", known)


@given(st.text(alphabet="ab1:@-.{}~^/ é\n", max_size=20), st.sampled_from(["", "letter-1"]))
def test_any_name_means_a_version_a_file_or_bad_input(rest: str, start: str) -> None:
    """No name that reaches git can be taken for an option."""
    try:
        named = parse(start + rest, ["letter-1"])
    except BadInput:
        return
    assert start + rest == named.given
    assert not named.revision.startswith("-")
    assert bool(named.document) == bool(named.siglum)


@pytest.mark.parametrize(
    ("given", "sigla"),
    [
        ((DOCUMENT, f"{DOCUMENT}:B", f"{DOCUMENT}@base", f"{DOCUMENT}@HEAD"), ["text", "B", "base", "HEAD"]),
        ((DOCUMENT, DOCUMENT, f"{DOCUMENT}:B@HEAD"), ["text", "text#2", "B@HEAD"]),
        (("old.txt", "new.txt", f"{DOCUMENT}:B"), ["old", "new", "B"]),
        (("old.txt", "more/old.txt"), ["sample/old", "more/old"]),
    ],
)
def test_every_version_has_a_siglum_of_its_own(letters: Editor, given: tuple[str, ...], sigla: list[str]) -> None:
    """As short as tells them apart."""
    (letters.root / "more").mkdir()
    (letters.root / "more" / "old.txt").write_text(OLD)

    assert sigla == [version.siglum for version in read_versions(given)]


def test_sigla_of_several_documents_name_them(letters: Editor) -> None:
    """Two working texts cannot both be called text."""
    letters.types("add", "old.txt", "--as", "letter-1")

    assert [DOCUMENT, "letter-1", "letter-1@base"] == [
        version.siglum for version in read_versions([DOCUMENT, "letter-1", "letter-1@base"])
    ]


def test_plain_files_need_no_edition(tmp_path: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor a repository."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(OLD)
    (tmp_path / "b.txt").write_text(NEW)

    assert 1 == editor.types("diff", "a.txt", "b.txt")
    assert 2 == editor.types("diff", "a.txt", "c.txt")
    assert editor.sees("c.txt: there is no such file")


def test_comparing_files_loads_neither_rules_nor_history(letters: Editor) -> None:
    """It starts as fast as it can."""
    code = "import sys; from obelos_tui.cli import run; run(['diff', 'old.txt', 'new.txt']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=letters.root, check=True, capture_output=True, text=True)

    loaded = {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}
    assert loaded.isdisjoint({"obelos_rules", "obelos_history", "textual", "git", "re2"})


# Classes of an edition, formats


def test_the_review_takes_the_same_for_one_word(letters: Editor) -> None:
    """What the screen hides with the accidentals is what these commands call so."""
    (letters.base_file.parent / "C.txt").write_text(letters.base_file.read_text("utf-8").replace("Port of", "Pt. of"))
    before = [v["class"] for v in differences(letters, DOCUMENT, f"{DOCUMENT}:C")["variants"]]
    (letters.root / "edition.yaml").write_text("variants:\n  words: [[port, pt]]\n")
    after = [v["class"] for v in differences(letters, DOCUMENT, f"{DOCUMENT}:C")["variants"]]
    review = review_of(edition_here(letters.root), DOCUMENT)

    assert (["substantive", "punctuation"], ["spelling"]) == (before, after)
    assert ["spelling"] == [variant.kind for variant in review.variants("C")]
    review.close()


def test_the_lists_of_the_edition_hold(letters: Editor) -> None:
    """What its edition.yaml takes for one word, or no longer takes for one."""
    (letters.root / "edition.yaml").write_text("variants:\n  words: [[received, recieved]]\n  apart: ['&']\n")

    found = {v["left"]: v["class"] for v in differences(letters, "old.txt", "new.txt")["variants"]}

    assert "spelling" == found["recieved"]
    assert "substantive" == found["&"]


def test_json_gives_the_place_in_both_versions(letters: Editor) -> None:
    """Enough to turn the left version into the right one."""
    found = differences(letters, "old.txt", "new.txt")

    pieces, at = [], 0
    for variant in found["variants"]:
        pieces += [OLD[at : variant["left_start"]], variant["right"]]
        assert variant["left"] == OLD[variant["left_start"] : variant["left_end"]]
        assert variant["right"] == NEW[variant["right_start"] : variant["right_end"]]
        at = variant["left_end"]
    assert NEW == "".join([*pieces, OLD[at:]])
    assert {"line": 2, "column": 3} == {k: found["variants"][0][f"left_{k}"] for k in ("line", "column")}
    assert {
        "substantive": 2,
        "spelling": 2,
        "division": 0,
        "capitalisation": 0,
        "punctuation": 0,
        "spacing": 1,
    } == found["counts"]
    assert 14 == found["agreement"]["words"]["length"]


def test_every_key_of_the_contract_is_documented(letters: Editor) -> None:
    """Of both commands."""
    contract = (Path(__file__).parent.parent / "docs" / "formats.md").read_text("utf-8")
    letters.types("collate", "old.txt", "new.txt", DOCUMENT, "--adjudicated", "new", "--format", "json")
    collation = json.loads(letters.out)
    found = differences(letters, "old.txt", "new.txt")
    parts = [collation, collation["errors"], collation["agreement"][0], found, found["variants"][0], found["left"]]

    assert [] == [key for part in parts for key in part if f"`{key}`" not in contract]


def test_csv_has_a_row_for_each_difference(letters: Editor) -> None:
    """Place, class, both readings under their sigla."""
    letters.types("diff", "old.txt", "new.txt", "--format", "csv", "--substantive")

    assert [
        ["line", "column", "class", "old", "new"],
        ["2", "3", "substantive", "recieved", "received"],
        ["2", "29", "substantive", "4th", "5th"],
    ] == list(csv.reader(io.StringIO(letters.out)))


@pytest.mark.parametrize("form", ["text", "csv", "html", "json"])
@pytest.mark.parametrize("hostile", list(CORPUS))
def test_hostile_text_reaches_nobody_as_a_command(editor: Editor, form: str, hostile: str) -> None:
    """In texts and in names of files, in every format."""
    one, other = editor.root / "o\x1b[31mne <b>.txt", editor.root / "two\u202e.txt"
    one.write_text(f"Alpha {CORPUS[hostile]} beta bane\n")
    other.write_text(f"Alpha {CORPUS[hostile]} beta base {CORPUS[hostile]}\n")
    editor.types("diff", one.name, other.name, "--format", form)

    assert is_harmless(editor.out)
    assert form != "html" or "<b>" not in editor.out


def is_harmless(printed: str) -> bool:
    """Whether no control or bidi character stands in it, line feeds and tabs of data apart."""
    bad = {char for char in printed if (ord(char) < 32 and char not in "\n\t") or 126 < ord(char) < 160}
    return not bad | (set(printed) & set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


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
    "‮",
    ", ",
    ". ",
    "x" * 90,
]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(*[st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=40) for _ in range(2)])
def test_any_two_texts_can_be_told(left: str, right: str) -> None:
    """In lines that fit, without a control character."""
    lines = list(changes(Difference(Version("A", "one", left), Version("B", "other", right)), WIDTH))

    assert all(cells(line) <= WIDTH for line in map(plain, lines))
    assert is_harmless("\n".join(map(plain, lines)))
    assert (left == right) == (["0 differences"] == list(map(plain, lines)))


def plain(line: str) -> str:
    """A line without its colours, and with everything else that a terminal obeys."""
    return re.sub(r"\x1b\[[0-9;]*m", "", line)
