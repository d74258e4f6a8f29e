"""Founding an edition and adding texts to it: files written and committed together, or not at all."""

from datetime import datetime
from pathlib import Path

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
from obelos_transcripts.errors import BadInput, Refused
from obelos_transcripts.text import decode, read_bytes

from .attestation import BaseRecord, dump
from .placing import new_id
from .repository import Person, Repository


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


def first_record(repository: Repository, name: str, base: bytes, person: Person, now: datetime) -> BaseRecord:
    """The record that comes with the first base text of a document; it names the commit before."""
    return BaseRecord(
        id=new_id(now, ()),
        document=name,
        base=repository.blob_id(base),
        resp=str(person),
        when=now.replace(microsecond=0),
        after=repository.tip(),
    )


def add_text(
    edition: Edition,
    repository: Repository,
    source: Path,
    name: str,
    siglum: str | None,
    person: Person,
    now: datetime,
) -> Path:
    """Add a file as the base text of a new document, or with a siglum as a witness of one; its place.

    Raises:
        BadInput: The file or the name cannot be used.
        Refused: The document, or that witness, is there already: base texts are never replaced in passing.
    """
    check_name(name, "document")
    data = read_bytes(source)
    decode(data, source)
    suffix = source.suffix.lower() if source.suffix.lower() in SUFFIXES else ".txt"
    folder = edition.root / TRANSCRIPTS / name
    if siglum is None:
        if name in edition.names():
            raise Refused(
                f"there is a document “{name}” already; its base text is never replaced. "
                "Give --siglum to add this file as a witness of it, or another name."
            )
        target, also = folder / f"base{suffix}", folder / f"text{suffix}"
        changes: dict[str, bytes | None] = {repository.prefix(p): data for p in (target, also)}
        first = first_record(repository, name, data, person, now)
        changes[repository.prefix(edition.history(name) / f"{first.id}.yaml")] = dump(first)
        message = f"{name}: add base text\n"
    else:
        check_name(siglum, "siglum")
        if siglum in ("base", "text", *edition.document(name).witnesses):
            raise Refused(f"{name} has a version “{siglum}” already; choose another siglum")
        target = folder / f"{siglum}{suffix}"
        changes = {repository.prefix(target): data}
        message = f"{name}: add witness {siglum}\n"
    repository.commit(changes, message, reviewed=dict.fromkeys(changes), person=person, when=now)
    return target
