"""The history of an edition: decisions, their ledger, git storage, replay, verification, blame.

Only one module of this package knows GitPython; importing the package does not load it.
"""

from .attestation import STATES, Approval, BaseRecord, StateRecord
from .blame import Blamed, blame
from .by_hand import adopt, restore
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
from .document_history import DocumentHistory
from .last_seen import Rewritten, Seen, accepted_in, last_seen
from .log import Entry, describe, entries
from .message import commit_message
from .placing import Judgement
from .records import Records, read_decisions, read_records
from .replay import Piece, Replay, effective, replay
from .repository import Commit, Person, Repository
from .signatures import Signature
from .verdict import Tampering, Unexplained, Verdict
from .verify import Verification, verify

__all__ = [
    "CERTAINTIES",
    "EVIDENCE",
    "FAULTS",
    "STATES",
    "USUAL_FAULT",
    "Approval",
    "BaseRecord",
    "Blamed",
    "Commit",
    "Decision",
    "Disposition",
    "DocumentHistory",
    "Entry",
    "Judgement",
    "Person",
    "Piece",
    "Records",
    "Replay",
    "Repository",
    "Rewritten",
    "Seen",
    "Signature",
    "StateRecord",
    "Tampering",
    "Unexplained",
    "Verdict",
    "Verification",
    "accepted_in",
    "adopt",
    "blame",
    "commit_message",
    "describe",
    "dump",
    "effective",
    "entries",
    "last_seen",
    "parse",
    "read_decisions",
    "read_records",
    "replay",
    "restore",
    "verify",
]
