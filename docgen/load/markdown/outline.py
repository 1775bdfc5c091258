"""Headings in the order typed → the chapter's title, its sections, the headings in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from docgen.load.markdown.headings import same_title, split_number
from docgen.model.blocks import Block, Heading, Paragraph, Section, Text
from docgen.problem import Problem, Where, warning


@dataclass(slots=True)
class _Draft:
    """A section under construction."""

    title: str
    where: Where
    blocks: list[Block] = field(default_factory=list)


class Outline:
    """The sections of one chapter as they grow; what is wrong with a heading goes to `problems`."""

    def __init__(self, title: str, where: Where, problems: list[Problem]) -> None:
        self.title, self.problems = title, problems
        self._sections = [_Draft("", where)]
        self._counts = {2: 0, 3: 0, 4: 0}
        self._titled = False

    @property
    def blocks(self) -> list[Block]:
        """The blocks of the section that is open."""
        return self._sections[-1].blocks

    def add(self, block: Block) -> None:
        self.blocks.append(block)

    def heading(self, level: int, typed: str, where: Where) -> None:
        """A heading of level 1 to 6 with the words typed."""
        if not typed:
            self._warn("标题是空的", where, "写上标题，或删去这一行")
        elif level == 1:
            self._chapter_title(typed, where)
        else:
            self._numbered(level, typed, where)

    def sections(self) -> tuple[Section, ...]:
        """The sections in the order typed; one with title "" first where text precedes them all."""
        seen: dict[str, Where] = {}
        for draft in self._sections[1:]:
            if first := seen.get(draft.title):
                said = f"小节“{draft.title}”写了两次，第一次在第 {first.line} 行"
                self._warn(said, draft.where, "合并成一节，或改一个标题")
            seen.setdefault(draft.title, draft.where)
        return tuple(
            Section(draft.title, tuple(draft.blocks), draft.where)
            for number, draft in enumerate(self._sections)
            if number or draft.blocks
        )

    def _chapter_title(self, typed: str, where: Where) -> None:
        if self.title and not self._titled and same_title(typed, self.title):
            self._titled = True
            return
        said = f"“# {typed}”不是本章的标题“{self.title}”，作文字打印"
        self._warn(said, where, "小节用“## ”；章名由文件名定，要改章名就改文件名")
        self.add(Paragraph((Text(typed),), where))

    def _numbered(self, typed_level: int, typed: str, where: Where) -> None:
        level = min(typed_level, 4)
        if typed_level > 4:
            said = f"标题最多四级，“{typed}”按第四级打印"
            self._warn(said, where, "改用“#### ”，或改成正文")
        if level > 2 and not self._counts[level - 1]:
            said = f"“{typed}”上面缺一级标题（{'#' * (level - 1)}）"
            self._warn(said, where, "补上上一级标题，或少写一个 #")
        self._counts[level] += 1
        for below in range(level + 1, 5):
            self._counts[below] = 0
        ordinal = self._counts[level]
        mark, number, words = split_number(typed, ordinal)
        if number is not None and number != ordinal:
            said = f"标题前写的是“{mark}”，自动编号将排为第 {ordinal}"
            self._warn(said, where, "编号由 Word 自动生成；核对标题的顺序和级别")
        if level == 2:
            self._sections.append(_Draft(words, where))
        else:
            self.add(Heading(level, words, where))

    def _warn(self, said: str, where: Where, cure: str) -> None:
        self.problems.append(warning("标题", said, where, cure))
