"""The gate before the first git command: find the repository, and read its configuration as data.

A repository that came in an archive or over a share can hold settings that make git run programs. Invariant: before
the gate has let a repository pass, git was not started inside it. Settings outside a list of harmless ones stop, and
are shown; a person may trust them, which is remembered outside the repository, for exactly that content in that place.
"""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from obelos_transcripts import Refused, visible

from .files import atomic_write
from .git import Git, GitFailed

_HARMLESS = re.compile(
    r"core\.(abbrev|autocrlf|bare|eol|filemode|ignorecase|logallrefupdates|precomposeunicode|protecthfs|protectntfs|"
    r"quotepath|repositoryformatversion|safecrlf|sharedrepository|sparsecheckout|sparsecheckoutcone|splitindex|"
    r"symlinks|untrackedcache)|"
    r"(author|committer|user)\.(email|name)|"
    r"branch\.(autosetupmerge|autosetuprebase)|"
    r"branch\..*\.(description|github-pr-owner-number|merge|pushremote|rebase|remote|vscode-merge-base)|"
    r"color\..*|diff\.(algorithm|renames)|gui\..*|i18n\..*|index\..*|init\.defaultbranch|"
    r"extensions\.(compatobjectformat|noop|objectformat|refstorage|relativeworktrees|worktreeconfig)|"
    r"merge\.(conflictstyle|ff)|pull\.(ff|rebase)|push\.(autosetupremote|default)|rerere\.enabled|"
    r"remote\.pushdefault|remote\..*\.(fetch|gh-resolved|prune|prunetags|pushurl|tagopt|url)|"
    r"submodule\.active|submodule\..*\.(active|path|url)",
    re.DOTALL,
)
_RUNS_A_HELPER = re.compile(r"-|[A-Za-z0-9+.-]*::|ext:")
_LIMIT = 1 << 20
_OUTSIDE = {"HOME": "/nonexistent", "XDG_CONFIG_HOME": "/nonexistent", "GIT_CEILING_DIRECTORIES": "/"}
_OUTSIDE |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
_SHOWN = 12


@dataclass(frozen=True)
class Places:
    """Where a repository lies.

    Attributes:
        root: Top of the work tree.
        git_dir: Its git folder; with a linked work tree, the one of this work tree.
        common: The git folder shared by all work trees; else the same.
    """

    root: Path
    git_dir: Path
    common: Path


def find(folder: Path) -> Places:
    """The repository that a folder (or file) lies in, found without asking git.

    Raises:
        Refused: There is none, it has no work tree, or its ``.git`` cannot be read.
    """
    start = folder.resolve()
    for place in (start, *start.parents):
        if os.path.lexists(place / ".git"):
            return _places(place)
        if (place / "HEAD").is_file() and (place / "objects").is_dir() and (place / "refs").is_dir():
            raise Refused(
                f"{place} is a bare repository, or the inside of one: it has no files to edit. Use a clone of it."
            )
    raise Refused(f"{start} lies in no git repository, so nothing can be recorded. Make an edition with “obelos init”.")


def _places(root: Path) -> Places:
    git_dir = root / ".git"
    if git_dir.is_file():
        pointer = git_dir.read_bytes()[:4096]
        if not pointer.startswith(b"gitdir: "):
            raise Refused(f"{git_dir} is not a git folder and names none. Mend or remove that file.")
        git_dir = root / os.fsdecode(pointer.removeprefix(b"gitdir: ").rstrip(b"\r\n"))
    if not git_dir.is_dir():
        raise Refused(f"{git_dir} is not there or no folder, so this is no work tree. “git worktree repair” may help.")
    git_dir = git_dir.resolve()
    shared = git_dir / "commondir"
    common = (
        (git_dir / os.fsdecode(shared.read_bytes()[:4096].rstrip(b"\r\n"))).resolve() if shared.is_file() else git_dir
    )
    return Places(root, git_dir, common)


def check(places: Places) -> None:
    """Let a repository pass whose own settings are harmless, or trusted.

    Raises:
        Refused: They are neither. All of them are shown, and how to trust them.
    """
    settings = suspicious(places)
    if settings and not is_trusted(places):
        shown = [f"  {visible(key)} = {visible(value)}" for key, value in settings[:_SHOWN]]
        more = [f"  … and {len(settings) - _SHOWN} more"] if len(settings) > _SHOWN else []
        raise Refused(
            "\n".join(
                (
                    "This repository has settings of its own that could run programs or redirect git "
                    f"({places.common / 'config'}):",
                    *shown,
                    *more,
                    "Nothing was run. If you know them to be harmless, say “obelos trust” in this folder.",
                )
            )
        )


def suspicious(places: Places) -> list[tuple[str, str]]:
    """Settings of the repository's own configuration that are not on the list of harmless ones: key and value.

    Raises:
        Refused: The configuration cannot be read.
    """
    found = []
    for path, data in _configuration(places).items():
        # Read from standard input and from `/`: nothing is run, no include followed, no repository looked at.
        try:
            listed = Git(Path("/"))(
                "config", "--file", "-", "--no-includes", "--null", "--list", stdin=data, environment=_OUTSIDE
            )
        except GitFailed as error:
            raise Refused(f"{path} cannot be read as git configuration. {error}") from error
        for setting in listed.decode("utf-8", "surrogateescape").split("\0")[:-1]:
            key, _, value = setting.partition("\n")
            helper = key.endswith("url") and _RUNS_A_HELPER.match(value)
            if helper or not _HARMLESS.fullmatch(key):
                found.append((key, value))
    return found


def trust(folder: Path) -> list[tuple[str, str]]:
    """Trust the settings of the repository a folder lies in, as they are now: the settings that were in question.

    Remembered by content and place in the user's own data folder: a changed setting, or a copy of the repository
    elsewhere, is asked about again.

    Raises:
        Refused: There is no repository, or its configuration cannot be read.
    """
    places = find(folder)
    settings = suspicious(places)
    if settings and not is_trusted(places):
        remembered = _remembered()
        remembered.parent.mkdir(parents=True, exist_ok=True)
        known = remembered.read_bytes() if remembered.is_file() else b""
        line = f"{_fingerprint(places)} ".encode() + os.fsencode(places.common).replace(b"\n", b"?") + b"\n"
        atomic_write(remembered, known + line)
    return settings


def is_trusted(places: Places) -> bool:
    """Whether a person has trusted exactly these settings in this place."""
    remembered = _remembered()
    if not remembered.is_file():
        return False
    return _fingerprint(places).encode() in (line[:64] for line in remembered.read_bytes().splitlines())


def _remembered() -> Path:
    from platformdirs import user_data_path  # loads slowly, and most repositories have nothing to be trusted

    return user_data_path("obelos") / "trusted"


def _fingerprint(places: Places) -> str:
    """Place and content: a relative path in a setting means another program in another place."""
    parts = [os.fsencode(places.git_dir), *_configuration(places).values()]
    return hashlib.sha256(b"".join(b"%d:%s" % (len(part), part) for part in parts)).hexdigest()


def _configuration(places: Places) -> dict[Path, bytes]:
    found = {}
    for path in (places.common / "config", places.git_dir / "config.worktree"):
        if not path.exists():
            continue
        if not path.is_file() or path.stat().st_size > _LIMIT:
            raise Refused(f"{path} is no file, or larger than any configuration. Look at it; nothing was run.")
        found[path] = path.read_bytes()
    return found
