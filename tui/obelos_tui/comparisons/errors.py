"""What an adjudicated text tells of the errors of the other versions: how many there were, how many nobody caught.

With a base text and two independent readings of it: Chapman's estimate. With two keyings: the errors of each. What the
figures assume, and when they say nothing, is told in docs/collation.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from obelos_transcripts import BadInput, Caught, Keyings
from obelos_transcripts.estimate import caught, keyings
from obelos_transcripts.normal_forms import NONE, Lists, forms_of

from ..notes_apart import collate_notes_apart
from ..version import Version


@dataclass(frozen=True)
class Errors:
    """Errors by the adjudicated text.

    Attributes:
        text: The version whose errors are asked for; None where there are two keyings and nothing else.
        readings: The two readings of it, or the two keyings.
        found: All errors, and those of substance alone.
    """

    adjudicated: Version
    text: Version | None
    readings: tuple[Version, Version]
    found: tuple[tuple[str, Caught | Keyings], ...]


def errors_of(versions: Sequence[Version], base: int, adjudicated: str, lists: Lists = NONE) -> Errors:
    """The errors of some versions: two keyings, or a base text and two readings of it, besides the adjudicated text.

    Raises:
        BadInput: No version has this siglum, or there are more versions, or fewer.
    """
    truth = next((version for version in versions if version.siglum == adjudicated), None)
    if truth is None:
        known = ", ".join(version.siglum for version in versions)
        raise BadInput.at("--adjudicated", None, f"no version has the siglum “{adjudicated}”; there are {known}")
    others = [version for version in versions if version is not truth]
    forms = forms_of(lists)
    if len(others) == 2:
        first, second = others
        table = collate_notes_apart([truth.text, first.text, second.text], 0, forms)
        return Errors(truth, None, (first, second), tuple((kind, keyings(table, only)) for kind, only in _KINDS))
    text = versions[base]
    readings = [version for version in others if version is not text]
    if text is truth or len(readings) != 2:
        what = (
            "wants two keyings and the adjudicated text, or these four: the text whose errors are asked for "
            "(the base), two independent readings of it, the adjudicated text"
        )
        raise BadInput.at("--adjudicated", None, what)
    first, second = readings
    table = collate_notes_apart([text.text, first.text, second.text, truth.text], 0, forms)
    return Errors(truth, text, (first, second), tuple((kind, caught(table, only)) for kind, only in _KINDS))


_COUNTS = ("first", "second", "both")
_KINDS = (("all", False), ("substantive", True))


def errors_data(errors: Errors) -> dict[str, Any]:
    """The figures as plain values."""
    return {
        "adjudicated": errors.adjudicated.siglum,
        "text": errors.text.siglum if errors.text else None,
        "readings": [version.siglum for version in errors.readings],
        **{kind: _figures(found) for kind, found in errors.found},
    }


def _figures(found: Caught | Keyings) -> dict[str, Any]:
    if isinstance(found, Keyings):
        return {name: getattr(found, name) for name in (*_COUNTS, "same", "differ", "words", "expected_together")}
    names = (*_COUNTS, "seen", "total", "uncaught", "interval", "telling")
    return {name: getattr(found.estimate, name) for name in names} | {"neither": found.neither}


def errors_told(errors: Errors) -> Iterator[str]:
    """The figures in words."""
    first, second = (version.siglum for version in errors.readings)
    for kind, found in errors.found:
        what = "substantive errors" if kind == "substantive" else "errors"
        if isinstance(found, Keyings):
            yield (
                f"{what} by {errors.adjudicated.siglum}: {first} {found.first}, {second} {found.second}; both wrong at "
                f"{found.both} places, {found.same} of them alike"
            )
            continue
        estimate = found.estimate
        yield (
            f"{what} by {errors.adjudicated.siglum}: {first} caught {estimate.first}, {second} {estimate.second}, both "
            f"{estimate.both}; known, but caught by neither: {found.neither}"
        )
        if estimate.telling:
            low, high = estimate.interval
            yield f"  estimate of {what} that neither caught: {estimate.uncaught:.1f} (95 %: {low:.1f} to {high:.1f})"
            if found.neither > high:
                yield "  but more than that are known: the two readings missed the same, and the estimate does not hold"
        else:
            yield "  too few to estimate how many are left"
