"""The edition on disk: which documents there are, where their base text, working text and witnesses lie.

Nothing here is trusted to name a path outside the edition: document names and sigla are plain names, and
symbolic links are refused.
"""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import BadInput
from .normal_forms import NONE, Lists, read_lists
from .schema import Field, Problems, any_text, choice, did_you_mean, flag, record, several, text, whole
from .strict_yaml import Mapping, Node, Scalar, load
from .text import read_bytes

SETTINGS = "edition.yaml"
TRANSCRIPTS = "transcripts"
HISTORY = "history"
RULES = "rules"
SUFFIXES = (".txt", ".md")
DISPOSITIONS = ("correct", "emend", "stet", "reject", "query")
DOCUMENT_STATES = ("draft", "proofread", "verified", "published")
DEFAULT_PACKS = ("core", "typescript", "diplomatic", "apparatus", "context")

ATTRIBUTES = """\
# Obelos: git converts no byte of these files.
transcripts/** -text -filter -ident -working-tree-encoding
history/** -text -filter -ident -working-tree-encoding
"""

_NAME = re.compile(r"[^\W_][\w.-]{0,99}", re.UNICODE)
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Policy:
    """What the edition asks of its decisions.

    Attributes:
        note, cert, evidence, source: Dispositions that are not taken without one; a certainty is not *unknown*.
        second_reader: Dispositions that another person must confirm.
        states: Who may set which state of a document, by mail address; one that is not named is open to everybody.
        verified_by_another: *verified* is for another person than the one who proofread.
        readers: How many persons must have read a document before it is published.
        signatures: ``required``: a commit that brings records must be signed; ``shown``: verify tells who signed it.
        nothing_open: States that are not set while anything is open: queries, orphans, what waits for a second reader.
    """

    note: tuple[str, ...] = ("emend", "query")
    cert: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    second_reader: tuple[str, ...] = ()
    states: tuple[tuple[str, tuple[str, ...]], ...] = ()
    verified_by_another: bool = True
    readers: int = 1
    nothing_open: tuple[str, ...] = ("published",)
    signatures: str | None = None

    def needs(self, disposition: str) -> tuple[str, ...]:
        """The fields that a decision of a disposition must have."""
        asked = {"note": self.note, "cert": self.cert, "evidence": self.evidence, "source": self.source}
        return tuple(field for field, dispositions in asked.items() if disposition in dispositions)


@dataclass(frozen=True)
class Off:
    """A rule that the edition does not want: its code, and why."""

    code: str
    why: str = ""


@dataclass(frozen=True)
class Settings:
    """``edition.yaml``; every key has a default, so an empty file is valid.

    Attributes:
        editors: ``Name <mail>``; several addresses in one entry are one person's.
        variants: What comparisons of this edition take for one word, besides what is shipped.
        off: Rules switched off, from ``rules: off:``.
        learn: Whether what ``obelos learn`` counted here is used; false: every edition is checked as a new one.
    """

    title: str = ""
    editors: tuple[str, ...] = ()
    packs: tuple[str, ...] = DEFAULT_PACKS
    policy: Policy = Policy()
    variants: Lists = NONE
    off: tuple[Off, ...] = ()
    learn: bool = True


@dataclass(frozen=True)
class Document:
    """One document's files.

    Attributes:
        name: Folder name under ``transcripts/``; what commands call it.
        base: The base text, never altered.
        working: The working text, derived from base text and decisions.
        witnesses: Further witnesses by siglum, in the order of their sigla.
    """

    name: str
    folder: Path
    base: Path
    working: Path
    witnesses: dict[str, Path]


@dataclass(frozen=True)
class Edition:
    """An edition: its root folder and settings."""

    root: Path
    settings: Settings

    def names(self) -> list[str]:
        """Names of the documents, sorted."""
        folder = os.fspath(self.root / TRANSCRIPTS)
        return sorted(name for name in self._folders() if _has_base(f"{folder}/{name}"))

    def _folders(self) -> Iterator[str]:
        folder = os.fspath(self.root / TRANSCRIPTS)
        if os.path.islink(folder) or not os.path.isdir(folder):
            return
        with os.scandir(folder) as entries:
            yield from (entry.name for entry in entries if entry.is_dir(follow_symlinks=False))

    def only(self) -> str | None:
        """The name of the document, where there is just one; a second one ends the search."""
        found = []
        for name in self._folders():
            if _has_base(f"{self.root / TRANSCRIPTS}/{name}"):
                found.append(name)
                if len(found) > 1:
                    return None
        return found[0] if found else None

    def document(self, name: str) -> Document:
        """The files of one document.

        Raises:
            BadInput: There is no such document; names near it are suggested.
        """
        folder = self.root / TRANSCRIPTS / name
        if not _is_plain(name) or not _is_document(folder):
            raise BadInput.at(
                self.root / TRANSCRIPTS,
                None,
                f"there is no document “{name}”{did_you_mean(name, self.names())}",
            )
        base = next(folder / f"base{s}" for s in SUFFIXES if _is_own_file(folder / f"base{s}"))
        others = {
            path.stem: path
            for path in sorted(folder.iterdir())
            if path.suffix in SUFFIXES and path.stem not in ("base", "text") and _is_own_file(path)
        }
        return Document(name, folder, base, own(folder / f"text{base.suffix}"), others)

    def history(self, name: str) -> Path:
        """Folder of a document's decisions.

        Raises:
            BadInput: It is a link.
        """
        return own(own(self.root / HISTORY) / name)

    def house_rules(self) -> tuple[Path, ...]:
        """Files of house rules, sorted.

        Raises:
            BadInput: One is a link, or all lie behind one.
        """
        return tuple(own(path) for path in sorted(own(self.root / RULES).glob("*.yaml")))


