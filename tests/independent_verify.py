"""Verification written a second time, without Obelos: git as a command, PyYAML, and the promise in DESIGN.

Usage: ``python independent_verify.py EDITION``. Prints the documents whose text at any commit is not base text +
decisions, and ends with 1 if there is one at HEAD. Kept apart on purpose: the audit must not depend on us.
"""

import subprocess
import sys
from pathlib import Path

import yaml


def git(root: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True).stdout


def _place(decision: dict[str, str]) -> tuple[int, int]:
    place: dict[str, str] = decision["place"]  # type: ignore[assignment]
    return int(place["start"]), int(place["end"])


def text_of(base: bytes, decisions: list[dict[str, str]]) -> bytes:
    """Base text with the standing decisions applied from the end."""
    superseded = {d.get("supersedes") for d in decisions}
    standing = [d for d in decisions if d["id"] not in superseded and "reading" in d]
    text = base.decode()
    for d in sorted(standing, key=_place, reverse=True):
        place: dict[str, str] = d["place"]  # type: ignore[assignment]
        start, end = int(place["start"]), int(place["end"])
        assert text[start:end] == place["exact"], d["id"]
        text = text[:start] + d["reading"] + text[end:]
    return text.encode()


def holds(root: Path, commit: str, document: str) -> bool:
    """Whether a document's text at a commit follows from its base text and decisions there."""
    listed = git(root, "ls-tree", "-r", "--name-only", commit, "--", f"history/{document}/").decode().split("\n")
    decisions = [
        yaml.load(git(root, "show", f"{commit}:{path}"), Loader=yaml.BaseLoader)  # noqa: S506
        for path in listed
        if path.endswith(".yaml")
    ]
    base = git(root, "show", f"{commit}:transcripts/{document}/base.txt")
    return text_of(base, decisions) == git(root, "show", f"{commit}:transcripts/{document}/text.txt")


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
