"""The whole job by plain commands: check, decide, commit, log, blame, verify."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from editor import Editor
from independent_verify import main as verify_independently
from obelos_history import DocumentHistory, Repository
from obelos_transcripts import Refused, find_edition
from obelos_tui.clock import now
from obelos_tui.demo import DOCUMENT


def test_the_sample_is_checked_decided_committed_and_proved(editor: Editor) -> None:
    """A correction goes from a finding into the text, the history, and the proof."""
    assert 1 == editor.types("check")
    editor.sees("bane", "base")
    assert 0 == editor.corrects("bane", "base", "The other keying reads base.")
    assert 0 == editor.types("commit")
    assert 0 == editor.types("log")
    editor.sees("base for bane", "The other keying reads base.")
    assert 0 == editor.types("blame", "--word", "base")
    editor.sees("“base” for “bane”")
    assert 0 == editor.types("verify")
    editor.sees("base text + 1 decision = working text, byte for byte")


def test_only_the_decided_words_change(editor: Editor) -> None:
    """After a correction the text differs from the base text in that word and in no other byte."""
    editor.corrects("bane", "base")
    editor.types("commit")

    assert editor.base_file.read_bytes().replace(b"a bane for", b"a base for") == editor.text_file.read_bytes()


def test_a_decision_changes_no_file_until_it_is_written(editor: Editor) -> None:
    """Before the commit the working text, the index and the branch are as they were."""
    before = (editor.text_file.read_bytes(), editor.git("status", "--porcelain"), editor.git("rev-parse", "HEAD"))
    editor.corrects("bane", "base")

    assert before == (
        editor.text_file.read_bytes(),
        editor.git("status", "--porcelain"),
        editor.git("rev-parse", "HEAD"),
    )


def test_an_answered_finding_does_not_come_back(editor: Editor) -> None:
    """A rejected finding is left out of the next check, and shown with --all."""
    editor.types("check", "--format", "json")
    finding = next(f for f in json.loads(editor.out)["findings"] if f["found"] == "bane")
    editor.types("decide", DOCUMENT, "--finding", finding["fingerprint"], "--reject")
    editor.types("commit")
    editor.types("check", "--format", "json")
    left = [f["found"] for f in json.loads(editor.out)["findings"]]
    editor.types("check", "--format", "json", "--all")

    assert "bane" not in left
    assert "bane" in [f["found"] for f in json.loads(editor.out)["findings"]]


def test_undo_and_redo_go_through_decisions_not_yet_written(editor: Editor) -> None:
    """Undo takes back the last decision, redo takes it again."""
    editor.corrects("bane", "base")
    editor.types("undo")
    editor.sees("Taken back: base for bane")
    editor.types("commit")
    editor.sees("There is nothing to write.")
    editor.types("redo")
    editor.types("commit")

    assert b"a base for" in editor.text_file.read_bytes()


def test_a_note_is_asked_for_where_the_policy_wants_one(editor: Editor) -> None:
    """An emendation without a note is not taken: the sample's policy asks for one."""
    assert 2 == editor.types("decide", DOCUMENT, "--at", "bane", "--emend", "base")
    editor.sees("asks for a note")


def test_an_ambiguous_passage_must_be_numbered(editor: Editor) -> None:
    """Where the words stand several times the command lists them and asks which."""
    assert 2 == editor.types("decide", DOCUMENT, "--at", "Manchuria", "--reject")
    editor.sees("stands there", "#2")
    assert 0 == editor.types("decide", DOCUMENT, "--at", "Manchuria#2", "--reject")


def test_a_later_decision_on_the_same_words_supersedes_the_first(editor: Editor) -> None:
    """A second reading of a corrected passage replaces the first and keeps its record."""
    editor.corrects("bane", "bone")
    editor.types("commit")
    editor.corrects("bone", "base")
    editor.types("commit")
    editor.types("verify")
    editor.sees("base text + 2 decisions")

    assert b"a base for" in editor.text_file.read_bytes()


