"""The log, trees and blobs as facts; what is read is compared with what git itself says."""

from datetime import timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitworld import CHANGES, EDITOR, LETTER, NEW, NOON, OLD, RECORD, World
from obelos_history.commit_log import read_message
from obelos_history.repository import Change, Repository
from obelos_history.trees import FILE, Entry, Tree, changed, entry_at, folders_of, object_id
from obelos_transcripts import Refused

MESSAGE = (
    "letter: received\n\nIn the source:\n    received\n\n: so it is\n\nObelos-Decision: 01\nDisposition: correct\n"
)


def test_the_log_gives_each_commit_with_its_changes(world: World) -> None:
    """Person, time with its offset, subject, body, trailers, and old and new blob of each path."""
    repository = Repository.open(world.root)
    when = NOON.astimezone(timezone(timedelta(hours=-3, minutes=-30)))
    made = repository.commit(CHANGES, MESSAGE, reviewed=world.reviewed(CHANGES), person=EDITOR, when=when)
    ours, base = repository.log()
    assert (made, (world.base,), EDITOR) == (ours.id, ours.parents, ours.person)
    assert when.isoformat() == ours.when.isoformat()
    assert "letter: received" == ours.subject
    assert "In the source:\n    received\n\n: so it is" == ours.body
    assert (("Obelos-Decision", "01"), ("Disposition", "correct")) == ours.trailers
    expected = {
        Change(LETTER, repository.blob_id(OLD), repository.blob_id(NEW), world.base),
        Change(RECORD, None, repository.blob_id(CHANGES[RECORD] or b""), world.base),
    }
    assert expected == set(ours.changes)
    assert (world.base, (), "base") == (base.id, base.parents, base.subject)
    assert {None} == {change.parent for change in base.changes}


def test_the_log_of_a_folder_leaves_other_paths_out(world: World) -> None:
    """Only commits and changes of the paths asked for; ``since`` leaves out what was seen before."""
    repository = Repository.open(world.root)
    made = repository.commit(CHANGES, "m", reviewed=world.reviewed(CHANGES), person=EDITOR, when=NOON)
    world.git("commit", "-qm", "others")
    (entry,) = repository.log("history/letter")
    assert (made, [RECORD]) == (entry.id, [change.path for change in entry.changes])
    assert ["others"] == [entry.subject for entry in repository.log(since=made)]


def test_an_empty_repository_has_an_empty_log(world: World) -> None:
    """Before the first commit there is nothing to list."""
    world.git("checkout", "-q", "--orphan", "new")
    assert [] == Repository.open(world.root).log()


def test_a_merge_that_changed_something_itself_is_in_the_log(world: World) -> None:
    """A change that stands in neither parent, and one side's change that the merge dropped, are both seen."""
    world.git("stash", "-q")
    world.git("switch", "-qc", "side")
    world.write(LETTER, OLD + b" side")
    world.git("commit", "-qam", "side")
    world.git("switch", "-q", "main")
    world.write("third.txt", "main\n")
    world.git("commit", "-qam", "main")
    world.git("merge", "-q", "-s", "ours", "-m", "dropped", "side")
    world.git("merge", "-q", "--no-ff", "--no-commit", "-s", "ours", "side", check=False)
    log = Repository.open(world.root).log(LETTER)
    dropped = log[0]
    assert "dropped" == dropped.subject
    assert [(LETTER, dropped.parents[1])] == [(change.path, change.parent) for change in dropped.changes]
    world.git("switch", "-qc", "evil", "side")
    world.write("new.txt", "n\n")
    world.git("add", "new.txt")
    world.git("commit", "-qm", "evil side")
    world.git("merge", "-q", "--no-ff", "--no-commit", "main~1")
    world.write(LETTER, "neither\n")
    world.git("commit", "-qam", "evil")
    evil = Repository.open(world.root).log(LETTER)[0]
    assert "evil" == evil.subject
    assert set(evil.parents) == {change.parent for change in evil.changes}


def test_a_tree_lists_plain_files_only(world: World) -> None:
    """Links are no texts; paths count from the top."""
    (world.root / "reading" / "link").symlink_to("letter.txt")
    world.git("add", "reading/link")
    world.git("commit", "-qm", "a link")
    repository = Repository.open(world.root)
    assert {LETTER: repository.blob_id(OLD)} == repository.tree("HEAD", "reading")
    assert {LETTER, ".gitattributes", "other.txt", "third.txt", "new-staged.txt"} == set(repository.tree("HEAD", ""))
    assert {} == repository.tree("HEAD", "nowhere")


def test_a_last_paragraph_that_is_prose_is_no_trailer() -> None:
    """Only a paragraph of ``Key: value`` lines, and never the subject."""
    assert ("a: b", "", ()) == read_message("a: b\n")
    assert ("s", "Note: this\nand that", ()) == read_message("s\n\nNote: this\nand that\n")
    assert ("one two", "", (("K", "v"),)) == read_message("one\ntwo\n\nK: v\n")


names = st.binary(min_size=1, max_size=3).filter(lambda n: not {0, 47} & set(n)).map(lambda n: n.decode("latin-1"))
paths = st.lists(names, min_size=1, max_size=3).map("/".join)
entries = st.binary(min_size=20, max_size=20).map(lambda b: Entry(FILE, b.hex()))


@given(st.dictionaries(names.map(lambda n: n.encode("latin-1")), entries))
def test_a_tree_is_read_as_it_was_written(entries: dict[bytes, Entry]) -> None:
    """Reading undoes writing, in whatever order the entries were put in."""
    tree = Tree()
    for name, entry in entries.items():
        tree.put(name, entry)
    read = Tree(tree.serialize(), "sha1")
    assert entries == {name: read.get(name) for name in entries}
    assert tree.serialize() == read.serialize()


@pytest.mark.parametrize("data", [b"100644 a\0" + b"x" * 19, b"100644 a" + b"x" * 30, b"\0" * 40])
def test_a_damaged_tree_is_refused(data: bytes) -> None:
    """Cut off, or never one."""
    with pytest.raises(Refused, match="git fsck"):
        Tree(data)


@given(st.lists(st.tuples(paths, entries), max_size=6))
def test_entries_put_into_trees_are_found_there_and_can_be_taken_out(wanted: list[tuple[str, Entry]]) -> None:
    """What was put in stands in the new trees; taking it out again gives the old top."""
    found: dict[str, Entry] = {}
    for path, entry in wanted:
        if not any(path.startswith(f"{p}/") or p.startswith(f"{path}/") for p in found):
            found[path] = entry

    def name_of(data: bytes) -> str:
        return object_id("tree", data, "sha1")

    top, made = changed({"": Tree()}, dict(found), name_of)
    by_id = {name_of(data): Tree(data, "sha1") for data in made}
    trees = {"": by_id[top]}
    for folder in folders_of(found)[1:]:
        inner = entry_at(trees, folder)
        assert inner is not None
        trees[folder] = by_id[inner.id]
    assert found == {path: entry_at(trees, path) for path in found}
    assert name_of(b"") == changed(trees, dict.fromkeys(found), name_of)[0]
