"""The command line as a whole: help everywhere, nothing heavy before it is needed, errors as one line."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from bulletin import __version__
from bulletin.cli.root import COMMANDS, cli
from conftest import REPOSITORY


def every_command(command: click.Command, path: tuple[str, ...] = ()):
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from every_command(command.get_command(context, name), (*path, name))


ALL = dict(every_command(cli))


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_answers_help(path):
    result = CliRunner().invoke(cli, [*path, "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.output


@pytest.mark.parametrize("path", [path for path in ALL if path], ids=" ".join)
def test_every_command_and_option_has_help(path):
    command = ALL[path]
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{' '.join(path)} {parameter.name}"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_says_of_itself(name):
    assert " ".join(ALL[(name,)].help.split("\n\n")[0].split()) == COMMANDS[name][2]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name):
    assert f"bulletin {name}" in (REPOSITORY / "README.md").read_text(encoding="utf-8")


def test_version():
    assert CliRunner().invoke(cli, ["--version"]).output == f"bulletin {__version__}\n"


def test_a_mistyped_command_is_a_usage_error_with_a_suggestion():
    result = CliRunner().invoke(cli, ["rnu"])
    assert result.exit_code == 2
    assert "Did you mean 'run'?" in result.output


def test_help_imports_nothing_heavy():
    script = (
        "import sys\nfrom bulletin.cli.root import cli\n"
        "try:\n    cli(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'torch', 'transformers', 'numpy', 'docx', 'lxml', 'rich', 'sqlalchemy', 'jinja2'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)\n"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_models_are_listed_and_described():
    listed = CliRunner().invoke(cli, ["models", "list"])
    assert listed.exit_code == 0
    assert "builtin" in listed.output
    assert "CC-BY-NC-4.0" in listed.output
    described = CliRunner().invoke(cli, ["models", "info", "builtin"])
    assert "carries terms" in described.output


def test_the_licence_is_shown_before_a_download_and_may_be_refused():
    result = CliRunner().invoke(cli, ["models", "get", "vinai/vinai-translate-vi2en-v2"], input="n\n")
    assert "AGPL-3.0" in result.output
    assert result.exit_code == 1


def test_a_hub_that_cannot_be_reached_is_one_line():
    result = CliRunner().invoke(cli, ["models", "get", "--yes", "Helsinki-NLP/opus-mt-vi-en"])
    assert result.exit_code == 1
    assert "cannot be reached" in result.output
    assert "Traceback" not in result.output
