"""The kinds context, omission and surplus: what they find, what they leave alone, and the files they come from."""

import gzip
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from obelos_rules import Checker, Finding, check, load_rules
from obelos_rules.engine import Given
from obelos_rules.kinds.likelier import odds_told
from obelos_rules.odds import container, counts, learned, model
from obelos_rules.odds.build.__main__ import build
from obelos_rules.odds.cutting import forms_of
from obelos_rules.odds.forms import FIGURE, capital, cut, form
from obelos_rules.odds.network import FUNCTION
from obelos_rules.odds.places import doubts
from obelos_rules.reading import read
from obelos_transcripts import BadInput

RULES = load_rules(["context"])
# Made up for these tests.
SOUND = "The Ambassador said that he did not wish to discuss the matter further with the Prime Minister."


def _found(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.kind, one.found, one.suggestions) for one in check(text, RULES)]


def test_a_word_of_the_same_letters_but_one_is_told_with_the_reading_that_is_likelier() -> None:
    """*now* for *not*: right by itself, and no list of words has anything against it."""
    assert [("context", "now", ("not",))] == _found(SOUND.replace("not", "now"))


def test_a_word_left_out_is_put_in_between_its_neighbours() -> None:
    """The finding is the two words on either side, so that the suggestion can be taken as it is."""
    text = "The note says that we were very much concerned with respect the present situation in his country."
    assert ("omission", "respect the", ("respect to the",)) in _found(text)


def test_a_word_too_many_is_taken_out() -> None:
    """Two links of which one was left over."""
    text = "The Minister said that the question had been discussed at a meeting of of the Cabinet."
    assert ("surplus", "of of", ("of",)) in _found(text)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("information", "in formation"), ("Sometimes", "Some times"), ("may be", "maybe"), ("raise", "rays")],
)
def test_two_words_for_one_one_for_two_and_one_that_sounds_like_another_are_told(right: str, wrong: str) -> None:
    """What is suggested mends the text; with the right reading nothing is said."""
    text = (
        "The Embassy has no further information on this point. Sometimes he is sent abroad; it may be that he will "
        "be called to see the Minister. They wish to raise the question in the Council at an early date."
    )
    assert [] == check(text, RULES, level="possible")
    found = [one for one in check(text.replace(right, wrong), RULES, level="possible") if right in one.suggestions]
    assert [wrong] == [one.found for one in found]


def test_what_is_written_as_two_words_is_no_place_where_a_line_or_a_sign_stands_between() -> None:
    """Only a space is taken out."""
    text = "The Embassy has no further in{}formation on this point, and will report again next week."
    told = [[one.suggestions for one in check(text.format(gap), RULES, level="possible")] for gap in (" ", "\n", ", ")]
    assert [("information",)] in told
    assert not any(("information",) in one for one in told[1:])


@pytest.mark.parametrize(
    "text",
    [
        SOUND,
        "He was met by Qarshiboyev and Zzyzxovich, who spoke of the Ghlrngh question at some length.",
        "DEPTEL 4411 TO CINCUNC RPTD SCAP: NIACT. REURTEL 22 PARA TWO, GVN FONMIN UNABLE ATTEND MTG.",
        "the a of to",
        "",
        "\n\n.\n\n[1]\n\n" + "x" * 300,
    ],
)
def test_sound_text_names_codes_and_scraps_set_nothing_off(text: str) -> None:
    """What the model does not know it does not doubt."""
    assert [] == check(text, RULES, level="likely")


def test_capitals_are_kept_in_what_is_suggested() -> None:
    """A sentence begins with a capital whatever its first word is."""
    suggestions = [one for _, _, one in _found("In the light or the general situation " + SOUND.lower())]
    assert all(suggestion[0][0].islower() for suggestion in suggestions)
    text = "It was so. If the opinion of the Department no action should be taken until the report has been received."
    found = doubts(("body",))(read(text))
    assert all(one.suggestion[0].isupper() for one in found if text[one.start].isupper() and one.question == "changed")


