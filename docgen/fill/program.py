"""The tags of a part → one Jinja program, a line a tag, so that a line number names the tag.

What is wrong with one tag is told and mended here, so that the others can still be judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from docgen.fill.causes import cause_of
from docgen.fill.findings import finding
from docgen.fill.pairs import kind_of
from docgen.fill.tags import MIDDLES, OPENERS, REFUSED, STATEMENTS, Word
from docgen.fill.usual import reader
from docgen.language import LanguageError
from docgen.language.spelling import nearest
from docgen.problem import Problem, Severity, Where

_UNKNOWN_FILTER = re.compile("没有“(.+)”这个(过滤器|判断)")
_SPELLING = ("模板括号", "模板标点", "模板语句", "模板写法", "模板全角")
MOST_NESTED = 100  # Python itself compiles no more
_NEUTRAL = {"if": "if 0", "elif": "elif 0", "with": "with"}
_TRIED = {
    "if": "{%% if %s %%}{%% endif %%}",
    "elif": "{%% if 0 %%}{%% elif %s %%}{%% endif %%}",
    "else": "{%% if 0 %%}{%% else %s %%}{%% endif %%}",
}


@dataclass(frozen=True, slots=True)
class Branch:
    """One if around a tag: the line of its {% if %}, and the number of the branch."""

    opener: int
    number: int


@dataclass(slots=True)
class Program:
    """`tree` is None where the tags cannot be read together; line n of it is words[n - 1].

    `around` are the conditions that each tag stands under, `branches` the lines of if, elif and
    else by the line of the if, `closed` the ifs that have an else.
    """

    words: Sequence[Word]
    tree: nodes.Template | None = None
    problems: list[Problem] = field(default_factory=list)
    around: list[tuple[Branch, ...]] = field(default_factory=list)
    closed: set[int] = field(default_factory=set)
    branches: dict[int, list[int]] = field(default_factory=dict)


def program_of(words: Sequence[Word], name: str) -> Program:
    """Reads every tag by itself, then all of them together."""
    program = Program(words)
    lines: list[str] = []
    stack: list[tuple[str, int]] = []
    for number, word in enumerate(words, 1):
        if stack and stack[-1][0] == "raw" and kind_of(word) != "endraw":
            lines.append("")
        else:
            lines.append(_line(word, number, stack, program, name))
        program.around.append(
            tuple(
                Branch(line, len(program.branches[line]))
                for kind, line in stack
                if kind == "if" and line != number
            )
        )
        if len(stack) > MOST_NESTED:
            program.problems.append(tag_told(LanguageError("循环和判断的层次太深"), word, name))
            return program
    closing = "".join(f"{{% end{kind} %}}" for kind, _ in reversed(stack))
    try:
        program.tree = reader().parse("\n".join(lines) + closing)
    except (TemplateSyntaxError, LanguageError, SyntaxError, RecursionError) as fault:
        line = int(getattr(fault, "lineno", None) or getattr(fault, "line", None) or 1)
        if not program.problems and words:
            word = words[min(line, len(words)) - 1]
            program.problems.append(tag_told(fault, word, name))
    return program


def unreadable(program: Program, found: Iterable[Problem]) -> Iterator[Problem]:
    """What is wrong with the writing of tags of which nothing is told yet."""
    wrong = (problem for problem in found if problem.severity is Severity.ERROR)
    told = {problem.where.spot for problem in wrong if problem.code in _SPELLING}
    yield from (problem for problem in program.problems if problem.where.spot not in told)


def _line(
    word: Word, number: int, stack: list[tuple[str, int]], program: Program, name: str
) -> str:
    """The tag as a line of the program; "" where it has no part in it."""
    if word.delimiter == "{":
        return _kept(word, f"{{{{ {word.expression} }}}}", "", program, name)
    if word.delimiter != "%":
        return ""
    if word.word in ("vm", "hm"):  # they take nothing: the cell itself is the loop's
        return ""
    if word.word in ("cellbg", "colspan"):
        return _kept(word, f"{{{{ {word.rest} }}}}", "", program, name)
    kind = kind_of(word)
    if kind not in STATEMENTS and kind != "assign":
        return ""
    text = " ".join(word.expression.split("\n"))
    if word.word not in STATEMENTS or word.word in REFUSED:  # misspelt, which is told elsewhere
        text = f"{kind} {text.partition(' ')[2]}"
        text = text if _is_sound(text, kind) else _neutral(text, kind) or kind
    elif not _is_sound(text, kind):
        _kept(word, _alone(text, kind), "", program, name)
        text = _neutral(text, kind)
    if kind in OPENERS:
        if not text:
            return ""
        stack.append((kind, number))
        program.branches[number] = [number]
    elif kind in MIDDLES:
        if not stack or stack[-1][0] not in MIDDLES[kind]:
            return ""
        program.branches[stack[-1][1]].append(number)
        if kind == "else":
            program.closed.add(stack[-1][1])
    elif kind.startswith("end"):
        if not stack or stack[-1][0] != kind[3:]:
            return ""
        stack.pop()
    return f"{{% {text} %}}" if text else ""


def _neutral(text: str, kind: str) -> str:
    """A statement that says nothing for one that cannot be read; a loop keeps its name."""
    if kind != "for":
        return _NEUTRAL.get(kind, "")
    bound = re.match(r"for\s+(?!\d|in\b)(\w+)", text)
    return f"for {bound.group(1) if bound else '_'} in []"


def _alone(text: str, kind: str) -> str:
    """A statement completed, so that it can be read by itself."""
    if kind in _TRIED:
        return _TRIED[kind] % text.removeprefix(kind)
    if kind in OPENERS:
        return f"{{% {text} %}}{{% end{kind} %}}"
    return f"{{% {text} %}}" if kind == "assign" else ""


@lru_cache(4096)
def _fault_in(text: str) -> Exception | None:
    """Why a tag by itself cannot be read, None where it can."""
    try:
        reader().parse(text)
    except (TemplateSyntaxError, LanguageError, SyntaxError, RecursionError) as fault:
        return fault.with_traceback(None)
    return None


def _is_sound(text: str, kind: str) -> bool:
    return _fault_in(_alone(text, kind)) is None


def _kept(word: Word, text: str, otherwise: str, program: Program, name: str) -> str:
    """The text where it can be read; its Problem is noted where it cannot."""
    fault = _fault_in(text)
    if fault is not None:
        program.problems.append(tag_told(fault, word, name))
        return otherwise
    return " ".join(text.split("\n"))


def tag_told(fault: Exception, word: Word, name: str) -> Problem:
    """What is wrong with the writing of a tag."""
    where = Where(file=name, spot=word.where)
    said, cure = cause_of(fault)
    unknown = _UNKNOWN_FILTER.search(said)
    if unknown:
        known = reader().filters if unknown.group(2) == "过滤器" else reader().tests
        near = nearest(unknown.group(1), known)
        hint = f"是否想写“{near}”？" if near else ""
        message = f"“{word.text}”：没有“{unknown.group(1)}”这个{unknown.group(2)}"
        return finding("模板过滤器", message, where, hint)
    return finding("模板写法", f"“{word.text}”{said}", where, cure)
