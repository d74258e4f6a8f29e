"""The audit report as HTML: one page with everything, or a page for the edition and one for each document.

It can be read without script and without network, printed, and heard: charts have titles, tables have heads.
"""

from collections.abc import Callable, Iterator
from importlib.resources import files

from obelos_history.persons import Persons

from ..paper import head, safe
from ..rule_record import Record
from ..vetted import read_by
from ..wording_plain import counted, listed
from .charts import SHAPES, bars, columns
from .counts import answers, by_certainty, by_disposition, by_fault, by_person, over_time, short_names, shown
from .model import DocumentReport, EditionReport
from .page_document import document_section, open_count

_Link = Callable[[str], str]
"""Where a document is told of in full, by its name."""

OPEN_ALL = 12
"""Documents up to which nothing is folded up on the page."""


def page(report: EditionReport, persons: Persons) -> Iterator[str]:
    """Lines of the page that holds everything."""
    yield from _begun(report)
    yield from _edition(report, persons, lambda name: f"#{_anchor(name)}")
    unfolded = len(report.documents) <= OPEN_ALL
    for document in report.documents:
        yield from document_section(document, _anchor(document.name), unfolded=unfolded)
    yield "</main>\n</body>\n</html>"


def pages(report: EditionReport, persons: Persons) -> Iterator[tuple[str, Iterator[str]]]:
    """The file names and lines of a page for the edition, and of one for each document."""
    yield "index.html", _index(report, persons)
    for document in report.documents:
        yield f"documents/{document.name}.html", _alone(report, document)


def _index(report: EditionReport, persons: Persons) -> Iterator[str]:
    yield from _begun(report)
    yield from _edition(report, persons, lambda name: safe(f"documents/{name}.html"))
    yield "</main>\n</body>\n</html>"


def _alone(report: EditionReport, document: DocumentReport) -> Iterator[str]:
    yield from head(f"Audit report: {document.name}", _style())
    yield f'<nav><a href="../index.html">{safe(_title(report))}</a>, {_state_of_the_report(report)}</nav>\n<main>'
    yield from document_section(document, _anchor(document.name), unfolded=True)
    yield "</main>\n</body>\n</html>"


def _begun(report: EditionReport) -> Iterator[str]:
    yield from head(f"Audit report: {_title(report)}", _style())
    yield f"<header>\n<h1>{safe(_title(report))}</h1>"
    of = "Audit report" if report.whole else "Audit report of some documents"
    yield f'<p class="faint">{of}, {_state_of_the_report(report)}</p>\n</header>\n<main>'


def _edition(report: EditionReport, persons: Persons, link: _Link) -> Iterator[str]:
    yield from _verdicts(report)
    yield from _charts(report, persons)
    yield from _documents(report, link)
    yield from _persons(report, persons)
    yield from _rules(report)


def _verdicts(report: EditionReport) -> Iterator[str]:
    proved = [one for one in report.documents if one.verdict]
    failed = [one.name for one in proved if one.verdict and not one.verdict.holds]
    yield "<h2>Can it be trusted?</h2>"
    if failed:
        names = listed([safe(name) for name in failed[:12]], more=len(failed) - 12)
        yield f'<p class="verdict bad">✗ Not proved: {names}. The words concerned are named with the documents.</p>'
    elif proved:
        yield (
            f'<p class="verdict">✓ Proved for {counted(len(proved), "document")}: base text + decisions = working '
            "text, byte for byte, in every commit.</p>"
        )
    else:
        yield '<p class="verdict">The proof was not asked for.</p>'
    vetting = report.vetting
    if vetting.kept:
        yield '<p class="verdict">✓ The edition’s policy is kept.</p>'
    else:
        broken = [one.document for one in vetting.documents if not one.holds]
        told = listed([safe(name) for name in broken[:12]], more=len(broken) - 12) or "see below"
        yield f'<p class="verdict bad">✗ The edition’s policy is not kept: {told}.</p>'
    for name, why in vetting.unread:
        yield f'<p class="verdict bad">✗ {safe(name)} cannot be judged: {safe(why)}</p>'
    for record, commit in vetting.foreign:
        yield (
            f'<p class="verdict bad">✗ {safe(record.document)}: <span class="id">{record.id}</span> bears the name of '
            f"{safe(record.resp)}, and was committed by {safe(str(commit.person))} in "
            f'<span class="id">{commit.id[:10]}</span></p>'
        )


