"""Whatever is checked or loaded, the answer is findings or a refusal in words, never a failure of ours."""

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obelos_rules import check, load_rules, read_pack, shipped_packs
from obelos_transcripts import BadInput, Problem

RULES = load_rules(shipped_packs())

# Pieces that rules look for, so that random texts come near to what they find.
PIECES = [
    *(
        "Nos. ",
        "495, ",
        "and ",
        "or ",
        "No.",
        "12",
        "1. ",
        "2. ",
        "(a) ",
        "[1.] ",
        "a) ",
        "i. ",
        "iv) ",
        "\n",
        "\n\n",
        " ",
        "  ",
    ),
    *(
        "[footnoteRef:1]",
        "[1:  note]",
        "[1] ",
        "[",
        "]",
        "paragraph 4 above",
        "Your telegrams Nos. ",
        "June 1946",
        "06/06/1945",
    ),
    *(
        "31 June ",
        "Monday, ",
        "March 25, 1946",
        "the ",
        "the the ",
        "would the ",
        "pre-",
        "Russian ",
        "bane ",
        "J.I.C ",
        "Sinꞌ",
    ),
    *(
        "Мa",
        "\u00ad",
        "\ufeff",
        "\0",
        "\u0085",
        "\r\n",
        "é",
        "e\u0301",
        "👩\u200d👩",
        "ا",
        "’",
        ".",
        ",",
        "a ",
        "an ",
        "(",
        "“",
        "”",
    ),
]
texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


@settings(max_examples=150, deadline=None)
@given(texts)
def test_any_text_is_checked_in_order_with_quotes_at_their_spans(text: str) -> None:
    """Findings lie inside the text, quote it, come in order, and bear fingerprints of their own."""
    findings = check(text, RULES, level="possible")
    assert [f.found for f in findings] == [text[f.start : f.end] for f in findings]
    assert all(0 <= f.start < f.end <= len(text) for f in findings)
    keys = [(f.start, f.end, f.code) for f in findings]
    assert keys == sorted(set(keys))
    assert len(findings) == len({f.fingerprint for f in findings})


@settings(max_examples=40, deadline=None)
@given(texts)
def test_checking_twice_gives_the_same(text: str) -> None:
    """Nothing of one run leaks into the next."""
    assert check(text, RULES) == check(text, RULES)


def _problems(data: bytes) -> tuple[Problem, ...]:
    try:
        read_pack(data, "house.yaml", "house")
    except BadInput as refusal:
        return refusal.problems
    return ()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes_are_rules_or_refused(data: bytes) -> None:
    """A rule file that is none is refused with a message that names it."""
    assert all(problem.where == "house.yaml" for problem in _problems(data))


GOOD = (files("obelos_rules") / "packs" / "core.yaml").read_bytes()[:3000]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=0, max_size=6))
def test_a_damaged_pack_is_rules_or_refused(at: int, damage: bytes) -> None:
    """Any few bytes of a pack may be wrong."""
    damaged = GOOD[:at] + damage + GOOD[at + len(damage) :]
    assert all(problem.where == "house.yaml" for problem in _problems(damaged))


@pytest.mark.parametrize(
    "piece",
    [
        *PIECES,
        "a",
        "1.\n",
        "(i)\n",
        "Nos. 1, ",
        "Nos. 1" + " " * 40,
        "Monday ",
        "x.\n1. y\n",
        "J.I.",
        "-",
        "A.A.A.A.A",
        "\t",
    ],
    ids=repr,
)
def test_a_large_text_of_one_thing_repeated_is_checked_to_its_end(piece: str) -> None:
    """A hundred thousand characters of what a quadratic rule would choke on: the findings lie inside the text."""
    text = piece * (100_000 // len(piece))

    assert all(0 <= finding.start <= finding.end <= len(text) for finding in check(text, RULES, level="possible"))
