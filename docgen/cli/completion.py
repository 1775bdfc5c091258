"""docgen completion: what a shell offers when Tab is pressed, and the scripts that make it ask.

A script hands the words typed so far to `docgen __complete`, which prints what may stand in the
place of the last one, a line each; where it prints nothing, the shell offers files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from docgen.cli.answer import Answer
from docgen.cli.names import FORMATS, known
from docgen.cli.parser import Command, Given, Parser
from docgen.problem import Stop

BASH = """\
_docgen() {
    local found
    COMPREPLY=()
    while IFS= read -r found; do
        case $found in *[\\ \\(\\)\\&\\;\\'\\"]*) found=$(printf %q "$found") ;; esac
        COMPREPLY+=("$found")
    done < <("${COMP_WORDS[0]}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _docgen docgen
"""
ZSH = """\
#compdef docgen
_docgen() {
    local -a found
    found=("${(@f)$("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ -n "${found[*]}" ]]; then compadd -a found; else _files; fi
}
compdef _docgen docgen
"""
FISH = """\
function __docgen_complete
    set -l words (commandline -opc)
    set -l found ($words[1] __complete $words[2..] (commandline -ct) 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c docgen -f -a '(__docgen_complete)'
"""
SCRIPTS: Mapping[str, str] = {"bash": BASH, "zsh": ZSH, "fish": FISH}
SHELLS = "|".join(SCRIPTS)
HELP = """按 Tab 补全命令、选项、申报单位、主管部门、通知和文种：打印给 shell 的脚本，装一次就有。

bash：在 ~/.bashrc 末尾加一行 eval "$(docgen completion bash)"
zsh：在 ~/.zshrc 末尾加一行 eval "$(docgen completion zsh)"
fish：运行 docgen completion fish > ~/.config/fish/completions/docgen.fish

docgen completion bash"""


def candidates(words: Sequence[str]) -> list[str]:
    """What may stand in the place of the last word; [] where a file may, or nothing is known."""
    from docgen.cli.app import COMMANDS, HELP, load, named_by

    typed = [word for word in words if word != "="]  # bash takes --format=docx apart
    before, last = (typed, "") if words[-1:] == ["="] else (typed[:-1], "".join(typed[-1:]))
    name = named_by(before)
    if not name:
        group = "".join(f"{word} " for word in before)
        below = (one[len(group) :].split()[0] for one in COMMANDS if one.startswith(group))
        return _fitting([*below, *(("--help", "--version") if not before else ())], last)
    parser = Parser(f"docgen {name}")
    load(name).declare(parser)
    rest = before[len(name.split()) :]
    if rest and rest[-1] in parser.takes:
        return _fitting(_values(parser.takes[rest[-1]], rest), last)
    if last.startswith("-"):
        return _fitting([*parser.names, *HELP], last)
    return _fitting(_values(_place(parser, rest), rest), last)


def _place(parser: Parser, rest: Sequence[str]) -> str:
    """What the next word without an option is; the last of a command's may be repeated."""
    taken = {number + 1 for number, word in enumerate(rest) if word in parser.takes}
    bare = [n for n, word in enumerate(rest) if n not in taken and not word.startswith("-")]
    return (parser.places[len(bare) :] or parser.places[-1:] or [""])[0]


def _values(what: str, rest: Sequence[str]) -> Iterable[str]:
    """The values of what a command calls by that word; of a file's name none."""
    fixed = {"格式": FORMATS, "引擎": ("typst", "soffice"), SHELLS: SCRIPTS}
    if what in fixed:
        return fixed[what]
    from docgen import pipeline

    listings = {
        "申报单位": pipeline.applicants,
        "主管部门": pipeline.bureaus,
        "通知": pipeline.notices,
        "文种": pipeline.kinds,
        "文种或文件": pipeline.kinds,
    }
    try:
        workspace = pipeline.find_workspace(Path())
        if what in listings:
            return listings[what](workspace)
        if what == "类别":
            slug = next(
                rest[n + 1] for n, word in enumerate(rest[:-1]) if word in ("-n", "--notice")
            )
            pack = pipeline.load_notice(workspace, slug).value
            return pack.tracks if pack else ()
    except (Stop, StopIteration):
        pass
    return ()


def _fitting(found: Iterable[str], last: str) -> list[str]:
    return sorted({word for word in found if word.startswith(last)})


def complete(words: Sequence[str]) -> Answer:
    """The answer to a shell, one candidate a line."""
    return Answer("".join(f"{word}\n" for word in candidates(words)))


def _script(given: Given) -> Answer:
    return Answer(SCRIPTS[known(given.shell, list(SCRIPTS), "shell")])


def _declare(parser: Parser) -> None:
    parser.argument("shell", SHELLS, "您用的 shell")


COMPLETION = Command(HELP, _declare, _script)
