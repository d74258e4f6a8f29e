"""A stranger's repository: whatever is done with it, nothing of it runs. Settings × operations, and what needs none.

Settings of the repository's own stop at the gate, each for each operation. What hides elsewhere (hooks, attributes,
submodules, replaced objects, links …) lies together in one repository in which all operations are then done, also with
every hostile setting trusted. Every program in it leaves a mark when it runs.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from editor import Editor
from gitworld import World, environment
from obelos_history import gate
from obelos_transcripts import find_edition
from obelos_tui.cli import run
from screen import desk_of, on_screen, opened
from test_history_storage_gate import HOSTILE

MORE = [
    ("core.excludesFile", "/elsewhere/x"),
    ("core.notesRef", "x"),
    ("core.commitGraph", "true"),
    ("core.fsync", "none"),
    ("core.compression", "x"),
    ("filter.x.smudge", "{run}"),
    ("filter.x.required", "true"),
    ("diff.x.cachetextconv", "true"),
    ("difftool.x.cmd", "{run}"),
    ("mergetool.x.cmd", "{run}"),
    ("browser.x.cmd", "{run}"),
    ("guitool.x.cmd", "{run}"),
    ("pager.log", "{run}"),
    ("interactive.diffFilter", "{run}"),
    ("gpg.ssh.program", "{run}"),
    ("gpg.x509.program", "{run}"),
    ("tar.x.command", "{run}"),
    ("http.proxy", "x"),
    ("credential.https://example.org.helper", "{run}"),
    ("uploadpack.packObjectsHook", "{run}"),
    ("protocol.ext.allow", "always"),
    ("submodule.x.update", "!{run}"),
    ("submodule.x.url", "ext::{run}"),
    ("remote.origin.pushurl", "ext::{run}"),
    ("commit.template", "/elsewhere/x"),
    ("init.templateDir", "/elsewhere"),
    ("safe.directory", "*"),
    ("blame.ignoreRevsFile", "x"),
    ("log.showSignature", "true"),
    ("fsck.skipList", "x"),
    ("branch.main.mergeOptions", "--strategy=x"),
    ("hook.x.event", "pre-commit"),
    ("user.signingKey", "x"),
]
SETTINGS = HOSTILE + MORE

BROKEN = ("core.worktree", "core.compression", "include", "extensions", "commit.gpgSign", "core.fsync", "hook")
"""Settings with which git does nothing at all in a repository, whoever asks."""

OPERATIONS = (
    ("check",),
    ("verify",),
    ("log", "letter"),
    ("show", "0"),
    ("blame", "letter"),
    ("diff", "letter", "letter@base"),
    ("collate", "letter", "letter:B"),
    ("decide", "letter", "--at", "bane", "--correct", "base", "--note", "B"),
    ("undo", "letter"),
    ("redo", "letter"),
    ("commit",),
    ("withdraw",),
    ("restore", "letter"),
    ("adopt", "letter", "--as", "correct"),
)
"""All that can be done with an edition by plain commands; the screen goes the same ways, see `test_…_on_the_screen`."""

TEXT = "As a bane for extension of the hard block.\n"


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A small edition, as a stranger might send it in an archive."""
    root = tmp_path / "edition"
    root.mkdir()
    world = World(root)
    world.git("init", "-q", "-b", "main", "--template=")
    world.write("edition.yaml", "packs: [core]\n")
    world.write(".gitattributes", "transcripts/** -text\nhistory/** -text\n")
    for name, text in (("base", TEXT), ("text", TEXT), ("B", TEXT.replace("bane", "base"))):
        world.write(f"transcripts/letter/{name}.txt", text)
    world.git("add", ".")
    world.git("commit", "-qm", "edition")
    monkeypatch.chdir(root)
    return world


def canary(folder: Path) -> Path:
    """A program that leaves a mark, and swallows what it is asked."""
    program = folder / "program"
    program.write_text(f"#!/bin/sh\necho \"$0 $*\" >> '{folder}/ran'\nexit 1\n")
    program.chmod(0o755)
    return program


def ran(folder: Path) -> str:
    """What ran, if anything did."""
    return (folder / "ran").read_text() if (folder / "ran").exists() else ""


def set_to(world: World, key: str, value: str, folder: Path) -> None:
    """Put a hostile setting into the repository's own configuration."""
    include = folder / "include"
    include.write_text(f"[core]\n\tfsmonitor = {folder / 'program'}\n")
    value = value.format(run=folder / "program", hooks=folder, include=include)
    world.git("config", "--file", str(world.root / ".git" / "config"), "--add", key, value)


