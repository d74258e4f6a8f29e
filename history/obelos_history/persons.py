"""Who is who among those who sign records. Two records are one person's when their mail addresses are the same.

Upper and lower case are alike. A person with several addresses has them all in one entry of ``editors:`` in
``edition.yaml``; without that they are several persons.
"""

import re
from collections.abc import Iterable

_MAIL = re.compile(r"<([^<>]+)>")


class Persons:
    """The persons of an edition, as its settings tell them apart."""

    def __init__(self, editors: Iterable[str] = ()) -> None:
        """``editors``: entries such as ``Ada Example <ada@example.org> <ada@archive.example>``."""
        self._known: dict[str, str] = {}
        for entry in editors:
            addresses = _addresses(entry)
            known = next((self._known[one] for one in addresses if one in self._known), addresses[0])
            self._known.update(dict.fromkeys(addresses, known))

    def key(self, person: str) -> str:
        """What stands for a person in comparisons: one address of theirs."""
        address = _addresses(person)[-1]
        return self._known.get(address, address)

    def same(self, one: str, other: str) -> bool:
        """Whether two signatures are one person's."""
        return self.key(one) == self.key(other)

    def among(self, person: str, others: Iterable[str]) -> bool:
        """Whether a person is one of others."""
        return any(self.same(person, other) for other in others)

    def each_once(self, people: Iterable[str]) -> tuple[str, ...]:
        """Signatures, the first of each person, in their order."""
        first: dict[str, str] = {}
        for person in people:
            first.setdefault(self.key(person), person)
        return tuple(first.values())


def _addresses(entry: str) -> list[str]:
    """Mail addresses of an entry, folded; the whole entry where there is none in angle brackets."""
    found = [address.strip().casefold() for address in _MAIL.findall(entry)]
    return [address for address in found if address] or [entry.strip().casefold()]
