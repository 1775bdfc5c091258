"""One fault put into a real data file is told on its own line, nearly always."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from docgen.load.yaml import read_yaml

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("notices/*/*.yaml"), *ROOT.glob("data/*/示例*/*.yaml")])
_PAIR = re.compile(r"(?P<key>^ *(?:- )?[\u4e00-\u9fff]+): (?P<value>[^\"'\[{|>\s].*)$")


def pair(form: str) -> Callable[[str], str]:
    """A fault that rewrites a line `key: value` into `form`."""
    return lambda line: _PAIR.sub(lambda m: form.format(k=m["key"], v=m["value"]), line)


FAULTS: dict[str, Callable[[str], str]] = {
    "tab": lambda line: re.sub("^  ", "\t", line),
    "full-width indent": lambda line: re.sub("^  ", "\u3000", line),
    "full-width colon": pair("{k}：{v}"),
    "no space after the colon": pair("{k}:{v}"),
    "two colons": pair("{k}: 甲: {v}"),
    "open quote": pair('{k}: "{v}'),
    "text after a quote": pair('{k}: "甲"{v}'),
    "reserved sign": pair("{k}: @{v}"),
    "alias": pair("{k}: *{v}"),
    "no space after the dash": lambda line: re.sub(r"^( *)- (?=\S)", r"\1-", line),
    "no closing brace": lambda line: line.replace("}", "", line.count("{") == line.count("}") == 1),
    "full-width comma": lambda line: re.sub(r"(\{.*?), ", r"\1，", line, count=1),
    "control character": lambda line: line + "\x07",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_single_fault_is_told_on_its_line(fault: str) -> None:
    chance = Random(fault)
    sources = [path.read_text(encoding="utf-8").split("\n") for path in FILES]
    tried = exact = 0
    for _ in range(1000):
        lines = list(chance.choice(sources))[:120]
        number = chance.randrange(len(lines))
        damaged = FAULTS[fault](lines[number])
        if damaged == lines[number] or lines[number].lstrip().startswith("#"):
            continue
        lines[number] = damaged
        problems = read_yaml("\n".join(lines).encode(), "甲.yaml").problems
        tried += 1
        exact += any(problem.where.line == number + 1 for problem in problems)
        if tried == 40:
            break
    assert tried >= 10
    assert exact / tried >= 0.97, f"{exact} of {tried}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_files_that_ship_read_without_a_word(path: Path) -> None:
    assert read_yaml(path.read_bytes(), path.name).problems == ()
