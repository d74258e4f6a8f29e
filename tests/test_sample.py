"""The sample edition: what is shipped is what its README says it is."""

import hashlib
from importlib.resources import as_file, files

from obelos_transcripts import LAYERS, Settings, decode, read_layers
from obelos_transcripts.edition import read_settings
from obelos_transcripts.strict_yaml import Mapping, Scalar, load

SAMPLE = files("obelos_tui") / "sample"

# The transcription of telegram No. 456 as it came to us, errors, trailing space and all.
BASE_SHA256 = "9ba83503dcc51681b0f4e23693fa754904b7ba47591a9e30a3ecce6bb0c123e9"

ERRORS_OF_THE_BASE = (
    "Nos. 495, 494, and 495",
    "J.I.C report",
    "No.495",
    "Japan.  Russian",
    "as a bane for",
    "signs of stability to produce",
    "would the run from",
    "pre-Russian",
    "form of event",
    "06/06/1945",
    "Sinꞌtszian",
)


def test_the_base_text_is_the_transcription_byte_for_byte() -> None:
    """Not one byte of the base text differs from the transcription that was handed in."""
    found = hashlib.sha256((SAMPLE / "base.txt").read_bytes())
    assert bytes.fromhex(BASE_SHA256) == found.digest()


def test_witness_b_reads_otherwise_at_every_error_of_the_base() -> None:
    """Witness B helps with each known error of the base text: it does not share it."""
    base, b = _text("base.txt"), _text("B.txt")
    assert set(ERRORS_OF_THE_BASE) == {error for error in ERRORS_OF_THE_BASE if error in base}
    assert set() == {error for error in ERRORS_OF_THE_BASE if error in b}


def test_witness_b_shares_what_stood_in_the_source() -> None:
    """Readings that come from the telegram itself stand in both texts."""
    for reading in ("hard Chinese Russian block", "this may be sop", "than theoretically a waiting game"):
        assert reading in _text("base.txt")
        assert reading in _text("B.txt")


def test_witness_b_has_slips_of_its_own() -> None:
    """Witness B is no master copy: an eye-skip, a doubled word, small words, a name, a figure."""
    b = _text("B.txt")
    assert "led more especially with aiding Chinese Communists" in b
    for slip in ("of of", "immediately of very", "are not in hand", "in the course of events in", "Darien"):
        assert slip in b
        assert slip not in _text("base.txt")
    assert "paragraph 3 about Japan" in b


def test_both_texts_read_into_two_notes_and_every_layer() -> None:
    """Heading, body, notes and insertions are told apart in both texts."""
    for name in ("base.txt", "B.txt"):
        layered = read_layers(_text(name))
        assert list("12") == [note.label for note in layered.notes]
        assert set(LAYERS) == {region.layer for region in layered.regions}


def test_the_settings_of_the_sample_load() -> None:
    """``edition.yaml`` is valid; it asks for the default policy and the default packs but one.

    What the model doubts changes with the model, and the sample is to show the same findings as its manual.
    """
    with as_file(SAMPLE / "edition.yaml") as path:
        settings = read_settings(path)
    packs = tuple(pack for pack in Settings().packs if pack != "context")
    assert Settings(title="Sample edition: a telegram from Chungking, 1946", packs=packs) == settings


def test_the_document_is_described_by_its_heading() -> None:
    """Number, date, sender and addressee in ``document.yaml`` are those of the heading."""
    node = load((SAMPLE / "document.yaml").read_bytes(), "document.yaml")
    assert isinstance(node, Mapping)
    expected = {"number": "456", "date": "1946-03-25", "from": "Chungking", "to": "Foreign Office"}
    values = {key: child.value for key, child in node.items.items() if isinstance(child, Scalar)}
    assert expected == {key: values[key] for key in expected}


def test_the_readme_says_that_witness_b_is_made_up() -> None:
    """Nobody can take witness B for a historical document who reads the first paragraph."""
    opening = (SAMPLE / "README.md").read_text("utf-8").split("##")[0]
    assert "Witness B is not a historical document" in opening


def _text(name: str) -> str:
    return decode((SAMPLE / name).read_bytes(), name)
