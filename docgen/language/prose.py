"""What the language can do with prose: cut a chapter at a section, search it for secrecy marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from docgen.language.bounds import A_CALL, spend
from docgen.language.prices import A_LOOK
from docgen.model.blocks import Chapter, texts
from docgen.model.values import Missing, MissingValueError, Passage

_TRADITIONAL = str.maketrans("絕絶機祕級內資業傳國參長啟", "绝绝机秘级内资业传国参长启")
# white space, format and joining marks, variation selectors, blanks that count as letters
_INVISIBLE = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
_LEVEL = "(?:绝密|机密|秘密)"
_TERM = "(?:[0-9一二三四五六七八九十]+年|长期|启用前)"
_MARK = re.compile(
    f"{_LEVEL}[★☆✩-✰⭐🌟⋆✦✧]"  # other signs are a mark only where they stand apart
    f"|(?<![\u4e00-\u9fff]){_LEVEL}[*∗⁎✱✲·•](?={_TERM}|[^\u4e00-\u9fff*]|$)"
    f"|密级[:为是]{_LEVEL}"
)
_ALONE = re.compile(f"[(【\\[〔「『<《]?{_LEVEL}(?:级|文件|件)?{_TERM}?[)】\\]〕」』>》]?")
_TOPIC = (  # what follows the word where it is a subject of management, not a secret
    "保护|保密|管理|制度|条例|法|资质|人员|信息系统|系统|载体|培训|教育|协议|条款|纠纷|案件|义务|责任|共享|权"
)
_WORDS = re.compile(
    "(?:内部资料|内部文件|国家秘密|工作秘密|商业秘密|涉密)"
    f"(?!{_TOPIC})"
    "|注意保存|(?:仅供|限)内部(?:使用|参考|传阅)|(?:不得|严禁|请勿)外传|保密期限"
)
_ONLY = "这里要 全文，或核查范围里的文字"
A_SIGN_PLAIN = 4  # units, to make a character plain
_REACH = 24  # characters before a word in which a promise may stand
_PROMISE = re.compile(
    "(不|未|无|没有|非|避免|防止|严禁|禁止|脱敏|保守|保护|保密)[^。；！？]{0,20}$"
)


def _cut(chapter: Any, title: str) -> tuple[Chapter, int]:
    if isinstance(chapter, Missing):
        raise MissingValueError(chapter)
    if not isinstance(chapter, Chapter):
        raise TypeError("截至、之后只用于正文的一章")
    for index, section in enumerate(chapter.sections):
        if section.title == title:
            return chapter, index + 1
    raise TypeError(f"“{chapter.title}”一章没有“{title}”一节")


def up_to(chapter: Any, title: str) -> Chapter:
    """截至：一章从头到某一节为止（含），模板里在一章中间插表时用。

    >>> 正文.建设基础 | 截至('人员队伍')
    人员队伍
    现有专职人员30人（见证03）。
    """
    whole, end = _cut(chapter, title)
    return Chapter(whole.title, whole.sections[:end], whole.where)


def after(chapter: Any, title: str) -> Chapter:
    """之后：一章在某一节以后的部分，与“截至”配成一对。

    >>> 正文.建设基础 | 之后('人员队伍')
    服务经验
    近三年服务企业120家。
    """
    whole, start = _cut(chapter, title)
    return Chapter(whole.title, whole.sections[start:], whole.where)


def unmentioned(value: Any, groups: Iterable[str]) -> list[str]:
    """未提到：正文或文字里一个词也没有出现的词组；词组里用 / 隔开的，出现一个就算提到。

    >>> 正文.建设基础.人员队伍 | 未提到(['专职/兼职', '职称/学历'])
    职称/学历
    """
    if isinstance(value, Missing):
        raise MissingValueError(value)
    text = _plain(str(value) if not isinstance(value, Chapter) else _body(value))
    return [group for group in groups if not _mentions(text, str(group))]


def _mentions(text: str, group: str) -> bool:
    """Whether one of the words stands in the text; each is searched for in all of it."""
    words = group.split("/")
    spend(len(words) * (A_CALL + len(text) // A_LOOK))
    return any(_plain(word) in text for word in words)


def _body(chapter: Chapter) -> str:
    """What was written below the headings, which a template gives and nobody typed."""
    return "\n".join(text for text, _ in texts(chapter.blocks))


def _plain(text: str) -> str:
    spend(A_SIGN_PLAIN * len(text))
    folded = unicodedata.normalize("NFKC", text).translate(_TRADITIONAL)
    return _INVISIBLE.sub("", folded)


def secrecy_marks(passages: Iterable[Passage]) -> list[Passage]:
    """密级标志：绝密★、机密★、秘密★（中间有空格、零宽字符或用繁体也算），或独占一段的密级。

    >>> 全文 | 密级标志
    机密★
    """
    hits = []
    for passage in _passages(passages):
        text = _plain(passage.text)
        mark = _MARK.search(text) or _ALONE.fullmatch(text)
        if mark:
            hits.append(Passage(mark.group(), passage.where))
    return hits


def secrecy_words(passages: Iterable[Passage]) -> list[Passage]:
    """涉密用语：内部资料、注意保存、国家秘密、商业秘密等；“不含国家秘密”一类的承诺句不算。

    >>> 全文 | 涉密用语
    内部资料
    """
    hits = []
    for passage in _passages(passages):
        text = _plain(passage.text)
        for word in _WORDS.finditer(text):
            if not _PROMISE.search(text[max(0, word.start() - _REACH) : word.start()]):
                hits.append(Passage(word.group(), passage.where))
    return hits


def _passages(passages: Any) -> Iterable[Passage]:
    """What was typed; TypeError for anything else."""
    if isinstance(passages, Missing):
        raise MissingValueError(passages)
    if not isinstance(passages, Iterable):
        raise TypeError(_ONLY)
    for passage in passages:
        if not isinstance(passage, Passage):
            raise TypeError(_ONLY)
        yield passage