@pytest.mark.parametrize("which", range(8))
def test_A04_no_setting_runs_anything_at_any_operation(edition: World, tmp_path: Path, which: int) -> None:
    """Each setting alone, each operation: refused before git starts, or done without git; nothing runs."""
    canary(tmp_path)
    plain = edition.read(".git/config")
    for key, value in SETTINGS[which::8]:
        edition.write(".git/config", plain)
        set_to(edition, key, value, tmp_path)
        for operation in OPERATIONS:
            code = run(list(operation))
            without_git = operation[0] in ("check", "diff", "collate")
            assert code == 3 or (without_git and code in (0, 1)), (key, operation, code)
            assert "" == ran(tmp_path), (key, operation)
    edition.write(".git/config", plain)
    assert "" == edition.git("status", "--porcelain")


def hide_programs(world: World, folder: Path) -> None:
    """All that a repository can hold besides settings to make git run something, or to mislead it."""
    program = canary(folder)
    driven = "*.txt diff=x merge=x\n*.yaml diff=x merge=x\nother filter=x\n"
    world.write(".git/info/attributes", driven)
    world.write(".gitmodules", '[submodule "x"]\n\tpath = sub\r\n\turl = ext::sh -c program\n\tupdate = !program\n')
    world.write(".git/info/grafts", world.git("rev-parse", "HEAD") + "\n")
    other = world.git("hash-object", "-w", ".gitattributes")
    world.git("replace", world.git("rev-parse", "HEAD:transcripts/letter/base.txt"), other)
    nested = world.root / "nested.git"
    subprocess.run(["git", "init", "-q", "--bare", "--template=", str(nested)], check=True, env=environment())
    (nested / "config").write_text(f"[core]\n\tbare = true\n\tfsmonitor = {program}\n\tpager = {program}\n")
    world.git("branch", "x\u202ey")
    names = "applypatch-msg pre-commit prepare-commit-msg commit-msg post-commit pre-merge-commit post-checkout "
    names += "post-merge post-rewrite pre-push pre-auto-gc reference-transaction post-index-change fsmonitor-watchman"
    for name in names.split():
        hook = world.root / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        shutil.copy(program, hook)


def do_all(editor: Editor) -> None:
    """Do every operation; the decision is written, and proved."""
    codes = {
        operation[0]: editor.types(*operation) for operation in OPERATIONS if operation[0] not in ("show", "adopt")
    }
    assert {code for name, code in codes.items() if name not in ("check", "diff", "collate")} == {0}, codes
    assert set(codes.values()) <= {0, 1}, codes
    assert 0 == editor.types("verify")
    editor.sees("base text + 1 decision = working text")


@pytest.fixture
def stranger(edition: World, capsys: pytest.CaptureFixture[str]) -> Editor:
    """Somebody at the stranger's edition."""
    return Editor(edition.root, capsys)


def test_A06_A16_A19_hooks_drivers_submodules_and_lies_run_nothing_and_mislead_nobody(
    stranger: Editor, edition: World, tmp_path: Path
) -> None:
    """Hooks of every name, attributes, grafts, replaced objects, a bare repository inside: all is done, none runs."""
    hide_programs(edition, tmp_path)
    do_all(stranger)
    assert "" == ran(tmp_path)


def test_A04_even_trusted_settings_run_nothing_at_our_operations(
    stranger: Editor, edition: World, tmp_path: Path
) -> None:
    """With every hostile setting at once, trusted by a person, nothing of it is started by what is done here."""
    hide_programs(edition, tmp_path)
    for key, value in SETTINGS:
        if not key.startswith(BROKEN):
            set_to(edition, key, value, tmp_path)
    assert 0 == stranger.types("trust", "--yes")
    do_all(stranger)
    assert "" == ran(tmp_path)


@on_screen
async def test_A04_nothing_runs_at_the_screen(stranger: Editor, edition: World, tmp_path: Path) -> None:
    """Reviewing, writing, history, proof and the list of git commands go the same ways."""
    hide_programs(edition, tmp_path)
    for key, value in SETTINGS:
        if not key.startswith(BROKEN):
            set_to(edition, key, value, tmp_path)
    gate.trust(edition.root)
    stranger.types(*OPERATIONS[7])
    found = find_edition(edition.root)
    assert found
    async with opened(desk_of(found, ()), "letter") as editor:
        editor.sees("base for extension")
        for keys in (("w",), ("enter",), ("h",), ("j",), ("V",), ("escape",), ("at",), ("escape", "escape"), ("C",)):
            await editor.presses(*keys)
    assert "1" == edition.git("rev-list", "--count", "HEAD", "^HEAD~")
    assert "" == ran(tmp_path)


