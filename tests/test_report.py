"""The audit report: everything is in it, nothing in it acts, and the same history gives the same report."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from editor import Editor
from obelos_tui.demo import DOCUMENT
from test_states_commands import BEN, asks, becomes

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


def works(editor: Editor, home: Path) -> None:
    """Two persons work at the sample: two corrections, one changed again, a query, a reading, an approval."""
    asks(editor, "second_reader: [correct, emend]")
    editor.corrects("bane", "base")
    editor.corrects("would the run", "would then run")
    editor.types("decide", DOCUMENT, "--at", "495, 494, and 495", "--query", "--note", "which is it?")
    editor.types("commit")
    editor.types("state", "proofread")
    becomes(home, BEN)
    editor.corrects("would then run", "would run", note="then is not in the file copy")
    editor.types("commit")
    editor.types("waiting", "--format", "jsonl")
    first = next(row for row in map(json.loads, editor.out.splitlines()) if "Ada" in row["person"])
    editor.types("approve", first["decision"], "--note", "seen")


def test_the_page_holds_everything_and_can_be_read_without_script_and_network(editor: Editor, home: Path) -> None:
    """States with who and when, before and after with note and ground, what is open, persons, rules, the proof."""
    works(editor, home)
    assert 0 == editor.types("report")
    page = read_page(editor.out)
    assert [] == page.wrong
    assert [] == page.open
    assert page.seen.isdisjoint({"script", "img", "link", "iframe", "object", "form"})
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert page.seen >= {"svg", "title", "desc", "th", "figcaption", "del", "ins", "details"}
    commit = editor.git("rev-parse", "HEAD").strip()
    editor.sees(
        f'<span class="id">{commit}</span>',
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


def test_the_same_history_gives_the_same_report(editor: Editor, home: Path) -> None:
    """No moment of writing, no order of a folder: two runs are equal byte for byte, in all forms."""
    works(editor, home)
    for form in ("html", "md", "json"):
        editor.types("report", "--format", form)
        first = editor.out
        editor.types("report", "--format", form)
        assert first == editor.out


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


def test_the_markdown_says_the_same_in_words(editor: Editor, home: Path) -> None:
    """For a mail, or the pages of a repository."""
    works(editor, home)
    assert 0 == editor.types("report", DOCUMENT, "--format", "md")
    editor.sees(
        "some documents",
        "~~bane~~ **base**",
        "the other keying reads so",
        "confirmed by Ben",
        "## Rules",
        "| proofread",
    )


def test_the_report_as_data(editor: Editor, home: Path) -> None:
    """Every decision with its place, ground, commit and who confirmed it."""
    works(editor, home)
    assert 0 == editor.types("report", "--format", "json")
    data = json.loads(editor.out)
    (document,) = data["documents"]
    base = next(d for d in document["standing"] if d["reading"] == "base")
    assert ("bane", "B", "Ben Example <ben@example.org>") == (
        base["exact"],
        base["source"],
        base["confirmed"][0]["person"],
    )
    assert 40 == len(base["commit"])
    assert ["would then run"] == [d["reading"] for d in document["earlier"]]
    assert document["proof"]["holds"]
    assert ["state", "approval"] == [record["kind"] for record in document["records"]]
    assert document["versions"][0]["blob"] == editor.git("rev-parse", f"HEAD:transcripts/{DOCUMENT}/base.txt").strip()


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
