"""Nodes of strict YAML as plain data that JSON can hold, and back, lines included."""

from typing import Any

from .strict_yaml import Mapping, Node, Scalar, Sequence


def to_plain(node: Node) -> Any:
    """A node as lists, strings and numbers."""
    if isinstance(node, Scalar):
        return [node.value, node.line, node.plain]
    if isinstance(node, Sequence):
        return [[to_plain(item) for item in node.items], node.line]
    return [{key: [node.keys[key], to_plain(child)] for key, child in node.items.items()}, node.line]


def from_plain(data: Any) -> Node:
    """The node that `to_plain` was given.

    Raises:
        TypeError, ValueError, IndexError, KeyError: It is not what `to_plain` makes.
    """
    value, line = data[0], int(data[1])
    if isinstance(value, str):
        return Scalar(value, line, data[2] is True)
    if isinstance(value, list):
        return Sequence([from_plain(item) for item in value], line)
    keys = {str(key): int(pair[0]) for key, pair in value.items()}
    return Mapping({key: from_plain(pair[1]) for key, pair in value.items()}, line, keys)
