"""States and second readers by plain commands, on the sample edition: two persons at one edition."""

import json
from pathlib import Path

import pytest

from editor import Editor
from obelos_history import Approval, DocumentHistory, Repository, StateRecord, document_state, read_records
from obelos_transcripts import find_edition
from obelos_tui.demo import DOCUMENT

BEN = ("Ben Example", "ben@example.org")
CLEO = ("Cleo Example", "cleo@example.org")


def becomes(home: Path, person: tuple[str, str]) -> None:
    """From here on another person works at this machine."""
    name, mail = person
    (home / ".gitconfig").write_text(f"[user]\n\tname = {name}\n\temail = {mail}\n")


def asks(editor: Editor, *lines: str) -> None:
    """Put lines under policy: into the edition's settings."""
    settings = editor.root / "edition.yaml"
    text = settings.read_text("utf-8")
    assert "policy:" in text
    settings.write_text(text.replace("policy:\n", "policy:\n" + "".join(f"  {line}\n" for line in lines)), "utf-8")


def states(editor: Editor) -> tuple[StateRecord, ...]:
    """The records of states that are written."""
    return read_records(editor.root / "history" / DOCUMENT).states


def waits(editor: Editor) -> list[str]:
    """Ids of the decisions that wait for a second reader."""
    assert 0 == editor.types("waiting", "--format", "json")
    return [row["decision"] for row in json.loads(editor.out)]


def test_a_document_is_proofread_by_one_and_verified_by_another(editor: Editor, home: Path) -> None:
    """Each by one commit with a record of the text that was read; the edition proves as before."""
    editor.corrects("bane", "base")
    editor.types("commit")
    assert 0 == editor.types("state", "proofread")
    assert 3 == editor.types("state", "verified")
    editor.sees("stays proofread", "verified is for another person", "Nothing was recorded")
    becomes(home, BEN)
    assert 0 == editor.types("state", DOCUMENT, "verified", "--note", "against the file copy")
    assert 0 == editor.types("state")
    editor.sees(f"{DOCUMENT}: verified, Ben Example <ben@example.org>", "against the file copy")

    edition = find_edition(editor.root)
    assert edition
    assert "verified" == document_state(DocumentHistory(edition, Repository.open(editor.root), DOCUMENT))
    proofread, verified = states(editor)
    assert editor.git("rev-parse", f"HEAD:transcripts/{DOCUMENT}/text.txt").strip() == verified.text
    assert editor.git("rev-parse", "HEAD^").strip() == verified.after
    assert proofread.covers == verified.covers
    assert 1 == len(verified.covers)
    log = editor.git("log", "-1", "--format=%an%n%B")
    expected = f"Ben Example\n{DOCUMENT}: verified\n\nagainst the file copy\n\nObelos-State: {verified.id}"
    assert log.startswith(f"{expected}\nState: verified\n")
    assert 0 == editor.types("verify")


def test_a_state_is_one_of_the_written_text(editor: Editor) -> None:
    """With decisions that are not yet written nothing is attested, and the way out is told."""
    editor.corrects("bane", "base")
    assert 3 == editor.types("state", "proofread")
    editor.sees("not yet written", f"obelos commit {DOCUMENT}")
    assert () == states(editor)


def test_a_text_changed_by_hand_is_not_attested(editor: Editor) -> None:
    """What stands on disk is not what the decisions make."""
    editor.text_file.write_text(editor.text_file.read_text("utf-8").replace("Sin Kiang", "Sinkiang"), "utf-8")
    assert 3 == editor.types("state", "proofread")
    assert () == states(editor)


def test_skipping_a_state_asks_for_a_note_and_saying_the_same_twice_does_nothing(editor: Editor) -> None:
    """No change, no commit."""
    editor.types("state", "proofread")
    assert 2 == editor.types("state", "draft")
    editor.sees("going back from proofread to draft", "--note")
    before = editor.git("rev-parse", "HEAD")
    assert 0 == editor.types("state", "proofread")
    editor.sees("Nothing to do")
    assert before == editor.git("rev-parse", "HEAD")
    assert 0 == editor.types("state", "draft", "--note", "the file copy has turned up")
    assert ["proofread", "draft"] == [record.state for record in states(editor)]


