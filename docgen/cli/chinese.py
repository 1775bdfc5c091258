"""typer's help and usage errors in Chinese, laid out by the columns that Chinese takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from docgen.cli.answer import columns
from docgen.problem import Stop
from docgen.report.lines import fold, line, padded, width

SETTINGS = {"help_option_names": ["-h", "--help"]}


class Command(TyperCommand):
    """A command whose help is in Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(_help(self, ctx, []))


class Group(TyperGroup):
    """A group of commands whose help is in Chinese; they stand in the order they were added."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.commands)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        rows = [(name, command.help or "") for name, command in self.commands.items()]
        formatter.write(_help(self, ctx, rows))


def explained(fault: typer.TyperException) -> Stop:
    """A usage error as a Stop."""
    message, option = fault.format_message(), str(getattr(fault, "option_name", ""))
    path = getattr(getattr(fault, "ctx", None), "command_path", "docgen")
    usage = f"用法见 {path} --help"
    match type(fault).__name__:
        case "NoSuchOption":
            near = "、".join(sorted(getattr(fault, "possibilities", None) or ()))
            return Stop(f"没有“{option}”这个选项", f"是不是 {near}？" if near else usage)
        case "MissingParameter":
            param = getattr(fault, "param", None)
            return Stop(f"缺“{getattr(param, 'metavar', None) or '参数'}”", usage)
        case "BadOptionUsage" if "does not take" in message:
            return Stop(f"选项 {option} 后面不带值", usage)
        case "BadOptionUsage":
            return Stop(f"选项 {option} 后面缺值", usage)
        case "UsageError" if message.startswith("Missing command"):
            return Stop("没有写明要做什么", usage)
        case "UsageError" if found := re.search(r"No such command '(.*?)'", message, re.S):
            return Stop(f"没有“{found[1]}”这个命令", _near(fault, found[1]) or usage)
        case "UsageError" if found := re.search(r"unexpected extra argument\(s\) \((.*)\)", message):
            return Stop(f"多了“{found[1]}”", f"名称里有空格时用引号括起来；{usage}")
    return Stop(f"命令写得不对：{message}", usage)


def _near(fault: typer.TyperException, word: str) -> str:
    from docgen.cli.names import suggestion

    command = getattr(getattr(fault, "ctx", None), "command", None)
    return suggestion(word, list(getattr(command, "commands", {})))


def _help(command: Any, ctx: Any, commands: list[tuple[str, str]]) -> str:
    arguments = [p for p in command.params if not isinstance(p, TyperOption)]
    options = [p for p in command.params if isinstance(p, TyperOption) and not p.hidden]
    words = [f"[{p.metavar}]" if not p.required else str(p.metavar) for p in arguments]
    words += ["命令 …"] if commands else []
    pieces = [f"用法：{ctx.command_path} {' '.join([*words, '[选项]'])}\n"]
    pieces.append("".join(f"\n{_folded(part)}" for part in (command.help or "").split("\n\n")))
    switches = [(", ".join(p.opts) + _value(p), p.help or "") for p in options]
    switches.append(("-h, --help", "显示这段说明"))
    sections = {
        "参数": [(str(p.metavar), getattr(p, "help", "") or "") for p in arguments],
        "命令": [(name, text.partition("\n")[0]) for name, text in commands],
        "选项": switches,
    }
    for title, rows in sections.items():
        if rows:
            pieces.append(f"\n{title}\n{''.join(_table(rows))}")
    return "".join(pieces).rstrip("\n")


def _value(option: TyperOption) -> str:
    return "" if option.is_flag else f" {option.metavar or '值'}"


def _table(rows: list[tuple[str, str]]) -> Iterator[str]:
    left = min(max(width(first) for first, _ in rows), 32)
    for first, second in rows:
        row = line(padded(first, left), "  ", second, indent=2, hang=left + 4)
        yield from (piece.text.rstrip() + "\n" for piece in fold(row, columns()))


def _folded(text: str) -> str:
    lines = (piece for one in text.split("\n") for piece in fold(line(one.strip()), columns()))
    return "".join(piece.text + "\n" for piece in lines)
