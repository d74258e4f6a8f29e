"""Pictures in the terminal, where the extra ``obelos[images]`` is installed; without it there are none.

The library asks the terminal what it can show when it is loaded, which it cannot do while the screens hold it.
`prepare` lets them step aside for that moment, before the first picture: who looks at none does not pay for it.
"""

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App, SuspendNotSupported

from obelos_transcripts import BadInput

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from textual.widget import Widget

_WIDGETS = "textual_image.widget"

_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "WEBP", "BMP", "JPEG2000")
"""Decoders that start no other program."""

_MOST_PIXELS = 400_000_000
_MOST_SIDE = 2_400
"""Pixels of the longer side that are kept: more than a terminal shows."""

MISSING = "To see it in the terminal install the extra: pip install 'obelos[images]'."


def can_show() -> bool:
    """Whether the extra is installed."""
    return find_spec("textual_image") is not None and find_spec("PIL") is not None


def prepare(app: "App[Any]") -> None:
    """Ask the terminal what it can show; once."""
    if _WIDGETS in sys.modules:
        return
    try:
        with app.suspend():
            import_module(_WIDGETS)
    except SuspendNotSupported:  # in a browser, where there is no terminal to ask
        import_module(_WIDGETS)


def load(path: Path) -> "Picture":
    """A picture out of a file, no larger than a terminal shows; this may take a while.

    Raises:
        BadInput: It cannot be decoded, or is too large.
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # we look at the size ourselves, before anything is decoded
    try:
        with Image.open(path, formats=_FORMATS) as image:
            if image.width * image.height > _MOST_PIXELS:
                what = f"has {image.width} × {image.height} pixels; that is too many to show here"
                raise BadInput.at(path, None, what)
            image.draft("RGB", (_MOST_SIDE, _MOST_SIDE))
            shown = image.convert("RGB")
            shown.thumbnail((_MOST_SIDE, _MOST_SIDE))
            return shown
    except BadInput:
        raise
    except Exception as error:  # decoders meet bytes from anywhere, and fail in ways of their own
        raise BadInput.at(path, None, f"cannot be shown as a picture: {error}") from error


def cells_of(picture: "Picture", width: int, height: int, *, whole: bool) -> tuple[int, int]:
    """Columns and rows of a picture in an area of so many cells: as wide as it or, ``whole``, no higher than it."""
    from textual_image._terminal import get_cell_size

    cell = get_cell_size()
    shape = picture.height * cell.width / (picture.width * cell.height)
    columns = min(width, int(height / shape)) if whole else width
    return max(1, columns), max(1, round(columns * shape))


def widget_for(picture: "Picture", *, id: str) -> "Widget":  # noqa: A002
    """A widget that shows a picture as well as the terminal can."""
    from textual_image.widget import Image

    return Image(picture, id=id)
