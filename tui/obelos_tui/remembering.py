"""What the edition remembers of a checked document: its decisions, read from the history folder.

Loaded only for documents that have decisions: files and folders are checked without the history.
"""

from collections.abc import Collection, Sequence

from obelos_history import read_records, replay
from obelos_history.settled import settle
from obelos_history.trees import object_id
from obelos_rules import Rule
from obelos_transcripts import BadInput, decode, read_bytes

from .answered import Memory, recall
from .checking import Checked


def remembered(checked: Checked, rules: Sequence[Rule], *, across: bool = False, off: Collection[str] = ()) -> Memory:
    """What is remembered of the findings of a document, which are those of every level.

    Only what is written counts: decisions still in the ledger are not part of the edition.

    Args:
        across: Whether rules across documents were asked, too.
        off: Codes of rules that are switched off.

    Raises:
        BadInput: The decisions cannot be read, or are not those of the base text.
    """
    target = checked.target
    if target.document is None or target.history is None:
        return Memory((None,) * len(checked.findings), (None,) * len(checked.findings), ())
    records = read_records(target.history)
    data = read_bytes(target.document.base)
    # The length of its name tells which of git's two algorithms named the base text.
    algorithm = "sha256" if any(len(base) == 64 for base in records.base_texts) else "sha1"
    base_id = object_id("blob", data, algorithm)
    decisions = records.decisions
    if decisions and not records.bases and all(decision.base != base_id for decision in decisions):
        which = "its decision counts" if len(decisions) == 1 else f"its {len(decisions)} decisions count"
        what = f"{which} in another base text. “obelos verify” tells since when"
        raise BadInput.at(target.document.base, None, what)
    base = decode(data, target.document.base)
    settled = settle(base, base_id, records)
    current = replay(base, base_id, settled.decisions, settled.elsewhere)
    return recall(checked.findings, current, settled.decisions, rules, text=checked.text, across=across, off=off)
