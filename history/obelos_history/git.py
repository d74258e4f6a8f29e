"""Runs git. The only module that knows GitPython, which is used as a process runner with our own argument lists.

Invariant: no hook, filter, pager, editor, fsmonitor or lazy fetch that a repository asks for is started, nothing in
the environment redirects git to another repository, and standard input is never the terminal. GitPython is loaded by
the first command, not by importing this module.
"""

import os
import shlex
import signal
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

from obelos_transcripts import Refused, visible

if TYPE_CHECKING:
    from git import Git as Runner

_EVENTS = (
    "fsmonitor-watchman",
    "post-checkout",
    "post-commit",
    "post-index-change",
    "post-merge",
    "post-rewrite",
    "pre-auto-gc",
    "pre-commit",
    "pre-merge-commit",
    "pre-push",
    "prepare-commit-msg",
    "commit-msg",
    "reference-transaction",
)

# Given on the command line, these beat what the repository's own configuration says. `hook.<event>.enabled` is for
# hooks defined in configuration (git 2.54), which `core.hooksPath` does not stop. `core.fsync`: with git's defaults a
# power cut can leave a branch pointing at an empty object (git-config, core.fsync).
_SETTINGS = {
    "core.fsmonitor": "false",
    "core.untrackedCache": "keep",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "core.editor": "false",
    "core.askPass": "",
    # A file that tells the parents of commits faster, and that nobody checks against them.
    "core.commitGraph": "false",
    "core.alternateRefsCommand": "",
    "core.splitIndex": "false",
    "core.quotePath": "false",
    "core.precomposeUnicode": "false",
    "core.fsync": "committed,index,reference,loose-object",
    "core.fsyncMethod": "fsync",
    "diff.external": "",
    "gc.auto": "0",
    "i18n.commitEncoding": "UTF-8",
    "i18n.logOutputEncoding": "UTF-8",
    "log.follow": "false",
    "log.showSignature": "false",
    "maintenance.auto": "false",
    "protocol.ext.allow": "never",
    "safe.bareRepository": "explicit",
    "submodule.recurse": "false",
    **{f"hook.{event}.enabled": "false" for event in _EVENTS},
}

_ENVIRONMENT = {
    "GIT_ADVICE": "0",
    "GIT_ALLOW_PROTOCOL": "https:ssh:file",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_EDITOR": "false",
    # Lines in `info/grafts` would hide commits from the log.
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
}

