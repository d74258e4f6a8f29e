"""Faults at every call by which Obelos and its git children change a file: the machinery.

What is done is in fault_kinds, what must hold afterwards in fault_trials.

A C library (fault_shim.c) is preloaded into all of them. They share one counter of the calls that change something
under one folder, and the n-th call goes wrong: everybody is killed, half is written, the disk says no … So the same
deed can be tried with a fault at call 1, 2, 3 … until there is none left.

Run as a program it is the nursery: it has everything imported, and forks a process for every deed asked for on
standard input, one JSON object a line. So a trial costs the git processes and not the start of Python.
"""

import ctypes
import json
import mmap
import os
import shutil
import signal
import struct
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

HERE = Path(__file__).parent

# The fields of `struct page` in fault_shim.c.
_MOST = 4000
_FIELDS = {"calls": 0, "at": 8, "fault": 16, "dead": 20, "first": 24, "processes": 28, "pids": 32}
_ROOT = 32 + 4 * _MOST
_SIZE = _ROOT + 2 * 4096

FAULTS = {
    "count": 0,
    "SIGKILL": 1,
    "torn write + SIGKILL": 2,
    "EIO once": 3,
    "ENOSPC once": 4,
    "ENOSPC from then on": 5,
    "SIGKILL of that process alone": 6,
    "SIGKILL of Obelos, git lives on": 7,
    "EIO from then on": 8,
}
"""What may go wrong at a call, and its number in fault_shim.c."""

_NEEDS_ROOM = {"open", "write", "rename", "link", "mkdir", "fsync", "xattr"}


@dataclass(frozen=True)
class Call:
    """One call that changes something.

    Attributes:
        number: From 1.
        what: open, write, fsync, rename …
        by_us: Whether Obelos itself does it, and not git.
        path: What is changed, without the folder above all.
        source: What gets this as another name; "" where nothing does.
    """

    number: int
    what: str
    by_us: bool
    path: str
    source: str

    def can(self, fault: str) -> bool:
        """Whether a fault makes sense at this call."""
        if fault.startswith("torn"):
            return self.what == "write"
        if fault.startswith("ENOSPC"):
            return self.what in _NEEDS_ROOM
        return not (fault == "SIGKILL of Obelos, git lives on" and self.by_us)


@dataclass(frozen=True)
class Outcome:
    """How a deed ended: 0 done, 7 refused, negative: by that signal; and what it said."""

    status: int
    said: str
    calls: int


class CannotCompile(Exception):
    """There is no C compiler here, or it does not make what is wanted."""


@cache
def compiled(folder: Path) -> Path:
    """The library, compiled in a folder.

    Raises:
        CannotCompile: Say why, and skip.
    """
    if sys.platform != "linux":
        raise CannotCompile("faults at every call need Linux: the library is preloaded with LD_PRELOAD")
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if not compiler:
        raise CannotCompile("faults at every call need a C compiler (cc), and there is none here")
    made = folder / "fault_shim.so"
    line = [compiler, "-shared", "-fPIC", "-O1", "-o", str(made), str(HERE / "fault_shim.c"), "-ldl", "-lpthread"]
    done = subprocess.run(line, capture_output=True, check=False)
    if done.returncode:
        raise CannotCompile(f"the C compiler made no library for faults at every call: {done.stderr.decode()[:300]}")
    return made


class Nursery:
    """A process with everything imported that does deeds in children of its own, with a fault at a call.

    Attributes:
        folder: Where the shared page and the library lie, and beside them what is tried.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._page = folder / "page"
        self._page.write_bytes(bytes(_SIZE))
        self._log = folder / "calls"
        home = folder / "home"
        home.mkdir(exist_ok=True)
        (home / ".gitconfig").write_text("[user]\n\tname = Ada Example\n\temail = ada@example.org\n")
        around = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        around |= {
            "HOME": str(home),
            **{f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "CACHE", "STATE")},
            "LD_PRELOAD": str(compiled(folder)),
            "FAULT_PAGE": str(self._page),
            "PYTHONPATH": str(HERE),
            "PYTHONDONTWRITEBYTECODE": "1",
            "TMPDIR": str(folder / "trial" / "tmp"),
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(self._page)],
            env=around,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def does(self, deed: Sequence[str], root: Path, fault: str = "count", at: int = 0, *, log: bool = False) -> Outcome:
        """Do a deed of fault_kinds (its name and arguments) with a fault at the n-th call under a folder."""
        assert self._process.stdin
        assert self._process.stdout
        wanted = {"deed": list(deed), "root": str(root), "fault": FAULTS[fault], "at": at}
        wanted["log"] = str(self._log) if log else ""
        self._process.stdin.write(json.dumps(wanted) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return Outcome(answer["status"], answer["said"], answer["calls"])

    def calls(self, deed: Sequence[str], root: Path) -> tuple[list[Call], Outcome]:
        """All calls of a deed that change something, and how it ended without a fault."""
        self._log.unlink(missing_ok=True)
        outcome = self.does(deed, root, log=True)
        found = []
        for line in self._log.read_text(errors="replace").splitlines():
            number, what, by_us, names = line.split(" ", 3)
            path, _, source = names.partition("\t")
            found.append(Call(int(number), what, by_us == "1", path, source))
        assert len(found) == outcome.calls > 0
        return found, outcome


def nursery(page_file: str) -> None:
    """Do deeds as they come on standard input."""
    import fault_kinds

    # Children whose parent was killed come to us, so that we know when they have ended.
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
    with open(page_file, "r+b") as file:
        page = mmap.mmap(file.fileno(), _SIZE)
    for line in sys.stdin:
        wanted = json.loads(line)
        answer = _do(wanted, page, fault_kinds)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _do(wanted: dict[str, Any], page: mmap.mmap, kinds: Any) -> dict[str, Any]:
    page[:] = bytes(_SIZE)
    ready, go = os.pipe()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(go)
        os.close(read)
        os.setsid()
        os.read(ready, 1)
        for stream in (1, 2):
            os.dup2(write, stream)
        status = 70
        try:
            status = kinds.do(wanted["deed"])
        finally:
            os._exit(status)
    os.close(ready)
    os.close(write)
    _set(page, "at", wanted["at"], "l")
    _set(page, "fault", wanted["fault"], "i")
    _set(page, "first", child, "i")
    _set(page, "pids", child, "i")
    _set(page, "processes", 1, "i")
    for at, text in ((_ROOT + 4096, wanted["log"]), (_ROOT, wanted["root"])):
        page[at : at + len(text.encode())] = text.encode()
    os.write(go, b".")
    os.close(go)
    with os.fdopen(read, "rb") as out:
        # Until the last process that can say something has ended.
        said = out.read()
    _, state = os.waitpid(child, 0)
    # Whoever lives on, does; but what it does is done before anybody looks.
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            break
    calls = struct.unpack_from("l", page, 0)[0]
    page[_ROOT] = 0
    return {"status": os.waitstatus_to_exitcode(state), "said": said.decode(errors="replace"), "calls": calls}


def _set(page: mmap.mmap, name: str, value: int, kind: str) -> None:
    struct.pack_into(kind, page, _FIELDS[name], value)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nursery(sys.argv[1])
