"""Nodes out of PyYAML's events, with every limit of `strict_yaml` in one place.

Apart from `strict_yaml`, so that who reads no YAML does not load PyYAML.
"""

from pathlib import PurePath

import yaml

from .errors import BadInput
from .yaml_nodes import MOST_DEPTH, MOST_NODES, MOST_SCALAR, Mapping, Node, Scalar, Sequence

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(data: bytes, where: str | PurePath) -> Node | None:
    """The one document of a YAML file; see `strict_yaml.load`."""
    try:
        return _Builder(str(where)).build(data)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or error.context or "the text ends too early"
        raise BadInput.at(where, mark.line + 1 if mark else None, f"not YAML: {what}") from error
    except yaml.reader.ReaderError as error:
        line = data.count(b"\n", 0, error.position) + 1
        raise BadInput.at(where, line, "not YAML: a control character stands here") from error


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _Builder:
    """Nodes out of events, with every limit in one place."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.stack: list[tuple[Sequence | Mapping, tuple[str, int] | None]] = []
        self.key: tuple[str, int] | None = None
        self.root: Node | None = None
        self.nodes = 0
        self.documents = 0

    def refuse(self, event: yaml.Event, what: str) -> BadInput:
        return BadInput.at(self.where, _line(event), what)

    def build(self, data: bytes) -> Node | None:
        # Events only: libyaml's composer dies on deep nesting, its event parser does not.
        loader = _LOADER(data)
        try:
            # One by one: `yaml.parse` asks twice for each, and an edition has many records.
            while (kind := type(event := loader.get_event())) is not yaml.StreamEndEvent:
                if kind is yaml.ScalarEvent:
                    self.scalar(event)
                elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                    self.collection(event)
                elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                    _, self.key = self.stack.pop()
                elif kind is yaml.DocumentStartEvent:
                    self.documents += 1
                    if self.documents > 1 or event.tags:
                        raise self.refuse(event, "one document without %TAG is expected")
                elif kind is yaml.AliasEvent:
                    raise self.refuse(event, f"aliases (*{event.anchor}) are not allowed; write it out")
        finally:
            loader.dispose()
        if isinstance(self.root, Scalar) and self.root.plain and not self.root.value:
            return None
        return self.root

    def check(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise self.refuse(event, f"more than {MOST_NODES} entries; split the file")
        if event.anchor:
            raise self.refuse(event, f"anchors (&{event.anchor}) are not allowed; write it out")
        if event.tag not in (None, "!"):
            raise self.refuse(event, f"tag {event.tag} is not allowed")

    def scalar(self, event: yaml.ScalarEvent) -> None:
        self.check(event)
        if len(event.value) > MOST_SCALAR:
            raise self.refuse(event, f"a text of more than {MOST_SCALAR} characters")
        self.place(event, Scalar(event.value, _line(event), not event.style))

    def collection(self, event: yaml.CollectionStartEvent) -> None:
        self.check(event)
        if len(self.stack) >= MOST_DEPTH:
            raise self.refuse(event, f"nested more than {MOST_DEPTH} levels deep")
        line = _line(event)
        node: Sequence | Mapping
        node = Sequence([], line) if isinstance(event, yaml.SequenceStartEvent) else Mapping({}, line, {})
        self.place(event, node)
        self.stack.append((node, self.key))
        self.key = None

    def place(self, event: yaml.Event, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1][0]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif self.key is None:
            if not isinstance(node, Scalar):
                raise self.refuse(event, "a key must be a word, not a list or a mapping")
            if node.value == "<<" and node.plain:
                raise self.refuse(event, "merge keys (<<) are not allowed; write it out")
            if node.value in parent.items:
                first = parent.keys[node.value]
                raise self.refuse(event, f"key “{node.value}” stands already on line {first}")
            self.key = (node.value, node.line)
            parent.keys[node.value] = node.line
        else:
            parent.items[self.key[0]] = node
            self.key = None