# The person's own choices of where git and its user-wide settings lie; they name no repository.
_KEPT = ("GIT_EXEC_PATH", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM")

_REMEMBERED = 500
_KEPT_OUTPUT = 1 << 16


class GitFailed(Refused):
    """A git command said no. ``status`` is its exit status, ``message`` what it wrote on standard error."""

    def __init__(self, command: str, status: int, message: str) -> None:
        ended = f"exit status {status}" if status >= 0 else f"it was ended by signal {-status}"
        said = visible(message.strip(), keep_lines=True) or ended
        super().__init__(f"git refused: {said}\nThe command was: {visible(command)}")
        self.status = status
        self.message = message


class Git:
    """Runs git in one folder.

    Attributes:
        commands: The commands that ran, oldest first, quoted for a shell, without the protective settings.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self.commands: deque[str] = deque(maxlen=_REMEMBERED)

    def __call__(self, *arguments: str, **options: Any) -> bytes:
        """Standard output of a command that must succeed; options as for ``answer``."""
        return self.answer(*arguments, **options)[1]

    def answer(
        self,
        *arguments: str,
        stdin: bytes = b"",
        environment: Mapping[str, str] | None = None,
        settings: Mapping[str, str] | None = None,
        ok: Collection[int] = (0,),
        limit: float | None = None,
        most: int | None = None,
    ) -> tuple[int, bytes]:
        """Run ``git`` with these arguments: exit status and standard output.

        Args:
            arguments: The command, and what it is given.
            stdin: Its standard input.
            environment: Variables besides ours.
            settings: Git settings that go before ours.
            ok: Exit statuses that are no failure.
            limit: Seconds after which git and what it started are killed; for what may wait for a network, or may
                not be git at all. By default none: a signature may wait for a person.
            most: Bytes of output after which the rest is thrown away.

        Raises:
            GitFailed: The exit status is not one of ``ok``.
            Refused: There is no git, it did not end in time, or what it is to read could not be handed over.
        """
        command = shlex.join(("git", *arguments))
        self.commands.append(command)
        line = ["git", "--no-pager", "--no-optional-locks", "-C", self._folder]
        for key, value in {**_SETTINGS, **(settings or {})}.items():
            line += ["-c", f"{key}={value}"]
        with _readable(stdin) as source:
            status, out, err = _execute(
                [*line, *arguments], source, {**_ENVIRONMENT, **(environment or {})}, limit, most
            )
        if limit is not None and err.startswith("Timeout: the command"):
            raise Refused(
                f"git did not end within {limit:g} seconds, so it was stopped. The command was: {visible(command)}"
            )
        if status not in ok:
            raise GitFailed(command, status, err)
        return status, out

    def over_network(
        self,
        *arguments: str,
        limit: float,
        stop: Callable[[], bool],
        terminal: bool,
        environment: Mapping[str, str] | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> tuple[int, bytes, str]:
        """Run a git command that speaks with another machine: exit status, standard output, standard error.

        Args:
            limit: Seconds after which it is stopped, and all that it started.
            stop: Asked several times a second whether to give up.
            terminal: Whether ssh may ask its questions at the terminal; else it is not left to wait for an answer.

        Raises:
            TooSlow: It was stopped.
            Refused: There is no git.
        """
        command = shlex.join(("git", *arguments))
        self.commands.append(command)
        line = ["git", "--no-pager", "--no-optional-locks", "-C", self._folder]
        for key, value in {**_SETTINGS, **(settings or {})}.items():
            line += ["-c", f"{key}={value}"]
        process = _start([*line, *arguments], {**_ENVIRONMENT, **(environment or {})}, alone=not terminal)
        kept: dict[str, bytearray] = {"out": bytearray(), "err": bytearray()}
        readers = [
            Thread(target=_drain, args=(stream, kept[name]), daemon=True)
            for name, stream in (("out", process.stdout), ("err", process.stderr))
        ]
        for reader in readers:
            reader.start()
        deadline = time.monotonic() + limit
        try:
            while True:
                try:
                    status = process.wait(0.1)
                    break
                except subprocess.TimeoutExpired:
                    if stop():
                        raise TooSlow("It was stopped.") from None
                    if time.monotonic() > deadline:
                        raise TooSlow(f"It was stopped after {limit:g} seconds without an end.") from None
        except BaseException:
            _end(process, alone=not terminal)
            raise
        finally:
            for reader, stream in zip(readers, (process.stdout, process.stderr), strict=True):
                reader.join(5)
                # A program that git left behind may keep the other end open; its reader then stays with it.
                if stream and not reader.is_alive():
                    stream.close()
        return status, bytes(kept["out"]), kept["err"].decode("utf-8", "replace")


class TooSlow(Refused):
    """A command that speaks with another machine was stopped, by time or by the editor."""


def _start(line: list[str], environment: dict[str, str], *, alone: bool) -> "subprocess.Popen[bytes]":
    from git.exc import GitCommandNotFound

    _scrub()
    try:
        # In a session of its own it has no terminal to ask at, and can be ended with all that it started.
        started = _runner().execute(line, as_process=True, env=environment, start_new_session=alone)
    except GitCommandNotFound as error:
        raise Refused("git was not found. Install git 2.39 or later; nothing was changed.") from error
    process: subprocess.Popen[bytes] | None = getattr(started, "proc", None)
    assert process is not None  # noqa: S101 - for the type checker: as_process gives one
    started.proc = None  # GitPython would end it when its own wrapper is collected
    return process


def _drain(stream: "IO[bytes] | None", kept: bytearray) -> None:
    """Read all that a process says, and keep the beginning: another machine may say any amount."""
    while stream and (some := stream.read1(65_536)):  # type: ignore[attr-defined]
        kept += some[: max(0, _KEPT_OUTPUT - len(kept))]


def _end(process: "subprocess.Popen[bytes]", *, alone: bool) -> None:
    """End a process, and with ``alone`` all that it started. Git is asked first, so that it takes its locks away."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            if alone:
                os.killpg(process.pid, sign)
            else:
                process.send_signal(sign)
        with suppress(subprocess.TimeoutExpired):
            process.wait(2)
            if not alone:
                return


@contextmanager
def _readable(data: bytes) -> Iterator[IO[bytes] | None]:
    """Something that git can read the bytes from; None for no bytes. In memory where the system can: disks are full."""
    if not data:
        yield None
        return
    with _file_of(data) as source:
        yield source


def _file_of(data: bytes) -> IO[bytes]:
    try:
        if hasattr(os, "memfd_create"):
            source: IO[bytes] = open(os.memfd_create("obelos"), "w+b")  # noqa: SIM115 - for the caller to close
        else:
            source = tempfile.TemporaryFile()  # noqa: SIM115
        source.write(data)
        source.seek(0)
    except OSError as error:
        raise Refused(
            f"What git is to read could not be handed over: {error.strerror}. Nothing was changed."
        ) from error
    return source


class _Start:
    """Keeps the start of an output and throws the rest away."""

    def __init__(self, most: int) -> None:
        self.data = b""
        self._most = most

    def write(self, data: bytes) -> int:
        self.data += data[: max(0, self._most - len(self.data))]
        return len(data)


def _execute(
    line: list[str], source: Any, environment: dict[str, str], limit: float | None, most: int | None
) -> tuple[int, bytes, str]:
    runner = _runner()
    from git.exc import GitCommandNotFound

    _scrub()
    start = None if most is None else _Start(most)
    try:
        status, out, err = runner.execute(
            line,
            istream=source,
            output_stream=start,
            kill_after_timeout=limit,
            with_extended_output=True,
            with_exceptions=False,
            stdout_as_string=False,
            strip_newline_in_stdout=False,
            env=environment,
        )
    except GitCommandNotFound as error:
        raise Refused("git was not found. Install git 2.39 or later; nothing was changed.") from error
    except OSError as error:
        raise Refused(f"git could not be started: {error.strerror}. Nothing was changed.") from error
    assert isinstance(out, bytes)  # noqa: S101 - for the type checker: stdout_as_string is False
    return status, start.data if start else out, err if isinstance(err, str) else ""


def _scrub() -> None:
    # GitPython hands os.environ to every child. What a hook, an IDE or a wrapper left there (GIT_DIR,
    # GIT_INDEX_FILE …) would redirect the command without a word.
    for name in [n for n in os.environ if n.startswith("GIT_") and not n.startswith("GIT_PYTHON_")]:
        if name not in _KEPT:
            del os.environ[name]


@cache
def _runner() -> "Runner":
    # On loading, GitPython asks for git's version and waits for ever. So it is shown no git, and is to be quiet about
    # it; `check_version` asks, with patience. We name the program ourselves each time.
    known = {name: os.environ.get(name) for name in ("GIT_PYTHON_REFRESH", "GIT_PYTHON_GIT_EXECUTABLE")}
    os.environ |= {"GIT_PYTHON_REFRESH": "quiet", "GIT_PYTHON_GIT_EXECUTABLE": "/nonexistent/git"}
    try:
        from git import Git as Runner
    finally:
        for name, value in known.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
    # `-C` chooses the folder: GitPython silently stays in the current one when its own is not accessible.
    return Runner("/")
