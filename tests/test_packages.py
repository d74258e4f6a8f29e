"""The packages offer what they say, and load only what is asked for."""

import subprocess
import sys
from importlib import import_module
from types import ModuleType

import pytest


@pytest.mark.parametrize("package", ["obelos_history", "obelos_rules", "obelos_transcripts"])
def test_every_name_that_a_package_offers_can_be_had(package: str) -> None:
    """Also those that are loaded later; a name that it does not offer is told as Python tells it."""
    offered = import_module(package)

    for name in offered.__all__:
        assert not isinstance(getattr(offered, name), ModuleType), f"{name}: its module took its place"
    with pytest.raises(AttributeError, match="has no attribute 'no_such_name'"):
        offered.no_such_name  # noqa: B018 - asked for on purpose


@pytest.mark.parametrize("package", ["obelos_history", "obelos_transcripts"])
def test_a_package_loads_a_module_when_it_is_asked_for(package: str) -> None:
    """Only a few modules come with the package itself, so that each command starts fast."""
    loaded = f"import sys, {package}; print(sum(name.startswith('{package}.') for name in sys.modules))"
    out = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True, text=True).stdout

    assert int(out) < len(import_module(package).__all__) / 2
