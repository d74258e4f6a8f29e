"""What the review screen and the plain review share: filters, words, reading aloud, characters, the place kept."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obelos_history import Judgement
from obelos_rules import load_rules
from obelos_transcripts import BadInput, Span
from obelos_tui.alike import whole_words
from obelos_tui.aloud import breaths, spoken
from obelos_tui.characters import SEQUENCES, found
from obelos_tui.kept_place import Kept, keep_place, kept_place
from obelos_tui.review import Review
from obelos_tui.sieve import ALL, Sieve, next_rule, sieve_of
from obelos_tui.word_steps import chosen_at, dragged, word_from
from screen import desk_of, edition_of

TEXT = "It was a bane for many, a bane [1] for all.\n\nHe would the go; J.I.C. said so.\n"
RULES = """\
rules:
  - code: ZZ101
    name: bane-for-base
    kind: confusable
    level: likely
    message: "“{found}” where the sense may want “{suggest}”"
    why: made up
    authority: made up for the tests
    words: {bane: [base]}
    examples:
      flag: [{text: "A bane for them.", at: bane}]
      pass: [A base for them.]
  - code: ZZ102
    name: the-for-then
    kind: confusable
    level: possible
    message: "“{found}” stands before a verb"
    why: made up
    authority: made up for the tests
    words: {the: [then]}
    left: [would]
    examples:
      flag: [{text: "He would the go.", at: the}]
      pass: [He would then go.]
