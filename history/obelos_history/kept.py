"""What was verified already, kept in the user's own folder: never in a repository, so nobody can send one along.

Everything in it is told by names that git derives from the bytes: a history that was rewritten, an object that
was changed, has others and is verified anew. A file that is damaged, that others may write, that belongs to another
repository, or that an earlier version of the program wrote is as good as none.
"""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import obelos_transcripts

from .facts import Commit, Person
from .folded import Folded, Node, Past, Since, Touched
from .judge import Open, Words, Wrong
from .own_file import own_name, read_own, write_own


@dataclass
class Kept:
    """The outcome of earlier runs.

    Attributes:
        when: When the last one was, in ISO 8601; "" where there was none.
        looked: Nanoseconds since 1970 when the objects were last looked through; 0 for never.
        whole: The commit at which all documents were verified; "" for never.
        documents: For each document its entry, see `entry`.
        signatures: What git said of the signature of each commit: a letter and the signer.
    """

    file: Path | None = None
    place: str = ""
    when: str = ""
    looked: int = 0
    whole: str = ""
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    signatures: dict[str, tuple[str, str]] = field(default_factory=dict)

    def write(self) -> None:
        """Keep it for the next time; where that cannot be, the next time takes longer."""
        if self.file is None:
            return
        facts = {"program": program(), "place": self.place, "when": self.when, "looked": self.looked}
        facts |= {"whole": self.whole, "documents": self.documents, "signatures": self.signatures}
        with suppress(OSError):
            write_own(self.file, facts)


def kept_in(folder: Path | None, place: Path, root: Path) -> Kept:
    """What is kept on an edition, for reading and writing.

    Args:
        folder: Where such files lie; None to keep nothing.
        place: The git folder of its repository.
        root: The folder of the edition.
    """
    where = f"{place}\n{root}"
    if folder is None:
        return Kept()
    file = folder / own_name(where)
    kept = Kept(file, where)
    facts = read_own(file)
    if facts and facts.get("program") == program() and facts.get("place") == where:
        with suppress(KeyError, TypeError, ValueError):
            signatures = {commit: (said[0], said[1]) for commit, said in facts["signatures"].items()}
            documents = dict(facts["documents"])
            return Kept(
                file, where, str(facts["when"]), int(facts["looked"]), str(facts["whole"]), documents, signatures
            )
    return kept


@cache
def program() -> str:
    """What stands for the rules of judgement: a digest of the code that judges."""
    digest = hashlib.sha256()
    for folder in (Path(__file__).parent, Path(obelos_transcripts.__file__).parent):
        for file in sorted(folder.glob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:32]


def entry(folded: Folded, tip: str, look: str | None) -> dict[str, Any]:
    """A document as it is kept.

    Args:
        folded: The document.
        tip: The commit at which it is so.
        look: How its files lay on disk when these were found to be those of that commit; None where they were not.
    """
    node = folded.node
    return {
        "tip": tip,
        "look": look,
        "tree": dict(node.tree),
        "base": node.base,
        "had_text": node.had_text,
        "wrong": [[_wrong(what), _commit(at.commit), at.line] for what, at in node.wrong.items()],
        "past": [[_wrong(what), _commit(at.commit), at.line, _commit(gone)] for what, at, gone in folded.past],
        "first": {path: blob for path, blob in folded.first.items() if node.tree.get(path) != blob},
        "touched": [[path, what, _commit(commit)] for path, what, commit in folded.touched],
        "brought": folded.brought,
        "commits": folded.commits,
        "last": _commit(folded.last) if folded.last else None,
        "open": list(folded.open),
    }


def restored(name: str, kept: Mapping[str, Any], records: str) -> Folded:
    """A document out of its entry.

    Args:
        name: The document.
        kept: Its entry.
        records: How the paths of its records begin.

    Raises:
        KeyError, TypeError, ValueError, IndexError: It is no entry.
    """
    tree = {str(path): str(blob) for path, blob in kept["tree"].items()}
    wrong = {_as_wrong(what): Since(_as_commit(commit), int(line)) for what, commit, line in kept["wrong"]}
    orphans, queries, decisions, after = kept["open"]
    return Folded(
        name,
        Node(tree, str(kept["base"]), bool(kept["had_text"]), wrong),
        [
            Past(_as_wrong(what), Since(_as_commit(commit), int(line)), _as_commit(gone))
            for what, commit, line, gone in kept["past"]
        ],
        {path: blob for path, blob in tree.items() if path.startswith(records)} | kept["first"],
        [Touched(path, what, _as_commit(commit)) for path, what, commit in kept["touched"]],
        list(kept["brought"]),
        int(kept["commits"]),
        _as_commit(kept["last"]) if kept["last"] else None,
        Open(tuple(orphans), tuple(queries), int(decisions), tuple((a, i) for a, i in after)),
    )


def _wrong(what: Wrong) -> Any:
    return what if isinstance(what, str) else list(what)


def _as_wrong(what: Any) -> Wrong:
    return what if isinstance(what, str) else Words(int(what[0]), str(what[1]), str(what[2]))


def _commit(commit: Commit) -> dict[str, Any]:
    return {
        "id": commit.id,
        "person": asdict(commit.person),
        "when": commit.when.isoformat(),
        "subject": commit.subject,
    }


def _as_commit(kept: Mapping[str, Any]) -> Commit:
    when = datetime.fromisoformat(kept["when"])
    return Commit(kept["id"], (), Person(**kept["person"]), when, kept["subject"], "", (), ())
