"""The root command: finds the others without importing them, and shows errors as one line."""

from __future__ import annotations

import importlib
from typing import Any, NoReturn

import click

from bulletin import __version__
from bulletin.errors import BulletinError

# name: (module under bulletin.cli, attribute, first line of its help), so that `bulletin --help`
# imports none of them; a test holds the third against the command itself
COMMANDS: dict[str, tuple[str, str, str]] = {
    "run": ("run", "command", "Turn Vietnamese articles into English bulletins."),
    "translate": ("translate", "command", "Translate text line by line."),
    "draft": ("draft", "group", "Make drafts, and take them out for editing and back."),
    "edit": ("edit", "command", "Edit a draft in the browser."),
    "publish": ("publish", "command", "Publish edited drafts as bulletins."),
    "check": (
        "check",
        "command",
        "Check drafts and bulletins against the glossary and their source.",
    ),
    "glossary": ("glossary", "group", "Check, look up, compare and exchange official terms."),
    "memory": ("memory", "group", "Keep approved translations and find them again."),
    "issue": ("issue", "command", "Publish several drafts as one issue."),
    "score": ("score", "command", "Score hypotheses against references."),
    "effort": ("effort", "command", "Measure what editing cost, by article and by week."),
    "style": ("style", "group", "Show house styles and check files against them."),
    "template": ("template", "group", "Copy out the templates that lay out bulletins."),
    "models": ("models", "group", "List, describe and fetch translation models."),
    "train": (
        "train",
        "command",
        ("Train a translation model, or adapt one to a desk's own approved translations."),
    ),
}


class LazyGroup(click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and give one command."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(f"bulletin.cli.{module}"), attribute)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Resolve a command's name, with a suggestion for a mistyped one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean {near[0]!r}?", ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their help, importing none."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error of the library becomes one line and exit code 1."""
        try:
            return super().invoke(ctx)
        except BulletinError as error:
            raise click.ClickException(" ".join(str(error).split())) from error


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="bulletin %(version)s")
def cli() -> None:
    """Turn Vietnamese official news into English bulletins, with titles that hold."""


def main() -> NoReturn:
    """Run the command line; never returns."""
    cli(prog_name="bulletin")
    raise SystemExit(0)  # click exits by itself; this is for the type checker