"""


@pytest.fixture
def review(tmp_path: Path) -> "Review":
    """A review of a made-up text, with two rules."""
    rules = tmp_path / "rules.yaml"
    rules.write_text(RULES, "utf-8")
    edition = edition_of(tmp_path / "edition", {"note": {"base": TEXT, "B": TEXT.replace("bane", "base", 1)}})
    return desk_of(edition, load_rules((), [rules])).open("note")


def test_a_filter_is_named_by_rules_levels_layers_and_states(review: Review) -> None:
    """In any order; a word that is none of them is refused with what was meant."""
    review.look_down_to("possible")
    assert Sieve(("ZZ101",), ("likely",), ("body",), ("open",)) == sieve_of(
        ["open", "bane-for-base", "body", "likely"], review.rules
    )
    with pytest.raises(BadInput, match="did you mean"):
        sieve_of(["opne"], review.rules)
    assert 2 == len(sieve_of(["ZZ101"], review.rules).sift(review.state.items))
    assert () == sieve_of(["note"], review.rules).sift(review.state.items)
    assert "ZZ101: 2, ZZ102: 1" == ", ".join(f"{c}: {n}" for c, n in sorted(ALL.counts(review.state.items).items()))
    review.close()


def test_rules_are_gone_through_one_at_a_time_and_round(review: Review) -> None:
    """Only rules that show anything; states sort out what has been answered."""
    review.look_down_to("possible")
    first = next_rule(ALL, review.state.items, review.rules, 1)
    assert first
    second = next_rule(first, review.state.items, review.rules, 1)
    assert second
    assert (("ZZ101",), ("ZZ102",), first) == (
        first.rules,
        second.rules,
        next_rule(second, review.state.items, review.rules, 1),
    )
    review.decide(review.state.items[0], Judgement("query", note="Sure?"))
    states = {state: len(Sieve(states=(state,)).sift(review.state.items)) for state in ("open", "queried", "decided")}
    assert {"open": 2, "queried": 1, "decided": 0} == states
    review.close()


def test_the_chain_of_a_passage_tells_what_it_read_before(review: Review) -> None:
    """Who changed what, oldest first; what was superseded stays in the chain."""
    item = review.state.items[0]
    review.decide(item, Judgement("query", note="Is this base?"))
    review.decide(review.state.items[0], Judgement("correct", "base", note="So B.", source="B"))
    again = review.item_for(Span(9, 13))
    review.decide(again, Judgement("emend", "basis", note="Better."))
    chain = review.state.passages.chain(Span(9, 14))
    assert ["query", "correct", "emend"] == [link.decision.disposition for link in chain]
    assert ["bane", "bane", "base"] == [link.was for link in chain]
    assert [False, False, True] == [link.stands for link in chain]
    assert "basis" == review.state.text[9:14]
    review.close()


def test_an_answer_supersedes_the_question(review: Review) -> None:
    """The query stands no more, and the answer names it."""
    query = review.decide(review.state.items[0], Judgement("query", note="Sure?"))
    answered = review.state.items[0]
    assert query == answered.question
    answer = review.decide(answered, Judgement("stet", note="Yes."))
    assert query.id in answer.supersedes
    assert [] == [item for item in review.state.items if item.question]
    review.close()


def test_the_place_is_kept_under_the_git_folder_and_nowhere_else(review: Review) -> None:
    """What was kept is read back; the work tree knows nothing of it."""
    repository = review.history.repository
    kept = Kept(9, 13, "B", False, True, "possible", Sieve(("ZZ101",), states=("open",)))
    keep_place(repository, "note", kept)
    assert kept == kept_place(repository, "note")
    assert [] == [path for path in review.history.edition.root.rglob("note.json") if ".git" not in path.parts]
    review.close()


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"format": "obelos-place/2"}',
        b"\xff\xfe",
        b"[" * 100_000,
        json.dumps({"format": "obelos-place/1", "start": -1, "end": 0, "sieve": {}}).encode(),
        json.dumps({"format": "obelos-place/1", "start": "x", "end": 0, "sieve": {}}).encode(),
        json.dumps({"format": "obelos-place/1", "sieve": {"rules": [1]}}).encode(),
        json.dumps({"format": "obelos-place/1", "sieve": {"other": []}}).encode(),
        json.dumps({"format": "obelos-place/1", "sieve": {}, "level": "sure"}).encode(),
        json.dumps({"format": "obelos-place/1", "sieve": {}, "siglum": 5}).encode(),
    ],
)
def test_a_damaged_place_is_as_good_as_none(tmp_path: Path, damage: bytes) -> None:
    """Whatever stands in the file, the document opens."""
    from obelos_history import Repository

    repository = Repository.create(tmp_path)
    keep_place(repository, "note", Kept())
    (repository.own / "places" / "note.json").write_bytes(damage)
    assert kept_place(repository, "note") is None


# Words


def test_a_choice_grows_and_shrinks_word_by_word() -> None:
    """The word it was begun at stays in it."""
    chosen = chosen_at(TEXT, Span(9, 13))
    assert chosen
    words = []
    for direction in (1, 1, -1, -1, -1, 1):
        chosen = chosen.stretched(TEXT, direction)
        words.append(TEXT[slice(*chosen.span)])
    assert ["bane for", "bane for many", "bane for", "bane", "a bane", "bane"] == words
    assert "for" == TEXT[slice(*chosen.moved(TEXT, 1).span)]


@given(st.text("ab \n.,’é\u0301"), st.data())
def test_a_drag_chooses_whole_words_in_either_direction(text: str, data: st.DataObject) -> None:
    """No word is cut, and back and forth choose the same."""
    at, to = (data.draw(st.integers(0, len(text))) for _ in range(2))
    chosen, other = dragged(text, at, to), dragged(text, to, at)
    if chosen is None or other is None:
        assert not any(char.isalpha() for char in text)
        return
    start, end = chosen.span
    assert chosen.span == other.span
    assert not (start and text[start - 1].isalpha() and text[start].isalpha())
    assert not (end < len(text) and text[end - 1].isalpha() and text[end].isalpha())


@given(st.text("ab \n.,"))
def test_stepping_forward_meets_every_word_once(text: str) -> None:
    """As many steps as words, and then no more."""
    steps, at = 0, 0
    while word := word_from(text, at, 1):
        steps, at = steps + 1, word.end
    assert len(text.replace(".", " ").replace(",", " ").split()) == steps


def test_the_same_words_are_found_whole_only() -> None:
    """Not within longer words, and over line ends."""
    text = "the bane; the\nbane, bathe bane, The bane"
    assert ["the bane", "the\nbane"] == [text[slice(*span)] for span in whole_words(text, "the bane")]


# Reading aloud


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_breath_groups_cover_the_text(text: str) -> None:
    """Nothing is left out and nothing said twice; only a text of nothing but spaces has no groups."""
    groups = breaths(text)
    assert [group.span.start for group in groups[1:]] == [group.span.end for group in groups[:-1]]
    covered = text[groups[0].span.start : groups[-1].span.end] if groups else ""
    assert text.strip() in covered or not any(char.isalnum() for char in text)
    for char in (char for group in groups for char in group.spoken):
        assert char.isprintable()


def test_every_sign_is_spoken() -> None:
    """Capitals, figures, punctuation, spacing, letters that a typewriter lacks."""
    assert (
        "capital R Russia comma capital N No stop four nine five tab open double quote résumé (é, e with acute) "
        "close double quote two spaces all capitals TNA slash pound sign five semicolon new line new paragraph "
        "capital I am" == spoken("Russia, No. 495\t“résumé”  TNA/£5;\n\nI am")
    )


def test_no_breath_is_drawn_within_an_abbreviation() -> None:
    """*J.I.C.* is one breath, and a long sentence more than one."""
    assert ["the J.I.C. ", "report of the Council"] == [one.text for one in breaths("the J.I.C. report of the Council")]
    assert 2 < len(breaths("word " * 40))


# Characters


@pytest.mark.parametrize(
    ("said", "char"),
    [
        ("long s", "ſ"),
        ("e'", "é"),
        ("'e", "é"),
        ("--.", "–"),
        ("U+017F", "ſ"),
        ("dagger", "†"),
        ("thorn", "þ"),
        ("no break space", "\u00a0"),
        ("latin capital ae", "Æ"),
        ("ſ", "ſ"),
    ],
)
def test_a_character_is_found_by_sequence_name_or_code(said: str, char: str) -> None:
    """What is meant is the first offered."""
    assert char == found(said)[0].char


@given(st.text(max_size=12))
def test_no_control_character_is_ever_offered(said: str) -> None:
    """Whatever is said, what is offered can stand in a text, and has a name."""
    for one in found(said):
        assert unicodedata.category(one.char) not in ("Cc", "Cs", "Co", "Cn")
        assert one.told.isprintable()


def test_every_sequence_gives_its_character() -> None:
    """The table is true."""
    assert {} == {said: char for said, char in SEQUENCES.items() if char not in [one.char for one in found(said)]}