def find_edition(start: Path) -> Edition | None:
    """The edition that a folder lies in: the nearest folder upwards with an ``edition.yaml``.

    Raises:
        BadInput: It is no sound file of settings, or a link.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / SETTINGS).is_file():
            return Edition(folder, read_settings(own(folder / SETTINGS)))
    return None


def read_settings(path: Path) -> Settings:
    """Settings out of ``edition.yaml``.

    Raises:
        BadInput: With every problem of the file.
    """
    return settings_of(read_bytes(path), path)


def settings_of(data: bytes, path: Path) -> Settings:
    """Settings out of the bytes of ``edition.yaml``; raises as `read_settings` does."""
    node = load(data, path.name)
    if node is None:
        return Settings()
    problems = Problems(str(path))
    off_fields = {"code": Field(text, required=True, default=""), "why": Field(any_text, default="")}
    rules_fields = {
        "off": Field(several(lambda child, p: Off(**record(child, off_fields, p, "a rule switched off"))), default=())
    }
    dispositions = several(choice(*DISPOSITIONS))
    policy_fields = {
        "note": Field(dispositions, default=Policy.note),
        "cert": Field(dispositions, default=Policy.cert),
        "evidence": Field(dispositions, default=Policy.evidence),
        "source": Field(dispositions, default=Policy.source),
        "second_reader": Field(dispositions, default=Policy.second_reader),
        "states": Field(_who_may, default=Policy.states),
        "verified_by_another": Field(flag, default=Policy.verified_by_another),
        "readers": Field(whole, default=Policy.readers),
        "nothing_open": Field(several(choice(*DOCUMENT_STATES)), default=Policy.nothing_open),
        "signatures": Field(choice("required", "shown")),
    }
    fields = {
        "title": Field(any_text, default=""),
        "editors": Field(several(text), default=()),
        "packs": Field(several(text), default=DEFAULT_PACKS),
        "policy": Field(lambda child, p: Policy(**record(child, policy_fields, p, "policy")), default=Policy()),
        "variants": Field(read_lists, default=NONE),
        "rules": Field(lambda child, p: record(child, rules_fields, p, "rules")["off"], default=()),
        "learn": Field(flag, default=True),
    }
    values: dict[str, Any] = record(node, fields, problems, "the edition's settings")
    problems.raise_if_any()
    values["off"] = values.pop("rules")
    return Settings(**values)


def _who_may(node: Node, problems: Problems) -> Any:
    """Persons by the state that they may set."""
    fields = {state: Field(several(_person)) for state in DOCUMENT_STATES}
    named = record(node, fields, problems, "states") if isinstance(node, Mapping) else None
    if named is None:
        return problems.add(node.line, "for each state a list of persons was expected")
    return tuple((state, persons) for state, persons in named.items() if persons is not None)


def _person(node: Node, problems: Problems) -> Any:
    if isinstance(node, Scalar) and "@" in node.value:
        return node.value
    return problems.add(node.line, "a person with a mail address was expected, as in “Ada Example <ada@example.org>”")


def check_name(name: str, what: str) -> str:
    """A document name or siglum that is safe as a file name everywhere; the name itself.

    Raises:
        BadInput: It is not.
    """
    if not _is_plain(name):
        raise BadInput.at(
            what,
            None,
            f"“{name}” cannot be used: letters, digits, “-”, “_” and “.” are allowed, starting with a letter "
            "or digit, at most 100 of them",
        )
    return name


def _is_plain(name: str) -> bool:
    return bool(_NAME.fullmatch(name) and not _RESERVED.fullmatch(name) and not name.endswith((".", ".lock")))


def _is_document(folder: Path) -> bool:
    if folder.is_symlink() or folder.parent.is_symlink() or not folder.is_dir():
        return False
    return any(_is_own_file(folder / f"base{s}") for s in SUFFIXES)


def _has_base(folder: str) -> bool:
    """As `_is_document` of a folder that is none by a link; an edition may have a hundred thousand."""
    for suffix in SUFFIXES:
        try:
            mode = os.lstat(f"{folder}/base{suffix}").st_mode
        except OSError:
            continue
        if stat.S_ISREG(mode):
            return True
    return False


def own(path: Path) -> Path:
    """A path of the edition that is no link (or not there): it itself. A link could lead to any file of the machine.

    Raises:
        BadInput: It is a link.
    """
    if path.is_symlink():
        raise BadInput.at(path, None, "is a symbolic link. Put the file or folder itself in its place")
    return path


def _is_own_file(path: Path) -> bool:
    """Whether it is a regular file of the edition; a link could lead to any file of the machine."""
    return path.is_file() and not path.is_symlink()
