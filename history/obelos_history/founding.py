"""Founding an edition and adding texts to it: files written and committed together, or not at all."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from unicodedata import normalize

from obelos_transcripts.edition import (
    ATTRIBUTES,
    DEFAULT_PACKS,
    SETTINGS,
    SUFFIXES,
    TRANSCRIPTS,
    Edition,
    check_name,
    find_edition,
)
from obelos_transcripts.errors import BadInput, Problem, Refused
from obelos_transcripts.text import decode, read_bytes

from .attestation import BaseRecord, dump
from .files import folded
from .placing import new_id
from .repository import Person, Repository

_UNUSABLE = re.compile(r"[^\w.-]+")


def found(folder: Path, title: str, person: Person, now: datetime, repository: Repository) -> Edition:
    """Make a folder of a repository an edition, and commit that.

    Raises:
        Refused: There is an edition already.
    """
    settings, attributes = folder / SETTINGS, folder / ".gitattributes"
    if settings.exists():
        raise Refused(f"{settings} is there already: this folder is an edition. Nothing was changed.")
    changes: dict[str, bytes | None] = {repository.prefix(settings): _settings(title)}
    if not attributes.exists():
        changes[repository.prefix(attributes)] = ATTRIBUTES.encode()
    elif "transcripts/** -text" not in attributes.read_text("utf-8"):
        raise Refused(
            f"{attributes} is there already. Nothing was changed. Add these lines to it, commit it, "
            f"and call obelos init again:\n{ATTRIBUTES}"
        )
    repository.commit(changes, "Found the edition\n", reviewed=dict.fromkeys(changes), person=person, when=now)
    edition = find_edition(folder)
    if edition is None:
        raise BadInput.at(settings, None, "could not be read back")
    return edition


def _settings(title: str) -> bytes:
    if not title.isprintable():
        raise BadInput.at("--title", None, "the title holds control characters; nothing was changed")
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    return (
        "# The edition's settings; every key has a default, see the manual.\n"
        + (f'title: "{quoted}"\n' if title.strip() else "")
        + f"packs: [{', '.join(DEFAULT_PACKS)}]\n"
        "policy:\n"
        "  note: [emend, query]   # dispositions that are not taken without a note\n"
    ).encode()


def first_record(
    repository: Repository, name: str, base: bytes, person: Person, now: datetime, after: str | None
) -> BaseRecord:
    """The record that comes with the first base text of a document; it names the commit before, ``after``."""
    return BaseRecord(
        id=new_id(now, ()),
        document=name,
        base=repository.blob_id(base),
        resp=str(person),
        when=now.replace(microsecond=0),
        after=after,
    )


def name_after(file: Path) -> str:
    """The name of a document whose text lies in a file of that name: what cannot stand in it becomes ``-``."""
    return _UNUSABLE.sub("-", normalize("NFC", file.stem)).strip("-._")[:100]


def add_texts(
    edition: Edition,
    repository: Repository,
    sources: Sequence[tuple[str, Path]],
    siglum: str | None,
    person: Person,
    now: datetime,
    read: Callable[[str], None] = lambda name: None,
) -> list[Path]:
    """Add files as base texts of new documents, or with a siglum as witnesses of some, in one commit; their places.

    Args:
        sources: Name of the document, and the file.
        read: Told the name of each document when its file has been read.

    Raises:
        BadInput: Files or names cannot be used, and every such file is told; or there is no such document.
        Refused: A document, or that witness of it, is there already: base texts are never replaced in passing.
    """
    if siglum is not None:
        check_name(siglum, "siglum")
    texts: list[tuple[str, Path, bytes]] = []
    problems: list[Problem] = []
    for name, source in sources:
        try:
            texts.append((check_name(name, str(source)), source, _bytes_of(source)))
        except BadInput as bad:
            problems += bad.problems
        read(name)
    if problems:
        raise BadInput(*problems)
    _refuse_what_is_there(edition, sources, siglum)
    changes: dict[str, bytes | None] = {}
    places = []
    tip = repository.tip()
    for name, source, data in texts:
        folder = edition.root / TRANSCRIPTS / name
        suffix = source.suffix.lower() if source.suffix.lower() in SUFFIXES else ".txt"
        places.append(folder / f"{siglum or 'base'}{suffix}")
        changes[repository.prefix(places[-1])] = data
        if siglum is None:
            changes[repository.prefix(folder / f"text{suffix}")] = data
            first = first_record(repository, name, data, person, now, tip)
            changes[repository.prefix(edition.history(name) / f"{first.id}.yaml")] = dump(first)
    message = _message([name for name, _, _ in texts], siglum)
    repository.commit(changes, message, reviewed=dict.fromkeys(changes), person=person, when=now)
    return places


def _bytes_of(source: Path) -> bytes:
    data = read_bytes(source)
    decode(data, source)
    return data


def _message(names: Sequence[str], siglum: str | None) -> str:
    if len(names) == 1:
        return f"{names[0]}: add {'base text' if siglum is None else f'witness {siglum}'}\n"
    return f"Add {len(names)} base texts\n" if siglum is None else f"Add witness {siglum} of {len(names)} documents\n"


def _refuse_what_is_there(edition: Edition, sources: Sequence[tuple[str, Path]], siglum: str | None) -> None:
    there = {folded(name): name for name in edition.names()}
    taken: dict[str, Path] = {}
    told = []
    for name, source in sources:
        if (other := taken.setdefault(folded(name), source)) is not source:
            told.append(f"{source} and {other} would both be “{name}”")
        elif siglum is None and (known := there.get(folded(name))):
            told.append(
                f"there is a document “{known}” already; its base text is never replaced. "
                f"Give --siglum to add {source} as a witness of it, or another name."
            )
        elif siglum is not None and siglum in ("base", "text", *edition.document(name).witnesses):
            told.append(f"{name} has a version “{siglum}” already; choose another siglum")
    if told:
        raise Refused("\n".join(told))
