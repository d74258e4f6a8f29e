"""A collation as one HTML page: the versions side by side, the apparatus, the figures.

The page holds everything itself: no script, no network, no font. Whatever stands in a text, a siglum or a file name is
escaped; what could act on the reader's screen is shown by a sign.
"""

from collections.abc import Iterator, Sequence
from importlib.resources import files

from obelos_transcripts import VARIANT_CLASSES, VariantClass

from ..paper import head, safe
from .model import Collation
from .page_columns import columns
from .wording import summary, told


def page(collation: Collation, wanted: Sequence[VariantClass] = VARIANT_CLASSES) -> str:
    """The page; classes that are not wanted are on it, but their boxes are not ticked."""
    return "".join(f"{line}\n" for line in _page(collation, wanted))


def _page(collation: Collation, wanted: Sequence[VariantClass]) -> Iterator[str]:
    title = f"Collation: {', '.join(collation.sigla)}"
    style = (files(__package__) / "page.css").read_text("utf-8")
    yield from head(title, f"{style}{''.join(map(_hidden, VARIANT_CLASSES))}")
    yield f"<h1>{safe(title)}</h1>"
    versions = "; ".join(f"{version.siglum}: {version.title}" for version in collation.versions)
    yield f"<p>{safe(versions)}. Base: {safe(collation.base.siglum)}. {summary(collation.counts, 'variant')}.</p>"
    for kind in VARIANT_CLASSES:
        ticked = " checked" if kind in wanted else ""
        yield f'<input type="checkbox" id="{kind}"{ticked}><label for="{kind}">{kind} {collation.counts[kind]}</label>'
    yield '<input type="checkbox" id="whole" checked><label for="whole">passages in which all agree</label>'
    yield "<main>"
    yield from columns(collation)
    yield from _apparatus(collation)
    yield from _figures(collation)
    yield "</main>\n</body>\n</html>"


def _hidden(kind: VariantClass) -> str:
    """Style that takes the marks of a class away while its box is not ticked."""
    off = f"#{kind}:not(:checked) ~ main"
    return (
        f"{off} mark.{kind} {{ background: none; border: none; font-weight: inherit; }}\n"
        f"{off} mark.{kind}.none, {off} tr.{kind} {{ display: none; }}\n"
    )


def _apparatus(collation: Collation) -> Iterator[str]:
    yield '<h2>Apparatus</h2>\n<table class="apparatus">\n<tbody>'
    for variant in collation.variants():
        lemma, *others = told([reading for reading, _ in variant.readings])
        told_others = "; ".join(
            f'<span class="reading">{safe(reading)}</span> '
            f'<span class="siglum">{safe(", ".join(collation.sigla[number] for number in numbers))}</span>'
            for reading, (_, numbers) in zip(others, variant.readings[1:], strict=True)
        )
        yield (
            f'<tr class="{variant.kind}"><td class="line"><a href="#v{variant.number}">{variant.line}</a></td>'
            f'<td class="class">{variant.kind}</td>'
            f'<td><span class="reading">{safe(lemma)}</span> ] {told_others}</td></tr>'
        )
    yield "</tbody>\n</table>"


def _figures(collation: Collation) -> Iterator[str]:
    yield '<h2>Agreement</h2>\n<table class="figures">\n<thead><tr><th scope="col">against the base</th>'
    heads = ("words changed", "characters changed", *VARIANT_CLASSES)
    yield "".join(f'<th scope="col">{head}</th>' for head in heads) + "</tr></thead>\n<tbody>"
    for number, found in collation.agreements:
        rates = [f"{rate.rate:.2%}" if rate.rate is not None else "" for rate in (found.words, found.characters)]
        cells = [*rates, *(str(found.places[kind]) for kind in VARIANT_CLASSES)]
        row = "".join(f"<td>{cell}</td>" for cell in cells)
        yield f'<tr><th scope="row">{safe(collation.sigla[number])}</th>{row}</tr>'
    yield "</tbody>\n</table>"