VARIABLES = {
    "GIT_DIR": "{other}/.git",
    "GIT_WORK_TREE": "{other}",
    "GIT_COMMON_DIR": "{other}/.git",
    "GIT_INDEX_FILE": "{other}/.git/index",
    "GIT_OBJECT_DIRECTORY": "{other}/.git/objects",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES": "{other}/.git/objects",
    "GIT_NAMESPACE": "x",
    "GIT_CONFIG_PARAMETERS": "'core.fsmonitor'='{run}' 'core.pager'='{run}'",
    "GIT_EXTERNAL_DIFF": "{run}",
    "GIT_SSH_COMMAND": "{run}",
    "GIT_EDITOR": "{run}",
    "GIT_SEQUENCE_EDITOR": "{run}",
    "GIT_PAGER": "{run}",
    "GIT_ASKPASS": "{run}",
    "GIT_PROXY_COMMAND": "{run}",
    "GIT_TRACE": "{other}/trace",
    "GIT_TRACE2_EVENT": "{other}/trace2",
    "GIT_REPLACE_REF_BASE": "refs/heads/",
    "GIT_GRAFT_FILE": "{other}/grafts",
    "GIT_SHALLOW_FILE": "{other}/shallow",
    "GIT_ATTR_SOURCE": "HEAD",
    "GIT_LITERAL_PATHSPECS": "0",
    "GIT_GLOB_PATHSPECS": "1",
    "GIT_ICASE_PATHSPECS": "1",
    "GIT_DEFAULT_HASH": "sha256",
    "GIT_TEMPLATE_DIR": "{other}",
    "GIT_CEILING_DIRECTORIES": "/",
    "GIT_QUARANTINE_PATH": "x",
    "GIT_INTERNAL_SUPER_PREFIX": "x/",
}


