"""A document was chosen on a screen; the application opens it."""

from dataclasses import dataclass

from textual.message import Message


@dataclass
class OpenWanted(Message):
    """A document was chosen; ``collation``: to be collated."""

    name: str
    collation: bool = False
