"""Verification written a second time, without Obelos: git as a command, PyYAML, and the promise in DESIGN.

Usage: ``python independent_verify.py EDITION``. Prints the documents whose text at any commit is not base text +
decisions, and ends with 1 if there is one at HEAD, if a record that was ever made is not there as it was made, or if
files on disk are not those of HEAD. Kept apart on purpose: the audit must not depend on us.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def git(root: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True).stdout


class Objects:
    """Answers of one ``git cat-file --batch``."""

    def __init__(self, root: Path) -> None:
        line = ["git", "-C", str(root), "cat-file", "--batch"]
        self.process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.top = git(root, "rev-parse", "--show-prefix").decode().strip()

    def __enter__(self) -> "Objects":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    def get(self, name: str) -> tuple[str, bytes]:
        """Id and bytes of an object, by id or COMMIT:PATH; empty when there is none."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(name.encode() + b"\n")
        self.process.stdin.flush()
        head = self.process.stdout.readline().split()
        if head[-1] == b"missing":
            return "", b""
        data = self.process.stdout.read(int(head[2]))
        self.process.stdout.read(1)
        return head[0].decode(), data

    def folder(self, commit: str, path: str) -> dict[str, str]:
        """Names and ids in a folder; a tree object is a row of ``mode name NUL id``."""
        ident, data = self.get(f"{commit}:{self.top}{path}")
        found, at, size = {}, 0, len(ident) // 2
        while at < len(data):
            end = data.index(b"\0", at)
            found[os.fsdecode(data[at:end].split(b" ", 1)[1])] = data[end + 1 : end + 1 + size].hex()
            at = end + 1 + size
        return found


def listed(value: Any) -> list[Any]:
    """A value, or a list of such, as a list."""
    return value if isinstance(value, list) else [value] if value else []


def moot_among(decisions: list[Any], records: list[Any]) -> set[str]:
    """Questions taken back as moot: they take no place, unless somebody answered them or took them back otherwise."""
    retractions = [r for r in records if r["format"] == "obelos-retraction/1"]
    moot = {ident for r in retractions if r.get("moot") == "true" for ident in listed(r["retracts"])}
    moot -= {ident for r in retractions if r.get("moot") != "true" for ident in listed(r["retracts"])}
    while answered := {i for d in decisions if d["id"] not in moot for i in listed(d.get("supersedes"))} & moot:
        moot -= answered
    return moot


def text_of(base: bytes, base_id: str, records: list[Any], came_with: str = "") -> bytes:
    """Base text with the standing decisions applied from the end.

    One that counts in an earlier base text stands where the record of the present one says, or nowhere.
    """
    decisions = [r for r in records if r["format"] == "obelos-decision/1"]
    bases = [r for r in records if r["format"] == "obelos-base/1"]
    replaced = {ident for r in bases for ident in listed(r.get("supersedes"))}
    holding = [r for r in bases if r["id"] not in replaced]
    named = {r["base"] for r in holding} or {came_with or base_id}
    assert named == {base_id}, "the base text is not the one on record"
    anchors = {ident: place for r in holding for ident, place in r.get("anchors", {}).items()}
    superseded = {ident for d in decisions for ident in listed(d.get("supersedes"))}
    assert superseded <= {d["id"] for d in decisions}, "a decision supersedes one that is not there"
    retracted = {i for r in records if r["format"] == "obelos-retraction/1" for i in listed(r["retracts"])}
    moot = moot_among(decisions, records)
    superseded = {ident for d in decisions if d["id"] not in moot for ident in listed(d.get("supersedes"))} | retracted
    standing = [d for d in decisions if d["id"] not in superseded and "reading" in d]
    text = base.decode()
    changes = set()  # two editors may have made the same correction
    for d in standing:
        place = d["place"] if d["base"] == base_id else anchors.get(d["id"])
        if place:
            changes.add((int(place["start"]), int(place["end"]), d["place"]["exact"], d["reading"]))
    for start, end, exact, reading in sorted(changes, reverse=True):
        assert text[start:end] == exact, (start, exact)
        text = text[:start] + reading + text[end:]
    return text.encode()


class Document:
    """One document through its commits, oldest first."""

    def __init__(self, objects: Objects, name: str, commits: list[str]) -> None:
        self.objects = objects
        self.name = name
        self.parsed: dict[str, Any] = {}
        self.first: dict[str, str] = {}
        self.came_with = ""
        self.broken = [commit for commit in commits if not self.holds(commit)]

    def record(self, name: str, blob: str) -> Any:
        if blob not in self.parsed:
            self.parsed[blob] = yaml.load(self.objects.get(blob)[1], Loader=LOADER)  # noqa: S506
        record = self.parsed[blob]
        assert (f"{record['id']}.yaml", record["document"]) == (name, self.name), "a record in another's place"
        return record

    def holds(self, commit: str) -> bool:
        """Whether its text at a commit follows from its base text and records there, and no record was lost."""
        files = self.objects.folder(commit, f"transcripts/{self.name}")
        records = self.objects.folder(commit, f"history/{self.name}")
        try:
            for name, blob in records.items():
                self.first.setdefault(name, blob)
            base_id = files["base.txt"]
            self.came_with = self.came_with or base_id
            read = [self.record(name, blob) for name, blob in records.items()]
            text = text_of(self.objects.get(base_id)[1], base_id, read, self.came_with)
            return text == self.objects.get(files["text.txt"])[1] and self.first.items() <= records.items()
        except (AssertionError, KeyError, TypeError, ValueError, yaml.YAMLError):
            return False


def holds(root: Path, commit: str, document: str) -> bool:
    """Whether a document holds in one commit, looked at alone."""
    with Objects(root) as objects:
        return Document(objects, document, []).holds(commit)


def broken(root: Path) -> tuple[dict[str, list[str]], bool]:
    """For each document that ever was the commits in which it does not hold; and whether all hold at HEAD."""
    log = git(root, "log", "-z", "-m", "--topo-order", "--full-history", "--name-only", "--format=%H", "--relative")
    commits: dict[str, dict[str, None]] = {}
    commit = ""
    for field in log.decode("utf-8", "surrogateescape").replace("\n", "\0").split("\0"):
        if len(field) in (40, 64) and "/" not in field:
            commit = field
        elif field.startswith(("transcripts/", "history/")) and field.count("/") > 1:
            commits.setdefault(field.split("/")[1], {})[commit] = None
    found, fine = {}, not git(root, "status", "--porcelain", "--", "transcripts", "history").strip()
    with Objects(root) as objects:
        for name in sorted(commits):
            document = Document(objects, name, list(reversed(commits[name])))
            fine = document.holds("HEAD") and fine
            found[name] = document.broken
    return found, fine


def main(root: Path) -> int:
    found, fine = broken(root)
    for name, commits in found.items():
        print(name, "does not hold in" if commits else "holds in every commit", *commits)  # noqa: T201
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
