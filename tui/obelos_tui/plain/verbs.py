"""The verbs of the plain review, declared once: name, other names (the keys of the screen), what it does."""

from collections.abc import Callable
from dataclasses import dataclass

from obelos_transcripts import BadInput
from obelos_transcripts.schema import did_you_mean

from .session import Session

Act = Callable[[Session, str], None]


@dataclass(frozen=True)
class Verb:
    """One verb.

    Attributes:
        usage: The verb with what may follow it.
        names: All names it answers to, the first of them in full.
    """

    usage: str
    names: tuple[str, ...]
    help: str
    act: Act


VERBS: list[Verb] = []
"""In the order of the help."""


def verb(usage: str, *others: str) -> Callable[[Act], Act]:
    """Declare a function as a verb: its docstring is the help, ``others`` are its keys on the screen, short forms."""

    def declare(act: Act) -> Act:
        name = usage.split(" [", 1)[0].split(" …", 1)[0]
        name = " ".join(word for word in name.split() if word.islower())
        VERBS.append(Verb(usage, (name, *others), " ".join((act.__doc__ or "").split()), act))
        return act

    return declare


def verb_for(line: str) -> tuple[Verb, str]:
    """The verb that a line begins with, and what follows it. Of two that fit, the longer one is meant.

    Raises:
        BadInput: It begins with none.
    """
    named = {name: one for one in VERBS for name in one.names}
    words = line.split(maxsplit=2)
    for many in (2, 1):
        said = " ".join(words[:many])
        if len(words) >= many and said in named:
            rest = line.strip().split(maxsplit=many)
            return named[said], rest[many] if len(rest) > many else ""
    first = words[0] if words else ""
    if first.isdigit():
        return named["take"], line.strip()
    raise BadInput.at("the review", None, f"“{first}” is no verb{did_you_mean(first, named)}; “help” lists them")
