"""``rules new``: a house rule begun from a passage, and what it flags in the whole edition."""

import sys
from pathlib import Path

import click

from obelos_rules import LEVELS, Level
from obelos_transcripts import LAYERS, Edition, Layer, decode, find_edition, read_text

from ..begun_rule import Outline, begin, hints, refuse_the_same, texts_of
from ..concordance import places, told
from ..house_file import USUAL, file_for, write_rule
from ..house_rules import LETTERS, Draft
from ..recipes import rules_of
from ..workplace import occurrence, say


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
    span = occurrence(text, at)
    outline = Outline(
        reading=reading,
        kind=kind,
        left=left,
        right=right,
        near=near,
        unless=unless,
        layers=layers,
        level=level,
        code=code,
        name=name,
        message=message,
        why=why,
        authority=authority,
    )
    here = rules_of(edition)
    begun = begin(edition, here, (text, source), span, outline, path.stem if path else "house")
    draft = begun.draft
    if path and not dry_run:
        refuse_the_same(begun.rule, here, text, span)
    say(("" if edition else "rules:\n") + draft.entry().rstrip("\n"))
    texts = texts_of(edition) if edition else [(source, text)]
    found = list(places(texts, [begun.rule]))
    say("\n" + "\n".join(told(found, len(edition.names()) if edition else 1)))
    for hint in hints(here, text, begun, span):
        say(hint, err=True)
    if edition and path:
        _write(path, draft, edition, dry_run)


def _text(edition: Edition | None, document: str) -> tuple[str, str]:
    """The text that is meant, and how the rule names where the passage was seen."""
    if document == "-":
        return decode(sys.stdin.buffer.read(), "standard input"), "standard input"
    if edition and (document in edition.names() or not Path(document).exists()):
        ((_, text),) = texts_of(edition, [document])
        return text, document
    return read_text(Path(document)), Path(document).name


def _write(path: Path, draft: Draft, edition: Edition, dry_run: bool) -> None:
    shown = path.relative_to(edition.root)
    if dry_run:
        say(f"{draft.code} was not written. Without --dry-run it goes into {shown}.")
        return
    write_rule(path, draft)
    say(f"{draft.code} was written to {shown}. “obelos check --rules {draft.code}” lists its findings again.")
