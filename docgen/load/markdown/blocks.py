"""The blocks of a parsed chapter → the blocks of our model, in the order typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from docgen.load.letters import HAN, short
from docgen.load.markdown.inline import Cursor, flat, read_inlines
from docgen.load.markdown.outline import Outline
from docgen.load.markdown.parser import cells_of, inline_tokens, parse_inline
from docgen.model.blocks import (
    Code,
    Inline,
    Item,
    Paragraph,
    Picture,
    Quote,
    Reference,
    Table,
    Text,
)
from docgen.problem import Outcome, Problem, Where, error, warning

Pictures = Callable[[str], Outcome[bytes]]

_CAPTION = re.compile(r"表\s*[：:]\s*(?=\S)")
_TIGHT_HEADING = re.compile(rf"(?:#{{2,6}}|#(?=[{HAN}（])|＃+ ?)[^#\s]")
_DASHES = re.compile(r"[|｜ ]*:?-{2,}:?[|｜ :\-]*[|｜][|｜ :\-]*|[|｜][|｜ ]*:?-+:?[|｜ :\-]*")
_SPACED_PICTURE = re.compile(r"!\[[^\]]*\]\([^()<>\"']*\s[^()<>\"']*\)")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a block stands: its nesting in lists (None outside), the mark still to print."""

    depth: int | None = None
    mark: str = ""
    quoted: bool = False


