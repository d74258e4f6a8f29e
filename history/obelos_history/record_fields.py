"""What all records of a document have in common on disk: how they are written, and the fields that sign them.

A record is one YAML file that is written once and never changed. Its first key, ``format``, says what it is.
"""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Any

import yaml

from obelos_transcripts.errors import BadInput
from obelos_transcripts.schema import Field, Problems, any_text, text
from obelos_transcripts.strict_yaml import Node, Scalar, load


class _Dumper(yaml.SafeDumper):
    """Writes what PyYAML's own leaves to line folding, U+0085 and its like, as escapes in double quotes."""


def _written(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    style = '"' if any(char in value for char in "\x85\u2028\u2029\ufeff") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _written)


def dumped(data: Mapping[str, Any], *, keep: Collection[str] = ()) -> bytes:
    """A record as YAML, its keys in the order given. What is None, False or empty is left out; ``keep`` names keys that
    may be an empty text.

    Moments are written as ISO 8601, a tuple of one as its value.
    """
    shown: dict[str, Any] = {}
    for key, value in data.items():
        if value is None or value is False or value == () or (value == "" and key not in keep):
            continue
        if isinstance(value, datetime):
            value = value.isoformat(timespec="seconds")
        elif isinstance(value, tuple):
            value = value[0] if len(value) == 1 and isinstance(value[0], str) else list(value)
        shown[key] = value
    written: str = yaml.dump(shown, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)
    return written.encode()


def loaded(data: bytes, where: str | PurePath) -> Node:
    """The YAML of a record's file.

    Raises:
        BadInput: It is not YAML that Obelos takes, or nothing.
    """
    node = load(data, where)
    if node is None:
        raise BadInput.at(where, None, "is empty; a record of the edition was expected")
    return node


def moment(node: Node, problems: Problems) -> Any:
    """A moment with its offset (ISO 8601)."""
    try:
        found = datetime.fromisoformat(node.value if isinstance(node, Scalar) else "")
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        return problems.add(node.line, "a date, time and offset such as 2026-11-23T10:45:00+00:00 was expected")
    return found


def ulid(node: Node, problems: Problems) -> Any:
    """The id of a record."""
    if isinstance(node, Scalar) and is_ulid(node.value):
        return node.value
    return problems.add(node.line, "an id of 26 letters and digits (a ULID) was expected")


def is_ulid(value: str) -> bool:
    """Whether a string is a ULID in its canonical spelling."""
    return re.fullmatch(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", value) is not None


def blob_id(node: Node, problems: Problems) -> Any:
    """The id that git gives to a file."""
    return _object_id(node, problems, "blob")


def commit_id(node: Node, problems: Problems) -> Any:
    """The id of a commit."""
    return _object_id(node, problems, "commit")


def _object_id(node: Node, problems: Problems, what: str) -> Any:
    if isinstance(node, Scalar) and re.fullmatch(r"[0-9a-f]{40}([0-9a-f]{24})?", node.value):
        return node.value
    return problems.add(node.line, f"the id of a git {what}, 40 or 64 hexadecimal digits, was expected")


SIGNED = {
    "id": Field(ulid, required=True),
    "document": Field(text, required=True),
    "note": Field(any_text, default=""),
    "resp": Field(text, required=True),
    "when": Field(moment, required=True),
}
"""What every record says of itself: its id, the document, why, who, when."""
