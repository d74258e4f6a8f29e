"""Beginning a house rule from a passage: what the command and the screen share.

The rule is drafted, loaded and proved before anyone sees what it flags; nothing is written here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from obelos_rules import Level, Rule, check, load_rules, shipped_packs
from obelos_transcripts import LAYERS, BadInput, Edition, Layer, read_text

from .house_rules import (
    Draft,
    Passage,
    examples_for,
    exception_for,
    keys_for,
    name_for,
    next_code,
    passage_at,
    usual_kind,
)
from .rule_record import decisions_of

_MESSAGES = {
    "consistency": "“{found}” here ({rare} times), elsewhere “{suggest}” ({usual} times)",
    "substitution": "“{found}”: “{suggest}” was probably meant",
    "": "“{found}” where the sense may want “{suggest}”",
}


@dataclass(frozen=True)
class Outline:
    """What an editor says of a new rule; what is None or empty is made up for them.

    Attributes:
        reading: What the sense wants instead of the passage.
        left, right, near, unless: Phrases that must stand there, or must not.
    """

    reading: str
    kind: str | None = None
    left: Sequence[str] = ()
    right: Sequence[str] = ()
    near: Sequence[str] = ()
    unless: Sequence[str] = ()
    layers: Sequence[Layer] = ()
    level: Level = "likely"
    code: str | None = None
    name: str | None = None
    message: str | None = None
    why: str | None = None
    authority: str | None = None


@dataclass(frozen=True)
class Begun:
    """A rule as drafted, loaded and proved, and the passage it began from."""

    draft: Draft
    rule: Rule
    passage: Passage


def begin(
    edition: Edition | None,
    here: Sequence[Rule],
    text_and_source: tuple[str, str],
    span: tuple[int, int],
    outline: Outline,
    pack: str,
) -> Begun:
    """A rule that flags the words at a span of a text.

    Args:
        here: The rules that hold.
        text_and_source: The text, and how the rule names where the passage was seen.
        pack: The pack that it will belong to.

    Raises:
        BadInput: The passage or the outline does not make a rule, or the rule fails its own examples.
    """
    text, source = text_and_source
    passage = passage_at(text, *span)
    every = (*here, *load_rules([pack for pack in shipped_packs() if pack not in {rule.pack for rule in here}]))
    kind = outline.kind or usual_kind(passage, outline.reading)
    taken = {one for rule in every for one in (rule.code, *rule.aliases)} | _once_used(edition)
    if outline.code in taken:
        what = f"{outline.code} is, or was, the code of another rule; codes are never used twice"
        raise BadInput.at("--code", None, what)
    reading = outline.reading
    flag, passing = examples_for(kind, passage, reading)
    draft = Draft(
        code=outline.code or next_code(kind, [rule.code for rule in here], taken),
        name=outline.name or name_for(passage.words, reading, {rule.name for rule in every}),
        kind=kind,
        level=outline.level,
        layers=_layers(outline.layers, passage),
        message=outline.message or _MESSAGES.get(kind, _MESSAGES[""] if reading else "“{found}” has no business here"),
        why=outline.why or _why(source, reading),
        authority=outline.authority or _authority(edition),
        keys=keys_for(kind, passage.words, reading),
        flag=flag,
        passing=passing,
        contexts={
            "left": outline.left,
            "right": outline.right,
            "near": outline.near,
            "unless": (*outline.unless, *exception_for(passage.words, reading)),
        },
    )
    return Begun(draft, draft.proved(pack), passage)


def texts_of(edition: Edition, names: Sequence[str] | None = None) -> Iterator[tuple[str, str]]:
    """Documents and their working texts."""
    for name in edition.names() if names is None else names:
        document = edition.document(name)
        yield name, read_text(document.working if document.working.exists() else document.base)


def hints(here: Sequence[Rule], text: str, begun: Begun, span: tuple[int, int]) -> Iterator[str]:
    """What an editor would want to know: rules that flag the passage already, and how to narrow this one."""
    draft, passage = begun.draft, begun.passage
    for finding in check(text, here, level="possible"):
        if finding.start < span[1] and span[0] < finding.end:
            yield f"{finding.code} ({finding.level}) flags this passage already: {finding.message}"
    beside = passage.before.split()[-1:], passage.after.split()[:1]
    if draft.kind == "confusable" and not any(draft.contexts.values()):
        sides = [(side, words[0]) for side, words in zip(("left", "right"), beside, strict=True) if words]
        if options := [f"--{side} {word}" for side, word in sides if word.isalnum()]:
            yield f"It flags these words wherever they stand; narrow it by {' or '.join(options)}."


def refuse_the_same(rule: Rule, here: Sequence[Rule], text: str, span: tuple[int, int]) -> None:
    """A house rule that says the same of the passage would be told beside this one, at every place.

    Raises:
        BadInput: There is one.
    """
    shipped = shipped_packs()
    own = {one.code: one for one in here if one.pack not in shipped and one.kind == rule.kind}
    new = {(one.start, one.end, one.suggestions) for one in check(text, [rule], level="possible")}
    for finding in check(text, list(own.values()), level="possible"):
        says = finding.start, finding.end, finding.suggestions
        if says in new and finding.start < span[1] and span[0] < finding.end:
            what = f"a house rule flags this passage already with the same reading: {finding.code}"
            raise BadInput.at("--at", None, f"{what}. Nothing was written; change that rule instead")


def _once_used(edition: Edition | None) -> set[str]:
    """Codes that decisions name or settings switch off: a code that was quoted once is never given to another rule."""
    if edition is None:
        return set()
    off = {one.code for one in edition.settings.off}
    return off | {one.rule for one in decisions_of(edition) if one.rule}


def _layers(given: Sequence[Layer], passage: Passage) -> tuple[Layer, ...]:
    wanted = set(given) or {"body", "note", passage.layer}
    return tuple(layer for layer in LAYERS if layer in wanted)


def _why(source: str, reading: str) -> str:
    wanted = f"“{reading}” was wanted" if reading else "the words were not wanted"
    return f"Seen in {source}, where {wanted}. Check the source at each place."


def _authority(edition: Edition | None) -> str:
    if edition is None:
        return "editorial experience"
    title = edition.settings.title
    return f"the editors of “{title}”" if title else "the editors of this edition"
