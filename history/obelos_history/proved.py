"""What was read back from a commit of ours, held against what it was to be, before anybody can see the commit."""

from obelos_transcripts.errors import Refused
from obelos_transcripts.text import encode

from .facts import Changes
from .merging import Merged
from .records import gathered, parse
from .replay import replay
from .settled import settle
from .states import State, document_of


def check_written(name: str, before: State, merged: Merged, written: Changes) -> None:
    """See that a document, as git stored it, is its base text with all decisions.

    Args:
        name: The document's name.
        before: It, as it was on our side.
        merged: What it was to become.
        written: What was read back, by path.

    Raises:
        Refused: It is not.
    """
    history = before.named.folders[1]
    fresh = [parse(data, path) for path, data in written.items() if data and path.startswith(f"{history}/")]
    records = gathered((*before.records.all, *fresh))
    settled = settle(merged.base, merged.base_id, records)
    text = encode(replay(merged.base, merged.base_id, settled.decisions, settled.elsewhere).text)
    here = {path: data for path, data in written.items() if document_of(path) == before.named}
    stands = next((data for path, data in here.items() if f"{before.named.folders[0]}/text." in path), before.text)
    base = next((data for path, data in here.items() if path == before.base_path), None)
    wrong_base = base is not None and base != encode(merged.base)
    if records != merged.records or wrong_base or (stands is not None and stands != text):
        raise Refused(
            f"what git stored of {name} is not its base text with all decisions; the commit was not made and nothing "
            "is lost. Please report this as a fault of Obelos."
        )
