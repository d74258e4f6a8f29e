"""What must hold before a commit touches anything. Each refusal names the path and what to do.

Invariant: nothing here writes; what passes was, a moment ago, the state that the reviewer saw.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from obelos_transcripts import BadInput, Refused, visible

from .facts import Changes, Head, Person
from .files import NewNames, check_path, read
from .store import IndexEntry, Store
from .trees import FILE, PROGRAM, Entry, Tree, entry_at

_UNDER_WAY = {
    "MERGE_HEAD": ("A merge", "git merge --continue, or --abort"),
    "CHERRY_PICK_HEAD": ("A cherry-pick", "git cherry-pick --continue, or --abort"),
    "REVERT_HEAD": ("A revert", "git revert --continue, or --abort"),
    "rebase-merge": ("A rebase", "git rebase --continue, or --abort"),
    "rebase-apply": ("A rebase", "git rebase --continue, or --abort (or git am)"),
    "sequencer": ("A series of picks", "git cherry-pick --continue, or --abort (or git revert)"),
}
_FALSIFYING = ("filter", "ident", "working-tree-encoding")
_YES = ("true", "yes", "on", "1")
NO_MODES: Mapping[str, str] = {}
"""Every new file has the mode that it has on disk."""

_PERSON = re.compile(r"[^\x00-\x1f\x7f-\x9f<>\u2028\u2029\ud800-\udfff]+")


@dataclass(frozen=True)
class Ground:
    """What a commit stands on.

    Attributes:
        head: The branch and its commit.
        trees: Trees of that commit on the way to the paths, by folder.
        entries: What the new commit has at each path; None where it has nothing.
        before: Blob on disk at each path; None where there is no file.
        index: State of the index before it was looked at.
        sign: The user's git is set up to sign.
    """

    head: Head
    trees: dict[str, Tree]
    entries: dict[str, Entry | None]
    before: dict[str, str | None]
    index: tuple[int, int, int] | None
    sign: bool

    @property
    def differs(self) -> bool:
        """Whether there is anything to commit."""
        return any(entry_at(self.trees, path) != entry for path, entry in self.entries.items())


def check_arguments(
    changes: Changes, message: str, reviewed: Mapping[str, str | None], person: Person, *, joins: bool = False
) -> None:
    """Refuse what git would store otherwise than it was given, or could not store.

    Raises:
        BadInput: The message is empty, holds NUL or lone surrogates; the person's name or address cannot stand in
            a commit; a path was not reviewed.
    """
    if not message.strip() or re.search("[\x00\ud800-\udfff]", message):
        raise BadInput.at("the message of the commit", None, "is empty or holds characters that git cannot keep")
    check_person(person)
    if set(changes) != set(reviewed) or not (changes or joins):
        odd = sorted(set(changes) ^ set(reviewed))
        raise BadInput.at("the commit", None, f"names no reviewed state for {odd}" if odd else "names no file")


def check_person(person: Person) -> Person:
    """The person, whose name and address git can keep as they are.

    Raises:
        BadInput: One is empty, or holds ``<``, ``>``, a control character or a line break.
    """
    for what, value in (("name", person.name), ("address", person.mail)):
        if not _PERSON.fullmatch(value) or not value.strip():
            raise BadInput.at(
                f"your {what} in git's settings",
                None,
                f"“{visible(value)}” cannot stand in a commit: it is empty, or has “<”, “>” or control characters. "
                f'Set another: git config --global user.{"name" if what == "name" else "email"} "…"',
            )
    return person


def examine(
    store: Store,
    changes: Changes,
    reviewed: Mapping[str, str | None],
    *,
    modes: Mapping[str, str] = NO_MODES,
    begun: bool = False,
) -> Ground:
    """Look whether a commit may be made now.

    Args:
        store: The repository.
        changes: What is to be committed.
        reviewed: The blob that was reviewed at each path; None: there was no file.
        modes: Modes of new files; by default as the file on disk has it.
        begun: We were at it already, so what is ours may stand on disk, in the index or on the branch.

    Raises:
        Refused: It may not.
    """
    for name, (what, cure) in _UNDER_WAY.items():
        if (store.git_dir / name).exists():
            raise Refused(
                f"{what} is under way in this repository. Finish or stop it first: {cure}. Nothing was changed."
            )
    for path in changes:
        check_path(store.root, path)
    head = store.head()
    trees = store.trees(head.commit, changes)
    settings = store.settings(r"^(core\.autocrlf|commit\.gpgsign)$")
    _check_conversion(store, trees, changes, settings.get("core.autocrlf", "").lower())
    state = store.index_state()
    index = store.index_entries(list(changes))
    entries: dict[str, Entry | None] = {}
    before: dict[str, str | None] = {}
    names = NewNames(store.root)
    for path, data in changes.items():
        recorded = entry_at(trees, path)
        wanted = None if data is None else store.blob_id(data)
        before[path], runs = store.disk(path)
        if recorded is None and data is not None:
            names.check(path)
        _check_one(head, path, recorded, reviewed[path], wanted, index.get(path, []), before[path], begun)
        mode = recorded.mode if recorded else modes.get(path) or (PROGRAM if runs else FILE)
        entries[path] = None if wanted is None else Entry(mode, wanted)
    return Ground(head, trees, entries, before, state, settings.get("commit.gpgsign", "").lower() in _YES)


def head_of_merge(store: Store) -> str | None:
    """The commit that a git merge under way takes in; None when none is."""
    found = read(store.git_dir / "MERGE_HEAD")
    return None if found is None else found.decode("ascii", "replace").strip().partition("\n")[0]


def _check_one(
    head: Head,
    path: str,
    recorded: Entry | None,
    reviewed: str | None,
    wanted: str | None,
    staged: list[IndexEntry],
    on_disk: str | None,
    begun: bool,
) -> None:
    shown = visible(path)
    if recorded and recorded.mode not in (FILE, PROGRAM):
        raise Refused(
            f"“{shown}” is recorded as a link, a folder or a submodule, not as a plain file. Use a plain file."
        )
    stands = recorded.id if recorded else None
    if stands != reviewed and not (begun and stands == wanted):
        branch = visible(head.ref.removeprefix("refs/heads/"))
        raise Refused(
            f"“{shown}” was changed on the branch {branch} since it was reviewed. Nothing was changed. "
            f"Read it again; the decisions are kept. To see the change: git log -p -- {shown}"
        )
    if any(entry.stage for entry in staged):
        raise Refused(
            f"“{shown}” has an unfinished merge. Settle it (git mergetool), or take one side; nothing was changed."
        )
    in_index = staged[0].id if staged else None
    if in_index != stands and not (begun and in_index == wanted):
        raise Refused(
            f"“{shown}” has changes that somebody staged. Nothing was changed. Look at them "
            f"(git diff --staged -- {shown}): take them off the stage (git restore --staged -- {shown}), "
            "or commit them if they are meant"
        )
    if recorded is None and reviewed is None and not staged and on_disk not in (None, wanted):
        raise Refused(
            f"“{shown}” lies there and is not in the history. It was left alone. Move it away, then try again."
        )
    absent = on_disk is None and any(entry.absent for entry in staged)
    if on_disk not in (stands, wanted) and not absent:
        raise Refused(
            f"“{shown}” was changed on disk by another program since it was reviewed. Nothing was changed. Look at it "
            f"(git diff -- {shown}), then commit that change or put the file back: git restore -- {shown}"
        )


def _check_conversion(store: Store, trees: Mapping[str, Tree], changes: Changes, autocrlf: str) -> None:
    """Refuse where git would turn the reviewed bytes into others, here or in another clone."""
    left_out = any(
        b".gitattributes" in tree and not (store.root / folder / ".gitattributes").exists()
        for folder, tree in trees.items()
    )
    attributes = store.attributes(changes, ("text", "eol", *_FALSIFYING), from_index=left_out)
    for path, data in changes.items():
        found, shown = attributes[path], visible(path)
        for name in _FALSIFYING:
            if found[name] not in ("unspecified", "unset"):
                raise Refused(
                    f"“{shown}”: the attribute {name}={visible(found[name])} would store other bytes than were "
                    f"reviewed. Nothing was changed. Add to .gitattributes: {shown} -{name}"
                )
        text, eol = found["text"], found["eol"]
        everywhere = autocrlf in _YES
        converts = text in ("set", "auto") or eol in ("lf", "crlf") or everywhere or autocrlf == "input"
        affected = data is not None and (b"\r\n" in data or eol == "crlf" or everywhere)
        if text != "unset" and converts and affected:
            raise Refused(
                f"“{shown}”: git would convert its line ends (text={text}, eol={eol}, "
                f"core.autocrlf={autocrlf or 'unset'}). Nothing was changed. Add to .gitattributes: {shown} -text"
            )


def top_of(root: Path, path: Path) -> str:
    """Path of a file relative to the top of the work tree, with ``/``; its last part may be a link or not be there.

    Raises:
        Refused: It lies outside.
    """
    place = path.absolute()
    place = place.parent.resolve() / place.name if place.name not in ("", "..") else place.resolve()
    try:
        relative = place.relative_to(root)
    except ValueError:
        raise Refused(f"{path} lies outside the repository {root}. Give a file inside it.") from None
    return "" if relative == Path() else relative.as_posix()
