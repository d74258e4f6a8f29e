"""Classes of variants as they are asked for on the command line."""

from obelos_transcripts import VARIANT_CLASSES, BadInput, Problem, VariantClass
from obelos_transcripts.schema import did_you_mean

_ALL = {"accidental": VARIANT_CLASSES[1:], "accidentals": VARIANT_CLASSES[1:], "all": VARIANT_CLASSES}


def classes_of(given: str | None) -> tuple[VariantClass, ...]:
    """The classes named, separated by commas; all where nothing is given.

    Raises:
        BadInput: There is no such class.
    """
    if given is None:
        return VARIANT_CLASSES
    names = [name.strip().lower() for name in given.split(",") if name.strip()]
    known = {kind: (kind,) for kind in VARIANT_CLASSES} | _ALL
    wrong = [name for name in names if name not in known]
    if wrong:
        raise BadInput(
            *(Problem("--class", None, f"there is no class “{name}”{did_you_mean(name, known)}") for name in wrong)
        )
    if not names:
        raise BadInput.at("--class", None, f"names no class; there are {', '.join(VARIANT_CLASSES)}")
    wanted = {kind for name in names for kind in known[name]}
    return tuple(kind for kind in VARIANT_CLASSES if kind in wanted)
