"""What a collation tells of the quality of its versions: error rates, agreement by class, errors that nobody caught.

The working text is taken for what the source reads: what is said of errors holds as far as it has been decided.
"""

from collections.abc import Iterator, Sequence

from textual.content import Content

from obelos_transcripts import BadInput, Keyings, visible
from obelos_transcripts.agreement import agreement
from obelos_transcripts.normal_forms import NONE, Lists

from .apparatus import percent
from .collated import Collated
from .comparisons.errors import Errors, errors_of, errors_told
from .comparisons.wording import summary
from .shown import Version

AFFORDABLE = 200_000
"""Code points of all versions together up to which errors are counted, anew after each decision."""

_WIDE = 120
"""Cells of a line from which on there is room for the errors."""

BASE = "base"
"""Siglum of the base text on the screens."""


def asked_for_errors(working: Version, others: Sequence[Version]) -> tuple[Version, ...]:
    """The versions that errors can be counted of: working text, base text, and its first two witnesses or the only one.

    Empty where there is no witness, and where the working text is the base text still: nothing is known of its errors.
    """
    base = next((version for version in others if version.siglum == BASE), None)
    witnesses = [version for version in others if version.siglum != BASE][:2]
    if base is None or not witnesses or base.text == working.text:
        return ()
    return (working, base, *witnesses)


def too_long(versions: Sequence[Version]) -> bool:
    """Whether counting the errors would take longer than a decision may."""
    return sum(len(version.text) for version in versions) > AFFORDABLE


def errors_known(versions: Sequence[Version], lists: Lists = NONE) -> Errors | None:
    """The errors of some versions by the working text, which comes first; None where they are not counted."""
    if not versions or too_long(versions):
        return None
    try:
        return errors_of(versions, 1, versions[0].siglum, lists)
    except BadInput:
        return None  # a witness that took the siglum of the working text


def errors_in_short(errors: Errors | None, width: int) -> str:
    """The errors for the end of a title: ``errors neither caught: about 3 (1–10), 2 known``.

    "" without room, without enough to go by, and where more are known than the estimate holds possible.
    """
    found = errors.found[0][1] if errors and width >= _WIDE else None
    if found is None:
        return ""
    if isinstance(found, Keyings):
        if not found.both:
            return ""  # as a rule because nobody looked where the two agree
        return f"  both keyings wrong at {found.both} place{'' if found.both == 1 else 's'}"
    low, high = found.estimate.interval
    if not found.estimate.telling or found.neither > high:
        return ""
    return f"  errors neither caught: about {found.estimate.uncaught:.0f} ({low:.0f}–{high:.0f}), {found.neither} known"


def quality_lines(collated: Collated, versions: Sequence[Version], errors: Errors | None) -> list[Content]:
    """All figures in words, for reading at leisure; long texts take seconds.

    ``versions``: those that the errors were to be counted of.
    """
    base = visible(collated.versions[collated.table.base].siglum)
    lines = [Content.styled(f"How far the versions agree with {base}", "bold")]
    for number, version in enumerate(collated.versions):
        if number == collated.table.base:
            continue
        found = agreement(collated.table, number)
        rates = f"CER {percent(found.characters)}  WER {percent(found.words)}"
        lines.append(Content.assemble((f"{visible(version.siglum):<8} ", "bold"), f"{rates}  {summary(found.places)}"))
    lines += [Content(""), Content.styled("Errors, if the working text is right", "bold")]
    return lines + [Content(visible(line)) for line in _errors_told(versions, errors)]


def _errors_told(versions: Sequence[Version], errors: Errors | None) -> Iterator[str]:
    if errors is not None:
        yield from errors_told(errors)
        if errors.text is None:
            yield "A third, independent reading would allow an estimate of what nobody caught."
        yield "What the figures assume is told in docs/collation.md."
    elif too_long(versions):
        yield f"not counted: more than {AFFORDABLE:,} characters. “obelos collate --adjudicated” counts them."
    elif versions:
        yield "not counted: a witness has the siglum of the working text."
    else:
        yield "nothing is known: errors are counted where a witness stands besides, and something has been corrected."
