"""The top of the command line: language, workspace, and what becomes of an error."""

import gettext
import importlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import click

from bilik.foundation.door import Door
from bilik.foundation.errors import BilikError
from bilik.foundation.language import CODES, DEFAULT_CODE, LOCALE_FOLDER, Language, mark

LANGUAGE_VARIABLE = "BILIK_LANG"
#: What click itself says; it asks the language's catalogue for these words.
CLICK_WORDS = (
    mark("Usage:"),
    mark("Options"),
    mark("Commands"),
    mark("Show this message and exit."),
    mark("Error: {message}"),
    mark("Try '{command} {option}' for help."),
    mark("default: {default}"),
    mark("required"),
    mark("No such option: {name}"),
    mark("No such command {name!r}."),
    mark("Missing option"),
    mark("Missing argument"),
    mark("Missing command."),
    mark("Invalid value: {message}"),
    mark("Invalid value for {param_hint}: {message}"),
    mark("{value!r} is not a valid {number_type}."),
    mark("Option {name!r} requires an argument."),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A command that is loaded when it is asked for: where it lies, and what it does."""

    place: str
    help: str

    def load(self) -> click.Command:
        """Import the command."""
        module, name = self.place.split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


class Commands(click.Group):
    """A group whose commands are imported only when needed, and speak the reader's language."""

    def __init__(self, entries: Mapping[str, Entry], language: Language, help_text: str) -> None:
        self.entries = entries
        self.language = language
        super().__init__(
            "bilik",
            help=language.translate(help_text),
            params=[
                click.Option(
                    ["--lang"], type=click.Choice(CODES), help=language.translate(mark("Language of the answers."))
                ),
                click.Option(
                    ["--workspace"], type=click.Path(), help=language.translate(mark("Folder of the workspace."))
                ),
            ],
        )

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- asked by click
        """Return the names of all commands, in order of use."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- asked by click
        """Load one command, in the reader's language."""
        entry = self.entries.get(cmd_name)
        return spoken(entry.load(), self.language) if entry else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without loading them."""
        with formatter.section(self.language.translate(mark("Commands"))):
            formatter.write_dl([(name, self.language.translate(entry.help)) for name, entry in self.entries.items()])


def spoken(command: click.Command, language: Language) -> click.Command:
    """Put the help of a command, its options and its own commands into the reader's language."""
    if command.help:
        command.help = language.translate(command.help)
    for option in command.params:
        if isinstance(option, click.Option) and option.help:
            option.help = language.translate(option.help)
    if isinstance(command, click.Group):
        for part in command.commands.values():
            spoken(part, language)
    return command


def language_asked(words: Sequence[str]) -> Language:
    """Return the language that the command line or ``BILIK_LANG`` asks for, before anything else is read."""
    asked = os.environ.get(LANGUAGE_VARIABLE, DEFAULT_CODE)
    for number, word in enumerate(words):
        if word == "--lang" and number + 1 < len(words):
            asked = words[number + 1]
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    return Language(asked if asked in CODES else DEFAULT_CODE)


def run(entries: Mapping[str, Entry], door: Callable[[Language], Door], words: Sequence[str]) -> int:
    """Run one command line and return its exit code; a mendable error becomes its sentence."""
    language = language_asked(words)
    _teach_click(language)
    group = Commands(entries, language, mark("More people in the booth, fewer elections in trouble."))
    group.callback = _use_workspace
    try:
        group.main(args=list(words), prog_name="bilik", obj=door(language), standalone_mode=False)
    except BilikError as error:
        print(error.text(language.translate), file=sys.stderr)  # noqa: T201 -- the one place where errors are said
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return 130
    return 0


def _teach_click(language: Language) -> None:
    """Let click find its own words in the same catalogue."""
    gettext.bindtextdomain("django", str(LOCALE_FOLDER))
    gettext.textdomain("django")
    os.environ["LANGUAGE"] = language.code


def _use_workspace(lang: str | None, workspace: str | None) -> None:  # noqa: ARG001 -- the language is read before
    if workspace:
        os.environ["BILIK_WORKSPACE"] = workspace
