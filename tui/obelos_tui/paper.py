"""The frame of every HTML page: it holds all it needs, runs no script, and asks the network for nothing."""

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from .comparisons.wording import harmless

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def head(title: str, style: str) -> Iterator[str]:
    """Lines of the page up to its body; ``style`` comes after what all pages share."""
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{safe(title)}</title>"
    shared = (files(__package__) / "paper.css").read_text("utf-8")
    yield f"<style>\n{shared}{style}</style>\n</head>\n<body>"


def safe(text: str) -> str:
    """Text for a page, on one line: escaped, what could act on the reader's screen shown by a sign."""
    return escape(harmless(text).replace("\n", "↵").replace("\t", "→"))
