"""docgen schema: JSON Schemas of the data files, for editors."""

from __future__ import annotations

from docgen.cli.answer import Answer, laid_out
from docgen.cli.options import found, named
from docgen.cli.parser import Command, Given, Parser
from docgen.cli.template import declare_notice
from docgen.report.lines import line

HELP = """照通知的字段生成 JSON Schema，放在 .schema/：编辑器据此补全、提示、标红。

通知包改了以后再运行一次。

docgen schema
docgen schema -n 通知名称"""


def _schema(given: Given) -> Answer:
    chosen = named(given)
    workspace = found(chosen)

    from docgen import pipeline

    written = pipeline.write_schemas(workspace, chosen.notice)
    return laid_out([line(f"写成 {path}") for path in written])


def _declare(parser: Parser) -> None:
    declare_notice(parser)


SCHEMA = Command(HELP, _declare, _schema)
