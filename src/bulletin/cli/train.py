"""``bulletin train``: train or adapt a translation model."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import click


@click.command("train")
@click.option(
    "--recipe",
    "recipe_name",
    default="adapt",
    show_default=True,
    metavar="NAME|FILE",
    help="A recipe that ships (adapt, official, official-finish) or a TOML file.",
)
@click.option(
    "--base", default="", metavar="NAME|DIR", help="The model to go on from; without it, the recipe's."
)
@click.option(
    "--memory",
    "memories",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Approved translations, .tmx or .tsv; may be given again.",
)
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that the recipe's files lie in.",
)
@click.option(
    "--dev",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Pairs to measure on while training; they are kept out of it.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for checkpoints, the log and the model; a run that lies there is gone on with.",
)
@click.option("--max-steps", type=click.IntRange(min=1), help="Stop after so many steps of this call.")
@click.option(
    "--max-minutes", type=click.FloatRange(min=0, min_open=True), help="Stop after so many minutes."
)
@click.option("--threads", type=click.IntRange(min=1), help="CPU threads; without it, all there are.")
@click.option(
    "--average", type=click.IntRange(min=1), default=4, show_default=True, help="Snapshots to average."
)
def command(
    recipe_name: str,
    base: str,
    memories: tuple[Path, ...],
    data: Path | None,
    dev: Path | None,
    out: Path,
    max_steps: int | None,
    max_minutes: float | None,
    threads: int | None,
    average: int,
) -> None:
    """Train a translation model, or adapt one to a desk's own approved translations.

    The everyday use is `bulletin train --base builtin --memory approved.tmx --out my-model`; then
    `bulletin translate --model my-model/model`. A run that was stopped or killed goes on from its last
    checkpoint when the same command is given again. DIR/model holds the model, log.md and log.svg the course.
    """
    from bulletin.errors import MissingExtraError
    from bulletin.training.loop import Limits
    from bulletin.training.recipe import find_recipe, read_recipe
    from bulletin.training.run import Job, run

    recipe = read_recipe(find_recipe(recipe_name))
    stopped = _stop_when_asked()
    try:
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        outcome = run(
            Job(
                recipe=recipe,
                out=out,
                base=base,
                data=data,
                memories=memories,
                dev=dev,
                limits=Limits(max_steps, max_minutes, stopped),
                threads=threads or 0,
                average=average,
            ),
            say=lambda line: click.echo(line, err=True),
        )
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or "torch", "train") from error
    click.echo(f"{outcome.model}: trained for {outcome.position.step} steps")


def _stop_when_asked() -> Callable[[], bool]:
    """Let Ctrl-C and SIGTERM end the run after the step at hand, so that it is kept; a second one kills."""
    asked: list[int] = []

    def note(number: int, frame: object) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)
        click.echo("stopping after this step; the run can be gone on with", err=True)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, note)
    return lambda: bool(asked)