def test_a_query_keeps_a_document_from_being_published(editor: Editor, home: Path) -> None:
    """The policy says so unless an edition says otherwise; the flag stands beside the state."""
    editor.types("decide", DOCUMENT, "--at", "bane", "--query", "--note", "base?")
    editor.types("commit")
    editor.types("state", "proofread")
    becomes(home, BEN)
    assert 0 == editor.types("state", "verified")
    assert 3 == editor.types("state", "published")
    editor.sees("published is not set while a query is open (query on bane)")
    editor.types("state")
    editor.sees("verified, queried")
    asks(editor, "nothing_open: []")
    assert 0 == editor.types("state", "published")


def test_a_decision_waits_until_another_person_approves_it(editor: Editor, home: Path) -> None:
    """Nobody confirms their own; the second reader's record is a file of its own, in one commit."""
    asks(editor, "second_reader: [correct, emend]")
    editor.corrects("bane", "base")
    editor.corrects("would the run", "would then run")
    editor.types("commit")
    first, second = waits(editor)
    assert 0 == editor.types("waiting")
    editor.sees("base for bane (correct, Ada Example", "[base]", "the other keying reads so")

    assert 3 == editor.types("approve", first)
    editor.sees("a decision of your own", "Nothing was recorded")
    assert 0 == editor.types("approve", "--all", DOCUMENT)
    editor.sees("nothing waits for you")
    assert 2 == editor.types("approve")
    becomes(home, BEN)
    assert 3 == editor.types("state", "published", "--note", "in haste")
    assert 0 == editor.types("approve", first, "--note", "seen in the file copy")
    assert [second] == waits(editor)
    assert 3 == editor.types("approve", first)
    editor.sees("confirmed by you already")
    assert 2 == editor.types("approve", "01")

    (record,) = read_records(editor.root / "history" / DOCUMENT).approvals
    assert (first, "seen in the file copy") == (record.decision, record.note)
    body = editor.git("log", "-1", "--format=%B")
    assert f"{DOCUMENT}: confirmed base for bane" in body
    assert f"Obelos-Approval: {record.id}\nObelos-Decision: {first}" in body
    assert isinstance(record, Approval)
    assert 0 == editor.types("approve", "--all", DOCUMENT, "--note", "all read")
    editor.sees("1 decision confirmed")
    assert [] == waits(editor)
    assert 0 == editor.types("verify")


def test_reading_the_whole_document_confirms_what_stands_in_it(editor: Editor, home: Path) -> None:
    """A proofreader who sets the state need not approve each decision."""
    asks(editor, "second_reader: [correct]")
    editor.corrects("bane", "base")
    editor.types("commit")
    becomes(home, BEN)
    assert 0 == editor.types("state", "proofread")
    assert [] == waits(editor)
    assert 0 == editor.types("waiting")
    editor.sees("Nothing waits")


def test_a_change_after_the_reading_is_listed_and_closed_by_an_approval(editor: Editor, home: Path) -> None:
    """The passage is reopened; the document stays what it is, and the vetting fails until it is closed."""
    editor.types("state", "proofread")
    becomes(home, BEN)
    editor.types("state", "verified")
    assert 0 == editor.types("verify", "--policy")
    editor.corrects("bane", "base")
    editor.types("commit")
    assert 0 == editor.types("state", "--format", "json")
    (row,) = json.loads(editor.out)
    assert "verified" == row["state"]
    (reopened,) = row["reopened"]
    assert 1 == editor.types("verify", "--policy")
    editor.sees("changed since it was verified", "base for bane")
    becomes(home, CLEO)
    assert 0 == editor.types("approve", reopened)
    assert 0 == editor.types("verify", "--policy")


