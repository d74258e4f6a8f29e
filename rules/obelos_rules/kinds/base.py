"""What a kind is: the keys its rules take, and how a detector is made of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from obelos_transcripts.schema import Field, Problems

from ..model import Detector

Values = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """A kind of rule.

    Attributes:
        name: What rules call it.
        fields: Keys that its rules take beside the common ones.
        build: Makes the detector of the values read; adds a problem with the rule's line and returns None
            when they do not go together.
        placeholders: Names its hits provide for messages beside ``found`` and ``suggest``.
        about: What the kind is for, for its page of the manual: the docstring of its module.
        yields: Whether it judges how words are spelt, so that the edition's own list of words overrides it.
    """

    name: str
    fields: Mapping[str, Field]
    build: Callable[[Values, Problems, int], Detector | None]
    placeholders: frozenset[str] = frozenset()
    about: str = ""
    yields: bool = False
