"""The tables of commands by the name of their view."""

from .keys import (
    ALOUD,
    COLLATION,
    CONCORDANCE,
    DESK,
    EDITION_HISTORY,
    FACSIMILE,
    HISTORY,
    HOUSE_RULE,
    REVIEW,
    RULE_PLACES,
    RULES,
    WAITING,
)

VIEWS = {
    "desk": DESK,
    "review": REVIEW,
    "collation": COLLATION,
    "history": HISTORY,
    "edition-history": EDITION_HISTORY,
    "waiting": WAITING,
    "concordance": CONCORDANCE,
    "rules": RULES,
    "house-rule": HOUSE_RULE,
    "rule-places": RULE_PLACES,
    "facsimile": FACSIMILE,
    "aloud": ALOUD,
}
"""The tables by the name of their view, as a settings file has it."""