def test_a_record_made_elsewhere_against_the_policy_is_named(editor: Editor) -> None:
    """Somebody verified their own reading where another policy held: the state counts, the vetting names it."""
    asks(editor, "verified_by_another: false")
    editor.types("state", "proofread")
    assert 0 == editor.types("state", "verified")
    settings = editor.root / "edition.yaml"
    settings.write_text(settings.read_text("utf-8").replace("verified_by_another: false", "verified_by_another: true"))
    assert 1 == editor.types("verify", "--policy")
    editor.sees("against the policy", "verified is for another person than the one who proofread", "Ada Example")
    assert 1 == editor.types("verify", "--policy", "--format", "json")
    told = json.loads(editor.out)
    assert not told["policy"]["kept"]
    (breach,) = told["policy"]["documents"][0]["breaches"]
    assert states(editor)[1].id == breach["record"]


def test_the_vetting_answers_the_questions_of_an_edition(editor: Editor, home: Path) -> None:
    """How many persons read it, who verified whom, what lacks its ground, which rules were not asked."""
    asks(editor, "source: [correct]")
    with (editor.root / "edition.yaml").open("a") as settings:
        settings.write("rules: {off: [{code: CF101, why: the sense decides here}]}\n")
    editor.types("decide", DOCUMENT, "--at", "bane", "--emend", "base", "--note", "sense")
    editor.types("commit")
    editor.types("state", "proofread")
    becomes(home, BEN)
    editor.types("state", "verified")
    assert 0 == editor.types("verify", "--policy")
    editor.sees(
        "read by 2 persons",
        "proofread by Ada Example",
        "verified by Ben Example",
        "after Ada Example",
        "the packs context, ocr",
        "rule CF101, the sense decides here",
        "The policy is kept",
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("state", DOCUMENT, "verifed"), "did you mean “verified”?"),
        (("state", "chunking-456"), f"did you mean “{DOCUMENT}”?"),
        (("state", DOCUMENT, "--note", "so"), "goes with a state"),
        (("waiting", "chunking-456"), f"did you mean “{DOCUMENT}”?"),
    ],
)
def test_a_slip_of_the_pen_is_told(editor: Editor, words: tuple[str, ...], told: str) -> None:
    """Nothing is recorded, and what was meant is guessed aloud."""
    assert 2 == editor.types(*words)
    editor.sees(told)


def test_a_record_that_another_person_committed_is_named(editor: Editor, home: Path) -> None:
    """Four eyes are two persons: who signs in another's name is found by the commit. One person's second address is
    told by the settings."""
    editor.corrects("bane", "base")
    becomes(home, ("Ada at home", "ada@home.example"))
    editor.types("commit")
    assert 1 == editor.types("verify", "--policy")
    editor.sees("bears the name of Ada Example <ada@example.org>", "committed by Ada at home <ada@home.example>")
    settings = editor.root / "edition.yaml"
    one = "editors: [Ada Example <ada@example.org> <ada@home.example>]\n"
    settings.write_text(one + settings.read_text("utf-8"), "utf-8")
    assert 0 == editor.types("verify", "--policy")


def test_a_document_that_cannot_be_judged_keeps_no_other_from_being_told(editor: Editor) -> None:
    """A broken record is named; the list and the queue go on."""
    history = editor.root / "history" / "letter"
    history.mkdir(parents=True)
    (history / "01JD0000000000000000000000.yaml").write_text("format: obelos-state/1\n")
    letter = editor.root / "transcripts" / "letter"
    letter.mkdir()
    (letter / "base.txt").write_text("Sir,\n")
    assert 2 == editor.types("state")
    editor.sees(f"{DOCUMENT}: draft", "letter: ", "lacks the key")
    assert 0 == editor.types("waiting")
    editor.sees("lacks the key", "asks for no second reader")


def test_a_policy_may_ask_for_certainty_evidence_and_source(editor: Editor) -> None:
    """Besides the note; all that is missing is told at once, and nothing is recorded."""
    asks(editor, "cert: [correct]", "evidence: [correct]", "source: correct")
    bare = ("decide", DOCUMENT, "--at", "bane", "--correct", "base")
    assert 2 == editor.types(*bare)
    editor.sees("this edition asks for a certainty and evidence and a source with this disposition")
    assert 0 == editor.types(*bare, "--cert", "high", "--evidence", "external", "--source", "B")
    assert 0 == editor.types("decide", DOCUMENT, "--at", "Sin Kiang#1", "--stet")
