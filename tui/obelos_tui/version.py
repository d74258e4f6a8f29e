"""A text that can stand in a column; apart from the rest, so that comparing files loads neither rules nor history."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Version:
    """A text that can stand beside the working text."""

    siglum: str
    title: str
    text: str
