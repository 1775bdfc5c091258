"""What cannot stand where it is printed: told with its tag, its cause and its cure."""

from __future__ import annotations

import re

from docgen.fill.slots import Slot
from docgen.language import LanguageError
from docgen.problem import Problem, Where, error

_TAG = re.compile(r"<(/?)([\w:]+)[^<>]*?(/?)>")
_HOLDERS = frozenset(["w:r", "w:p", "w:tbl", "w:tr", "w:tc", "w:hyperlink"])
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)")
_SHOUTED = re.compile(r"</?[A-Z]\w*:")  # no prefix of Word's begins so
CUT = (
    "这里打印的是已经成文的内容（宏、set 块、filter 块的结果，或带 safe 的文字），"
    "自带的 Word 标记不完整：过滤器或切片截断、改动了其中的标记"
)
FIRST_FILTER = (
    "先用过滤器、再成文：写成 {{ 名称 | upper }}，不要放在宏、set 块的结果后面；不用 safe"
)


class Misplaced(LanguageError):
    """A value that its place cannot hold; `cure` is what to do about it."""

    def __init__(self, message: str, cure: str, line: int = 1) -> None:
        super().__init__(message, line)
        self.cure = cure


def cut(line: int = 1) -> Misplaced:
    """Finished text whose markup a filter or a slice has broken."""
    return Misplaced(CUT, FIRST_FILTER, line)


def refuse_run_in_text(markup: str, slot: Slot) -> None:
    """Misplaced for runs within the text of a run: nobody would read them."""
    if slot.level != "text" or "<w:" not in markup:
        return
    depth = 0
    for match in _TAG.finditer(markup):
        closes, name, empty = match.groups()
        if closes:
            depth -= 1
            if depth < 0:
                return  # it leaves the text first, as pictures do
        elif not depth and name in _HOLDERS:
            raise Misplaced(
                "带格式的文字（RichText）放在 {{ }} 里会丢字",
                "写成 {{r 名称 }}：r 紧跟在花括号后面",
            )
        elif not empty:
            depth += 1


def refuse_split(text: str, slot: Slot) -> None:
    """Misplaced for a paragraph or page break where the paragraph cannot be split."""
    if slot.run is not None and not slot.splits and ("\a" in text or "\f" in text):
        raise Misplaced(
            "值里有分段或分页的记号（\\a、\\f），链接、内容控件和修订里的文字不能分段",
            "把标记移到链接外面，或删去值里的分段",
        )


def is_suspect(markup: str) -> bool:
    """Whether a block's result has lost what it was: a broken reference, a tag of another case."""
    if _REFERENCE.search(markup):
        return True
    return markup.count("<") != markup.count(">") or bool(_SHOUTED.search(markup))


def unbalanced(where: Where) -> Problem:
    """Markup in a value that is not whole."""
    return error(
        "标记不完整",
        f"“{where.path or '填入的内容'}”自带的 Word 标记不完整，放进去文件会打不开",
        where,
        "不要用 safe 打印一般文字；自己拼的标记请成对",
    )


def no_markup(where: Where) -> Problem:
    """Markup in a value where only text can stand."""
    return error(
        "标记不完整",
        f"“{where.path or '填入的内容'}”自带 Word 标记，这里（文档属性、图片说明、链接）只能放文字",
        where,
        "这里请用一般文字，不用 RichText",
    )