def test_other_peoples_work_in_the_repository_stays_as_it_was(editor: Editor) -> None:
    """A07: staged, changed and new files of the user are neither committed nor touched."""
    (editor.root / "staged.txt").write_text("staged\n")
    editor.git("add", "staged.txt")
    (editor.root / "README.md").write_text("changed by hand\n")
    (editor.root / "new.txt").write_text("new\n")
    before = editor.git("status", "--porcelain")
    editor.corrects("bane", "base")
    editor.types("commit")
    touched = editor.git("show", "--name-only", "--format=", "HEAD").split()

    assert before == editor.git("status", "--porcelain")
    assert 2 == len(touched)
    assert f"transcripts/{DOCUMENT}/text.txt" in touched


def test_the_commit_says_what_was_done_and_why(editor: Editor) -> None:
    """The message has a subject that a person would write, the note, and trailers."""
    editor.corrects("bane", "base", "The other keying reads base.")
    editor.corrects("would the run", "would then run")
    editor.types("commit")
    message = editor.git("log", "-1", "--format=%B")

    assert message.startswith(f"{DOCUMENT}: base for bane, and 1 more\n")
    assert "The other keying reads base." in message
    assert 2 == message.count("Obelos-Decision: ")


def test_verify_names_a_word_changed_with_another_editor(editor: Editor) -> None:
    """A word changed without a decision is named with its line, its commit and the person."""
    editor.corrects("bane", "base")
    editor.types("commit")
    editor.text_file.write_bytes(editor.text_file.read_bytes().replace(b"Outer Mongolia", b"Inner Mongolia", 1))
    editor.git("-c", "user.name=Someone Else", "commit", "-qam", "small fix")

    assert 1 == editor.types("verify")
    editor.sees("“Inner” stands where “Outer” should", "Someone Else", "small fix")
    assert 1 == verify_independently(editor.root)


def test_verify_names_a_word_changed_on_disk_and_not_committed(editor: Editor) -> None:
    """A change that was only saved is named too."""
    editor.text_file.write_bytes(editor.text_file.read_bytes().replace(b"bane", b"bone"))

    assert 1 == editor.types("verify")
    editor.sees("“bone” stands where “bane” should", "on disk, not committed")


def test_verify_notices_an_edited_and_a_deleted_decision(editor: Editor) -> None:
    """J02: a record that was changed or taken away after it was made is tampering, though the text be right."""
    editor.types("decide", DOCUMENT, "--at", "bane", "--stet", "--note", "so the file")
    editor.types("decide", DOCUMENT, "--at", "sop", "--stet", "--note", "so the file")
    editor.types("commit")
    first, second = editor.decision_files
    first.write_text(first.read_text().replace("so the file", "so I think"))
    second.unlink()
    editor.git("commit", "-qam", "tidy")

    assert 1 == editor.types("verify")
    editor.sees(f"{first.stem} was edited", f"{second.stem} was deleted")


def test_verify_agrees_with_a_verification_that_knows_nothing_of_obelos(editor: Editor) -> None:
    """J06: a second implementation, without Obelos, comes to the same answer."""
    for at, reading in [("bane", "base"), ("pre-Russian", "pro-Russian"), ("sop", "a sop")]:
        editor.corrects(at, reading)
        editor.types("commit")

    assert 0 == editor.types("verify")
    assert 0 == verify_independently(editor.root)


def test_changes_made_by_hand_can_be_adopted(editor: Editor) -> None:
    """Words changed by hand become decisions, one for each place, and the proof holds again."""
    by_hand = (
        editor.text_file.read_bytes().replace(b"a bane for", b"a base for").replace(b"pre-Russian", b"pro-Russian")
    )
    editor.text_file.write_bytes(by_hand)
    refused = editor.corrects("stability", "ability")
    editor.sees("no decision explains", f"obelos adopt {DOCUMENT}")
    editor.types("adopt", DOCUMENT, "--as", "correct", "--note", "collated with the file")
    editor.sees("2 changes adopted in commit")
    editor.types("commit")

    assert 3 == refused
    assert 0 == editor.types("verify")
    assert by_hand == editor.text_file.read_bytes()


