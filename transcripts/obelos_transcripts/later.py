"""Names of a package whose modules are loaded when the name is first asked for: a command does not pay for others."""

from collections.abc import Callable, Mapping
from importlib import import_module


def later(package: str, names: Mapping[str, tuple[str, ...]]) -> Callable[[str], object]:
    """What a package takes as its ``__getattr__`` (PEP 562).

    A function that has the name of its module cannot be offered so: the module would take its place.

    Args:
        package: Its name.
        names: For each module of it, without the package, the names that the package offers from there.
    """
    where = {name: module for module, some in names.items() for name in some}

    def find(name: str) -> object:
        if name not in where:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f".{where[name]}", package), name)

    return find
