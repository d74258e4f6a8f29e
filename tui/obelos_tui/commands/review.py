"""``review``: the screens, loaded only here."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from obelos_history import Repository
from obelos_transcripts import Edition, Refused, Settings, find_edition, read_text
from obelos_transcripts.edition import TRANSCRIPTS

from ..desk import Desk
from ..workplace import edition_here, finished, rules_of, say
from .decide import reviewing

_LOOSE = (
    "These are loose files: you can look at them, but nothing can be recorded. "
    "“obelos init” makes an edition of this folder, “obelos add” brings the files in."
)


@click.command()
@click.argument("what", nargs=-1, metavar="[DOCUMENT | FILE…]")
@click.option("--plain", is_flag=True, help="Line by line, without a screen: for screen readers and pipes.")
@click.option("--aloud", is_flag=True, help="Read aloud by two: breath by breath, every sign spoken.")
@click.option("--siglum", help="With --aloud: read this version instead of the working text.")
def review(what: tuple[str, ...], plain: bool, aloud: bool, siglum: str | None) -> int | None:
    """Review a document on the screen: its versions side by side, its findings one by one.

    Without a name: the only document, or the list of all. With files: the first beside the others, to look at;
    nothing can be recorded until there is an edition.

    --plain reads commands from standard input, a line each, and answers on standard output: “help” lists them. They are
    the verbs of the screen. Its exit code from a pipe is 2 if a line was not understood, 3 if one was refused.

    \b
    Examples:
      obelos review chungking-456
      obelos review chungking-456 --plain
      echo all | obelos review chungking-456 --aloud
      obelos review first-keying.txt second-keying.txt
    """
    if plain or aloud:
        return _line_by_line(what, aloud, siglum)
    edition = find_edition(Path.cwd())
    if what and not (edition and what[0] in edition.names()) and all(Path(name).is_file() for name in what):
        _look_at(tuple(map(Path, what)))
    elif len(what) > 1:
        raise click.UsageError("name one document, or files that are there")
    else:
        open_screen(what[0] if what else None)
    return None


def _line_by_line(what: tuple[str, ...], aloud: bool, siglum: str | None) -> int:
    if len(what) > 1:
        raise click.UsageError("name one document")
    with reviewing(what[0] if what else None, "likely") as review:
        if aloud:
            from ..plain.reading import read_aloud

            return read_aloud(review, siglum, sys.stdin)
        from ..plain import run

        return run(review, sys.stdin)


def open_screen(document: str | None) -> None:
    """Open the screens on the edition here."""
    edition = edition_here()
    if document:
        edition.document(document)
    repository = Repository.open(edition.root)
    _open(Desk(edition, repository, rules_of(edition), notices=finished(repository)), document)


def _open(desk: Desk, document: str | None) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused(
            "there is no terminal to open the screen on. The same work line by line: obelos review --plain; by plain "
            "commands: obelos check, obelos decide, obelos commit, obelos log, obelos verify"
        )
    from ..app import run
    from ..picture import prepare

    prepare()
    farewell = run(desk, document)
    if farewell:
        say(farewell)


def _look_at(paths: tuple[Path, ...]) -> None:
    """Show loose files as if they were versions of a document, in an edition that lasts as long as the screen."""
    texts = [read_text(path) for path in paths]
    with TemporaryDirectory(prefix="obelos-") as passing:
        edition = Edition(Path(passing).resolve(), Settings())
        document = edition.root / TRANSCRIPTS / "loose"
        document.mkdir(parents=True)
        for stem, text in zip(("base", *"BCDEFGHIJKLMNOPQRSTUVWXYZ"), texts, strict=False):
            (document / f"{stem}.txt").write_bytes(text.encode())
        repository = Repository.create(edition.root)
        _open(Desk(edition, repository, rules_of(find_edition(Path.cwd())), _LOOSE), "loose")