def test_a_repository_in_the_middle_of_a_merge_is_refused(editor: Editor) -> None:
    """B03: nothing is written while a merge is under way, and the decisions are kept."""
    editor.git("checkout", "-qb", "other")
    (editor.root / "README.md").write_text("one\n")
    editor.git("commit", "-qam", "one")
    editor.git("checkout", "-q", "main")
    (editor.root / "README.md").write_text("two\n")
    editor.git("commit", "-qam", "two")
    subprocess.run(["git", "-C", str(editor.root), "merge", "-q", "other"], capture_output=True, check=False)
    editor.corrects("bane", "base")
    head = editor.git("rev-parse", "HEAD")

    assert 3 == editor.types("commit")
    editor.sees("merge")
    assert head == editor.git("rev-parse", "HEAD")
    editor.git("merge", "--abort")
    assert 0 == editor.types("commit")


def test_undecodable_text_is_refused_with_its_place(editor: Editor) -> None:
    """A file that is not UTF-8 is refused with line and offset, and nothing is added."""
    (editor.root / "latin.txt").write_bytes("Ça va\nété\n".encode("latin-1"))

    assert 2 == editor.types("add", "latin.txt", "--as", "letter")
    editor.sees("latin.txt:1:", "byte 0", "is not UTF-8")
    assert not (editor.root / "transcripts" / "letter").exists()


def test_a_house_rule_with_errors_is_refused_whole_with_all_of_them(editor: Editor) -> None:
    """G06: everything wrong with a pack is said at once, with file and line, and nothing is checked with half of it."""
    (editor.root / "rules").mkdir()
    (editor.root / "rules" / "house.yaml").write_text(
        "rules:\n"
        "  - code: ZZ101\n"
        "    name: made-up\n"
        "    kind: confusable\n"
        "    level: likly\n"
        "    mesage: x\n"
        "    why: y\n"
        "    authority: z\n"
    )

    assert 2 == editor.types("check")
    editor.sees("house.yaml:5:", "did you mean “likely”", "house.yaml:6:", "did you mean “message”")


def test_a_house_rule_flags_beside_the_shipped_ones(editor: Editor) -> None:
    """A pack in rules/ of the edition is loaded with the others, and its code can be asked for alone."""
    (editor.root / "rules").mkdir()
    (editor.root / "rules" / "house.yaml").write_text(
        "rules:\n"
        "  - code: ZZ101\n"
        "    name: made-up-block-for-bloc\n"
        "    kind: confusable\n"
        "    level: likely\n"
        "    layers: [body]\n"
        "    message: “{found}” where the sense may want “{suggest}”\n"
        "    why: A made-up rule of a test.\n"
        "    authority: made up for a test\n"
        "    words: {block: bloc}\n"
        "    left: [Russian]\n"
        "    examples:\n"
        "      flag: [{text: a Russian block in the East, at: block, suggest: bloc}]\n"
        "      pass: [a block of flats]\n"
    )

    assert 1 == editor.types("check", "--rules", "ZZ101", "--format", "jsonl")
    assert ["block"] == [json.loads(line)["found"] for line in editor.out.splitlines()]


def test_bytes_are_kept_as_they_came(editor: Editor) -> None:
    """B23: byte order mark, CRLF, no final newline, odd characters: a correction leaves every other byte alone."""
    came = "\ufeffDear Sir,\r\nas a bane for\tevents\u00a0\u2028e\u0301 \x0b end".encode()
    (editor.root / "letter.txt").write_bytes(came)
    editor.types("add", "letter.txt", "--as", "letter")
    editor.types("decide", "letter", "--at", "bane", "--correct", "base", "--note", "so the letter")
    editor.types("commit")

    assert came.replace(b"bane", b"base") == (editor.root / "transcripts/letter/text.txt").read_bytes()
    assert 0 == editor.types("verify")