def test_a_finding_says_by_how_much_and_on_what_evidence() -> None:
    """A scholar weighs it; the figures are those of the counted text."""
    finding = _one(SOUND.replace("not", "now"))
    assert "times likelier" in finding.message
    assert "“did not wish”" in finding.message
    assert "“did now wish” 0" in finding.message


def test_where_neither_reading_was_counted_between_both_neighbours_the_evidence_is_of_one() -> None:
    """Nothing beside nothing would tell a scholar nothing."""
    text = "The Ambassador thanked them for eight proposals and asked there eight Sandys be told of the decision."
    (message,) = (one.message for one in check(text, RULES, level="possible") if one.found == "there")
    assert re.search(r"“asked for” about \d+, “asked there” \d+\)", message)


def _one(text: str) -> Finding:
    (finding,) = check(text, RULES)
    return finding


def test_each_level_asks_more_than_the_one_below() -> None:
    """The limits come from text without slips: the fewer false alarms, the higher."""
    shipped = model.shipped()
    levels = [shipped.limit(alarms) for alarms in (0.1, 0.3, 1, 2.5, 8, 20)]
    assert sorted(levels, reverse=True) == levels


def test_the_same_text_gives_the_same_findings_in_the_same_order_in_another_process() -> None:
    """Fingerprints too: they are quoted in decisions."""
    text = (SOUND.replace("not", "now") + " ") * 3
    code = (
        "import sys; from obelos_rules import check, load_rules\n"
        "print([(f.start, f.fingerprint) for f in check(sys.stdin.read(), load_rules(['context']), level='possible')])"
    )
    other = subprocess.run([sys.executable, "-c", code], input=text, capture_output=True, text=True, check=True)
    here = [(one.start, one.fingerprint) for one in check(text, RULES, level="possible")]
    assert str(here) == other.stdout.strip()


