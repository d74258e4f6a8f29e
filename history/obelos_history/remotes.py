"""Other people's repositories: which one a branch goes to, fetching from it, pushing to it.

Invariant: nothing is forced, no other branch of ours is touched, no question can make it wait for ever, and no program
that a repository names is run, on neither side of a path.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from obelos_transcripts import BadInput, Refused, visible

from . import gate
from .git import TooSlow
from .store import Store

_NAME = re.compile(r"[A-Za-z0-9_][\w.-]*(/[\w.-]+)*")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_ALLOWED = ("https", "ssh", "file")
_HARMLESS_THERE = re.compile(
    r"(receive\.(deny\w+|fsckobjects|unpacklimit|autogc|maxinputsize|advertise\w+)|transfer\.\w+|uploadpack\.allow\w+|"
    r"http\.(receivepack|uploadpack)|gc\..*|repack\..*|pack\..*)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Remote:
    """Where a branch of ours is shared.

    Attributes:
        name: The name of the remote, as git has it.
        url, push_url: Where it lies.
        branch: Its branch there, in full (``refs/heads/main``).
        is_upstream: git's settings say so already.
    """

    name: str
    url: str
    push_url: str
    branch: str
    is_upstream: bool

    @property
    def tracking(self) -> str:
        """Where git keeps what was fetched of the branch."""
        return f"refs/remotes/{self.name}/{self.branch.removeprefix('refs/heads/')}"

    def __str__(self) -> str:
        return f"{self.name}/{self.branch.removeprefix('refs/heads/')}"


@dataclass(frozen=True)
class Line:
    """How to speak with another machine.

    Attributes:
        limit: Seconds that a command may take.
        stop: Asked several times a second whether to give up.
        terminal: ssh may ask its questions at the terminal.
    """

    limit: float = 300
    stop: Callable[[], bool] = lambda: False
    terminal: bool = False


def remote_of(store: Store, ref: str, named: str | None) -> Remote:
    """The remote that a branch is shared through: the one named, its upstream, or the only one there is.

    Raises:
        BadInput: There is none of this name.
        Refused: There is none, or several; or its address is none that may be used.
    """
    settings = store.settings(r"^(remote\..*\.url|branch\..*\.(remote|merge))$")
    names = sorted(key[len("remote.") : -len(".url")] for key in settings if key.startswith("remote."))
    branch = ref.removeprefix("refs/heads/")
    set_remote, merges = settings.get(f"branch.{branch}.remote"), settings.get(f"branch.{branch}.merge")
    if named is not None and named not in names:
        there = f"there are {', '.join(names)}" if names else "there is none yet: git remote add origin ADDRESS"
        raise BadInput.at("sync", None, f"“{named}” is no remote of this repository; {there}")
    name = named or (set_remote if set_remote in names else None) or _only(names, branch)
    upstream = name == set_remote and merges is not None and merges.startswith("refs/heads/")
    if not _NAME.fullmatch(name):
        raise Refused(f"the remote “{visible(name)}” has a name that git could take for something else. Rename it.")
    url = _address(store, name)
    return Remote(name, url, _address(store, name, "--push"), merges if upstream and merges else ref, upstream)


def _only(names: list[str], branch: str) -> str:
    if "origin" in names or len(names) == 1:
        return "origin" if "origin" in names else names[0]
    if not names:
        raise Refused(
            "This repository has no remote, so there is nobody to share with yet. Make an empty repository where the "
            "others can reach it, and name it: git remote add origin ADDRESS. Then say obelos sync again."
        )
    raise Refused(
        f"The branch {visible(branch)} has no upstream, and there are several remotes: {', '.join(names)}. "
        "Say which: obelos sync NAME"
    )


def _address(store: Store, name: str, *options: str) -> str:
    url, *more = os.fsdecode(store.git("remote", "get-url", "--all", *options, name)).rstrip("\n").split("\n")
    if more:
        raise Refused(
            f"the remote {name} has several addresses, and only one is shared with at a time. Give each a name of its "
            f"own: git remote add NAME {visible(more[0])}"
        )
    scheme = _SCHEME.match(url)
    helper = url.startswith("-") or "::" in url.partition("/")[0]
    if helper or (scheme and scheme[1].lower() not in _ALLOWED):
        raise Refused(
            f"the remote {name} has the address {visible(url)}, and only https, ssh and files are used. Nothing was "
            f"run. Give it another: git remote set-url {name} ADDRESS"
        )
    return url


def local_path(store: Store, url: str) -> Path | None:
    """The folder that an address names on this machine; None for another machine's."""
    if url.startswith("file://"):
        return Path(url.removeprefix("file://"))
    if _SCHEME.match(url) or (":" in url.partition("/")[0]):
        return None
    return store.root / url


