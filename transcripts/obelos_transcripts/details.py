"""What is known of a document besides its text: the optional ``document.yaml``."""

from dataclasses import dataclass
from typing import Any

from .edition import Document
from .schema import Field, Problems, any_text, record, several, text
from .strict_yaml import Mapping, Node, load
from .text import read_bytes

DETAILS = "document.yaml"


@dataclass(frozen=True)
class PageImage:
    """The image of a page: the name of a file of the edition, or an address; the words that the page begins with."""

    name: str
    begins: str = ""


@dataclass(frozen=True)
class Details:
    """The document as its heading and its archive give it; every key may be missing.

    Attributes:
        date: As written; ISO 8601 where it is to be compared with others.
        sender, recipient: The keys ``from`` and ``to``.
        archive: Archive reference.
        images: Page images, in order: a name each, or ``{image: NAME, begins: WORDS}``.
    """

    title: str = ""
    number: str = ""
    date: str = ""
    sender: str = ""
    recipient: str = ""
    archive: str = ""
    images: tuple[PageImage, ...] = ()
    note: str = ""


def _image(node: Node, problems: Problems) -> Any:
    if not isinstance(node, Mapping):
        return PageImage(text(node, problems) or "")
    values = record(node, _IMAGE_FIELDS, problems, "a page image")
    return PageImage(values["image"] or "", values["begins"] or "")


_IMAGE_FIELDS = {"image": Field(text, required=True, default=""), "begins": Field(any_text, default="")}
_NAMES = {"from": "sender", "to": "recipient"}
_FIELDS = {
    **{key: Field(text, default="") for key in ("title", "number", "date", "from", "to", "archive", "note")},
    "images": Field(several(_image), default=()),
}


def read_details(document: Document) -> Details:
    """What ``document.yaml`` says; nothing where there is none.

    Raises:
        BadInput: With every problem of the file.
    """
    path = document.folder / DETAILS
    if not path.exists():
        return Details()
    node = load(read_bytes(path), path)
    if node is None:
        return Details()
    problems = Problems(str(path))
    values = record(node, _FIELDS, problems, "the details of a document")
    problems.raise_if_any()
    return Details(**{_NAMES.get(key, key): value for key, value in values.items()})
