"""Where a command works: the edition around the current folder, its repository, a review of one of its documents."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from obelos_transcripts import BadInput, Edition, Refused, find_edition, visible

from .recipes import rules_of

# Checking files needs no history, the history and the first frame of the screen no rules; none pays for loading them.
if TYPE_CHECKING:
    from obelos_history import Person, Repository
    from obelos_rules import Level

    from .review import Review


def say(text: str = "", *, err: bool = False) -> None:
    """Print a line; nothing of it can reach the terminal as a control sequence."""
    click.echo(visible(text, keep_lines=True), err=err)


def edition_here(folder: Path | None = None) -> Edition:
    """The edition around a folder.

    Raises:
        Refused: There is none; the message says how to get one.
    """
    folder = folder or Path.cwd()
    edition = find_edition(folder)
    if edition is None:
        raise Refused(
            f"{folder} is in no edition (there is no edition.yaml here or above). "
            "“obelos init” makes one here, “obelos demo” makes a sample to try."
        )
    return edition


def repository_of(edition: Edition) -> "Repository":
    """The repository of an edition, after finishing what a killed commit left; what became of it is printed.

    Raises:
        Refused: There is none, or it cannot be used; the message says what to do.
    """
    from obelos_history import Repository

    repository = Repository.open(edition.root)
    for notice in finished(repository):
        say(notice, err=True)
    return repository


def finished(repository: "Repository") -> tuple[str, ...]:
    """Finish what killed commits left; a sentence or two about each."""
    return tuple(
        f"An interrupted commit was found: {left}"
        + (" Or take it back, its decisions are kept: obelos withdraw" if left.outcome == "needs you" else "")
        for left in repository.recover()
    )


def person_named(given: str) -> "Person":
    """The person that ``Name <mail>`` names.

    Raises:
        BadInput: It is written otherwise.
    """
    from obelos_history import Person

    written = re.fullmatch(r"\s*([^<>]*[^<>\s])\s*<([^<>\s@]+@[^<>\s@]+)>\s*", given)
    if not written:
        raise BadInput.at("--as", None, f"“{given}” is no name with an address, as in 'Ada Example <ada@example.org>'")
    return Person(written[1], written[2])


def document_name(edition: Edition, given: str | None) -> str:
    """The document a command means: the one named, or the only one there is."""
    if given:
        return edition.document(given).name
    names = edition.names()
    if len(names) == 1:
        return names[0]
    what = f"say which document: {', '.join(names[:12])}" if names else "the edition holds no document yet"
    raise BadInput.at(edition.root, None, what)


def review_of(edition: Edition, name: str, *, level: "Level" = "likely", most: int | None = None) -> "Review":
    """The review of a document, open for deciding unless another Obelos holds it.

    Args:
        most: Up to how many documents findings across them are looked for; None for as many as are not felt.
    """
    from obelos_history import DocumentHistory

    from .edition_facts import MANY, EditionFacts
    from .review import Review

    rules = rules_of(edition)
    others = EditionFacts(edition, rules, most=MANY if most is None else most)
    return Review(DocumentHistory(edition, repository_of(edition), name), rules, level=level, others=others)


def occurrence(text: str, wanted: str) -> tuple[int, int]:
    """Span of ``TEXT`` or ``TEXT#N`` in a text, in code points.

    Raises:
        BadInput: It stands nowhere, or at several places and N is not given.
    """
    exact, number = wanted, None
    if text.count(wanted) == 0 and (numbered := re.fullmatch(r"(.+)#(\d{1,6})", wanted, re.DOTALL)):
        exact, number = numbered[1], int(numbered[2])
    starts = [m.start() for m in re.finditer(re.escape(exact), text)]
    if not starts:
        raise BadInput.at("--at", None, f"“{exact}” stands nowhere in the working text")
    if number is None and len(starts) > 1:
        around = "; ".join(f"#{n} …{text[max(0, s - 16) : s + len(exact) + 16]}…" for n, s in enumerate(starts[:9], 1))
        raise BadInput.at(
            "--at", None, f"“{exact}” stands there {len(starts)} times; say which, as in “{exact}#2”: {around}"
        )
    if number is not None and not 1 <= number <= len(starts):
        raise BadInput.at("--at", None, f"“{exact}” stands there {len(starts)} times; there is no #{number}")
    start = starts[(number or 1) - 1]
    return start, start + len(exact)
