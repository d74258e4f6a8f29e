"""The review line by line, for screen readers and pipes: no cursor control, no colour, the same verbs as the keys."""

from .loop import run

__all__ = ["run"]
