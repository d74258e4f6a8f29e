"""What is known of a document besides its text: the optional ``document.yaml``."""

from dataclasses import dataclass

from .edition import Document
from .schema import Field, Problems, record, several, text
from .strict_yaml import load
from .text import read_bytes

DETAILS = "document.yaml"


@dataclass(frozen=True)
class Details:
    """The document as its heading and its archive give it; every key may be missing.

    Attributes:
        date: As written; ISO 8601 where it is to be compared with others.
        sender, recipient: The keys ``from`` and ``to``.
        archive: Archive reference.
        images: Page images, in order.
    """

    title: str = ""
    number: str = ""
    date: str = ""
    sender: str = ""
    recipient: str = ""
    archive: str = ""
    images: tuple[str, ...] = ()
    note: str = ""


_NAMES = {"from": "sender", "to": "recipient"}
_FIELDS = {
    **{key: Field(text, default="") for key in ("title", "number", "date", "from", "to", "archive", "note")},
    "images": Field(several(text), default=()),
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
