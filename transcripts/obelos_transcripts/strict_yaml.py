"""The one YAML loader: rules, decisions and settings all come through it.

It walks PyYAML's events, so that nothing is ever constructed: scalars stay strings (`NO`, `12:30`, `010`, `3.10`
mean what they say), and anchors, aliases, tags, merge keys, duplicate keys and second documents are refused with
their line. Size, depth and number of nodes are limited, so a hostile file costs no more than an honest one.
"""

from dataclasses import dataclass
from pathlib import PurePath

from .errors import BadInput

MOST_BYTES = 1024 * 1024
MOST_NODES = 50_000
MOST_DEPTH = 12
MOST_SCALAR = 16 * 1024


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string, with its line (from 1). ``plain`` is False where the author wrote quotes or a block."""

    value: str
    line: int
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: "list[Node]"
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Nodes by key, in the file's order; ``keys`` gives the line of each key."""

    items: "dict[str, Node]"
    line: int
    keys: dict[str, int]


Node = Scalar | Sequence | Mapping


def load(data: bytes | str, where: str | PurePath) -> Node | None:
    """The one document of a YAML file; None when the file holds nothing.

    Raises:
        BadInput: Not YAML, or YAML that Obelos does not take; the message names file and line.
    """
    if len(data) > MOST_BYTES:
        raise BadInput.at(where, None, f"is larger than {MOST_BYTES // 2**20} MiB")
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput.at(where, line, f"byte {error.start} is not UTF-8") from error
    from .yaml_events import parse

    return parse(data, where)
