"""The one YAML loader: rules, decisions and settings all come through it.

It walks PyYAML's events, so that nothing is ever constructed: scalars stay strings (`NO`, `12:30`, `010`, `3.10`
mean what they say), and anchors, aliases, tags, merge keys, duplicate keys and second documents are refused with
their line. Size, depth and number of nodes are limited, so a hostile file costs no more than an honest one.
"""

from pathlib import PurePath

from .errors import BadInput
from .yaml_nodes import MOST_DEPTH, MOST_NODES, MOST_SCALAR, Mapping, Node, Scalar, Sequence

__all__ = ["MOST_BYTES", "MOST_DEPTH", "MOST_NODES", "MOST_SCALAR", "Mapping", "Node", "Scalar", "Sequence", "load"]

MOST_BYTES = 1024 * 1024


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
