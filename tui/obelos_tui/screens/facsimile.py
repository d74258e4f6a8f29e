"""The page image of a passage: in the terminal where it can be shown, else its name; the viewer on request only."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from obelos_transcripts import Document, ObelosError, visible
from obelos_transcripts.details import PageImage

from ..facsimile import Page, open_outside, page
from ..keys import FACSIMILE, Command, bindings
from ..picture import MISSING, can_show, cells_of, load, prepare, widget_for
from ..widgets.key_line import KeyLine
from ..widgets.title_line import TitleLine
from .base import ViewScreen

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from textual.widget import Widget


@dataclass
class PictureLoaded(Message):
    """The picture of a page is there; None: it cannot be shown, ``why`` says why."""

    page: Page
    picture: "Picture | None"
    why: str = ""


class FacsimileScreen(ViewScreen):
    """Pages one by one. Nothing is fetched; o opens a viewer or browser, and only o does."""

    commands: ClassVar[tuple[Command, ...]] = FACSIMILE
    BINDINGS: ClassVar[list[BindingType]] = bindings(FACSIMILE)

    def __init__(self, document: Document, images: tuple[PageImage, ...], first: Page) -> None:
        super().__init__()
        self._document = document
        self._images = images
        self.page = first
        self._picture: Picture | None = None
        self._whole = False

    def compose(self) -> ComposeResult:
        """Which page, the picture, what is said of it, the keys."""
        yield TitleLine(id="title")
        with VerticalScroll(id="picture", can_focus=False):
            yield Static(id="told", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the page."""
        self._show(self.page)

    def _show(self, shown: Page) -> None:
        self.page = shown
        title = self.query_one(TitleLine)
        title.title = Content.assemble(
            (f"Page {shown.number} of {shown.of}", "bold"), (f"  {visible(shown.name)}", "$faint")
        )
        title.status = Content.styled(shown.how, "$faint")
        self.query("#image").remove()
        self._tell(*self._lines())
        self.workers.cancel_group(self, "picture")
        if shown.path and can_show() and shown.path.suffix.lower() != ".pdf":
            self._tell("Reading …")
            path = shown.path
            self.run_worker(lambda: self._load(shown, path), thread=True, group="picture")

    def _lines(self) -> list[str]:
        shown = self.page
        if shown.problem:
            return [shown.problem]
        if shown.address:
            return [shown.address, "", "It is on the web, and is not fetched from here. o opens it in your browser."]
        return [str(shown.path), "", "o opens it in your viewer.", *([] if can_show() else [MISSING])]

    def _load(self, shown: Page, path: "object") -> None:
        worker = get_current_worker()
        try:
            loaded = PictureLoaded(shown, load(path))  # type: ignore[arg-type]
        except ObelosError as error:
            loaded = PictureLoaded(shown, None, str(error))
        if not worker.is_cancelled:
            self.post_message(loaded)

    @on(PictureLoaded)
    async def _picture_loaded(self, message: PictureLoaded) -> None:
        if message.page != self.page:
            return
        if message.picture is None:
            self._tell(message.why, "", *self._lines())
            return
        self._tell()
        await self.query("#image").remove()
        self._picture = message.picture
        prepare(self.app)
        image = widget_for(message.picture, id="image")
        self._fit(image)  # before it is laid out: the library falls over a picture without height
        await self.query_one("#picture").mount(image)

    def on_resize(self) -> None:
        """The picture is as large as there is room for."""
        self._fit(*self.query("#image"))

    def _fit(self, *images: "Widget") -> None:
        room = self.query_one("#picture").scrollable_content_region
        for image in images:
            if self._picture:
                columns, rows = cells_of(self._picture, room.width, room.height, whole=self._whole)
                image.styles.width, image.styles.height = columns, rows

    def _tell(self, *lines: str) -> None:
        told = self.query_one("#told", Static)
        told.display = bool(lines)
        told.update(Content("\n").join([Content(visible(line)) for line in lines]))

    def action_page(self, step: int) -> None:
        """The next page, or the one before."""
        number = self.page.number - 1 + step
        if 0 <= number < len(self._images):
            self._show(page(self._document, self._images, number, ""))

    def action_open(self) -> None:
        """Open the page outside, because the editor asked."""
        try:
            self.notify(visible(open_outside(self.page)), markup=False)
        except ObelosError as refusal:
            self.notify(visible(str(refusal)), markup=False, severity="warning", timeout=8)

    def action_fit(self) -> None:
        """The whole page, or as wide as the terminal, to be scrolled."""
        self._whole = not self._whole
        self._fit(*self.query("#image"))

    def action_scroll(self, rows: int) -> None:
        """Scroll by rows."""
        self.query_one("#picture").scroll_relative(y=rows, animate=False)

    def action_back(self) -> None:
        """Go back to the text."""
        self.dismiss()
