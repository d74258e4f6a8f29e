"""Obelos with a safeguard taken out: a test that cannot fail proves nothing, so some test must fail for each."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
_PACKAGES = ("history", "rules", "transcripts", "tui")
STORAGE = "history/obelos_history"


@dataclass(frozen=True)
class Mutant:
    """One safeguard taken out.

    Attributes:
        name: What Obelos is like without it.
        file, old, new: The change: this text in that file becomes another.
        proof: The test that must fail; as pytest takes it.
    """

    name: str
    file: str
    old: str
    new: str
    proof: str


MUTANTS = (
    Mutant(
        "a file is renamed before it is on the disk",
        f"{STORAGE}/files.py",
        "            os.fsync(handle)\n        written()",
        "        written()",
        "test_history_faults.py -k C05",
    ),
    Mutant(
        "names in a folder are not synced",
        f"{STORAGE}/files.py",
        "        os.fsync(handle)\n    finally:",
        "        pass\n    finally:",
        "test_history_faults.py -k C05",
    ),
    Mutant(
        "git syncs as it does by itself",
        f"{STORAGE}/git.py",
        '"core.fsync": "committed,index,reference,loose-object",',
        "",
        "test_history_faults.py -k C05",
    ),
    Mutant(
        "the branch moves from wherever it stands",
        f"{STORAGE}/publish.py",
        "            job.old or store.none,\n",
        "",
        "test_history_odd_git.py -k A09",
    ),
    Mutant(
        "the branch is moved without the lock of the index",
        f"{STORAGE}/index_lock.py",
        "            os.link(mine, lock)\n",
        "            pass\n",
        "test_history_storage_refusals.py -k lock",
    ),
    Mutant(
        "the branch before the index",
        f"{STORAGE}/commit.py",
        "            install_index(store, candidate)\n            published = store.index_state()\n"
        '            reached("index-published")\n            move_branch(store, job, made, identity(job))\n',
        "            move_branch(store, job, made, identity(job))\n            install_index(store, candidate)\n"
        '            published = store.index_state()\n            reached("index-published")\n',
        "test_history_commit_window.py",
    ),
    Mutant(
        "files are written before the record of the job",
        f"{STORAGE}/commit.py",
        '        shop.jobs.write(job)\n        shop.reached("job-written")\n        return',
        "        _write_files(shop, job)\n        shop.jobs.write(job)\n"
        '        shop.reached("job-written")\n        return',
        "test_history_faults.py -k correction",
    ),
    Mutant(
        "nothing is taken back",
        f"{STORAGE}/commit.py",
        "            withdraw(shop.store, shop.jobs, recorded)",
        "            shop.jobs.drop(recorded.id)",
        "test_history_faults.py test_history_storage_refusals.py",
    ),
    Mutant(
        "scratch files are not swept",
        f"{STORAGE}/job.py",
        "                (self.folder / name).unlink(missing_ok=True)",
        "                pass",
        "test_history_commit_kills.py",
    ),
    Mutant(
        "any lock is removed",
        f"{STORAGE}/index_lock.py",
        "commit.encode().startswith(held) and state.st_mtime >= since and not _is_open(state)",
        "True",
        "test_history_commit_kills.py test_history_commit_window.py",
    ),
    Mutant(
        "a lock that could not be let go of is forgotten",
        f"{STORAGE}/withdraw.py",
        "    release_locks(store, jobs, job.id)\n",
        "",
        "test_history_faults.py -k C04_a_lock",
    ),
    Mutant(
        "what is on disk is not compared with what was reviewed",
        f"{STORAGE}/preconditions.py",
        "    if on_disk not in (stands, wanted) and not absent:",
        "    if False:",
        "test_history_storage_refusals.py",
    ),
    Mutant(
        "what git stored is not read back",
        f"{STORAGE}/objects.py",
        "    if back != job.changes:",
        "    if False:",
        "test_history_odd_git.py -k B23",
    ),
    Mutant(
        "attributes that convert are not looked at",
        f"{STORAGE}/preconditions.py",
        "    _check_conversion(store,",
        "    False and _check_conversion(store,",
        "test_history_storage_refusals.py",
    ),
    Mutant(
        "a decision is not synced",
        f"{STORAGE}/ledger.py",
        "                os.fdatasync(handle)\n",
        "",
        "test_history_faults.py -k D01_a_decision",
    ),
    Mutant(
        "what could not be kept stays in the ledger",
        f"{STORAGE}/ledger.py",
        "            end = self._good + len(self._tail)\n",
        "            end = 1 << 40\n            os.ftruncate = lambda *_: None\n",
        "test_history_faults.py -k C04_a_decision",
    ),
    Mutant(
        "the gate lets everything pass",
        f"{STORAGE}/gate.py",
        "    if settings and not is_trusted(places):\n        shown",
        "    if False:\n        shown",
        "test_history_untrusted.py test_history_storage_gate.py",
    ),
    Mutant(
        "hooks of the repository run",
        f"{STORAGE}/git.py",
        '    "core.hooksPath": os.devnull,\n',
        "",
        "test_history_untrusted.py test_history_storage_states.py",
    ),
    Mutant(
        "variables of the environment reach git",
        f"{STORAGE}/git.py",
        "            del os.environ[name]\n    start",
        "            pass\n    start",
        "test_history_untrusted.py test_history_storage_gate.py",
    ),
    Mutant(
        "replaced objects are believed",
        f"{STORAGE}/git.py",
        '    "GIT_NO_REPLACE_OBJECTS": "1",\n',
        "",
        "test_history_untrusted.py test_history_storage_states.py",
    ),
    Mutant(
        "missing objects are fetched",
        f"{STORAGE}/git.py",
        '    "GIT_NO_LAZY_FETCH": "1",\n',
        "",
        "test_history_untrusted.py",
    ),
    Mutant(
        "hooks are not compared with those that were trusted",
        f"{STORAGE}/hooks.py",
        "    if trusted != _fingerprint(places, where):",
        "    if False:",
        "test_history_hooks.py",
    ),
    Mutant(
        "what a person names goes to git as it is",
        f"{STORAGE}/repository.py",
        'return self._store.git("rev-parse", "--verify", "--end-of-options", name).decode("ascii").strip()',
        "return name and revision",
        "test_history_untrusted.py -k A01",
    ),
    Mutant(
        "links lead out of the edition",
        "transcripts/obelos_transcripts/edition.py",
        "    if path.is_symlink():\n        raise",
        "    if False:\n        raise",
        "test_history_untrusted.py",
    ),
)
"""The safeguards."""


def survives(mutant: Mutant, folder: Path) -> list[str]:
    """What is wrong if no test notices that a safeguard is gone: "" is the good answer, as a list."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in (*_PACKAGES, "tests", "docs", "bench", "pyproject.toml", "Makefile"):
        source = ROOT / name
        target = folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    file = folder / mutant.file
    text = file.read_text()
    if text.count(mutant.old) != 1:
        return [f"{mutant.name}: its text stands {text.count(mutant.old)} times in {mutant.file}"]
    file.write_text(text.replace(mutant.old, mutant.new))
    line = [str(_python(folder)), "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    for word in mutant.proof.replace("'", "").split():
        line.append(f"tests/{word}" if word.endswith(".py") else word)
    around = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(line, cwd=folder, env=around, capture_output=True, text=True, check=False)
    if done.returncode == 1:
        return []
    return [f"{mutant.name}: {mutant.proof} noticed nothing (exit {done.returncode}): {done.stdout[-300:]}"]


def _python(folder: Path) -> Path:
    """A Python that finds the mutant first, and then all that is installed here."""
    place = folder / ".venv"
    venv.create(place, symlinks=True)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    paths = [*(str(folder / name) for name in _PACKAGES), sysconfig.get_path("purelib")]
    (place / "lib" / version / "site-packages" / "mutant.pth").write_text("\n".join(paths) + "\n")
    return place / "bin" / "python"
