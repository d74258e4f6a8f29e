"""Whoever merges whom first: the same places, the same questions, and each as long as what it says contradicts."""

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from clones import LETTER, clone_of, found_edition
from obelos_history import DocumentHistory, Judgement
from obelos_history.attestation import BaseRecord, Retraction
from obelos_history.placing import new_id, placed
from obelos_history.records import gathered
from obelos_history.retract import retract
from obelos_transcripts import Span
from obelos_tui.clock import now
from random_editors import DOCUMENT, Clone, World, blob, exchanged

TEXT = "Sir, the bane of operations lies at Dairen.\n"


def says(clone: Clone, words: str, reading: str | None) -> str:
    """An editor decides on words of the working text (None: let them stand) and writes it: the decision's id."""
    start = clone.text.index(words)
    judgement = Judgement("stet" if reading is None else "correct", reading)
    made = placed(clone.ground(), Span(start, start + len(words)), judgement, clone.signer().resp, clone.world.tick())
    clone.pending.append(made)
    clone.commit()
    return made.id


def puts_in(clone: Clone, at: int, words: str) -> None:
    """An editor puts words in between two letters and writes it."""
    made = placed(clone.ground(), Span(at, at), Judgement("emend", words), clone.signer().resp, clone.world.tick())
    clone.pending.append(made)
    clone.commit()


def takes_back(clone: Clone, ident: str) -> None:
    """An editor takes back a decision that does not change the text."""
    signer = clone.signer()
    made = Retraction(new_id(signer.now, clone.records.ids), DOCUMENT, (ident,), signer.resp, signer.now)
    clone.records = gathered((*clone.records.all, made))


def copy(clone: Clone, name: str) -> Clone:
    """Another editor's clone of what one has written."""
    return replace(clone, name=name, pending=[])


def moot_by_a_stet_taken_back(ada: Clone) -> tuple[list[Clone], str]:
    """Ada lets a word stand that Ben changes; Cleo, who has Ada's stet and not Ben's change, takes the stet back."""
    ben = copy(ada, "ben")
    stet = says(ada, "bane", None)
    cleo = copy(ada, "cleo")
    says(ben, "bane", "base")
    takes_back(cleo, stet)
    return [ada, ben, cleo], TEXT.replace("bane", "base")


def moot_by_coming_to_agree(ada: Clone) -> tuple[list[Clone], str]:
    """Ada and Ben differ; Cleo, who knows Ada's reading only, comes to Ben's."""
    ben = copy(ada, "ben")
    says(ada, "bane", "bank")
    cleo = copy(ada, "cleo")
    says(ben, "bane", "base"), says(cleo, "bank", "base")
    return [ada, ben, cleo], TEXT.replace("bane", "base")


def one_of_three_taken_back(ada: Clone) -> tuple[list[Clone], str]:
    """Ada's stet lies over a word of Ben's and one of Cleo's; it is taken back where neither is known."""
    ben, cleo = copy(ada, "ben"), copy(ada, "cleo")
    stet = says(ada, "bane of operations", None)
    dora = copy(ada, "dora")
    says(ben, "bane", "base"), says(cleo, "operations", "the operation")
    takes_back(dora, stet)
    return [ada, ben, cleo, dora], TEXT.replace("bane of operations", "base of the operation")


def two_of_three_still_differ(ada: Clone) -> tuple[list[Clone], str]:
    """The stet is taken back, but Ben and Cleo differ all the same: that stays a question."""
    ben, cleo = copy(ada, "ben"), copy(ada, "cleo")
    stet = says(ada, "bane", None)
    dora = copy(ada, "dora")
    says(ben, "bane", "base"), says(cleo, "bane", "bank")
    takes_back(dora, stet)
    return [ada, ben, cleo, dora], TEXT


def moot_but_answered(ada: Clone) -> tuple[list[Clone], str]:
    """Ben merged Ada's stet and answered the question with a third reading, before Cleo's taking back arrived."""
    ben = copy(ada, "ben")
    stet = says(ada, "bane", None)
    cleo = copy(ada, "cleo")
    says(ben, "bane", "base")
    ben.merge(ada)
    says(ben, "bane", "bank")
    takes_back(cleo, stet)
    return [ada, ben, cleo], TEXT.replace("bane", "bank")


