"""The commands, put together; nothing heavy is imported until one of them runs."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from docgen.cli import notice, template
from docgen.cli.answer import Answer
from docgen.cli.build import build
from docgen.cli.check import check
from docgen.cli.chinese import SETTINGS, Command, Group, explained
from docgen.cli.doctor import doctor

HELP = """一份资料，全套申报与推荐文书：填 Word、出 PDF 与 Excel，并对照通知逐条核验。

退出码：0 完成；1 有不通过、资料不足或未能生成；2 用法不对或缺工具；3 程序自身出错；130 中断。"""

app = typer.Typer(
    cls=Group,
    help=HELP,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings=SETTINGS,
    no_args_is_help=True,
)
app.command("build", cls=Command)(build)
app.command("check", cls=Command)(check)
app.add_typer(notice.app, name="notice")
app.add_typer(template.app, name="template")
app.command("doctor", cls=Command)(doctor)


@app.callback(invoke_without_command=True)
def _main(
    version: Annotated[bool, typer.Option("--version", help="显示版本", is_eager=True)] = False,
) -> None:
    """Options of docgen itself."""
    if version:
        from docgen import __version__

        typer.echo(f"docgen {__version__}")
        raise typer.Exit


def run(argv: list[str]) -> Any:
    """What the command returned: an Answer, or typer's own exit code. Stop for a usage error."""
    try:
        return app(argv, prog_name="docgen", standalone_mode=False)
    except typer.TyperException as fault:
        if type(fault).__name__ == "NoArgsIsHelpError":
            return Answer(fault.format_message() + "\n", 2)
        raise explained(fault) from None
    except typer.Abort:
        raise KeyboardInterrupt from None
