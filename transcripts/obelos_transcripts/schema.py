"""Declared fields over strict YAML nodes; everything wrong with a file is collected, with its line.

A converter takes a node and the list of problems; it returns the value, or None after adding a problem.
`record` reads a mapping by a table of fields, refuses unknown keys with a "did you mean", and never raises:
the caller raises `BadInput` with all problems at the end, so a file is accepted or refused whole.
"""

import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from .errors import BadInput, Problem
from .strict_yaml import Mapping, Node, Scalar, Sequence

Converter = Callable[[Node, "Problems"], Any]


@dataclass
class Problems:
    """Problems of one file, in the order met."""

    where: str
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int | None, what: str) -> Any:
        """Note one problem; returns None, so that a converter can end with it."""
        self.found.append(Problem(self.where, line, what))

    def raise_if_any(self) -> None:
        """Raise `BadInput` with all of them."""
        if self.found:
            raise BadInput(*self.found)


@dataclass(frozen=True)
class Field:
    """One key of a mapping: how to read it, whether it must be there, its default, what the manual says of it."""

    read: Converter
    required: bool = False
    default: Any = None
    about: str = ""


def record(node: Node, fields: AnyMapping[str, Field], problems: Problems, what: str) -> dict[str, Any]:
    """Values of a mapping by field name, defaults filled in. ``what`` names the thing in messages."""
    values = {name: f.default for name, f in fields.items()}
    if not isinstance(node, Mapping):
        problems.add(node.line, f"{what} must be a mapping of keys, not {kind(node)}")
        return values
    hints: set[str] = set()
    for key, child in node.items.items():
        if key in fields:
            values[key] = fields[key].read(child, problems)
        else:
            hint = did_you_mean(key, fields)
            hints.add(hint)
            problems.add(node.keys[key], f"unknown key “{key}” in {what}{hint}")
    for name, f in fields.items():
        # A key that is there, misspelt, is not said to be missing too.
        if f.required and name not in node.items and _meant(name) not in hints:
            problems.add(node.line, f"{what} lacks the key “{name}”")
    return values


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``; did you mean “x”?``, or what is known, for the end of a message."""
    known = list(known)
    close = get_close_matches(word, known, 1, 0.6)
    if close:
        return _meant(close[0])
    return "; known are " + ", ".join(sorted(known)) if 0 < len(known) <= 30 else ""


def _meant(word: str) -> str:
    return f"; did you mean “{word}”?"


def kind(node: Node) -> str:
    """What a node is, in words."""
    if isinstance(node, Scalar):
        return f"“{node.value}”" if len(node.value) < 40 else "a text"
    return "a list" if isinstance(node, Sequence) else "a mapping"


def text(node: Node, problems: Problems) -> Any:
    """A string that is not empty."""
    if isinstance(node, Scalar) and node.value.strip():
        return node.value
    return problems.add(node.line, f"a text was expected, not {kind(node)}")


def any_text(node: Node, problems: Problems) -> Any:
    """A string, also an empty one."""
    if isinstance(node, Scalar):
        return node.value
    return problems.add(node.line, f"a text was expected, not {kind(node)}")


def whole(node: Node, problems: Problems) -> Any:
    """A whole number, zero or more, in ordinary digits."""
    if isinstance(node, Scalar) and re.fullmatch(r"[0-9]{1,9}", node.value):
        return int(node.value)
    return problems.add(node.line, f"a whole number was expected, not {kind(node)}")


def flag(node: Node, problems: Problems) -> Any:
    """``true`` or ``false``, spelt so."""
    if isinstance(node, Scalar) and node.value in ("true", "false"):
        return node.value == "true"
    return problems.add(node.line, f"true or false was expected, not {kind(node)}")


def choice(*allowed: str) -> Converter:
    """One of a few words."""

    def read(node: Node, problems: Problems) -> Any:
        if isinstance(node, Scalar) and node.value in allowed:
            return node.value
        hint = did_you_mean(node.value, allowed) if isinstance(node, Scalar) else ""
        hint = hint if hint.startswith("; did") else ""  # what is known is said already
        return problems.add(node.line, f"one of {', '.join(allowed)} was expected, not {kind(node)}{hint}")

    return read


def several(one: Converter) -> Converter:
    """A list of such values, as a tuple; a single value stands for a list of one."""

    def read(node: Node, problems: Problems) -> tuple[Any, ...]:
        nodes = node.items if isinstance(node, Sequence) else [node]
        values = (one(child, problems) for child in nodes)
        return tuple(value for value in values if value is not None)

    return read


def table(one: Converter) -> Converter:
    """A mapping from free words to such values, as a dict."""

    def read(node: Node, problems: Problems) -> Any:
        if not isinstance(node, Mapping):
            return problems.add(node.line, f"a mapping was expected, not {kind(node)}")
        return {key: one(child, problems) for key, child in node.items.items()}

    return read
