"""The audit report: everything is in it, nothing in it acts, and the same history gives the same report."""

import json
import re
from contextlib import redirect_stdout
from dataclasses import dataclass
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest

from conftest import at_home
from editor import Editor
from obelos_history import Repository
from obelos_tui.cli import run
from obelos_tui.demo import DOCUMENT, make_sample
from test_states_commands import BEN, becomes

VOID = ("meta", "br")


class Balance(HTMLParser):
    """Reads a page strictly: every element is closed in order, and what a page must not have is noted."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("src", "style"):
                self.wrong.append(f"<{tag} {name}>")
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")


def read_page(html: str) -> Balance:
    """The page, read."""
    reader = Balance()
    reader.feed(html)
    reader.close()
    return reader


FORMS = ("html", "md", "json")


@dataclass(frozen=True)
class Worked:
    """An edition on which two persons worked, and its reports: each form twice, and the exit codes."""

    root: Path
    reports: dict[str, list[str]]
    codes: set[int]

    def sees(self, form: str, *words: str) -> bool:
        """Whether all of the words stand in a report."""
        missing = [word for word in words if word not in self.reports[form][0]]
        assert not missing, f"{missing} not in:\n{self.reports[form][0]}"
        return True


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Worked:
    """Two persons work at the sample: two corrections, one changed again, a query, a reading, an approval."""
    with pytest.MonkeyPatch.context() as here:
        home = at_home(tmp_path_factory.mktemp("home"), here)
        root = make_sample(tmp_path_factory.mktemp("worked") / "sample").root
        here.chdir(root)

        def types(*words: str) -> tuple[int, str]:
            with redirect_stdout(StringIO()) as out:
                code = run(list(words))
            return code, out.getvalue()

        def corrects(at: str, reading: str, note: str) -> None:
            types("decide", DOCUMENT, "--at", at, "--correct", reading, "--note", note, "--source", "B")

        settings = root / "edition.yaml"
        asked = settings.read_text("utf-8").replace("policy:\n", "policy:\n  second_reader: [correct, emend]\n")
        settings.write_text(asked, "utf-8")
        corrects("bane", "base", "the other keying reads so")
        corrects("would the run", "would then run", "the other keying reads so")
        types("decide", DOCUMENT, "--at", "495, 494, and 495", "--query", "--note", "which is it?")
        types("commit")
        types("state", "proofread")
        becomes(home, BEN)
        corrects("would then run", "would thus run", "then is not in the file copy")
        types("commit")
        rows = map(json.loads, types("waiting", "--format", "jsonl")[1].splitlines())
        first = next(row["decision"] for row in rows if "Ada" in row["person"])
        types("approve", first, "--note", "seen")
        told = {form: [types("report", "--format", form) for _ in range(2)] for form in FORMS}
    reports = {form: [text for _, text in both] for form, both in told.items()}
    return Worked(root, reports, {code for both in told.values() for code, _ in both})


def test_the_page_holds_everything_and_can_be_read_without_script_and_network(worked: Worked) -> None:
    """States with who and when, before and after with note and ground, what is open, persons, rules, the proof."""
    page = read_page(worked.reports["html"][0])
    assert {0} == worked.codes
    assert ([], []) == (page.wrong, page.open)
    assert page.seen.isdisjoint({"script", "img", "link", "iframe", "object", "form"})
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert page.seen >= {"svg", "title", "desc", "th", "figcaption", "del", "ins", "details"}
    head = Repository.open(worked.root).tip()
    assert worked.sees(
        "html",
        f'<span class="id">{head}</span>',
        "<del>bane</del> <ins>base</ins>",
        "the other keying reads so",
        "source: B",
        "confirmed by Ben Example &lt;ben@example.org&gt;",
        "<mark>495, 494, and 495</mark>",
        "reopened",
        "waits for a second reader",
        "Decisions that stand no more (1)",
        "superseded by",
        "proofread by Ada Example",
        "CF101 bane-for-base",
        "byte for byte",
        "default-src 'none'",
        "prefers-color-scheme: dark",
        "@media print",
    )


@pytest.mark.parametrize("form", FORMS)
def test_the_same_history_gives_the_same_report(worked: Worked, form: str) -> None:
    """No moment of writing, no order of a folder: two runs are equal byte for byte, in all forms."""
    first, second = worked.reports[form]
    assert first == second


def test_the_markdown_says_the_same_in_words(worked: Worked) -> None:
    """For a mail, or the pages of a repository."""
    assert worked.sees(
        "md",
        "~~bane~~ **base**",
        "the other keying reads so",
        "confirmed by Ben",
        "## Rules",
        "| proofread",
        "superseded by",
    )


def test_the_report_as_data(worked: Worked) -> None:
    """Every decision with its place, ground, commit and who confirmed it."""
    data = json.loads(worked.reports["json"][0])
    (document,) = data["documents"]
    base = next(d for d in document["standing"] if d["reading"] == "base")
    assert ("bane", "B") == (base["exact"], base["source"])
    assert ["Ben Example <ben@example.org>"] == [one["person"] for one in base["confirmed"]]
    assert 40 == len(base["commit"])
    assert ["would then run"] == [d["reading"] for d in document["earlier"]]
    assert document["proof"]["holds"]
    assert ["base", "state", "approval"] == [record["kind"] for record in document["records"]]
    repository = Repository.open(worked.root)
    blob = repository.tree(repository.tip() or "", f"transcripts/{DOCUMENT}")[f"transcripts/{DOCUMENT}/base.txt"]
    assert blob == document["versions"][0]["blob"]


HOSTILE = "<script>alert(1)</script>\"'><b onmouseover=x>\x1b[31m\u202e`|](http://x) <!--"


def test_whatever_an_editor_writes_is_text_in_the_report(editor: Editor, home: Path) -> None:
    """Notes, sources, readings, names: escaped; control and bidi characters are signs."""
    becomes(home, ("Eve <b>", "eve@example.org"))
    note = HOSTILE.replace("\x1b", "␛")
    editor.types("decide", DOCUMENT, "--at", "bane", "--correct", HOSTILE, "--note", HOSTILE, "--source", HOSTILE)
    editor.types("commit")
    editor.types("state", "proofread", "--note", note)
    editor.types("report")
    page = read_page(editor.out)
    assert ([], []) == (page.wrong, page.open)
    assert "script" not in page.seen
    assert "b" not in page.seen
    assert not re.search("[\x1b\u202e]", editor.out)
    editor.types("report", "--format", "md")
    assert not re.search("[\x1b\u202e]", editor.out)
    assert "<script>" not in editor.out.replace("\\<script\\>", "")
    assert "](http" not in editor.out


def test_a_failed_proof_leads_the_report_and_is_the_exit_code(editor: Editor) -> None:
    """A word changed by hand is named in the report, which is written all the same."""
    editor.text_file.write_text(editor.text_file.read_text("utf-8").replace("Sin Kiang", "Sinkiang"), "utf-8")
    assert 1 == editor.types("report", "--no-check")
    editor.sees("Not proved", "Sinkiang", "on disk, not committed")


def test_a_large_edition_is_a_folder_of_pages(editor: Editor, tmp_path: Path) -> None:
    """An index, and a page for each document that leads back to it."""
    (tmp_path / "out").mkdir()
    assert 0 == editor.types("report", "--no-check", "-o", str(tmp_path / "out"))
    index, one = (tmp_path / "out/index.html").read_text(), (tmp_path / f"out/documents/{DOCUMENT}.html").read_text()
    assert f'href="documents/{DOCUMENT}.html"' in index
    assert 'href="../index.html"' in one
    for html in (index, one):
        assert ([], []) == (read_page(html).wrong, read_page(html).open)


@pytest.mark.parametrize("place", [f"transcripts/{DOCUMENT}/base.txt", "history/x.html", "edition.yaml", "no/where.md"])
def test_the_report_never_takes_the_place_of_the_edition(editor: Editor, place: str) -> None:
    """A slip after -o must not cost a base text."""
    before = editor.base_file.read_bytes()
    assert 3 == editor.types("report", "-o", place)
    editor.sees("Nothing was written")
    assert before == editor.base_file.read_bytes()
    assert "" == editor.git("status", "--porcelain")
