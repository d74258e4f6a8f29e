"""The kinds of rules. A kind is code and is shipped or installed; a rule is data and may come from anywhere."""

from functools import cache

from . import (
    charset,
    confusable,
    consistency,
    context,
    count,
    date,
    enumeration,
    layer,
    lexicon,
    near_names,
    notes,
    omission,
    pairing,
    pattern,
    repetition,
    sequence,
    series,
    spacing,
    substitution,
    surplus,
    template,
    witness,
    xref,
)
from .base import Kind, Values

ENTRY_POINTS = "obelos.kinds"
"""Group of entry points in which an installed package names further kinds, each a `Kind`."""

SHIPPED: dict[str, Kind] = {
    module.KIND.name: module.KIND
    for module in (
        charset,
        confusable,
        consistency,
        context,
        count,
        date,
        enumeration,
        layer,
        lexicon,
        near_names,
        notes,
        omission,
        pairing,
        pattern,
        repetition,
        sequence,
        series,
        spacing,
        substitution,
        surplus,
        template,
        witness,
        xref,
    )
}


def kind_named(name: str) -> Kind | None:
    """The kind of that name, shipped or installed. Installed packages are looked at only for an unknown name."""
    return SHIPPED.get(name) or _installed().get(name)


@cache
def _installed() -> dict[str, Kind]:
    from importlib.metadata import entry_points

    loaded = (entry.load() for entry in entry_points(group=ENTRY_POINTS))
    return {kind.name: kind for kind in loaded if isinstance(kind, Kind)}


__all__ = ["ENTRY_POINTS", "SHIPPED", "Kind", "Values", "kind_named"]