def test_A03_variables_left_by_a_hook_or_an_ide_lead_nowhere(
    stranger: Editor, edition: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every one at once: all is done in the right repository, the other one is as it was, and nothing runs."""
    program = canary(tmp_path)
    other = World(Path(shutil.copytree(edition.root, tmp_path / "other")))
    other.write("grafts", edition.git("rev-parse", "HEAD") + "\n")
    before = {path: path.read_bytes() for path in other.root.rglob("*") if path.is_file()}
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value.format(other=other.root, run=program))
    do_all(stranger)
    assert before == {path: path.read_bytes() for path in other.root.rglob("*") if path.is_file()}
    assert "" == ran(tmp_path)


OPTIONS = [
    "--output=ran",
    "--name-only",
    "--format=%(path)",
    "--upload-pack=touch ran",
    "--help",
    "--",
    "@{-1}",
    ":/x",
    "HEAD:../../x",
    "\x1b]0;x\x07",
    "ext::sh -c touch% ran",
]


@pytest.mark.parametrize("name", OPTIONS)
def test_A01_what_a_person_names_is_never_an_option(stranger: Editor, edition: World, name: str) -> None:
    """A revision, document, file, id or branch that begins like an option, or is no name at all, does nothing."""
    before = {path for path in edition.root.rglob("*") if ".git" not in path.parts}
    for line in (
        ["diff", "letter", f"letter@{name}"],
        ["collate", "letter", f"letter:B@{name}"],
        ["log", "--", name],
        ["show", "--", name],
        ["blame", "--", name],
        ["verify", "--", name],
        ["commit", "--", name],
        ["add", "--as", name, "edition.yaml"],
        ["add", "--as", "letter", "--siglum", name, "edition.yaml"],
    ):
        assert stranger.types(*line) == 2, (line, stranger.out, stranger.err)
        assert "\x1b" not in stranger.out + stranger.err
    assert before == {path for path in edition.root.rglob("*") if ".git" not in path.parts}


def test_A01_a_branch_that_is_called_like_an_option_is_a_branch(stranger: Editor, edition: World) -> None:
    """Plumbing can make one; what is decided is committed to it."""
    edition.git("update-ref", "refs/heads/-D", "HEAD")
    edition.git("symbolic-ref", "HEAD", "refs/heads/-D")
    do_all(stranger)
    assert "2" == edition.git("rev-list", "--count", "refs/heads/-D")


def test_A16_grafts_do_not_hide_a_commit(stranger: Editor, edition: World) -> None:
    """A line in ``info/grafts`` cuts the history off for plain git; a change by hand before the cut is still named."""
    edition.write("transcripts/letter/text.txt", TEXT.replace("hard", "soft"))
    edition.git("commit", "-qam", "by hand")
    edition.write("transcripts/letter/text.txt", TEXT)
    edition.git("commit", "-qam", "as it was")
    edition.write(".git/info/grafts", edition.git("rev-parse", "HEAD") + "\n")
    assert "1" == edition.git("-c", "advice.graftFileDeprecated=false", "rev-list", "--count", "HEAD")
    stranger.types("verify")
    stranger.sees("soft")
    stranger.types("log", "letter")
    stranger.sees("as it was", "by hand", "edition")


def without_parents(graph: bytes, commit: str) -> bytes:
    """A commit-graph in which a commit has no parents (format: git's gitformat-commit-graph)."""
    chunks = {
        graph[8 + 12 * n : 12 + 12 * n]: int.from_bytes(graph[12 + 12 * n : 20 + 12 * n], "big") for n in range(4)
    }
    ids, facts = chunks[b"OIDL"], chunks[b"CDAT"]
    number = next(n for n in range(100) if graph[ids + 20 * n : ids + 20 * n + 20].hex() == commit)
    parents = facts + 36 * number + 20
    return graph[:parents] + bytes.fromhex("70000000") * 2 + graph[parents + 8 :]


def test_A16_a_forged_file_of_parents_does_not_hide_a_commit(stranger: Editor, edition: World) -> None:
    """The commit-graph tells parents faster than the commits do, and nobody checks it: it is not asked."""
    for word in ("soft", "hard"):
        edition.write("transcripts/letter/text.txt", TEXT.replace("hard", word))
        edition.git("commit", "-qam", f"now {word}")
    edition.git("commit-graph", "write", "--reachable")
    graph = edition.root / ".git/objects/info/commit-graph"
    graph.chmod(0o644)
    graph.write_bytes(without_parents(graph.read_bytes(), edition.git("rev-parse", "HEAD")))
    assert "1" == edition.git("rev-list", "--count", "HEAD")
    stranger.types("log", "letter")
    stranger.sees("now soft", "edition")


def test_A17_a_missing_object_is_not_fetched(stranger: Editor, edition: World, tmp_path: Path) -> None:
    """In a partial clone git fetches what is missing by a program that the repository names; here it is only said."""
    program = canary(tmp_path)
    config = "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = origin\n"
    config += f'[remote "origin"]\n\turl = {edition.root}\n\tpromisor = true\n\tuploadpack = {program}\n'
    edition.write(".git/config", config)
    blob = edition.git("rev-parse", "HEAD:transcripts/letter/base.txt")
    gate.trust(edition.root)
    (edition.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert 1 == stranger.types("verify")
    stranger.sees("missing in this repository", "git fetch --refetch")
    assert "" == ran(tmp_path)


def test_a_git_file_that_points_to_hostile_settings_is_looked_through(stranger: Editor, edition: World) -> None:
    """``.git`` may be a file that names a folder, and that folder may name another: both are read first."""
    (edition.root / ".git").rename(edition.root / "innocent")
    edition.write(".git", "gitdir: innocent\n")
    assert 0 == stranger.types("log", "letter")
    edition.write("shared/config", "[core]\n\tfsmonitor = x\n\trepositoryformatversion = 0\n")
    edition.write("innocent/commondir", "../shared\n")
    assert 3 == stranger.types("log", "letter")
    stranger.sees("core.fsmonitor = x")
    edition.write("innocent/commondir", "../../../../../nowhere\n")
    assert 3 == stranger.types("log", "letter")


def test_alternates_lend_objects_and_run_nothing(stranger: Editor, edition: World, tmp_path: Path) -> None:
    """Objects may lie in another folder; a folder that is not there is no harm."""
    hide_programs(edition, tmp_path)
    lent = tmp_path / "lent"
    (edition.root / ".git/objects").rename(lent)
    edition.write(".git/objects/info/alternates", f"{lent}\n/nowhere/at/all\n../../../../../../../etc\n")
    (edition.root / ".git/objects/pack").mkdir()
    do_all(stranger)
    assert "" == ran(tmp_path)


SECRET = "The secret of another folder.\n"


@pytest.mark.parametrize(
    "link",
    [
        "transcripts/letter/base.txt",
        "transcripts/letter/text.txt",
        "transcripts/letter/C.txt",
        "transcripts/letter",
        "transcripts",
        "transcripts/other",
        "history/letter",
        "history",
        "history/letter/01JD7Z00000000000000000000.yaml",
        "rules/house.yaml",
        "rules",
        "rules/words.txt",
        "edition.yaml",
    ],
)
def test_a_link_leads_nowhere(stranger: Editor, edition: World, tmp_path: Path, link: str) -> None:
    """Files and folders that are links to other places of the machine are not shown and not written through."""
    outside = tmp_path / "outside"
    outside.mkdir()
    for name in ("base.txt", "text.txt", "letter", "words.txt", "house.yaml"):
        (outside / name).write_text(SECRET)
    place = edition.root / link
    if place.is_dir():
        shutil.rmtree(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    place.symlink_to(outside / "base.txt" if place.suffix else outside)
    before = {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}
    for operation in (*OPERATIONS, ("decide", "letter", "--at", "hard", "--stet", "--note", "x"), ("commit",)):
        code = stranger.types(*operation)
        assert code in (0, 1, 2, 3), (operation, stranger.err)
        assert "secret" not in stranger.out + stranger.err, operation
    assert before == {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}


def test_A18_a_repository_of_another_person_is_left_alone(stranger: Editor, edition: World) -> None:
    """Git says so, with what to do; Obelos never makes an exception by itself."""
    if os.geteuid():
        pytest.skip("only root can give a folder to another person")
    for path in (edition.root, *edition.root.rglob("*")):
        os.chown(path, 12345, 12345)
    assert 3 == stranger.types("log", "letter")
    stranger.sees("dubious ownership", "safe.directory")


ODD = [
    ("edition.yaml", b"packs: [../../../etc/passwd]\n"),
    ("edition.yaml", b"packs: !!python/object/apply:os.system ['touch ran']\n"),
    ("edition.yaml", b"a: &a [*a, *a]\n"),
    ("edition.yaml", b"title: \x1b]0;evil\x07\n"),
    ("edition.yaml", b"[" * 100_000),
    ("rules/house.yaml", b"rules: !!python/name:os.system\n"),
    ("rules/house.yaml", b"rules: " + b"{a: " * 50_000),
    ("rules/house.yaml", b"\xff\xfe\x00"),
    ("history/letter/01JD7Z00000000000000000000.yaml", b"format: obelos-decision/1\nid: ../../../x\n"),
    ("history/letter/01JD7Z00000000000000000000.yaml", b"format: obelos-decision/9\n"),
    ("history/letter/01JD7Z00000000000000000000.yaml", b"\x1b[2J\x00"),
    ("transcripts/letter/document.yaml", b"title: !!python/object/apply:os.system ['touch ran']\n"),
    ("transcripts/letter/text.txt", b"\xff\x1b]52;c;eA==\x07"),
    ("transcripts/letter/C.txt", b"\x1b]52;c;eA==\x07\x9b31m\xe2\x80\xae" + TEXT.encode()),
]


@pytest.mark.parametrize(("path", "data"), ODD, ids=range(len(ODD)))
def test_hostile_settings_rules_and_decisions_are_refused_harmlessly(
    stranger: Editor, edition: World, path: str, data: bytes
) -> None:
    """No tag makes an object, no depth a crash, no control character reaches the terminal, no traceback is shown."""
    edition.write(path, data)
    for operation in OPERATIONS:
        code = stranger.types(*operation)
        shown = stranger.out + stranger.err
        assert code in (0, 1, 2, 3), (operation, shown)
        assert "Traceback" not in shown
        assert not [c for c in shown if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 or c == "\u202e"], (
            operation
        )
    assert not (edition.root / "ran").exists()


def test_E01_names_of_authors_branches_and_messages_are_shown_harmlessly(stranger: Editor, edition: World) -> None:
    """What a stranger wrote as name, branch or message of a commit does nothing to the terminal."""
    evil = "\x1b]52;c;eA==\x07\u202eevil"
    text = TEXT.replace("hard", "soft")
    edition.write("transcripts/letter/text.txt", text)
    settings = ["-c", f"user.name={evil}", "-c", f"user.email={evil}@x"]
    edition.git(*settings, "commit", "-qam", f"{evil}\n\n{evil}\n\nObelos-Decision: {evil}")
    edition.git("branch", "-m", "x\u202ey")
    for operation in (*OPERATIONS, ("show", edition.git("rev-parse", "HEAD"))):
        assert stranger.types(*operation) in (0, 1, 2, 3), (operation, stranger.err)
        shown = stranger.out + stranger.err
        assert not {"\x1b", "\x07", "\u202e"} & set(shown), operation
    stranger.types("log", "letter")
    stranger.sees("␛]52")
