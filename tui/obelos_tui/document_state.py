"""The state of a document on its way to print, and the names of the states."""

from typing import Literal

from obelos_history import DocumentHistory

State = Literal["draft", "proofread", "verified", "published"]

STATES: tuple[State, ...] = ("draft", "proofread", "verified", "published")
"""In the order in which a document goes through them."""


def document_state(history: DocumentHistory) -> State:
    """How far a document has come. Until somebody records more of it, it is a draft."""
    return "draft"
