"""Words that plain output and pages share; nothing of the screens is loaded for them."""

from collections.abc import Sequence


def counted(number: int, one: str, many: str = "") -> str:
    """``1 decision``, ``2 decisions``; ``many`` where the plural is not made by an s."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(things: Sequence[str], *, more: int = 0) -> str:
    """``a, b and c``; with ``more``: ``a, b, and 3 more``."""
    if more > 0:
        return f"{', '.join(things)}, and {more} more"
    return " and ".join([", ".join(things[:-1]), things[-1]] if len(things) > 1 else list(things))
