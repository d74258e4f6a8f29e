"""The history of an edition: decisions, their ledger, git storage, replay, verification, blame.

Only one module of this package knows GitPython; importing the package does not load it.
"""

from .attestation import STATES, Approval, BaseRecord, Retraction, State, StateRecord
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
from .log_filter import Wanted, parse_filter
from .message import commit_message
from .placing import Judgement
from .records import Records, read_decisions, read_records
from .records import dump as dump_record
from .replay import Piece, Replay, effective, replay
from .repository import Commit, Person, Repository
from .retract import retract
from .signatures import Signature
from .standing import Standing, document_state, standing_of
from .stating import approve, set_state
from .verdict import Tampering, Unexplained, Verdict
from .verify import Verification, verify
from .vetting import Vetting, vetting_of

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
    "Retraction",
    "Rewritten",
    "Seen",
    "Signature",
    "Standing",
    "State",
    "StateRecord",
    "Tampering",
    "Unexplained",
    "Verdict",
    "Verification",
    "Vetting",
    "Wanted",
    "accepted_in",
    "adopt",
    "approve",
    "blame",
    "commit_message",
    "describe",
    "document_state",
    "dump",
    "dump_record",
    "effective",
    "entries",
    "last_seen",
    "parse",
    "parse_filter",
    "read_decisions",
    "read_records",
    "replay",
    "restore",
    "retract",
    "set_state",
    "standing_of",
    "verify",
    "vetting_of",
]