class Writer:
    """Walks the blocks of one chapter into an Outline, collecting Problems."""

    def __init__(self, title: str, cursor: Cursor, pictures: Pictures) -> None:
        self.cursor, self.pictures = cursor, pictures
        self.problems: list[Problem] = []
        self.outline = Outline(title, cursor.where(0), self.problems)

    def block(self, node: SyntaxTreeNode, spot: Spot = Spot()) -> None:
        """Add one block, and what is in it."""
        match node.type:
            case "heading":
                self._heading(node, spot)
            case "paragraph":
                self._paragraph(node, spot)
            case "bullet_list" | "ordered_list":
                self._list(node, spot)
            case "blockquote":
                for child in node.children:
                    self.block(child, replace(spot, quoted=True))
                    spot = replace(spot, mark="")
            case "table":
                self._table(node)
            case "code_block":
                self._indented(node, spot)
            case "fence":
                self._fence(node)
            case "hr":
                said = f"分隔线 {self._typed(node).strip(' >')} 不打印"
                self._warn("标记", said, self._where(node), "删去；分页、分节由标题决定")
            case _:
                raise AssertionError(f"a block that was never enabled: {node.type}")

    def _warn(self, code: str, said: str, where: Where, cure: str) -> None:
        self.problems.append(warning(code, said, where, cure))

    def _typed(self, node: SyntaxTreeNode) -> str:
        return self.cursor.lines[node.map[0] if node.map else 0]

    def _where(self, node: SyntaxTreeNode) -> Where:
        typed = self._typed(node)
        return self.cursor.where(
            node.map[0] if node.map else 0, len(typed) - len(typed.lstrip(" \t\u3000"))
        )

    def _inlines(self, node: SyntaxTreeNode) -> list[tuple[int, tuple[Inline, ...]]]:
        """The paragraphs that one inline run holds, each with its 0-based line."""
        first = node.map[0] if node.map else self.cursor.line
        self.cursor.seek(first)
        return [
            (first + line, inlines)
            for line, inlines in read_inlines(inline_tokens(node), self.cursor, self.problems)
        ]

    def _joined(self, node: SyntaxTreeNode) -> tuple[Inline, ...]:
        return tuple(part for _, inlines in self._inlines(node) for part in inlines)

    def _heading(self, node: SyntaxTreeNode, spot: Spot) -> None:
        level, where = int(node.tag[1]), self._where(node)
        inlines = self._joined(node)
        if spot.depth is not None or spot.quoted:
            self._warn("标题", "列表或引用里的标题只作文字", where, "把标题移到行首")
            self._text((Text("#" * level + " "), *inlines), spot, where)
            return
        for part in inlines:
            if isinstance(part, Reference):
                said = f"标题里不能用【={part.path}】"
                self.problems.append(error("引用", said, part.where, "写成文字，或移到正文里"))
        self.outline.heading(level, flat(inlines).strip(), where)

    def _paragraph(self, node: SyntaxTreeNode, spot: Spot) -> None:
        tokens = inline_tokens(node)
        if tokens and all(_is_picture_or_space(token) for token in tokens):
            self.cursor.seek(node.map[0] if node.map else 0)
            for token in tokens:
                if token.type == "image":
                    self._picture(token, spot)
                    spot = replace(spot, mark="")
            return
        self._check_lines(node)
        for line, inlines in self._inlines(node):
            typed = self.cursor.lines[line]
            column = len(typed) - len(typed.lstrip(" \t\u3000"))
            self._text(inlines, spot, self.cursor.where(line, column))
            spot = replace(spot, mark="")

    def _text(self, inlines: tuple[Inline, ...], spot: Spot, where: Where) -> None:
        """Add a paragraph in the guise that its place wants."""
        if spot.quoted:
            mark = (Text(spot.mark + " "),) if spot.mark else ()
            self.outline.add(Quote((*mark, *inlines), where))
        elif spot.depth is not None:
            self.outline.add(Item(spot.mark, spot.depth, inlines, where))
        else:
            self.outline.add(Paragraph(inlines, where))

    def _check_lines(self, node: SyntaxTreeNode) -> None:
        """Name what a paragraph's lines were meant to be: a heading, a table, a picture."""
        for number in range(*(node.map or (0, 0))):
            line = self.cursor.lines[number]
            typed = line.strip()
            where = self.cursor.where(number, len(line) - len(line.lstrip()))
            if _TIGHT_HEADING.match(typed):
                cure = "写成“## 标题”：半角 #，后加一个空格；若确是文字，在 # 前加 \\"
                self._warn("标题", f"“{short(typed)}”没有读作标题", where, cure)
            elif _DASHES.fullmatch(typed):
                cure = "表头行与分隔行的格数要相同，竖线用半角 |，表格前后空一行"
                self._warn("表格", "这里没有读作表格", where, cure)
            elif picture := _SPACED_PICTURE.search(line):
                cure = "去掉文件名里的空格，或写成 ![说明](<图 1.png>)"
                where = self.cursor.where(number, picture.start())
                self._warn("图片", f"“{short(picture[0])}”没有读作图片", where, cure)

    def _picture(self, token: Token, spot: Spot) -> None:
        address = str(token.attrs["src"])
        where = self.cursor.find(f"![{token.content}](")
        outcome = self.pictures(address)
        for problem in outcome.problems:
            self.problems.append(problem if problem.where.line else replace(problem, where=where))
        if outcome.value is None:
            self._text((Text(f"【待补：图片 {address}】"),), spot, where)
            return
        caption = str(token.attrs.get("title", "")) or token.content
        if spot.mark:
            self._text((), spot, where)
        self.outline.add(Picture(outcome.value, token.content, caption, where))

    def _list(self, node: SyntaxTreeNode, spot: Spot) -> None:
        depth = 0 if spot.depth is None else spot.depth + 1
        for item in node.children:
            mark = item.info + item.markup if node.type == "ordered_list" else "——"
            inside = Spot(depth, mark, spot.quoted)
            if not item.children or item.children[0].type not in ("paragraph", "heading"):
                self._text((), inside, self._where(item))
                inside = replace(inside, mark="")
            for child in item.children:
                self.block(child, inside)
                inside = replace(inside, mark="")

    def _fence(self, node: SyntaxTreeNode) -> None:
        first, last = node.map or (0, 0)
        closing = self.cursor.lines[min(last, len(self.cursor.lines)) - 1].strip(" >")
        if last - first < 2 or closing.strip(node.markup[0]) or len(closing) < len(node.markup):
            said = f"{node.markup} 开始的代码没有结束，后面的文字都成了代码"
            self._warn("标记", said, self._where(node), f"在代码末尾另起一行写 {node.markup}")
        self.outline.add(Code(node.content.removesuffix("\n"), self._where(node)))

    def _indented(self, node: SyntaxTreeNode, spot: Spot) -> None:
        """Code, or paragraphs that an author indented by hand."""
        if not re.search(f"[{HAN}]", node.content):
            self.outline.add(Code(node.content.removesuffix("\n"), self._where(node)))
            return
        cure = "删去行首的空格，首行缩进由 Word 样式生成；若确是代码，用 ``` 围起来"
        self._warn("标记", "行首四个以上空格，按段落读", self._where(node), cure)
        for number in range(*(node.map or (0, 0))):
            line = self.cursor.lines[number]
            if line.strip(" \t>"):
                self.cursor.seek(number)
                where = self.cursor.where(number, len(line) - len(line.lstrip()))
                tokens = parse_inline(line.strip(" \t>") if spot.quoted else line.strip())
                for _, inlines in read_inlines(tokens, self.cursor, self.problems):
                    self._text(inlines, spot, where)

    def _table(self, node: SyntaxTreeNode) -> None:
        where = self._where(node)
        rows = [row for part in node.children for row in part.children]
        header = rows[0].children
        for row in rows[1:]:
            typed = len(cells_of(self._typed(row)))
            if typed > len(header):
                said = f"这一行有 {typed} 格，表头只有 {len(header)} 格，多出的打不出来"
                cure = "补齐表头，或删去多余的格；格里要写竖线就写 \\|"
                self.problems.append(error("表格", said, self._where(row), cure))
        align = tuple(str(cell.attrs.get("style", "")).partition(":")[2] for cell in header)
        cells = [tuple(self._joined(cell) for cell in row.children) for row in rows]
        self.outline.add(Table(cells[0], tuple(cells[1:]), align, self._caption(), where))

    def _caption(self) -> str:
        """Take the paragraph `表：题注` directly above a table as its caption."""
        blocks = self.outline.blocks
        last = blocks[-1] if blocks else None
        if not isinstance(last, Paragraph):
            return ""
        words = flat(last.inlines)
        hit = _CAPTION.match(words)
        if hit is None or any(isinstance(part, Reference) for part in last.inlines):
            return ""
        blocks.pop()
        return words[hit.end() :]


def _is_picture_or_space(token: Token) -> bool:
    return token.type in ("image", "softbreak", "hardbreak") or (
        token.type == "text" and not token.content.strip()
    )
