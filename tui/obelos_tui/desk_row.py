"""How one document stands: plain data, the same for the screen, for the command and for the index."""

from collections.abc import Iterable
from typing import NamedTuple


class DeskRow(NamedTuple):
    """One document on the desk.

    Attributes:
        certain, likely, possible: Open findings of each level; -1 while they are not known.
        queries: Questions asked and not answered.
        pending: Decisions taken and not yet written.
        decisions: Decisions written.
        when: Moment of the last decision, ISO 8601 in UTC; "" where there is none.
        who: Who took it, as in ``Name <mail>``.
        trouble: Why the document could not be looked at; "" where it could.
    """

    name: str
    title: str = ""
    state: str = "draft"
    certain: int = -1
    likely: int = -1
    possible: int = -1
    queries: int = 0
    pending: int = 0
    decisions: int = 0
    when: str = ""
    who: str = ""
    trouble: str = ""

    @property
    def known(self) -> bool:
        """Whether somebody has looked at the document."""
        return self.certain >= 0 or bool(self.trouble)

    @property
    def open_findings(self) -> int:
        """Open findings that a review stops at: certain and likely ones; 0 while they are not known."""
        return max(0, self.certain) + max(0, self.likely)

    @property
    def person(self) -> str:
        """Who decided last, without the address."""
        return self.who.split(" <")[0]

    def as_data(self) -> dict[str, object]:
        """The row as the command prints it in JSON; what is not known is null."""
        levels = {level: None if count < 0 else count for level, count in zip(_LEVELS, self[3:6], strict=True)}
        return {
            "document": self.name,
            "title": self.title or None,
            "state": self.state,
            "findings": levels,
            "queries": self.queries,
            "pending": self.pending,
            "decisions": self.decisions,
            "when": self.when or None,
            "by": self.who or None,
            "trouble": self.trouble or None,
        }


_LEVELS = ("certain", "likely", "possible")


class Totals(NamedTuple):
    """An edition at a glance.

    Attributes:
        states: Documents by state.
        open_findings: Open findings, certain and likely; ``open_in`` how many documents they lie in.
        queries, pending: Over all documents.
        unknown: Documents that nobody has looked at yet.
        troubled: Documents that could not be looked at.
    """

    documents: int
    states: dict[str, int]
    open_findings: int
    open_in: int
    queries: int
    pending: int
    unknown: int
    troubled: int


def totals(rows: Iterable[DeskRow]) -> Totals:
    """Sums over some documents; one pass."""
    states: dict[str, int] = {}
    documents = found = found_in = queries = pending = unknown = troubled = 0
    for row in rows:
        documents += 1
        states[row.state] = states.get(row.state, 0) + 1
        certain, likely = row.certain, row.likely
        if certain < 0 and not row.trouble:
            unknown += 1
        elif certain + likely > 0:
            found += certain + likely
            found_in += 1
        queries += row.queries
        pending += row.pending
        troubled += bool(row.trouble)
    return Totals(documents, states, found, found_in, queries, pending, unknown, troubled)


def told(sums: Totals) -> list[str]:
    """The number of documents, and what is open in them."""
    found = [f"{sums.documents:,} document{'' if sums.documents == 1 else 's'}"]
    if sums.open_findings:
        many = f"{sums.open_findings:,} finding{'' if sums.open_findings == 1 else 's'}"
        found.append(f" · {many} open in {sums.open_in:,}")
    elif sums.documents > sums.unknown:
        found.append(" · no finding open")
    if sums.queries:
        found.append(f" · {sums.queries:,} asked")
    if sums.pending:
        found.append(f" · {sums.pending:,} not yet written")
    if sums.troubled:
        found.append(f" · {sums.troubled:,} unreadable")
    if sums.unknown:
        found.append(f" · {sums.unknown:,} not looked at yet")
    return found
