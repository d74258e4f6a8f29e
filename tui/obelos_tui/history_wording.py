"""The history in words: what a decision changed, in its sentence."""

from obelos_history import Decision

_CONTEXT = 24
_MOST = 6


def difference(decision: Decision, context: int = _CONTEXT) -> str:
    """What a decision changed, in its sentence: ``…either as a [bane → base] for exten…``.

    Words put in are ``[+ the]``, words struck out ``[− the]``; a decision that changed nothing has its words in plain
    brackets.
    """
    place = decision.place
    before, after = _line(place.prefix)[-context:], _line(place.suffix)[:context]
    return f"…{before}[{change(_line(place.exact), decision.reading)}]{after}…"


def _line(text: str) -> str:
    """A text with its line ends as spaces."""
    return " ".join(text.splitlines())


def change(before: str, after: str | None) -> str:
    """A reading and what stands in its place now; None: nothing changed."""
    if after is None:
        return before or "‸"
    if not before:
        return f"+ {after}"
    return f"{before} → {after}" if after else f"− {before}"


def told_words(words: tuple[tuple[str, str], ...]) -> str:
    """Pairs of words before and after, in a line."""
    told = ", ".join(f"[{change(*pair)}]" for pair in words[:_MOST])
    return f"{told} and {len(words) - _MOST} more" if len(words) > _MOST else told
