"""``learn``: an edition teaches its names, formulas and habits."""

import click

from obelos_transcripts import BadInput, Refused

from ..kept import VARIABLE, kept_learned
from ..progress import Progress
from ..workplace import edition_here, say


@click.command()
@click.option("--forget", is_flag=True, help="Forget what was learned of this edition, and do nothing else.")
@click.option(
    "--pairs", is_flag=True, help="Tell which pairs of words decisions spoke of, and how far that moves them."
)
def learn(forget: bool, pairs: bool) -> int:
    """Count the documents of the edition, and what was decided on findings of the kinds context, omission, surplus.

    Afterwards a phrase that stands in two documents or more is no surprise, and a word that editors have let stand is
    doubted less, one that they have corrected more. Only documents that changed are counted again. What was learned is
    kept outside the edition, for this user; “learn: false” in edition.yaml leaves it unused.

    \b
    Examples:
      obelos learn
      obelos learn --pairs
      obelos learn --forget
    """
    edition = edition_here()
    file = kept_learned(edition.root)
    if file is None:
        raise Refused(
            f"nothing can be learned: {VARIABLE} is empty, so that nothing is kept. Unset it, or name a folder."
        )
    if forget:
        file.unlink(missing_ok=True)
        say("forgotten")
        return 0
    from ..learning import learn as learn_edition

    with Progress(len(edition.names())) as progress:

        def begun(name: str) -> None:
            progress.at(name)
            progress.step()

        try:
            lesson = learn_edition(edition, file, begun)
        except OSError as error:
            raise BadInput.at(file, None, f"cannot be written: {error.strerror}") from None
    if lesson.damaged:
        say(f"{lesson.damaged} It was made anew.", err=True)
    documents = f"{lesson.documents} document{'' if lesson.documents == 1 else 's'}"
    yes, no = (sum(counts) for counts in (zip(*lesson.answers.values(), strict=True) if lesson.answers else ((), ())))
    say(f"{documents}, {lesson.counted} counted now; {yes} answers for another reading, {no} against")
    if not edition.settings.learn:
        say("edition.yaml says “learn: false”: checks do not use it")
    if pairs:
        from obelos_rules.odds.learned import moved

        for (wrong, right), (accepted, rejected) in lesson.answers.items():
            shift = moved(accepted, rejected)
            say(f"{wrong or '–'} → {right or '–'}  {accepted} accepted, {rejected} rejected  {shift:+.1f}")
    return 0
