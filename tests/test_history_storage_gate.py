"""Before the first git command: the repository's own settings are read as data, and harmful ones stop.

The numbers in the names are those of the list of faults in the reliability study.
"""

import os
from pathlib import Path

import pytest

from gitworld import CHANGES, EDITOR, NOON, World, empty, invariants
from obelos_history import gate
from obelos_history.repository import Repository
from obelos_transcripts import BadInput, Refused

# Each of these makes git run a program, or look elsewhere, at some ordinary operation. {run} leaves a mark.
HOSTILE = [
    ("core.fsmonitor", "{run}"),
    ("core.sshCommand", "{run}"),
    ("core.gitProxy", "{run}"),
    ("core.hooksPath", "{hooks}"),
    ("core.worktree", "/elsewhere"),
    ("core.attributesFile", "/elsewhere/x"),
    ("core.alternateRefsCommand", "{run}"),
    ("core.editor", "{run}"),
    ("core.pager", "{run}"),
    ("core.askPass", "{run}"),
    ("filter.x.clean", "{run}"),
    ("filter.x.process", "{run}"),
    ("diff.x.textconv", "{run}"),
    ("diff.x.command", "{run}"),
    ("diff.external", "{run}"),
    ("merge.x.driver", "{run}"),
    ("gpg.program", "{run}"),
    ("gpg.ssh.defaultKeyCommand", "{run}"),
    ("credential.helper", "{run}"),
    ("remote.origin.uploadpack", "{run}"),
    ("remote.origin.receivepack", "{run}"),
    ("remote.origin.url", "ext::{run}"),
    ("remote.origin.url", "-oProxyCommand={run}"),
    ("remote.origin.vcs", "x"),
    ("remote.origin.promisor", "true"),
    ("url.x.insteadOf", "y"),
    ("trailer.x.command", "{run}"),
    ("hook.x.command", "{run}"),
    ("alias.log", "!{run}"),
    ("include.path", "{include}"),
    ("includeIf.gitdir:/.path", "{include}"),
    ("sequence.editor", "{run}"),
    ("commit.gpgSign", "true"),
    ("extensions.partialClone", "origin"),
]


@pytest.mark.parametrize(("key", "value"), HOSTILE, ids=[f"{n}-{key}" for n, (key, _) in enumerate(HOSTILE)])
def test_A04_a_setting_that_can_run_programs_stops_before_git_starts(
    world: World, tmp_path: Path, key: str, value: str
) -> None:
    """The key is shown with its value, nothing runs, and a person may trust it."""
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{tmp_path}/ran'\nexit 1\n")
    program.chmod(0o755)
    (tmp_path / "include").write_text(f"[core]\n\tfsmonitor = {program}\n")
    value = value.format(run=program, hooks=tmp_path, include=tmp_path / "include")
    config = world.root / ".git" / "config"
    world.git("config", "--file", str(config), key, value)
    with pytest.raises(Refused) as refusal:
        Repository.open(world.root)
    assert f"  {key.split('.')[0].lower()}." in str(refusal.value)
    assert f"= {value}" in str(refusal.value)
    assert "obelos trust" in str(refusal.value)
    assert not (tmp_path / "ran").exists()


def test_A04_trust_is_for_this_content_in_this_place(world: World, tmp_path: Path) -> None:
    """Trusted settings pass; another setting, or a copy of the repository elsewhere, is asked about again."""
    world.git("config", "core.pager", "less")
    assert [("core.pager", "less")] == gate.trust(world.root / "reading")
    assert [("core.pager", "less")] == gate.trust(world.root)
    Repository.open(world.root)
    assert not (world.root / ".git" / "obelos").exists()
    world.root.rename(tmp_path / "moved")
    with pytest.raises(Refused, match=r"core\.pager"):
        Repository.open(tmp_path / "moved")
    (tmp_path / "moved").rename(world.root)
    Repository.open(world.root)
    world.git("config", "core.editor", "vi")
    with pytest.raises(Refused, match=r"core\.editor = vi"):
        Repository.open(world.root)


def test_A04_settings_of_a_linked_work_tree_are_read_too(world: World, tmp_path: Path) -> None:
    """``config.worktree`` and the shared configuration are both looked at."""
    world.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    world.git("config", "extensions.worktreeConfig", "true")
    side = World(tmp_path / "side")
    Repository.open(side.root)
    side.git("config", "--worktree", "core.fsmonitor", "x")
    Repository.open(world.root)
    with pytest.raises(Refused, match="fsmonitor"):
        Repository.open(side.root)


def test_A04_what_a_setting_says_is_shown_and_never_obeyed_by_the_terminal(world: World) -> None:
    """Control characters in values are shown as signs."""
    with (world.root / ".git" / "config").open("ab") as config:
        config.write(b'[alias]\n\tx = "!\x1b]0;evil\x07"\n')
    with pytest.raises(Refused, match="␛]0;evil␇"):
        Repository.open(world.root)


