"""The history of an edition: decisions, their ledger, git storage, replay, verification, blame.

Loaded when first asked for; only one module knows GitPython. Functions that have the name of their module are imported
from there: `verify.verify`, `blame.blame`, `retract.retract`, `last_seen.last_seen`.
"""

from typing import TYPE_CHECKING

from obelos_transcripts.later import later

from .replay import Piece, Replay, effective, replay

if TYPE_CHECKING:
    from .attestation import STATES, Approval, BaseRecord, Retraction, State, StateRecord
    from .blame import Blamed
    from .by_hand import adopt, restore
    from .decision import CERTAINTIES, EVIDENCE, FAULTS, USUAL_FAULT, Decision, Disposition, dump, parse
    from .document_history import DocumentHistory
    from .last_seen import Rewritten, Seen, accepted_in
    from .log import Entry, describe, entries
    from .log_filter import Wanted, parse_filter
    from .message import commit_message
    from .placing import Judgement
    from .records import Records, dump_record, read_decisions, read_records
    from .repository import Commit, Person, Repository
    from .signatures import Signature
    from .standing import Standing, document_state, standing_of
    from .stating import approve, set_state
    from .verdict import Tampering, Unexplained, Verdict
    from .verify import Verification
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
    "commit_message",
    "describe",
    "document_state",
    "dump",
    "dump_record",
    "effective",
    "entries",
    "parse",
    "parse_filter",
    "read_decisions",
    "read_records",
    "replay",
    "restore",
    "set_state",
    "standing_of",
    "vetting_of",
]

__getattr__ = later(
    __name__,
    {
        "attestation": ("STATES", "Approval", "BaseRecord", "Retraction", "State", "StateRecord"),
        "blame": ("Blamed",),
        "by_hand": ("adopt", "restore"),
        "decision": ("CERTAINTIES", "EVIDENCE", "FAULTS", "USUAL_FAULT", "Decision", "Disposition", "dump", "parse"),
        "document_history": ("DocumentHistory",),
        "last_seen": ("Rewritten", "Seen", "accepted_in"),
        "log": ("Entry", "describe", "entries"),
        "log_filter": ("Wanted", "parse_filter"),
        "message": ("commit_message",),
        "placing": ("Judgement",),
        "records": ("Records", "read_decisions", "read_records", "dump_record"),
        "repository": ("Commit", "Person", "Repository"),
        "signatures": ("Signature",),
        "standing": ("Standing", "document_state", "standing_of"),
        "stating": ("approve", "set_state"),
        "verdict": ("Tampering", "Unexplained", "Verdict"),
        "verify": ("Verification",),
        "vetting": ("Vetting", "vetting_of"),
    },
)
