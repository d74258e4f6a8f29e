"""What a YAML file holds, as nodes that know their lines; and how much of it is taken."""

from dataclasses import dataclass

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
