"""A working text that is not what base text and decisions make: did a merge without Obelos leave it, or a hand?"""

from .repository import Repository
from .states import State, read_states

_DEPTH = 50


def left_by_a_merge(repository: Repository, state: State) -> bool:
    """Whether nobody changed the working text by hand: it came out of merges whose parents were all in order.

    What git merged as text is then made anew without loss; what a person wrote must be adopted or put back by them.
    """
    todo, seen = [state.commit], set[str]()
    while todo:
        commit = todo.pop()
        if commit in seen or len(seen) > _DEPTH:
            continue
        seen.add(commit)
        touching = repository.last_touching(commit, state.named.folders)
        if touching is None:
            return False
        here = read_states(repository, touching.commit, [state.named], lambda _: None).get(state.named)
        if here is None or here.holds:
            continue
        if len(touching.parents) < 2 and _text(repository, touching.parents, state) != here.text:
            return False
        todo += touching.parents
    return len(seen) <= _DEPTH


def _text(repository: Repository, parents: tuple[str, ...], state: State) -> bytes | None:
    if not parents:
        return None
    before = read_states(repository, parents[0], [state.named], lambda _: None).get(state.named)
    return before.text if before else None
