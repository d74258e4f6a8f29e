"""The history of an edition: decisions, their ledger, git storage, replay, verification, blame.

Only one module of this package knows GitPython; importing the package does not load it.
"""

from .blame import Blamed, blame
from .decision import (
    CERTAINTIES,
    EVIDENCE,
    FAULTS,
    USUAL_FAULT,
    Decision,
    Disposition,
    dump,
    parse,
)
from .document_history import DocumentHistory, read_decisions
from .log import Entry, describe, entries
from .message import commit_message
from .placing import Judgement
from .replay import Piece, Replay, effective, replay
from .repository import Commit, Person, Repository
from .verdict import Tampering, Unexplained, Verdict
from .verify import vanished, verify

__all__ = [
    "CERTAINTIES",
    "EVIDENCE",
    "FAULTS",
    "USUAL_FAULT",
    "Blamed",
    "Commit",
    "Decision",
    "Disposition",
    "DocumentHistory",
    "Entry",
    "Judgement",
    "Person",
    "Piece",
    "Replay",
    "Repository",
    "Tampering",
    "Unexplained",
    "Verdict",
    "blame",
    "commit_message",
    "describe",
    "dump",
    "effective",
    "entries",
    "parse",
    "read_decisions",
    "replay",
    "vanished",
    "verify",
]
