"""Verification written a second time, without Obelos: git as a command, PyYAML, and the promise in DESIGN.

Usage: ``python independent_verify.py EDITION``. Prints the documents whose text at any commit is not base text +
decisions, and ends with 1 if there is one at HEAD. Kept apart on purpose: the audit must not depend on us.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml


def git(root: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True).stdout


def listed(value: Any) -> list[Any]:
    """A value, or a list of such, as a list."""
    return value if isinstance(value, list) else [value] if value else []


def text_of(base: bytes, base_id: str, records: list[Any]) -> bytes:
    """Base text with the standing decisions applied from the end.

    One that counts in an earlier base text stands where the record of the present one says, or nowhere.
    """
    decisions = [r for r in records if r["format"] == "obelos-decision/1"]
    bases = [r for r in records if r["format"] == "obelos-base/1"]
    replaced = {ident for r in bases for ident in listed(r.get("supersedes"))}
    holding = [r for r in bases if r["id"] not in replaced]
    assert all(r["base"] == base_id for r in holding), "the base text is not the one on record"
    anchors = {ident: place for r in holding for ident, place in r.get("anchors", {}).items()}
    superseded = {ident for d in decisions for ident in listed(d.get("supersedes"))}
    superseded |= {ident for r in records if r["format"] == "obelos-retraction/1" for ident in listed(r["retracts"])}
    superseded |= {ident for r in records if r["format"] == "obelos-retraction/1" for ident in listed(r["retracts"])}
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


def holds(root: Path, commit: str, document: str) -> bool:
    """Whether a document's text at a commit follows from its base text and decisions there."""
    names = git(root, "ls-tree", "-r", "--name-only", commit, "--", f"history/{document}/").decode().split("\n")
    records = [
        yaml.load(git(root, "show", f"{commit}:{path}"), Loader=yaml.BaseLoader)  # noqa: S506
        for path in names
        if path.endswith(".yaml")
    ]
    path = f"{commit}:transcripts/{document}/base.txt"
    base_id = git(root, "rev-parse", path).decode().strip()
    return text_of(git(root, "show", path), base_id, records) == git(
        root, "show", f"{commit}:transcripts/{document}/text.txt"
    )


def main(root: Path) -> int:
    wrong = 0
    for folder in sorted((root / "transcripts").iterdir()):
        commits = git(root, "log", "--format=%H", "--", f"transcripts/{folder.name}", f"history/{folder.name}")
        broken = [c for c in commits.decode().split() if not holds(root, c, folder.name)]
        wrong += not holds(root, "HEAD", folder.name)
        print(folder.name, "does not hold in" if broken else "holds in every commit", *broken)  # noqa: T201
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
