"""A decision that was taken earlier, in a sentence; the same for the screen and for the plain commands."""

from obelos_history import Decision

from .answered import Earlier, Stale

_TAKEN = {
    "correct": "corrected",
    "emend": "emended",
    "stet": "let stand",
    "reject": "rejected",
    "query": "queried",
}
_MOST = 60


def taken(decision: Decision) -> str:
    """``rejected on 3 May 2026 by N. N.``"""
    person = decision.resp.split(" <")[0]
    return f"{_TAKEN[decision.disposition]} on {decision.when.day} {decision.when:%B %Y} by {person}"


def told_earlier(earlier: Earlier) -> str:
    """What was decided on a passage that is flagged again, and why it is."""
    since = "the passage has changed since" if earlier.changed else "the rule flags it otherwise now"
    if earlier.decision.changes_text:
        return f"{taken(earlier.decision)} to {quoted(earlier.read)}; {since}"
    return f"{taken(earlier.decision)} when it read {quoted(earlier.read)}; {since}"


def told_stale(stale: Stale) -> str:
    """What a decision said of what, and why it matches nothing any more."""
    return f"{taken(stale.decision)}: {quoted(stale.read)}. {stale.why[:1].upper()}{stale.why[1:]}."


def quoted(words: str) -> str:
    """The words on one line in quotation marks, shortened in the middle; *nothing* for none."""
    shown = " ".join(words.split()) or words.replace(" ", "␣")
    if len(shown) > _MOST:
        half = (_MOST - 1) // 2
        shown = f"{shown[:half]}…{shown[-half:]}"
    return f"“{shown}”" if shown else "nothing"
