"""Disks that are full, read-only, or lose their power: small file systems of our own, where we may mount some."""

import fcntl
import os
import random
import select
import shutil
import signal
import struct
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from fault_kinds import session, session_edition, session_is_kept, state_of
from gitworld import CHANGES, EDITOR, NOON, World, draw, leftovers
from obelos_history.repository import Repository
from obelos_transcripts import Refused

# What xfstests' "godown" asks of ext4: all that is not on the device yet is dropped, also the journal.
_EXT4_IOC_SHUTDOWN, _NOLOGFLUSH = 0x8004587D, 2


class CannotMount(Exception):
    """No file system can be mounted here."""


@contextmanager
def mounted(place: Path, *options: str) -> Iterator[Path]:
    """A file system at a place as long as this lasts.

    Raises:
        CannotMount: Say why, and skip.
    """
    place.mkdir(parents=True, exist_ok=True)
    if os.geteuid():
        raise CannotMount("only root can mount a small disk")
    # A loop device may need a moment until it is free again.
    for _ in range(20):
        done = subprocess.run(["mount", *options, str(place)], capture_output=True, check=False)
        if done.returncode == 0:
            break
        time.sleep(0.1)
    else:
        raise CannotMount(f"no disk can be mounted here: {done.stderr.decode().strip()}")
    try:
        yield place
    finally:
        for _ in range(50):
            if subprocess.run(["umount", str(place)], capture_output=True, check=False).returncode == 0:
                break
            time.sleep(0.1)


def full_disk(folder: Path, levels: Sequence[int]) -> tuple[dict[str, int], list[str]]:
    """Commit on a disk that has so many KiB left, then make room: how often it was committed, and what is wrong."""
    ended, wrong = {"committed": 0, "refused": 0, "completed afterwards": 0}, []
    drawn = draw(folder / "drawn", "--template=")
    done = World(Path(shutil.copytree(drawn.root, folder / "done")), drawn.base)
    _commit(done)
    allowed = {"before": state_of(drawn), "done": state_of(done)}
    for free in levels:
        with mounted(folder / "disk", "-t", "tmpfs", "-o", "size=4m", "tmpfs") as disk:
            world = World(Path(shutil.copytree(drawn.root, disk / "w", symlinks=True)), drawn.base)
            world.git("update-index", "-q", "--refresh", check=False)
            room = os.statvfs(disk)
            (disk / "filler").write_bytes(bytes(max(0, room.f_bavail * room.f_bsize - free * 1024)))
            try:
                _commit(world)
                ended["committed"] += 1
                said = "done"
            except Refused:
                ended["refused"] += 1
                said = ""
            (disk / "filler").unlink()
            found = Repository.open(world.root).recover()
            state = state_of(world)
            end = next((name for name, one in allowed.items() if one == state), f"in no allowed state: {state}")
            ended["completed afterwards"] += end == "done" and said != "done"
            bad = [end] if end not in allowed or (said and end != said) else []
            bad += [str(one) for one in found if one.outcome == "needs you"]
            bad += [world.git("fsck", "--full", "--strict", "--no-dangling", check=False), *leftovers(world)]
            wrong += [f"{free} KiB left: {one}" for one in bad if one]
    return ended, wrong


def read_only(folder: Path) -> str:
    """Commit on a disk that is read-only: what the refusal says."""
    with mounted(folder / "disk", "-t", "tmpfs", "-o", "size=8m", "tmpfs") as disk:
        world = draw(disk / "w", "--template=")
        before = state_of(world)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        try:
            _commit(world)
            return "committed"
        except Refused as refusal:
            said = str(refusal)
        finally:
            subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        return said if state_of(world) == before and not leftovers(world) else f"left something: {said}"


def _commit(world: World) -> None:
    reviewed = world.reviewed(CHANGES)
    Repository.open(world.root).commit(CHANGES, "letter\n", reviewed=reviewed, person=EDITOR, when=NOON)


def power_cuts(folder: Path, cuts: int, seed: int, longest: float = 4.0) -> tuple[int, list[str]]:
    """Cut the power under an editor at work, so often: acknowledged deeds, and what was lost or damaged."""
    choose = random.Random(seed)
    told, wrong = 0, []
    for number in range(cuts):
        image = folder / "image"
        image.unlink(missing_ok=True)
        with image.open("wb") as file:
            file.truncate(64 << 20)
        subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True)
        with mounted(folder / "disk", "-o", "loop", str(image)) as disk:
            world = session_edition(disk)
            os.sync()
            said, later = _cut_during(world, disk, seed + number, choose.uniform(0.5, longest))
        told += said.count("!")
        with mounted(folder / "disk", "-o", "loop", str(image)) as disk:
            world = World(disk / "w")
            bad = [world.git("fsck", "--full", "--strict", "--no-dangling", check=False)]
            with suppress_errors(bad):
                bad += session_is_kept(world.root, said, later)
                bad += [world.git("status", "--porcelain", check=False), *leftovers(world)]
            bad = [one for one in bad if not one.endswith("ledger/letter.lock")]
            wrong += [f"cut {number}: {one}" for one in bad if one]
    return told, wrong


@contextmanager
def suppress_errors(into: list[str]) -> Iterator[None]:
    """What goes wrong in here is told as wrong, and the next trial goes on."""
    try:
        yield
    except Exception as error:
        into.append(f"{type(error).__name__}: {error}")


def _cut_during(world: World, disk: Path, seed: int, seconds: float) -> tuple[str, str]:
    """Let an editor work, and after some seconds drop what is not on the device: what was told before, and in it."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
        try:
            session(world.root, seed, lambda what: (os.write(write, f"{what}\n".encode()), None)[1])
        finally:
            os._exit(0)
    os.close(write)
    said, end = b"", time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if select.select([read], [], [], left)[0]:
            said += os.read(read, 1 << 16)
    # What was told until this moment counts, and nothing after it.
    os.set_blocking(read, False)
    with suppress(BlockingIOError):
        while data := os.read(read, 1 << 16):
            said += data
    handle = os.open(disk, os.O_RDONLY)
    fcntl.ioctl(handle, _EXT4_IOC_SHUTDOWN, struct.pack("I", _NOLOGFLUSH))
    os.close(handle)
    later = b""
    with suppress(BlockingIOError):
        while data := os.read(read, 1 << 16):
            later += data
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(read)
    return said.decode(), later.decode()