def test_a_new_edition_is_founded_where_there_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Init makes a repository and an edition; add brings in a base text and a witness."""
    monkeypatch.chdir(tmp_path)
    someone = Editor(tmp_path, capsys)
    (tmp_path / "a.txt").write_text("The first keying of the letter.\n")
    (tmp_path / "b.txt").write_text("The frist keying of the letter.\n")

    assert 0 == someone.types("init", "--title", 'Letters "of" a consul')
    assert 0 == someone.types("add", "a.txt", "--as", "letter-1")
    assert 0 == someone.types("add", "b.txt", "--as", "letter-1", "--siglum", "B")
    assert 1 == someone.types("diff", "letter-1", "letter-1:B")
    someone.sees("[-first-]{+frist+}")
    assert 3 == someone.types("add", "b.txt", "--as", "letter-1")
    assert 0 == someone.types("verify")


def test_outside_an_edition_the_way_in_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no edition the message names the commands that make one."""
    monkeypatch.chdir(tmp_path)
    someone = Editor(tmp_path, capsys)

    assert 3 == someone.types("log")
    someone.sees("obelos init", "obelos demo")


def test_a_misspelt_command_gets_a_suggestion(editor: Editor) -> None:
    """An unknown command is a usage error with a suggestion."""
    assert 2 == editor.types("verfy")
    editor.sees("did you mean “verify”?")


