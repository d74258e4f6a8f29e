"""One trial: a fresh copy of a repository, a deed with a fault at one call, one recovery, and what is wrong then."""

import shutil
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from fault_kinds import KINDS, Kind, State, fresh, left_over, state_of
from faults import Call, Nursery
from gitworld import World


@dataclass
class Trials:
    """The trials of one kind of commit.

    Attributes:
        outcomes: How often a trial ended as it was before, or with the deed done.
    """

    nursery: Nursery
    name: str
    outcomes: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir(parents=True)
        world = self.kind.make(self.place)
        self._base = world.base
        self._template = self.nursery.folder / "templates" / self.name
        shutil.rmtree(self._template, ignore_errors=True)
        self._template.parent.mkdir(exist_ok=True)
        fresh(self.place, self._template)

    @property
    def kind(self) -> Kind:
        """What is done."""
        return KINDS[self.name]

    @property
    def place(self) -> Path:
        """Where every trial takes place: the same folder, for linked work trees know each other by name."""
        return self.nursery.folder / "trial"

    @property
    def world(self) -> World:
        """The work tree that is tried."""
        return World(self.place / "w", self._base)

    def _fresh(self) -> None:
        fresh(self._template, self.place)
        (self.place / "tmp").mkdir()
        self.world.git("update-index", "-q", "--refresh", check=False)

    @cached_property
    def calls(self) -> list[Call]:
        """The calls of the deed without a fault."""
        return self._reference[0]

    @property
    def allowed(self) -> dict[str, State]:
        """The states in which the repository may be at last."""
        return self._reference[1]

    @cached_property
    def _reference(self) -> tuple[list[Call], dict[str, State]]:
        allowed = {}
        self._fresh()
        if self.kind.before:
            allowed["as before"] = state_of(self.world)
        if self.kind.between:
            self.kind.between(self.world)
            allowed["their work only"] = state_of(self.world)
            self._fresh()
            self.nursery.does(["correction", str(self.world.root)], self.place)
            allowed["our work only"] = state_of(self.world)
            self._fresh()
        if self.kind.clean:
            shutil.rmtree(self.place)
            allowed["taken back"] = state_of(self.kind.clean(self.place))
            self._fresh()
        calls, outcome = self.nursery.calls([self.name, str(self.world.root)], self.place)
        assert outcome.status == (7 if self.kind.settle == ("recover refusing",) else 0), outcome.said
        if self.kind.after:
            allowed["done"] = state_of(self.world)
        wrong = left_over(self.world) + self.kind.kept(self.world.root, outcome.said)
        assert not wrong, wrong
        return calls, allowed

    def __call__(self, fault: str, at: int, *, second: int = 0) -> list[str]:
        """Try it with a fault at a call, and with a kill at the ``second`` call of recovery: what is wrong then."""
        allowed, root, wrong = self.allowed, self.world.root, []
        self._fresh()
        outcome = self.nursery.does([self.name, str(root)], self.place, fault, at)
        if outcome.status not in (0, 7, -9):
            wrong.append(f"ended with {outcome.status}: {outcome.said}")
        wrong += self._unsound("before recovery")
        if second:
            self.nursery.does([self.kind.settle[0], str(root)], self.place, "SIGKILL", second)
        for deed in self.kind.settle:
            settled = self.nursery.does([deed, str(root)], self.place)
            if settled.status not in (0, 7):
                wrong.append(f"{deed} ended with {settled.status}: {settled.said}")
        wrong += self._unsound("after recovery") + left_over(self.world)
        state = state_of(self.world)
        end = next((name for name, one in allowed.items() if one == state), "")
        self.outcomes[end] = self.outcomes.get(end, 0) + 1
        if not end:
            wrong += [f"not {name}: {state.other(one)}" for name, one in allowed.items()]
        if outcome.status == 0 and self.kind.after and end not in ("done", "our work only"):
            wrong.append(f"reported as done, but {end or 'in no allowed state'}")
        wrong += self.kind.kept(root, outcome.said)
        return [f"{self.name}, {fault} at call {at}, {second}: {one}" for one in wrong]

    def _unsound(self, when: str) -> list[str]:
        said = self.world.git("fsck", "--full", "--strict", "--no-dangling", check=False)
        return [f"{when}: {said}"] if said and "notice:" not in said else []
