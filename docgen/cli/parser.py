"""The words of a command → its arguments; help and usage errors in Chinese.

Stands on argparse: it starts in a fifth of the time that typer takes, which brings pydantic along.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NoReturn

from docgen.cli.answer import Answer, columns
from docgen.problem import Stop
from docgen.report.lines import fold, line, padded, width

Given = argparse.Namespace
Rows = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its help (paragraphs), what it takes, and what it does."""

    help: str
    declare: Callable[[Parser], None]
    run: Callable[[Given], Answer]


class Parser(argparse.ArgumentParser):
    """Reads the words of one command and remembers how to explain them."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog=prog, add_help=False, allow_abbrev=False)
        self.words: list[str] = []
        self.arguments: Rows = []
        self.options: Rows = []
        self.names: list[str] = ["-h", "--help"]
        self.takes: dict[str, str] = {}  # an option with a value → what the value is
        self.places: list[str] = []  # what the words without a name are, in order

    def argument(self, dest: str, metavar: str, help: str, nargs: str | None = None) -> None:
        """A word without a name; `nargs` "?" or "*" where it may be left out."""
        self.add_argument(dest, metavar=metavar, nargs=nargs)
        self.places.append(metavar)
        self.arguments.append((metavar, help))
        self.words.append({"?": f"[{metavar}]", "*": f"[{metavar} …]"}.get(nargs or "", metavar))

    def option(self, *names: str, dest: str, metavar: str, help: str, bare: bool = False) -> None:
        """An option with a value; None where it is not given, "" where it is and may be `bare`."""
        if bare:
            self.add_argument(*names, dest=dest, metavar=metavar, nargs="?", const="")
        else:
            self.add_argument(*names, dest=dest, metavar=metavar)
        self.takes |= dict.fromkeys(names, metavar)
        self._explain(names, f" [{metavar}]" if bare else f" {metavar}", help)

    def flag(self, *names: str, dest: str, help: str) -> None:
        """An option without a value."""
        self.add_argument(*names, dest=dest, action="store_true")
        self._explain(names, "", help)

    def _explain(self, names: Sequence[str], value: str, help: str) -> None:
        if not help:  # it is taken, and refused with a reason; nobody need know of it
            return
        self.names += names
        self.options.append((", ".join(names) + value, help))

    def error(self, message: str) -> NoReturn:
        """What argparse complains of, as a Stop in Chinese."""
        usage = f"用法见 {self.prog} --help"
        if found := re.search(r"required: (.*)", message):
            raise Stop(f"缺“{found[1]}”", usage)
        if found := re.search(r"argument (\S+): expected one argument", message):
            raise Stop(f"选项 {found[1].replace('/', '、')} 后面缺值", f"值不能以“-”开头；{usage}")
        if found := re.search(r"argument (\S+): ignored explicit argument", message):
            raise Stop(f"选项 {found[1]} 后面不带值", usage)
        if found := re.search(r"unrecognized arguments: (.*)", message, re.S):
            word = found[1]
            if not word.startswith("-"):
                raise Stop(f"多了“{word}”", f"名称里有空格时用引号括起来；{usage}")
            from docgen.cli.names import near

            option = word.split()[0].partition("=")[0]
            meant = near(option, [name for name in self.names if name.startswith("--")])
            raise Stop(f"没有“{option}”这个选项", f"{meant}{usage}")
        raise Stop(f"命令写得不对：{message}", usage)


def help_of(command: Command, parser: Parser) -> str:
    """The help of one command."""
    usage = " ".join([parser.prog, *parser.words, "[选项]"])
    options = [*parser.options, ("-h, --help", "显示这段说明")]
    return page(usage, command.help, {"参数": parser.arguments, "选项": options})


def page(usage: str, text: str, sections: dict[str, Rows]) -> str:
    """A page of help: usage, paragraphs, tables."""
    pieces = [f"用法：{usage}\n"]
    for paragraph in text.split("\n\n"):
        pieces.append("\n" + "".join(_folded(one) for one in paragraph.split("\n")))
    for title, rows in sections.items():
        if rows:
            pieces += [f"\n{title}\n", *_table(rows)]
    return "".join(pieces)


def _folded(text: str) -> str:
    return "".join(piece.text + "\n" for piece in fold(line(text), columns()))


def _table(rows: Rows) -> Iterator[str]:
    left = min(max(width(first) for first, _ in rows), 32)
    for first, second in rows:
        row = line(padded(first, left), "  ", second, indent=2, hang=left + 4)
        yield from (piece.text.rstrip() + "\n" for piece in fold(row, columns()))
