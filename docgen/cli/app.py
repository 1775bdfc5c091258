"""The table of commands, and how one of them is found and run; only that one is imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module

from docgen.cli.answer import Answer
from docgen.cli.parser import Command, Parser, Rows, help_of, page
from docgen.problem import Stop

ABOUT = """一份资料，全套申报与推荐文书：填 Word、出 PDF 与 Excel，并对照通知逐条核验。

从头开始：docgen init 申报材料，进到那个文件夹，docgen new 客户甲 -n 通知名称，填 data/ 里的文件，\
docgen check -a 客户甲，docgen build --all -a 客户甲。每个命令加 --help 看选项和例子。

退出码：0 完成；1 有不通过、资料不足或未能生成；2 用法不对或缺工具；3 程序自身出错；130 中断。"""
ABOUT_GROUP: Mapping[str, str] = {
    "notice": "通知包：notices/ 里一个通知一个文件夹，只有数据。",
    "template": "Word 模板：templates/ 里一种文书一个文件夹。",
}

# words of the command: (module below docgen.cli and name of the Command in it, one line of help)
COMMANDS: Mapping[str, tuple[str, str]] = {
    "build": ("build:BUILD", "生成文书"),
    "check": ("check:CHECK", "对照通知逐条核验：能不能交，差什么"),
    "watch": ("watch:WATCH", "边改边看：保存就重新生成、核验"),
    "bind": ("bind:BIND", "装订申报材料与证明材料"),
    "match": ("match:MATCH", "够得上哪些通知，差什么"),
    "pdf": ("pdf:PDF", "把任何 Word 文件转成 PDF"),
    "why": ("why:WHY", "一个数、一句话从哪里来"),
    "diff": ("diff:DIFF", "上次生成之后改了什么"),
    "notice list": ("notice:LIST", "列出全部通知"),
    "notice show": ("notice:SHOW", "一个通知要什么，期限，存疑"),
    "notice check": ("notice:CHECK", "查通知包有没有毛病"),
    "new": ("new:NEW", "新建申报单位或主管部门的资料"),
    "sheet": ("sheet:SHEET", "生成 Excel 报名表"),
    "import": ("sheet:IMPORT", "导入填好的报名表"),
    "template fields": ("template:FIELDS", "列出模板里可用的字段"),
    "template check": ("template_check:CHECK", "查 Word 模板有没有毛病"),
    "template new": ("template:NEW", "照通知新建模板"),
    "init": ("init:INIT", "建一个工作文件夹（不要仓库）"),
    "ready": ("init:PREPARE", "把字体取到工作文件夹"),
    "schema": ("schema:SCHEMA", "让编辑器补全、提示、标红"),
    "completion": ("completion:COMPLETION", "装上按 Tab 补全"),
    "doctor": ("doctor:DOCTOR", "检查本机缺什么，怎样补"),
}
GROUPS: Mapping[str, tuple[str, ...]] = {  # the page of help, in the order of a day's work
    "资料": ("new", "check", "why", "diff", "match", "sheet", "import"),
    "成品": ("build", "watch", "bind", "pdf"),
    "通知和模板": tuple(name for name in COMMANDS if " " in name),
    "这台电脑": ("init", "ready", "doctor", "schema", "completion"),
}
HELP = ("-h", "--help")
COMPLETE = "__complete"  # asked by the scripts of `docgen completion`


def run(argv: list[str]) -> Answer:
    """Runs the command that the words name. Stop for a usage error."""
    if argv[:1] == ["--version"]:
        from docgen import __version__

        return Answer(f"docgen {__version__}\n")
    if argv[:1] == [COMPLETE]:
        from docgen.cli.completion import complete

        return complete(argv[1:])
    name = named_by(argv)
    if not name:
        return _without_command(argv, [word for word in argv[:2] if not word.startswith("-")])
    command = load(name)
    parser = Parser(f"docgen {name}")
    command.declare(parser)
    rest = argv[len(name.split()) :]
    options = rest[: rest.index("--")] if "--" in rest else rest
    if any(word in HELP for word in options):
        return Answer(help_of(command, parser))
    return command.run(parser.parse_args(rest))


def named_by(argv: Sequence[str]) -> str:
    """The command that the first words name, "" where they name none."""
    words = [word for word in argv[:2] if not word.startswith("-")]
    return next((one for one in (" ".join(words), *words[:1]) if one in COMMANDS), "")


def load(name: str) -> Command:
    """A command of the table; its module is imported now."""
    module, _, member = COMMANDS[name][0].partition(":")
    command = getattr(import_module(f"docgen.cli.{module}"), member)
    assert isinstance(command, Command)
    return command


def _without_command(argv: list[str], words: list[str]) -> Answer:
    """Help on all commands or on a group of them, or a Stop for a word that is none."""
    group = words[0] if words else ""
    below = [name for name in COMMANDS if name.startswith(f"{group} ")] if group else list(COMMANDS)
    if not below:
        raise _unknown(group, sorted({name.split()[0] for name in COMMANDS}), "docgen")
    if words[1:]:
        raise _unknown(words[1], [name.split()[1] for name in below], f"docgen {group}")
    strangers = [word for word in argv if word.startswith("-") and word not in HELP]
    if strangers:
        raise Stop(f"没有“{strangers[0]}”这个选项", "用法见 docgen --help")
    groups = {"命令": tuple(below)} if group else GROUPS
    rows = {title: _rows(names) for title, names in groups.items()}
    switches = [("-h, --help", "显示说明；也可写在命令之后")]
    if not group:
        switches.insert(0, ("--version", "显示版本"))
    usage = f"docgen {group} 命令 …" if group else "docgen 命令 …"
    about = ABOUT_GROUP.get(group, ABOUT)
    text = page(usage, about, {**rows, "选项": switches})
    return Answer(text, 0 if any(word in HELP for word in argv) else 2)


def _rows(names: Sequence[str]) -> Rows:
    return [(name, COMMANDS[name][1]) for name in names if name in COMMANDS]


def _unknown(word: str, known: list[str], prog: str) -> Stop:
    from docgen.cli.names import near

    return Stop(f"没有“{word}”这个命令", f"{near(word, known)}用法见 {prog} --help")
