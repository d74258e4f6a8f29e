"""The edition on disk: which documents there are, where their base text, working text and witnesses lie.

Nothing here is trusted to name a path outside the edition: document names and sigla are plain names, and
symbolic links are refused.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import BadInput
from .normal_forms import NONE, Lists, read_lists
from .schema import Field, Problems, any_text, choice, did_you_mean, record, several, text
from .strict_yaml import load
from .text import read_bytes

SETTINGS = "edition.yaml"
TRANSCRIPTS = "transcripts"
HISTORY = "history"
RULES = "rules"
SUFFIXES = (".txt", ".md")
DISPOSITIONS = ("correct", "emend", "stet", "reject", "query")
DEFAULT_PACKS = ("core", "typescript", "diplomatic", "apparatus")

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
        note: Dispositions that are not taken without a note.
        signatures: ``required``: a commit that brings records must be signed; ``shown``: verify tells who signed it.
    """

    note: tuple[str, ...] = ("emend", "query")
    signatures: str | None = None


@dataclass(frozen=True)
class Settings:
    """``edition.yaml``; every key has a default, so an empty file is valid.

    Attributes:
        variants: What comparisons of this edition take for one word, besides what is shipped.
    """

    title: str = ""
    editors: tuple[str, ...] = ()
    packs: tuple[str, ...] = DEFAULT_PACKS
    policy: Policy = Policy()
    variants: Lists = NONE


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
        folder = self.root / TRANSCRIPTS
        if not folder.is_dir():
            return []
        return sorted(child.name for child in folder.iterdir() if _is_document(child))

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
        return Document(name, folder, base, folder / f"text{base.suffix}", others)

    def history(self, name: str) -> Path:
        """Folder of a document's decisions."""
        return self.root / HISTORY / name


def find_edition(start: Path) -> Edition | None:
    """The edition that a folder lies in: the nearest folder upwards with an ``edition.yaml``."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / SETTINGS).is_file():
            return Edition(folder, read_settings(folder / SETTINGS))
    return None


def read_settings(path: Path) -> Settings:
    """Settings out of ``edition.yaml``.

    Raises:
        BadInput: With every problem of the file.
    """
    node = load(read_bytes(path), path.name)
    if node is None:
        return Settings()
    problems = Problems(str(path))
    policy_fields = {
        "note": Field(several(choice(*DISPOSITIONS)), default=Policy.note),
        "signatures": Field(choice("required", "shown")),
    }
    fields = {
        "title": Field(any_text, default=""),
        "editors": Field(several(text), default=()),
        "packs": Field(several(text), default=DEFAULT_PACKS),
        "policy": Field(lambda child, p: Policy(**record(child, policy_fields, p, "policy")), default=Policy()),
        "variants": Field(read_lists, default=NONE),
    }
    values: dict[str, Any] = record(node, fields, problems, "the edition's settings")
    problems.raise_if_any()
    return Settings(**values)


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


def _is_own_file(path: Path) -> bool:
    """Whether it is a regular file of the edition; a link could lead to any file of the machine."""
    return path.is_file() and not path.is_symlink()
