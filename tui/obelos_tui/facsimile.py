"""Which page image shows a passage, and where it is: a file of the edition, or an address on the web.

Nothing is ever fetched, and nothing is opened unless the editor asks. A name leads to no file outside the edition.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from threading import Thread

from obelos_transcripts import BadInput, Document, Refused
from obelos_transcripts.details import DETAILS, PageImage, read_details

SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".webp", ".bmp", ".jp2", ".pdf")
"""What a page image may be; a viewer is handed nothing else."""

_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f<>\"\\^`{|}]{1,2000}", re.IGNORECASE)
_PAGE_MARK = re.compile(r"\[(?:p|pp|page|f|fo|fol|folio)\.? ?\d{1,5}[rv]?\]", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """The page image of a passage.

    Attributes:
        number, of: Which of how many, from 1.
        name: As ``document.yaml`` has it.
        how: How it is known that the passage is on it.
        path: The file; None for an address, and where the name leads to no file.
        address: The address; "" for a file.
        problem: Why there is nothing to show; "" where there is.
    """

    number: int
    of: int
    name: str
    how: str
    path: Path | None
    address: str
    problem: str

    @property
    def told(self) -> str:
        """The page in a line."""
        where = self.problem or self.address or str(self.path)
        return f"page {self.number} of {self.of} ({self.how}): {where}"


def page_for(document: Document, text: str, position: int) -> Page:
    """The page image on which a position of the working text is, in code points.

    Raises:
        BadInput: The document names no image, or its ``document.yaml`` cannot be read.
    """
    images = images_of(document)
    number, how = _number(images, text, position)
    return page(document, images, number, how)


def images_of(document: Document) -> tuple[PageImage, ...]:
    """The page images of a document.

    Raises:
        BadInput: It names none, or its ``document.yaml`` cannot be read.
    """
    images = read_details(document).images
    if not images:
        what = "names no page images. They are listed there in order, as: images: [page-1.png, page-2.png]"
        raise BadInput.at(document.folder / DETAILS, None, what)
    return images


def page(document: Document, images: Sequence[PageImage], number: int, how: str) -> Page:
    """One of the pages, by its number from 0."""
    name = images[number].name
    if _ADDRESS.fullmatch(name):
        return Page(number + 1, len(images), name, how, None, name, "")
    try:
        return Page(number + 1, len(images), name, how, _file(document, name), "", "")
    except BadInput as error:
        return Page(number + 1, len(images), name, how, None, "", str(error))


def _number(images: Sequence[PageImage], text: str, position: int) -> tuple[int, str]:
    """By the words that pages begin with, else by page breaks in the text, else by proportion."""
    if len(images) == 1:
        return 0, "the only one"
    starts = _begins(images, text)
    if starts is None:
        starts = _breaks(text, len(images))
        how = "by the page breaks in the text"
    else:
        how = "by the words it begins with"
    if starts is None:
        share = position / max(1, len(text))
        return min(len(images) - 1, int(share * len(images))), "by the place in the text: it may be the page beside it"
    return max((n for n, start in enumerate(starts) if start <= position), default=0), how


def _begins(images: Sequence[PageImage], text: str) -> list[int] | None:
    """Where each page begins by its words; None where a page but the first has none, or they stand nowhere."""
    starts = [0]
    for image in images[1:]:
        words = image.begins.split()
        found = re.compile(r"\s+".join(map(re.escape, words))).search(text, starts[-1]) if words else None
        if found is None:
            return None
        starts.append(found.start())
    return starts


def _breaks(text: str, pages: int) -> list[int] | None:
    """Where pages begin by form feeds, or by marks such as ``[p. 2]``; None where there are not as many as pages."""
    for found in ([m.end() for m in re.finditer("\f", text)], [m.start() for m in _PAGE_MARK.finditer(text)]):
        if len(found) == pages - 1:
            return [0, *found]
        if len(found) == pages and found[0] < len(text) // pages:
            return [0, *found[1:]]
    return None


def _file(document: Document, name: str) -> Path:
    """The file that a name means, beside the transcript or under the root of the edition.

    Raises:
        BadInput: It leads out of the edition, over a link, to no plain file, or is no image.
    """
    where = document.folder / DETAILS
    plain = PurePosixPath(name.replace("\\", "/"))
    if plain.is_absolute() or ".." in plain.parts or not plain.parts or ":" in name or "\0" in name:
        raise BadInput.at(where, None, f"the page image “{name}” does not lie in the edition")
    if plain.suffix.lower() not in SUFFIXES:
        raise BadInput.at(where, None, f"the page image “{name}” is none of {', '.join(SUFFIXES)}")
    root = document.folder.parent.parent
    for start in (document.folder, root):
        path = start / plain
        if path.is_file():
            within = [one for one in (path, *path.parents) if one.is_relative_to(root) and one != root]
            if any(one.is_symlink() for one in within) or not path.resolve().is_relative_to(root.resolve()):
                what = f"the page image “{name}” lies behind a link; only files of the edition are shown"
                raise BadInput.at(where, None, what)
            return path
    raise BadInput.at(where, None, f"there is no page image “{name}” in {document.folder.name} or in the edition")


def open_outside(page: Page) -> str:
    """Hand a page to the viewer or browser of the editor; what was done. Only ever called because they asked.

    Raises:
        Refused: There is nothing to open, or no program that opens it.
    """
    target = page.address or (str(page.path.resolve()) if page.path else "")
    if not target:
        raise Refused(page.problem)
    program = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if program is None:
        raise Refused(f"no program is known here that opens files (xdg-open). The page is {target}")
    nothing = subprocess.DEVNULL
    try:
        started = subprocess.Popen(
            [program, target], stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
        )
    except OSError as error:
        raise Refused(f"{program} could not be started: {error.strerror}. The page is {target}") from error
    # It may stay open as long as the editor looks at it; when it ends nothing is left of it.
    Thread(target=started.wait, daemon=True).start()
    return f"Handed to {program}: {target}"
