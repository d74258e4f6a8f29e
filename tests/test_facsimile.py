"""Page images: which page a passage is on, and that nothing outside the edition is ever shown or opened."""

import os
import struct
import zlib
from pathlib import Path

import pytest

from obelos_transcripts import BadInput, Document, Edition, Refused
from obelos_tui.facsimile import Page, open_outside, page_for
from obelos_tui.picture import load
from screen import Editor, desk_of, edition_of, on_screen, opened

TEXT = "first page words\nsecond page words\nthird page words\n"


def png(width: int = 8, height: int = 8) -> bytes:
    """A grey picture, made here."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def document_with(folder: Path, images: str, text: str = TEXT) -> tuple[Edition, Document]:
    """A document whose ``document.yaml`` names these images; two of them lie beside it."""
    edition = edition_of(folder, {"note": {"base": text}})
    document = edition.document("note")
    (document.folder / "document.yaml").write_text(f"images: {images}\n", "utf-8")
    for name in ("p1.png", "p2.png"):
        (document.folder / name).write_bytes(png())
    return edition, document


@pytest.mark.parametrize(
    ("images", "text", "numbers", "how"),
    [
        ("[p1.png]", TEXT, [1, 1, 1], "the only one"),
        ("[p1.png, {image: p2.png, begins: second   page}, {image: p1.png, begins: third}]", TEXT, [1, 2, 3], "words"),
        ("[p1.png, p2.png]", TEXT.replace("words\nsecond", "words\n\fsecond"), [1, 2, 2], "page breaks"),
        (
            "[p1.png, p2.png, p1.png]",
            TEXT.replace("\ns", "\n[p. 2] s").replace("\nt", "\n[p. 3] t"),
            [1, 2, 3],
            "breaks",
        ),
        ("[p1.png, p2.png]", TEXT, [1, 1, 2], "place in the text"),
    ],
)
def test_the_page_of_a_passage_is_found(tmp_path: Path, images: str, text: str, numbers: list[int], how: str) -> None:
    """By the words it begins with, by page breaks, or by the place; and how it is known is said."""
    _, document = document_with(tmp_path, images, text)
    pages = [page_for(document, text, text.index(word)) for word in ("first", "second", "third")]
    assert numbers == [page.number for page in pages]
    assert how in pages[0].how


@pytest.mark.parametrize(
    "name",
    [
        "../../../outside.png",
        "..\\\\outside.png",
        "/etc/passwd",
        "file:///etc/passwd",
        "C:/outside.png",
        "p1.sh",
        "p1.png.desktop",
        "link.png",
        "linked/p1.png",
        "javascript:alert(1)",
        "http://x y/p.png",
        "missing.png",
    ],
)
def test_no_name_leads_out_of_the_edition(tmp_path: Path, name: str) -> None:
    """Nor to anything but an image; there is nothing to open then."""
    (tmp_path / "outside.png").write_bytes(png())
    _, document = document_with(tmp_path / "edition", f'["{name}"]')
    (document.folder / "link.png").symlink_to(tmp_path / "outside.png")
    (document.folder / "linked").symlink_to(document.folder)
    for odd in ("p1.sh", "p1.png.desktop"):
        (document.folder / odd).write_text("#!/bin/sh\n", "utf-8")
    page = page_for(document, TEXT, 0)
    assert (None, "") == (page.path, page.address)
    assert "note" in page.problem
    with pytest.raises(Refused):
        open_outside(page)


def test_an_address_is_shown_and_only_opened_on_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is opened is handed to the system's program, and that is the only thing that happens."""
    _, document = document_with(tmp_path / "edition", "['https://images.example/iiif/1/full/max/0/default.jpg']")
    page = page_for(document, TEXT, 0)
    assert page.address in page.told
    told = tmp_path / "told"
    os.mkfifo(told)
    for name in ("xdg-open", "open"):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\nprintf %s "$1" > "{told}"\n', "utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    assert page.address in open_outside(page)
    assert page.address == told.read_text("utf-8")  # waits until the program has written it


def test_a_document_without_images_says_how_they_are_named(tmp_path: Path) -> None:
    """With an example."""
    document = edition_of(tmp_path, {"note": {"base": TEXT}}).document("note")
    with pytest.raises(BadInput, match=r"images: \[page-1\.png"):
        page_for(document, TEXT, 0)


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", b"%!PS-Adobe-3.0 EPSF\n", png()[:40], b"GIF89a" + b"\xff" * 50]
)
def test_what_is_no_picture_is_told_and_harms_nothing(tmp_path: Path, data: bytes) -> None:
    """Decoders meet bytes from anywhere; a PostScript file is never handed to a program."""
    path = tmp_path / "p.png"
    path.write_bytes(data)
    with pytest.raises(BadInput, match="cannot be shown"):
        load(path)


def test_a_picture_of_too_many_pixels_is_not_decoded(tmp_path: Path) -> None:
    """A small file may claim any size."""
    path = tmp_path / "p.png"
    data = png()
    path.write_bytes(data[:16] + struct.pack(">II", 100_000, 100_000) + data[24:])
    with pytest.raises(BadInput, match=r"too many|cannot be shown"):
        load(path)


# The library for pictures asks Pillow in a way that Pillow 14 will not know; the extra wants an earlier one.
@pytest.mark.filterwarnings("ignore:Image.Image.getdata is deprecated:DeprecationWarning")
@on_screen
async def test_i_shows_the_page_of_the_passage(tmp_path: Path) -> None:
    """In the terminal, with its number and name; n and N turn the pages; esc goes back."""
    edition, _ = document_with(tmp_path, "[p1.png, {image: p2.png, begins: second page}, 'https://x.example/3.jpg']")
    async with opened(desk_of(edition, ()), "note") as editor:
        await editor.presses("right", "right", "i")
        editor.sees("Page 1 of 3", "p1.png")
        assert _shows_a_picture(editor)
        wide = editor.app.screen.query_one("#image").size
        await editor.presses("z")
        whole = editor.app.screen.query_one("#image").size
        assert wide.height > editor.app.size.height > whole.height
        await editor.presses("n")
        editor.sees("Page 2 of 3", "p2.png")
        await editor.presses("n")
        editor.sees("Page 3 of 3", "https://x.example/3.jpg", "not fetched", "o opens it in your browser")
        assert not _shows_a_picture(editor)
        await editor.presses("escape")
        editor.sees("working text")


def _shows_a_picture(editor: Editor) -> bool:
    return bool(editor.app.screen.query("#image"))


@on_screen
async def test_i_says_why_there_is_no_page(tmp_path: Path) -> None:
    """No image named, or one that is not there."""
    edition, document = document_with(tmp_path, "[missing.png]")
    async with opened(desk_of(edition, ()), "note") as editor:
        await editor.presses("i")
        editor.sees("there is no page image “missing.png”")
        await editor.presses("o", "escape")
        (document.folder / "document.yaml").unlink()
        await editor.presses("i")
        editor.sees("There is no page image", "images: [page-1.png")


def test_a_page_says_what_it_is_in_a_line() -> None:
    """For the plain review."""
    page = Page(2, 3, "p.png", "the only one", None, "https://x.example/p.png", "")
    assert "page 2 of 3 (the only one): https://x.example/p.png" == page.told