def test_A04_settings_that_programs_leave_behind_every_day_pass(world: World) -> None:
    """Remotes, branches, editors' notes and line-end settings are no reason to stop."""
    for key, value in (
        ("remote.origin.url", "https://example.org/edition.git"),
        ("remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*"),
        ("branch.main.remote", "origin"),
        ("branch.main.merge", "refs/heads/main"),
        ("branch.main.vscode-merge-base", "origin/main"),
        ("user.name", "Someone"),
        ("core.autocrlf", "input"),
        ("core.ignorecase", "true"),
        ("pull.rebase", "true"),
    ):
        world.git("config", key, value)
    Repository.open(world.root)


def test_a_configuration_that_git_cannot_read_stops(world: World) -> None:
    """Broken is not harmless."""
    (world.root / ".git" / "config").write_bytes(b"[core\n")
    with pytest.raises(Refused, match="cannot be read as git configuration"):
        Repository.open(world.root)


def test_A03_variables_that_redirect_git_are_not_obeyed(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``GIT_DIR`` and its like, as a hook or an IDE leaves them, do not lead to another repository."""
    other = empty(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path / "objects"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.name")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "Mallory")
    repository = Repository.open(world.root)
    assert EDITOR == repository.identity()
    repository.commit(CHANGES, "m", reviewed=world.reviewed(CHANGES), person=EDITOR, when=NOON)
    assert [] == invariants(world)
    assert not (tmp_path / "objects").exists()


def test_A13_no_identity_is_asked_for_and_never_invented(world: World, home: Path) -> None:
    """The refusal gives the two commands that set one."""
    (home / ".gitconfig").unlink()
    with pytest.raises(Refused, match=r"(?s)git config --global user\.name .*git config --global user\.email"):
        Repository.open(world.root).identity()


def test_A13_the_repositorys_own_identity_goes_before_the_users(world: World) -> None:
    """As git itself has it."""
    world.git("config", "user.name", "Bea Example")
    assert f"Bea Example <{EDITOR.mail}>" == str(Repository.open(world.root).identity())


@pytest.mark.parametrize("name", ["A <x>", "A\x1b[31m", "A\\nB"])
def test_A14_a_name_that_cannot_stand_in_a_commit_is_refused(world: World, home: Path, name: str) -> None:
    """Angle brackets, control characters and line breaks would falsify the line that says who."""
    (home / ".gitconfig").write_bytes(f'[user]\n\tname = "{name}"\n\temail = a@example.org\n'.encode())
    with pytest.raises(BadInput, match="your name in git's settings"):
        Repository.open(world.root).identity()


def test_no_repository_says_how_to_make_one(tmp_path: Path) -> None:
    """Outside a repository nothing can be recorded."""
    with pytest.raises(Refused, match=r"lies in no git repository.*obelos init"):
        Repository.open(tmp_path)


def test_A19_the_inside_of_a_git_folder_is_no_place_to_work(world: World) -> None:
    """Neither is a bare repository hidden in the work tree."""
    with pytest.raises(Refused, match="bare repository, or the inside of one"):
        Repository.open(world.root / ".git" / "refs")


def test_a_git_folder_that_is_elsewhere_is_found(tmp_path: Path) -> None:
    """``git init --separate-git-dir`` leaves a file that names the folder."""
    world = empty(tmp_path / "w", f"--separate-git-dir={tmp_path / 'elsewhere'}")
    repository = Repository.open(world.root)
    repository.commit({"a": b"1"}, "m", reviewed={"a": None}, person=EDITOR, when=NOON)
    assert "a" == world.git("ls-tree", "--name-only", "HEAD")
    assert tmp_path / "elsewhere" / "obelos" == repository.own


def test_A21_a_missing_git_is_said(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git the message says so, and nothing is changed."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="git was not found"):
        Repository.open(world.root, trusted=True)


def test_a_new_repository_has_no_hooks_and_is_on_main(tmp_path: Path) -> None:
    """What ``obelos init`` makes is plain, and ready for the first commit."""
    repository = Repository.create(tmp_path / "edition")
    assert ("refs/heads/main", None) == (repository.head().ref, repository.head().commit)
    assert not (repository.root / ".git" / "hooks").exists()
    with pytest.raises(Refused, match="lies in the repository"):
        Repository.create(tmp_path / "edition" / "inner")


def test_the_commands_that_ran_are_kept_in_the_users_words(world: World) -> None:
    """Quoted for a shell, without the protective settings."""
    repository = Repository.open(world.root)
    repository.commit(CHANGES, "m", reviewed=world.reviewed(CHANGES), person=EDITOR, when=NOON)
    updates = [command for command in repository.commands if command.startswith("git update-ref ")]
    assert 1 == len(updates)
    assert (
        f"git update-ref --no-deref -m 'obelos: m' refs/heads/main {world.git('rev-parse', 'HEAD')} {world.base}"
        == updates[0]
    )
    assert os.devnull not in "".join(repository.commands)
