"""One document on the page: its versions, states, decisions with their grounds, what is open, the proof."""

from collections.abc import Iterator

from obelos_history.records import Record

from ..paper import safe
from ..proof import told as proof_told
from ..states import open_in
from ..vetted import told_document
from .charts import strip
from .counts import shown
from .model import DocumentReport, Told


def document_section(document: DocumentReport, anchor: str, *, unfolded: bool) -> Iterator[str]:
    """The document; ``unfolded``: what is long stands open."""
    how = document.vetting.standing
    title = f": {safe(document.details.title)}" if document.details.title else ""
    yield f'<section class="document" id="{anchor}">\n<h2>{safe(document.name)}{title}</h2>'
    details = document.details
    about = {"number": details.number, "date": details.date, "from": details.sender, "to": details.recipient}
    about |= {"archive": details.archive}
    if told := ", ".join(f"{key} {safe(value)}" for key, value in about.items() if value):
        yield f'<p class="faint">{told}</p>'
    yield f'<p><span class="tag">{how.state}</span>{" <span class=tag>queried</span>" if how.queried else ""}</p>'
    yield "<ul>" + "".join(f"<li>{safe(line.strip())}</li>" for line in told_document(document.vetting)) + "</ul>"
    if document.findings:
        found = document.findings
        yield f'<p class="faint">Findings of the rules: {found.answered} answered, {found.open} open.</p>'
    yield from strip(document)
    open_now = " open" if unfolded else ""
    if document.standing:
        yield f"<details{open_now}><summary>Decisions that stand ({len(document.standing)})</summary>"
        yield from _decisions(document, document.standing)
        yield "</details>"
    if document.orphans:
        yield f"<details open><summary>Decisions without a place ({len(document.orphans)})</summary>"
        yield from _decisions(document, document.orphans)
        yield "</details>"
    if document.earlier:
        yield f"<details><summary>Decisions that stand no more ({len(document.earlier)})</summary>"
        yield from _decisions(document, document.earlier)
        yield "</details>"
    yield f"<details{open_now}><summary>Versions, states and the proof</summary>"
    yield from _versions(document)
    yield from _records(document)
    if document.verdict:
        bad = "" if document.verdict.holds else " bad"
        yield f'<p class="verdict{bad}">' + "<br>".join(map(safe, proof_told(document.verdict))) + "</p>"
    yield "</details>\n</section>"


def open_count(document: DocumentReport) -> int:
    """How many decisions have something open about them."""
    return len({d.id for _, decisions in open_in(document.vetting.standing) for d in decisions})


def _decisions(document: DocumentReport, told: tuple[Told, ...]) -> Iterator[str]:
    yield '<ol class="decisions">'
    reopened = {d.id for d in document.vetting.standing.reopened}
    waiting = {d.id for d in document.vetting.standing.waiting}
    for one in told:
        tags: list[str] = [one.decision.disposition]
        tags += ["reopened"] if one.decision.id in reopened else []
        tags += ["waits for a second reader"] if one.decision.id in waiting else []
        yield from _decision(one, tags)
    yield "</ol>"


def _decision(told: Told, tags: list[str]) -> Iterator[str]:
    decision, place = told.decision, told.decision.place
    line = f"line {told.line}" if told.line else ""
    gone = ' class="gone"' if told.superseded_by else ""
    was = safe(place.exact) or ("‸" if decision.reading is None else "")
    if decision.reading is None:
        middle = f"<mark>{was}</mark>"
    else:
        middle = (f"<del>{was}</del> " if was else "") + (
            f"<ins>{safe(decision.reading)}</ins>" if decision.reading else ""
        )
    yield f'<li{gone} id="{decision.id}"><p><span class="line">{line}</span>'
    yield f'<span class="reading">…{safe(place.prefix)}{middle}{safe(place.suffix)}…</span> '
    yield " ".join(f'<span class="tag">{tag}</span>' for tag in tags) + "</p>"
    if decision.note:
        yield f'<p class="note">{safe(decision.note)}</p>'
    ground = [f"fault: {decision.fault}", f"certainty: {decision.cert}"]
    ground += [f"evidence: {decision.evidence}"] if decision.evidence else []
    ground += [f"source: {safe(decision.source)}"] if decision.source else []
    ground += [f"rule: {safe(decision.rule)}"] if decision.rule else []
    ground += [] if place.layer == "body" else [place.layer]
    yield f'<p class="who">{", ".join(ground)}</p>'
    commit = f", commit {told.commit.id[:10]}" if told.commit else ", in no commit yet"
    yield f'<p class="who">{safe(decision.resp)}, {shown(decision.when)} <span class="id">{decision.id}{commit}</span>'
    for other in told.confirmed:
        yield f'<br>confirmed by {safe(other.person)} <span class="id">{other.record}</span>'
    for what, idents in (("supersedes", decision.supersedes), ("superseded by", told.superseded_by)):
        if idents:
            yield f"<br>{what} " + ", ".join(f'<a class="id" href="#{ident}">{ident}</a>' for ident in idents)
    yield "</p></li>"


def _versions(document: DocumentReport) -> Iterator[str]:
    yield '<table>\n<thead><tr><th scope="col">version</th><th scope="col">siglum</th>'
    yield '<th scope="col" class="n">characters</th><th scope="col">git blob</th></tr></thead>\n<tbody>'
    for version in document.versions:
        yield (
            f'<tr><th scope="row">{version.what}</th><td>{safe(version.siglum)}</td>'
            f'<td class="n">{version.length}</td><td class="id">{version.blob}</td></tr>'
        )
    yield "</tbody>\n</table>"


def _records(document: DocumentReport) -> Iterator[str]:
    if not document.records:
        return
    gone = {one.record.id: one.why for one in document.vetting.standing.void}
    rows: list[tuple[Record, str, str]] = []
    rows += [(r, r.state + (" (does not hold)" if r.id in gone else ""), gone.get(r.id, "")) for r in document.states]
    rows += [(r, "base text", f"takes the place of {r.replaces[:10]}" if r.replaces else "") for r in document.bases]
    rows += [(r, "confirmed", r.decision) for r in document.approvals]
    yield '<table>\n<thead><tr><th scope="col">record</th><th scope="col">by</th><th scope="col">when</th>'
    yield '<th scope="col">note</th><th scope="col">id and commit</th></tr></thead>\n<tbody>'
    for record, what, more in sorted(rows, key=lambda row: row[0].id):
        commit = document.commits.get(record.id)
        where = commit.id[:10] if commit else "in no commit yet"
        told = f"{record.note}; {more}" if record.note and more else record.note or more
        yield (
            f'<tr><th scope="row">{what}</th><td>{safe(record.resp)}</td><td>{shown(record.when)}</td>'
            f'<td>{safe(told)}</td><td class="id">{record.id} {where}</td></tr>'
        )
    yield "</tbody>\n</table>"