def fetch(store: Store, remote: Remote, line: Line) -> None:
    """Bring in what others pushed: all branches, as git's remote branches. None of our own is touched.

    Raises:
        Refused: It could not be reached; nothing was changed.
    """
    status, _, said = store.git.over_network(
        "fetch", "--quiet", "--no-tags", "--no-prune", "--no-recurse-submodules", "--no-write-fetch-head", "--refmap=",
        "--upload-pack=git-upload-pack", "--", remote.name, f"+refs/heads/*:refs/remotes/{remote.name}/*",
        **_options(store, line),
    )  # fmt: skip
    if status:
        raise Refused(_unreached(remote, remote.url, said))


def _unreached(remote: Remote, url: str, said: str) -> str:
    words = visible(said.strip(), keep_lines=True) or "git gave no reason"
    return (
        f"{remote.name} ({visible(url)}) could not be reached. Nothing is lost, and nothing was changed; say “obelos "
        f"sync” again when it can be. git said:\n{words}"
    )


def push(store: Store, remote: Remote, commit: str, line: Line) -> Literal["pushed", "overtaken"]:
    """Let the remote's branch have our commit, if that takes nothing away there. ``overtaken``: somebody was faster.

    Raises:
        Refused: It could not be reached, or does not want it.
    """
    _check_there(store, remote)
    status, out, said = store.git.over_network(
        "push", "--quiet", "--porcelain", "--no-verify", "--no-follow-tags", "--no-signed",
        "--recurse-submodules=no", "--receive-pack=git-receive-pack", "--", remote.name, f"{commit}:{remote.branch}",
        **_options(store, line),
    )  # fmt: skip
    if status == 0:
        return "pushed"
    reason = out.decode("utf-8", "replace")
    if re.search(r"^!.*(\[rejected\]|cannot lock ref|failed to (update|lock) ref|incorrect old value)", reason, re.M):
        return "overtaken"
    if "[remote rejected]" in reason:
        words = visible(f"{said.strip()}\n{reason.strip()}", keep_lines=True)
        raise Refused(
            f"{remote} does not take your commits; they are safe here. Ask who keeps that repository. It said:\n{words}"
        )
    raise Refused(_unreached(remote, remote.push_url, f"{said}\n{reason}"))


def _check_there(store: Store, remote: Remote) -> None:
    """Refuse to push into a folder of this machine whose own settings or hooks would run programs here.

    Raises:
        Refused: They would.
    """
    folder = local_path(store, remote.push_url)
    if folder is None:
        return
    if not folder.is_dir():
        raise Refused(_unreached(remote, remote.push_url, f"there is no folder {folder}"))
    git_dir = (folder / ".git" if (folder / ".git").is_dir() else folder).resolve()
    hooks = [
        f"hooks/{p.name}" for p in (git_dir / "hooks").glob("*") if p.suffix != ".sample" and os.access(p, os.X_OK)
    ]
    places = gate.Places(git_dir, git_dir, git_dir)
    settings = [key for key, _ in gate.suspicious(places) if not _HARMLESS_THERE.fullmatch(key)]
    if hooks or settings:
        raise Refused(
            f"{git_dir} could run programs of its own on this machine when something is pushed there "
            f"({visible(', '.join(sorted(hooks) + settings))}). Nothing was pushed; what you have is merged and safe. "
            f"If you know them to be harmless, push with git itself: git push {remote.name} HEAD"
        )


def set_upstream(store: Store, remote: Remote, ref: str) -> None:
    """Note in git's settings where a branch is shared, as ``git push -u`` does; what was trusted stays trusted."""
    places = gate.find(store.root)
    was_trusted = gate.is_trusted(places)
    branch = ref.removeprefix("refs/heads/")
    store.git("config", "--local", f"branch.{branch}.remote", remote.name)
    store.git("config", "--local", f"branch.{branch}.merge", remote.branch)
    if was_trusted:
        gate.trust(store.root)


def _options(store: Store, line: Line) -> dict[str, Any]:
    # The person's own choice of ssh, from their settings; the gate has stopped one that the repository brings.
    ssh = store.settings(r"^core\.sshcommand$").get("core.sshcommand", "ssh")
    if Path(ssh.split(" ")[0]).name == "ssh":
        ssh += " -o ConnectTimeout=20 -o ServerAliveInterval=15 -o ServerAliveCountMax=4"
        ssh += "" if line.terminal else " -o BatchMode=yes"
    return {
        "limit": line.limit,
        "stop": line.stop,
        "terminal": line.terminal,
        "environment": {"GIT_SSH_COMMAND": ssh},
        "settings": {"http.lowSpeedLimit": "1", "http.lowSpeedTime": "60", "http.followRedirects": "initial"},
    }


__all__ = ["Line", "Remote", "TooSlow", "fetch", "push", "remote_of", "set_upstream"]