def test_the_demonstration_runs_without_a_terminal(tmp_path: Path) -> None:
    """Without a terminal demo does the whole job by plain commands and says each step."""
    done = subprocess.run(
        [sys.executable, "-c", "from obelos_tui.cli import main; main()", "demo", "sample"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )

    assert "" == done.stderr
    assert 0 == done.returncode
    assert "byte for byte" in done.stdout


def test_the_demonstration_never_writes_into_a_folder_in_use(editor: Editor) -> None:
    """A folder that is not empty is refused."""
    assert 3 == editor.types("demo", ".")
    editor.sees("not empty")


def test_decisions_recorded_elsewhere_meanwhile_are_read_before_writing(editor: Editor) -> None:
    """B07: what another writer recorded since the document was opened must be read before writing; nothing is lost."""
    editor.corrects("bane", "base")
    late = DocumentHistory(
        find_edition(editor.root) or pytest.fail("no edition"), Repository.open(editor.root), DOCUMENT
    )
    editor.types("commit")
    editor.corrects("pre-Russian", "pro-Russian")
    late.open_for_deciding()
    with pytest.raises(Refused, match="since it was opened here"):
        late.commit(late.repository.identity(), now())
    late.close()

    assert 0 == editor.types("commit")
    assert 0 == editor.types("verify")


def test_A04_a_repository_whose_settings_could_run_programs_is_refused_until_trusted(editor: Editor) -> None:
    """A04: the settings are listed, nothing is run, and after `obelos trust` the work goes on until they change."""
    canary = editor.root / "canary"
    editor.git("config", "core.fsmonitor", f"touch {canary}")
    refused = editor.types("verify")
    editor.sees("core.fsmonitor", "obelos trust")
    editor.types("trust", "--yes")
    editor.sees("core.fsmonitor")
    trusted = editor.types("verify")
    editor.git("config", "core.sshCommand", "made-up")

    assert (3, 0, 3) == (refused, trusted, editor.types("verify"))
    assert not canary.exists()


def test_a_written_decision_is_taken_back_by_a_new_one_and_later_ones_stay(editor: Editor) -> None:
    """Revert restores what stood before; both records stay, the later decision too, and the proof holds."""
    editor.corrects("bane", "base")
    editor.types("commit")
    editor.corrects("pre-Russian", "pro-Russian")
    editor.types("commit")
    (first, _) = (path.stem for path in editor.decision_files)
    assert 0 == editor.types("revert", first, "--note", "the file copy has bane")
    editor.sees("stet bane", f"supersedes {first}")
    editor.types("commit")

    assert editor.text_file.read_bytes() == editor.base_file.read_bytes().replace(b"pre-Russian", b"pro-Russian")
    assert 0 == editor.types("verify")
    editor.sees("base text + 3 decisions")
    assert 0 == verify_independently(editor.root)
    assert 3 == editor.types("revert", first)


def test_taking_back_a_second_reading_restores_the_first(editor: Editor) -> None:
    """Where the decision taken back had replaced another, the other's reading stands again."""
    editor.corrects("bane", "bone")
    editor.corrects("bone", "base")
    editor.types("commit")
    second = editor.decision_files[-1].stem
    editor.types("revert", second)
    editor.types("commit")

    assert b"a bone for" in editor.text_file.read_bytes()


def test_correcting_back_to_the_base_text_lets_it_stand(editor: Editor) -> None:
    """A reading that restores the base text is recorded as a stet that supersedes the correction."""
    editor.corrects("bane", "base")
    editor.types("commit")
    assert 0 == editor.types("decide", DOCUMENT, "--at", "base for extension", "--correct", "bane for extension")
    editor.types("commit")

    assert editor.base_file.read_bytes() == editor.text_file.read_bytes()
    assert 0 == editor.types("verify")


def test_adopting_leaves_decisions_not_yet_written_alone(editor: Editor) -> None:
    """Only what was changed by hand is adopted, though a take-back waits; that is written afterwards."""
    editor.corrects("bane", "base")
    editor.types("commit")
    (first,) = (path.stem for path in editor.decision_files)
    editor.types("revert", first)
    editor.text_file.write_bytes(editor.text_file.read_bytes().replace(b"Port of Dairen", b"Port of Darien"))
    editor.git("commit", "-qam", "by hand")
    assert 0 == editor.types("adopt", DOCUMENT, "--as", "correct", "--note", "so the file")
    editor.sees("Darien for Dairen", "1 changes adopted in commit")
    assert 0 == editor.types("verify")
    assert 0 == editor.types("commit")

    assert editor.base_file.read_bytes().replace(b"Port of Dairen", b"Port of Darien") == editor.text_file.read_bytes()
    assert 0 == editor.types("verify")


@pytest.mark.parametrize("committed", [True, False])
def test_a_change_made_by_hand_can_be_put_back_and_is_kept_aside(editor: Editor, committed: bool) -> None:
    """Restore gives the text that base text and decisions make, and loses nothing of what stood there."""
    editor.corrects("bane", "base")
    editor.types("commit")
    right = editor.text_file.read_bytes()
    by_hand = right.replace(b"Port of Dairen", b"Port of Darien")
    editor.text_file.write_bytes(by_hand)
    if committed:
        editor.git("commit", "-qam", "by hand")
    assert 0 == editor.types("restore", DOCUMENT)
    (aside,) = (editor.root / ".git" / "obelos" / "set-aside").iterdir()

    assert by_hand == aside.read_bytes()
    assert right == editor.text_file.read_bytes()
    assert 0 == editor.types("verify")
    assert "" == editor.git("status", "--porcelain")
    assert 0 == editor.types("restore", DOCUMENT)
    editor.sees("nothing to put back")


def test_an_edition_needs_no_title(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`obelos init` alone makes an edition that can be worked in."""
    monkeypatch.chdir(tmp_path)
    someone = Editor(tmp_path, capsys)
    (tmp_path / "a.txt").write_text("A letter.\n")

    assert 0 == someone.types("init")
    assert 0 == someone.types("add", "a.txt", "--as", "letter")
    assert 0 == someone.types("check")


def test_a_refused_init_leaves_nothing_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    """A13: git does not know the person: the commands that tell it are shown, and no repository is left."""
    (home / ".gitconfig").unlink()
    monkeypatch.chdir(tmp_path)
    someone = Editor(tmp_path, capsys)

    assert 3 == someone.types("init")
    someone.sees("git config --global user.name")
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (["rm -rq transcripts/chungking-456 history"], "was in the edition and is no longer"),
        (["rm -q transcripts/chungking-456/text.txt"], "the working text is missing"),
        (["mv transcripts/chungking-456/base.txt transcripts/chungking-456/base.md"], "working text is missing"),
        (["mv transcripts/chungking-456 transcripts/x", "mv history/chungking-456 history/x"], "is no longer"),
    ],
)
def test_J01_verify_notices_what_is_taken_away_or_renamed(editor: Editor, change: list[str], told: str) -> None:
    """J01: a document, a text, a base text cannot vanish or change its name without a word."""
    editor.types("decide", DOCUMENT, "--at", "bane", "--stet")
    editor.types("commit")
    for step in change:
        editor.git(*step.split())
    editor.git("commit", "-qm", "tidy")

    assert 1 == editor.types("verify")
    editor.sees(told)


def test_J02_a_record_put_back_as_it_was_is_told_but_no_failure(editor: Editor) -> None:
    """J02: after an accident is mended the proof holds again, and the accident stays to be read."""
    editor.corrects("bane", "base")
    editor.types("commit")
    editor.git("rm", "-q", "-r", "history")
    editor.git("commit", "-qm", "an accident")
    accident = editor.types("verify")
    editor.git("revert", "--no-edit", "HEAD")

    assert (1, 0) == (accident, editor.types("verify"))
    editor.sees("in the past", "was deleted", "an accident")


def test_J03_a_clone_without_its_history_proves_nothing(editor: Editor) -> None:
    """J03: verify refuses a shallow clone and says how to get the rest."""
    editor.corrects("bane", "base")
    editor.types("commit")
    shallow = editor.root.parent / "shallow"
    editor.git("clone", "-q", "--depth", "1", f"file://{editor.root}", str(shallow))
    os.chdir(shallow)

    assert 3 == editor.types("verify")
    editor.sees("git fetch --unshallow")


def test_verify_works_where_no_branch_is_checked_out(editor: Editor) -> None:
    """Continuous integration checks out a commit, not a branch."""
    editor.corrects("bane", "base")
    editor.types("commit")
    editor.git("checkout", "-q", "--detach")

    assert 0 == editor.types("verify")


def test_verify_names_who_did_it_again_not_who_did_it_first(editor: Editor) -> None:
    """A change that was taken out and made again is put down to the one who made it again."""
    right = editor.text_file.read_bytes()
    for person, text in [("First", right.replace(b"bane", b"bone")), ("Mender", right), ("Second", None)]:
        editor.text_file.write_bytes(text if text is not None else right.replace(b"bane", b"bone"))
        editor.git("-c", f"user.name={person}", "commit", "-qam", f"by {person}")

    assert 1 == editor.types("verify")
    standing = next(line for line in editor.out.splitlines() if line.startswith("  line "))
    assert "Second" in standing
    assert "First" not in standing


def test_a_past_text_that_cannot_be_decoded_is_told_and_does_not_stop_the_proof(editor: Editor) -> None:
    """A state that is not UTF-8 is named with its commit; the documents are judged as they stand."""
    right = editor.text_file.read_bytes()
    editor.text_file.write_bytes(right.replace(b"bane", b"b\xffne"))
    editor.git("commit", "-qam", "badly saved")
    broken = editor.types("verify")
    editor.text_file.write_bytes(right)
    editor.git("commit", "-qam", "mended")

    assert (1, 0) == (broken, editor.types("verify"))
    editor.sees("in the past", "is not UTF-8", "badly saved")


def test_a_decision_that_meets_one_pulled_meanwhile_can_be_taken_back(editor: Editor) -> None:
    """F04: two editors decide on one word; the second is told, and undo leads out."""
    other = editor.root.parent / "other"
    editor.git("clone", "-q", str(editor.root), str(other))
    editor.corrects("bane", "bone")
    mine = os.getcwd()
    os.chdir(other)
    editor.corrects("bane", "base")
    editor.types("commit")
    os.chdir(mine)
    editor.git("pull", "-q", str(other), "main")

    assert 2 == editor.types("commit")
    editor.sees("lies over the place", f"obelos undo {DOCUMENT}")
    assert 0 == editor.types("undo")
    assert 0 == editor.types("verify")
    assert b"a base for" in editor.text_file.read_bytes()