def _charts(report: EditionReport, persons: Persons) -> Iterator[str]:
    decisions = report.decisions
    step, time = over_time(decisions)
    yield '<h2>At a glance</h2>\n<div class="charts">'
    states = list(report.vetting.states.items())
    charts = [
        ("Documents by state", bars("Documents by state", states)),
        ("Decisions by disposition", bars("Decisions by disposition", by_disposition(decisions))),
        ("Decisions by whose error it was", bars("Decisions by whose error it was", by_fault(decisions))),
        ("Decisions by certainty", bars("Decisions by certainty", by_certainty(decisions))),
        ("Decisions by person", bars("Decisions by person", short_names(by_person(decisions, persons)[:12]))),
    ]
    if any(one.findings for one in report.documents):
        charts.append(("Findings of the rules", bars("Findings of the rules", answers(report))))
    for caption, lines in charts:
        yield f"<figure><figcaption>{caption}</figcaption>"
        yield from lines
        yield "</figure>"
    if len(time) > 1:
        yield f'<figure class="wide"><figcaption>Decisions by {step}</figcaption>'
        yield from columns(f"Decisions by {step}", time)
        yield "</figure>"
    yield "</div>"


def _documents(report: EditionReport, link: _Link) -> Iterator[str]:
    yield '<h2>Documents</h2>\n<table class="documents">\n<thead><tr><th scope="col">document</th>'
    yield '<th scope="col">state</th><th scope="col">read</th><th scope="col" class="n">decisions</th>'
    yield '<th scope="col" class="n">open</th><th scope="col">proof</th><th scope="col">policy</th></tr></thead>'
    yield "<tbody>"
    for one in report.documents:
        how = one.vetting.standing
        title = f" {safe(one.details.title)}" if one.details.title else ""
        state = f"{how.state}, queried" if how.queried else how.state
        proof = "" if one.verdict is None else "✓ proved" if one.verdict.holds else "✗ not proved"
        yield (
            f'<tr><th scope="row"><a href="{link(one.name)}">{safe(one.name)}</a>{title}</th><td>{state}</td>'
            f'<td>{read_by(one.vetting)}</td><td class="n">{len(one.standing)}</td>'
            f'<td class="n">{open_count(one) or ""}</td><td>{proof}</td>'
            f"<td>{'✓ kept' if one.vetting.holds else '✗ not kept'}</td></tr>"
        )
    yield "</tbody>\n</table>"
    marks = "; ".join(f"{name}: {shape}" for name, shape in SHAPES.items())
    yield (
        '<p class="faint">Open are queries, contradictions, decisions without a place, passages changed after the '
        f"state was set, and what waits for a second reader. Marks on the strips below: {marks}.</p>"
    )


def _persons(report: EditionReport, persons: Persons) -> Iterator[str]:
    decided = dict(by_person(report.decisions, persons))
    signed = [record.resp for one in report.documents for record in one.records]
    everybody = persons.each_once([*decided, *signed])
    yield '<h2>Persons</h2>\n<table>\n<thead><tr><th scope="col">person</th><th scope="col" class="n">decisions</th>'
    yield '<th scope="col" class="n">documents read</th><th scope="col" class="n">confirmed</th></tr></thead>\n<tbody>'
    for person in everybody:
        read = sum(persons.among(person, one.vetting.standing.readers) for one in report.documents)
        said_yes = sum(persons.same(person, one.resp) for d in report.documents for one in d.approvals)
        yield (
            f'<tr><th scope="row">{safe(person)}</th><td class="n">{decided.get(person, 0)}</td>'
            f'<td class="n">{read}</td><td class="n">{said_yes}</td></tr>'
        )
    yield "</tbody>\n</table>"


def _rules(report: EditionReport) -> Iterator[str]:
    yield "<h2>Rules</h2>"
    if report.vetting.packs_off:
        yield f"<p>Not asked in this edition: the packs {safe(listed(report.vetting.packs_off))}.</p>"
    for off in report.vetting.rules_off:
        yield f"<p>Switched off: {safe(off.code)}, {safe(off.why) or 'no reason given'}.</p>"
    if not report.rules:
        yield "<p>No finding of a rule was decided on.</p>"
        return
    yield '<table>\n<thead><tr><th scope="col">rule</th><th scope="col">level</th>'
    yield "".join(f'<th scope="col" class="n">{what}</th>' for what in Record().as_data())
    yield "</tr></thead>\n<tbody>"
    for code, name, level, record in report.rules:
        cells = "".join(f'<td class="n">{count or ""}</td>' for count in record.as_data().values())
        yield f'<tr><th scope="row">{safe(code)} {safe(name)}</th><td>{safe(level)}</td>{cells}</tr>'
    yield "</tbody>\n</table>"


def _title(report: EditionReport) -> str:
    return report.title or "An edition"


def _state_of_the_report(report: EditionReport) -> str:
    if report.commit is None or report.when is None:
        return "before the first commit"
    return f'as of commit <span class="id">{report.commit}</span> of {shown(report.when)}'


def _style() -> str:
    return (files(__package__) / "page.css").read_text("utf-8")


def _anchor(name: str) -> str:
    return f"d-{safe(name)}"
