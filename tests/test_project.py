"""The project itself: what is shipped, how large modules are, what may be imported, what must not be written."""

import re
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from obelos_transcripts.edition import DEFAULT_PACKS

ROOT = Path(__file__).parent.parent
PACKAGES = sorted(path.parent for path in ROOT.glob("*/obelos_*/__init__.py"))
MOST_LINES = 400

# Written in two halves, so that this file does not find itself.
FOREIGN = ["".join(halves) for halves in (("/wo", "rk/"), ("/t", "mp/v/"), ("py", "pi."))]


def test_every_component_package_is_listed_for_the_wheel() -> None:
    """A new component folder cannot be forgotten in ``pyproject.toml``: it would be missing once installed."""
    listed = set(_pyproject()["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    found = {package.relative_to(ROOT).as_posix() for package in PACKAGES}
    assert listed == found


def test_every_package_tells_that_it_is_typed() -> None:
    """Each package has its ``py.typed``; without it, type checkers outside see nothing of our types."""
    untyped = [package.name for package in PACKAGES if not (package / "py.typed").is_file()]
    assert not untyped


def test_every_default_rule_pack_is_readable_as_a_resource() -> None:
    """The packs that an edition uses when it names none are shipped inside the package."""
    packs = files("obelos_rules") / "packs"
    missing = [name for name in DEFAULT_PACKS if not (packs / f"{name}.yaml").is_file()]
    assert not missing


def test_the_sample_edition_is_readable_as_a_resource() -> None:
    """All that the sample edition is made from is shipped inside the package."""
    expected = {"base.txt", "B.txt", "document.yaml", "edition.yaml", "README.md"}
    assert expected <= {file.name for file in (files("obelos_tui") / "sample").iterdir()}


def test_no_module_is_longer_than_400_lines() -> None:
    """Past 400 lines a module is a design question."""
    modules = [path for package in PACKAGES for path in package.rglob("*.py")]
    lengths = {path.relative_to(ROOT): len(path.read_text("utf-8").splitlines()) for path in modules}
    too_long = {path: length for path, length in lengths.items() if length > MOST_LINES}
    assert not too_long


def test_no_module_lies_beside_its_package() -> None:
    """A module beside a package can be imported in a checkout, and is missing once Obelos is installed."""
    beside = [
        path.relative_to(ROOT)
        for package in PACKAGES
        for path in package.parent.rglob("*.py")
        if not path.is_relative_to(package)
    ]
    assert not [*beside, *ROOT.glob("*.py")]


def test_texts_rules_and_history_load_no_screen() -> None:
    """The plain commands start fast and run without a terminal: nothing below the interface imports Textual."""
    loaded = _loaded("obelos_transcripts", "obelos_rules", "obelos_history")
    assert loaded.isdisjoint({"textual"})


def test_texts_and_rules_load_no_git() -> None:
    """Checking a text needs no repository, and does not pay for one."""
    loaded = _loaded("obelos_transcripts", "obelos_rules")
    assert loaded.isdisjoint({"git", "textual"})


def test_the_command_line_starts_without_screen_and_git() -> None:
    """What a command does not need it does not load: help and usage errors come at once."""
    assert _loaded("obelos_tui.cli").isdisjoint({"git", "textual"})


def test_every_dependency_has_an_exact_version() -> None:
    """``constraints.txt`` holds one exact version for each dependency, and nothing but versions."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    entries = [line for line in lines if not line.startswith("#")]
    exact = [line for line in entries if re.fullmatch(r"[a-z0-9._-]+==[0-9][0-9a-z.]*", line)]
    assert entries == exact
    project = _pyproject()["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert {_plain_name(line) for line in wanted} <= {_plain_name(line) for line in entries}


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    """Nothing in the repository depends on where it was written, nor on where packages were fetched from."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    tracked = [ROOT / name for name in listed.decode().split("\0") if name]
    found = [
        (path.relative_to(ROOT), word)
        for path in tracked
        if path.is_file()
        for word in FOREIGN
        if word.encode() in path.read_bytes()
    ]
    assert not found


def _pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def _plain_name(requirement: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name is not None
    return re.sub(r"[._-]+", "-", name[0]).lower()


def _loaded(*packages: str) -> set[str]:
    """Top-level modules that a fresh interpreter has loaded after importing the packages."""
    code = f"import sys, {', '.join(packages)}; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert not done.returncode, done.stderr
    return {name.partition(".")[0] for name in done.stdout.split()}