def test_numpy_is_not_loaded_where_no_such_rule_is_asked() -> None:
    """Nor the model: a check with other packs pays nothing for it."""
    code = (
        "import sys; from obelos_rules import check, load_rules\n"
        "check(sys.stdin.read(), load_rules(['core', 'typescript']))\n"
        "print('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=SOUND, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_model_is_mapped_and_there_at_once() -> None:
    """Processor time of reading it, which is to be well under 0.3 s."""
    model.shipped.cache_clear()
    begun = time.process_time()
    model.shipped().vocabulary.number("government")
    assert time.process_time() - begun < 0.3


def test_forms_are_words_in_small_letters_signs_and_one_form_for_all_figures() -> None:
    """As the counted text was cut."""
    assert ["the", "u", ".", "s", ".", FIGURE, "general's", "("] == [
        form(one) for one in cut("The U.S. 1,200 General’s [")
    ]


_PIECES = (
    "the",
    "U.S.",
    "o’er",
    "A’b’c'd",
    "1,200.",
    ".5/",
    "1st",
    "²",
    "é",
    "e\u0301",
    "İx",
    "—[",
    "_",
    "\n \n",
    "\n",
    "\t",
)


def test_a_text_is_cut_at_once_into_the_same_forms_as_word_by_word() -> None:
    """Arrays are worked on, one item for each code point; the patterns say what is meant."""
    random = Random(7)
    vocabulary = model.shipped().vocabulary
    for _ in range(300):
        text = "".join(random.choice(_PIECES) + random.choice(("", " ")) for _ in range(random.randrange(12)))
        found = forms_of([(text, 0, len(text))], vocabulary)
        inner = [number for number in range(len(found)) if found.starts[number] >= 0]
        written = [word for passage in re.split(r"\n[^\S\n]*\n\s*", text) for word in cut(passage)]
        assert written == [found.word(number) for number in inner]
        assert written == [text[found.starts[number] : found.ends[number]] for number in inner]
        assert [vocabulary.number(word) for word in written] == found.ids[inner].tolist()
        assert [capital(word) for word in written] == found.capitals[inner].tolist()


def test_the_model_is_made_by_one_command_and_the_same_text_gives_the_same_bytes(tmp_path: Path) -> None:
    """Also from steps that were kept. A made-up text, and few steps: what is made is no good, but all of it is made."""
    random = Random(3)
    words = [*FUNCTION[:60], "minister", "ministers", "note", "notes", "vote", "war", "was", "form", "from", "treaty"]
    lines = (" ".join(random.choices(words, k=8)) + "." for _ in range(4200))
    source = tmp_path / "text.gz"
    source.write_bytes(gzip.compress("\n".join(lines).encode(), 1))
    made = []
    for number, keep in enumerate((None, tmp_path / "kept", tmp_path / "kept")):
        out = tmp_path / f"{number}.bin"
        build(source, out, 4, 4, keep)
        made.append(out.read_bytes())
    assert made[0] == made[1] == made[2]
    assert model.read(tmp_path / "0.bin").vocabulary.number("minister") > 4


def test_many_texts_judged_together_are_judged_as_each_alone() -> None:
    """Also one that is too short, and one with notes: nothing of one text is near another."""
    flagged = [one.text for rule in RULES for one in rule.flag]
    texts = [*flagged, "the a of", *(f"{one}[1]\n\n[1] {two}" for one, two in pairwise(flagged))]
    alone = [check(text, RULES, level="possible") for text in texts]
    assert alone == Checker(RULES, "possible").findings_of(Given(text) for text in texts)
    assert sum(map(len, alone)) > len(flagged)


def test_places_of_words_that_are_one_or_two_are_found_at_once_as_one_by_one() -> None:
    """Whole arrays are looked up; a loop says what is meant."""
    from numpy import array  # here: what sets how many threads it starts is imported first

    random = Random(5)
    table = model.shipped().divisions
    rows = list(zip(table.whole.tolist(), table.first.tolist(), table.second.tolist(), strict=True))
    ids = [random.choice(random.choice(rows)) for _ in range(3000)]
    ids += [one for row in random.sample(rows, 300) for one in row[1:]]
    pairs = {row[1:]: number for number, row in enumerate(rows)}
    split = [(at, pairs[pair]) for at, pair in enumerate(pairwise(ids), 1) if pair in pairs]
    wholes = {word: [number for number, row in enumerate(rows) if row[0] == word] for word in {*ids}}
    joined = [(at, number) for at, word in enumerate(ids) for number in wholes[word]]
    for expected, (at, found) in ((split, table.of_pairs(array(ids))), (joined, table.of_wholes(array(ids)))):
        assert expected == list(zip(at.tolist(), found.tolist(), strict=True))


def test_what_an_edition_decided_moves_words_that_are_one_or_two(tmp_path: Path) -> None:
    """As other words: who rejects *may be* for *maybe* often enough is not asked again."""
    text = read("It maybe that the Government will not be able to agree to this proposal at once.")
    figures = []
    for answers in ({}, {("maybe", "may be"): (0, 2)}):
        file = tmp_path / str(len(answers))
        file.write_bytes(learned.to_bytes({}, answers))
        found = doubts(("body",))(replace(text, learned=file, _models={}))
        figures.append([one.figure for one in found if one.suggestion == "may be"])
    assert figures[1] == pytest.approx([figures[0][0] + learned.moved(0, 2)], abs=1e-4)


def test_nothing_is_a_neighbour_across_an_empty_line() -> None:
    """A paragraph, and a note, is read in one breath."""
    found = forms_of([("one two\n \nthree", 0, 15)], model.shipped().vocabulary)
    assert ["", "", "", "", "one", "two", "", "", "", "", "three", "", "", "", ""] == [
        found.word(number) for number in range(len(found))
    ]
    assert [(0, 3), (4, 7), (10, 15)] == [pair for pair in zip(found.starts, found.ends, strict=True) if pair[0] >= 0]


def test_counts_come_back_as_they_were_put_in() -> None:
    """Exactly up to 127, to three in a hundred beyond."""
    first, second = counts.hashes(["a"] * 3000 + ["b"] * 90), counts.hashes(["x"] * 3000 + ["y"] * 90)
    table = counts.counted([first, second])
    found = counts.from_buffer(counts.to_bytes(table, table))
    pair = found.pair(counts.hashes(["a", "b", "a"]), counts.hashes(["x", "y", "y"]))
    assert [True, True, True] == [abs(int(pair[0]) - 3000) < 90, int(pair[1]) == 90, int(pair[2]) == 0]


@pytest.mark.parametrize(
    ("gain", "told"),
    [(0.0, "no less likely"), (1.1, "about 3 times likelier"), (6.0, "about 400 times likelier"), (13.9, "more than")],
)
def test_odds_are_told_in_round_numbers(gain: float, told: str) -> None:
    """One figure that counts, and noughts."""
    assert odds_told(gain).startswith(told)


def _damaged() -> Iterator[bytes]:
    whole = learned.to_bytes({"a": learned.count("the two of them"), "b": learned.count("the two of us")}, {})
    yield b""
    yield whole[:-1]
    yield whole[:40] + bytes([whole[40] ^ 1]) + whole[41:]
    yield b"\0" * 200
    body = container.to_bytes({"about": counts.hashes(["x"])})
    from hashlib import sha256

    yield sha256(body).digest() + body


@pytest.mark.parametrize("data", list(_damaged()))
def test_what_was_learned_is_not_believed_when_it_is_damaged_or_forged(data: bytes, tmp_path: Path) -> None:
    """It says so, and a check goes on as if nothing had been learned."""
    with pytest.raises(BadInput, match="obelos learn"):
        learned.from_bytes(data, "learned.bin")
    file = tmp_path / "learned.bin"
    file.write_bytes(data)
    assert learned.read_learned(file) is None


def test_what_stands_in_one_document_only_is_not_learned() -> None:
    """It may be the slip that is looked for; what two documents share is a habit."""
    texts = {"a": learned.count("he did now wish to go"), "b": learned.count("she did now go")}
    found, again = learned.from_bytes(learned.to_bytes(texts, {("now", "not"): (0, 2)}), "")
    pair = found.counts.pair(counts.hashes(["did", "now", "he"]), counts.hashes(["now", "wish", "did"]))
    assert [2, 0, 0] == pair.tolist()
    assert texts == again
    assert found.moved[("now", "not")] < 0


def test_answers_move_a_figure_up_and_down_and_never_far() -> None:
    """The more of a kind the further, up to a limit."""
    assert learned.moved(0, 0) == 0
    assert learned.moved(3, 0) > learned.moved(1, 0) > 0 > learned.moved(0, 1) > learned.moved(0, 9)
    assert learned.moved(10**6, 0) == -learned.moved(0, 10**6) == 4


def test_a_place_is_told_once_by_the_surest_of_the_three_levels() -> None:
    """Three rules of a kind differ in how much they ask; the editor is asked once."""
    finding = _one(SOUND.replace("not", "now"))
    assert finding.level in ("certain", "likely")
    assert [finding.code] == [one.code for one in check(SOUND.replace("not", "now"), RULES, level="possible")][:1]


def test_what_the_sieves_hold_back_no_default_rule_would_have_told() -> None:
    """They are there for speed: without them five times as many places are asked, and the same findings come out."""
    shipped = model.shipped()
    text = "\n\n".join(one.text for rule in RULES for one in rule.flag)
    forms = forms_of([(text, 0, len(text))], shipped.vocabulary)
    least = shipped.limit(3)
    asked, told = [], []
    for sieves in ((), shipped.sieves):
        tables = replace(shipped, sieves=sieves).evidence().tables(forms)
        figures = [judge.odds(table.figures) for judge, table in zip(shipped.judges, tables, strict=True)]
        asked.append(sum(map(len, figures)))
        told.append(
            [
                [(at, rival) for at, rival, figure in zip(table.at, table.rival, row, strict=True) if figure >= least]
                for table, row in zip(tables, figures, strict=True)
            ]
        )
    assert told[0] == told[1]
    assert asked[1] < asked[0]
