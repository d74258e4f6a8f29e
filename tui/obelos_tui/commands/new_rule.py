"""``rules new``: a house rule begun from a passage, and what it flags in the whole edition."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from obelos_rules import LEVELS, Level, Rule, check, load_rules, shipped_packs
from obelos_transcripts import LAYERS, BadInput, Edition, Layer, decode, find_edition, read_text

from ..concordance import places, told
from ..house_file import USUAL, file_for, write_rule
from ..house_rules import (
    LETTERS,
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
from ..rule_record import decisions_of
from ..workplace import occurrence, rules_of, say

_MESSAGES = {
    "consistency": "“{found}” here ({rare} times), elsewhere “{suggest}” ({usual} times)",
    "substitution": "“{found}”: “{suggest}” was probably meant",
    "": "“{found}” where the sense may want “{suggest}”",
}


@click.command("new")
@click.argument("document")
@click.option("--at", required=True, help="The passage, as it stands in the working text; TEXT#2 for its second place.")
@click.option("--reading", required=True, help="What the sense wants instead.")
@click.option("--kind", type=click.Choice(sorted(LETTERS)), help="Unless told: confusable for words, else pattern.")
@click.option("--left", multiple=True, help="A phrase that must stand right before; several: one of them.")
@click.option("--right", multiple=True, help="A phrase that must stand right after.")
@click.option("--near", multiple=True, help="A phrase that must stand within eight words.")
@click.option("--unless", multiple=True, help="A phrase that must not stand around it.")
@click.option("--layer", "layers", multiple=True, type=click.Choice(LAYERS), help="Unless told: body and note.")
@click.option("--level", type=click.Choice(LEVELS), default="likely", help="How sure the rule is.")
@click.option("--code", help="Unless told: the next free one of the edition.")
@click.option("--name", help="Unless told: made of the words, as bane-for-base.")
@click.option("--message", help="What the rule says; {found} and {suggest} stand for the words.")
@click.option("--why", help="What produces the error, and what to check in the source.")
@click.option("--authority", help="Where the knowledge comes from.")
@click.option("--into", default=USUAL, help=f"File of house rules; unless told {USUAL}.")
@click.option("--dry-run", is_flag=True, help="Show the rule and what it flags; write nothing.")
def new_rule(
    document: str,
    at: str,
    reading: str,
    kind: str | None,
    left: tuple[str, ...],
    right: tuple[str, ...],
    near: tuple[str, ...],
    unless: tuple[str, ...],
    layers: tuple[Layer, ...],
    level: Level,
    code: str | None,
    name: str | None,
    message: str | None,
    why: str | None,
    authority: str | None,
    into: str,
    dry_run: bool,
) -> None:
    """Begin a house rule from a passage, prove it, and show at once what it flags in the whole edition.

    DOCUMENT is a document of the edition, a file, or - (standard input). The rule flags the words of --at wherever
    they stand, or only where --left, --right, --near hold and --unless does not. The clause is its example that is
    flagged; the clause with the reading is its example that passes. Outside an edition the entry is only printed.

    \b
    Examples:
      obelos rules new chungking-456 --at bane --reading base --right for --dry-run
      obelos rules new chungking-456 --at "tot he" --reading "to the" --level certain
    """
    edition = find_edition(Path.cwd())
    path = file_for(edition, into) if edition else None
    text, source = _text(edition, document)
    passage = passage_at(text, *occurrence(text, at))
    here = rules_of(edition)
    every = (*here, *load_rules([pack for pack in shipped_packs() if pack not in {rule.pack for rule in here}]))
    kind = kind or usual_kind(passage, reading)
    taken = {one for rule in every for one in (rule.code, *rule.aliases)} | _once_used(edition)
    if code in taken:
        raise BadInput.at("--code", None, f"{code} is, or was, the code of another rule; codes are never used twice")
    flag, passing = examples_for(kind, passage, reading)
    draft = Draft(
        code=code or next_code(kind, [rule.code for rule in here], taken),
        name=name or name_for(passage.words, reading, {rule.name for rule in every}),
        kind=kind,
        level=level,
        layers=_layers(layers, passage),
        message=message or _MESSAGES.get(kind, _MESSAGES[""] if reading else "“{found}” has no business here"),
        why=why or _why(source, reading),
        authority=authority or _authority(edition),
        keys=keys_for(kind, passage.words, reading),
        flag=flag,
        passing=passing,
        contexts={
            "left": left,
            "right": right,
            "near": near,
            "unless": (*unless, *exception_for(passage.words, reading)),
        },
    )
    rule = draft.proved(path.stem if path else "house")
    if path and not dry_run:
        _refuse_the_same(rule, here, text, occurrence(text, at))
    say(("" if edition else "rules:\n") + draft.entry().rstrip("\n"))
    texts = _texts(edition) if edition else [(source, text)]
    found = list(places(texts, [rule]))
    say("\n" + "\n".join(told(found, len(edition.names()) if edition else 1)))
    _hints(here, text, passage, draft, occurrence(text, at))
    if edition and path:
        _write(path, draft, edition, dry_run)


def _text(edition: Edition | None, document: str) -> tuple[str, str]:
    """The text that is meant, and how the rule names where the passage was seen."""
    if document == "-":
        return decode(sys.stdin.buffer.read(), "standard input"), "standard input"
    if edition and (document in edition.names() or not Path(document).exists()):
        ((_, text),) = _texts(edition, [document])
        return text, document
    return read_text(Path(document)), Path(document).name


def _texts(edition: Edition, names: Sequence[str] | None = None) -> Iterator[tuple[str, str]]:
    """Documents and their working texts."""
    for name in edition.names() if names is None else names:
        document = edition.document(name)
        yield name, read_text(document.working if document.working.exists() else document.base)


def _once_used(edition: Edition | None) -> set[str]:
    """Codes that decisions name: a code that was quoted once is never given to another rule."""
    return {one.rule for one in decisions_of(edition) if one.rule} if edition else set()


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


def _hints(here: Sequence[Rule], text: str, passage: Passage, draft: Draft, span: tuple[int, int]) -> None:
    """What an editor would want to know: rules that flag it already, and how to narrow this one."""
    for finding in check(text, here, level="possible"):
        if finding.start < span[1] and span[0] < finding.end:
            say(f"{finding.code} ({finding.level}) flags this passage already: {finding.message}", err=True)
    beside = passage.before.split()[-1:], passage.after.split()[:1]
    if draft.kind == "confusable" and not any(draft.contexts.values()):
        sides = [(side, words[0]) for side, words in zip(("left", "right"), beside, strict=True) if words]
        if options := [f"--{side} {word}" for side, word in sides if word.isalnum()]:
            say(f"It flags these words wherever they stand; narrow it by {' or '.join(options)}.", err=True)


def _refuse_the_same(rule: Rule, here: Sequence[Rule], text: str, span: tuple[int, int]) -> None:
    """A house rule that says the same of the passage would be told beside this one, at every place."""
    shipped = shipped_packs()
    own = {one.code: one for one in here if one.pack not in shipped and one.kind == rule.kind}
    new = {(one.start, one.end, one.suggestions) for one in check(text, [rule], level="possible")}
    for finding in check(text, list(own.values()), level="possible"):
        says = finding.start, finding.end, finding.suggestions
        if says in new and finding.start < span[1] and span[0] < finding.end:
            what = f"a house rule flags this passage already with the same reading: {finding.code}"
            raise BadInput.at("--at", None, f"{what}. Nothing was written; change that rule instead")


def _write(path: Path, draft: Draft, edition: Edition, dry_run: bool) -> None:
    shown = path.relative_to(edition.root)
    if dry_run:
        say(f"{draft.code} was not written. Without --dry-run it goes into {shown}.")
        return
    write_rule(path, draft)
    say(f"{draft.code} was written to {shown}. “obelos check --rules {draft.code}” lists its findings again.")