def moot_by_a_better_base_text(ada: Clone) -> tuple[list[Clone], str]:
    """Ada's reading has lost its words to a better transcription before Ben's arrives, who reads the word before it."""
    ben = copy(ada, "ben")
    says(ada, "bane of operations", "base of operation")
    cleo = copy(ada, "cleo")
    better = TEXT.replace("operations", "manoeuvres")
    assert cleo.better_base(better)
    says(ben, "the bane", "a base")
    return [ada, ben, cleo], better.replace("the bane", "a base")


def insertions_fall_together(ada: Clone) -> tuple[list[Clone], str]:
    """Ada puts a mark before a letter and Ben one after it; Cleo's better transcription has no such letter."""
    ben, cleo = copy(ada, "ben"), copy(ada, "cleo")
    puts_in(ada, ada.text.index("r,") + 1, "?")
    puts_in(ben, ben.text.index("r,") + 2, "!")
    better = TEXT.replace("Sir,", "Sir")
    assert cleo.better_base(better)
    return [ada, ben, cleo], better


def found_by_way_of_a_text_between(ada: Clone) -> tuple[list[Clone], str]:
    """Two better transcriptions, one after the other: each leaves enough around Ada's words, both at once do not."""
    ben, cleo = copy(ada, "ben"), copy(ada, "cleo")
    says(ada, "bane", "base")
    between = TEXT.replace("operations lies", "manoeuvres is")
    for clone in (ben, cleo):
        assert clone.better_base(between)
    last = between.replace("Sir, the", "Dear Mr. Wright: a")
    assert cleo.better_base(last)
    return [ada, ben, cleo], last.replace("bane", "base")


@pytest.mark.parametrize(
    "story",
    [
        insertions_fall_together,
        found_by_way_of_a_text_between,
        moot_by_a_stet_taken_back,
        moot_by_coming_to_agree,
        one_of_three_taken_back,
        two_of_three_still_differ,
        moot_but_answered,
        moot_by_a_better_base_text,
    ],
)
def test_the_order_of_merging_does_not_show(
    story: Callable[[Clone], tuple[list[Clone], str]],
) -> None:
    """In every order the same text, all records, the same proof without Obelos."""
    world = World(random.Random(1), {blob(TEXT): TEXT})
    first = BaseRecord(f"01JC{0:022d}", DOCUMENT, blob(TEXT), "A <a@example.org>", world.now)
    clones, text = story(Clone(world, "ada", TEXT, gathered([first])))

    assert ({text}, []) == exchanged(clones, list(permutations(range(len(clones)))))


def test_a_question_that_is_moot_is_taken_back_by_a_record_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With git: what stands again is blamed on who said it, and a state that somebody attested meanwhile holds."""
    ada = found_edition(tmp_path / "ada")
    ben = clone_of(ada, "ben")
    stet = ada.decides("bane", None)
    cleo = clone_of(ada, "cleo")
    correction = ben.decides("bane", "base")
    (query,) = ada.merges(ben).documents[0].questions
    assert 0 == ada.types("state", "letter", "proofread", "--note", "read, but for the question")
    history = DocumentHistory(cleo.edition, cleo.repository(), "letter")
    history.open_for_deciding()
    retract(history, stet, "no, it is faint", cleo.person, now())
    history.close()
    ada.git("fetch", "-q", str(cleo.root), "main:cleo")
    capsys.readouterr()

    assert 0 == ada.types("merge", "cleo")
    assert f"no question any more: “bane” ({query.id})" in capsys.readouterr().out
    assert LETTER.replace("bane", "base") == ada.text()
    assert ada.verified()
    assert 0 == ada.types("blame", "letter", "--word", "base")
    assert correction in capsys.readouterr().out
    assert 0 == ada.types("state", "letter")
    assert "proofread" in capsys.readouterr().out
