"""Checking an edition as a series: rules of the kind ``series`` look across the facts of its documents.

Facts are gathered text by text (`facts_of`) and may be kept; so no text needs to be open when the series is checked.
"""

from collections.abc import Sequence

from .kinds.series import Facts, SeriesDetector, SeriesFinding, facts_of
from .model import Hit, Rule


def check_series(entries: Sequence[tuple[str, Facts]], rules: Sequence[Rule]) -> list[tuple[str, Hit, Rule]]:
    """Findings across documents, as (document, hit, rule), ordered by document, place and code.

    Args:
        entries: The documents by name, with their facts; their order does not matter.
        rules: Any rules; those of other kinds are passed over.
    """
    found = [
        (one.document, one.hit, rule)
        for rule in rules
        if isinstance(rule.detector, SeriesDetector)
        for one in rule.detector.across(entries)
    ]
    return sorted(found, key=lambda one: (one[0], one[1].start, one[1].end, one[2].code))


__all__ = ["Facts", "SeriesFinding", "check_series", "facts_of"]
