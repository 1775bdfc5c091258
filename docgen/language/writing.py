"""Words and marks as Chinese forms want them: lists, tick boxes, width of signs, masked numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from docgen.language.bounds import gathered
from docgen.language.dates import written
from docgen.model.values import Missing, MissingValueError, Percent

_KEPT_WIDE = "，。；：？！（）、～"
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT_WIDE}
_NARROW[0x3000] = 0x20
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_STOPS = re.compile(r"(?<![0-9A-Za-z])[,:]|[,:](?![0-9A-Za-z/\\])|[;?!()]")
_PHONE = re.compile(
    r"(?<!\d)(?:\+?86[\s-]?)?(1\d{2}[\s-]?\d{4}[\s-]?\d{4}|(?:0\d{2,3}[\s-]?)?\d{7,8})(?!\d)"
)
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[0-9Xx]|\d{15})(?![0-9A-Za-z])")


def plain_text(value: Any) -> str:
    """A simple fact as documents write it."""
    if isinstance(value, Missing):
        return str(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal) and not isinstance(value, Percent):
        return f"{value:f}"
    return written(value) if isinstance(value, date) else str(value)


def listed(values: Any, last: str = "和") -> str:
    """顿号：几项之间用顿号，最后一项之前用“和”（可另定，写空就都用顿号）。

    >>> ['机械', '汽车', '电子'] | 顿号
    机械、汽车和电子
    >>> 案例 | 列('客户') | 顿号('')
    甲厂、乙厂、丙厂
    """
    if isinstance(values, str):
        return values
    texts = [plain_text(value) for value in gathered(_present(values))]
    if len(texts) < 2:
        return "".join(texts)
    return "、".join(texts[:-1]) + (last or "、") + texts[-1]


def ticked(condition: Any) -> str:
    """勾选：成立打勾，不成立留空框。

    >>> 勾选(申报方式 == '联合体')
    ☑
    >>> 勾选('电子' in 服务行业)
    ☐
    """
    if isinstance(condition, Missing):
        raise MissingValueError(condition)
    return "☑" if condition else "☐"


def narrow(value: Any) -> str:
    r"""半角：全角的字母、数字、符号和空格换成半角；中文标点不动。

    >>> '电话：０５１２－６６６６００００（总机）' | 半角
    电话：0512-66660000（总机）
    """
    return plain_text(value).translate(_NARROW)


def wide(value: Any) -> str:
    """全角：半角的逗号、分号、冒号、问号、叹号、括号换成中文标点；数字里的逗号、冒号不动。

    >>> '示例(集团)有限公司' | 全角
    示例（集团）有限公司
    >>> '9:30开始,共1,280人' | 全角
    9:30开始，共1,280人
    """
    return _STOPS.sub(lambda match: _WIDE[match.group()], plain_text(value))


def masked_phone(value: Any) -> str:
    """电话脱敏：手机、座机只留开头和末四位，中间四位写成星号。

    >>> '13800000001' | 电话脱敏
    138****0001
    >>> '0512-66660000、13800000002' | 电话脱敏
    0512-****0000、138****0002
    >>> '无' | 电话脱敏
    错误：“无”里没有电话号码
    """
    text = plain_text(value).translate(_NARROW)
    masked, count = _PHONE.subn(_mask_phone, text)
    if not count:
        raise TypeError(f"“{text[:20]}”里没有电话号码")
    return masked


def _mask_phone(match: re.Match[str]) -> str:
    number = match.group(1)
    head = match.group()[: match.start(1) - match.start()]
    area = re.match(r"0\d{2,3}[\s-]?(?=\d{7,8}$)", number)
    front = area.group() if area else ""
    digits = re.sub(r"\D", "", number[len(front) :])
    return f"{head}{front}{digits[:-8]}{'*' * min(4, len(digits) - 4)}{digits[-4:]}"


def masked_identity(value: Any) -> str:
    """身份证脱敏：留前六位和末四位，中间写成星号。

    >>> '320500199001010000' | 身份证脱敏
    320500********0000
    """
    text = plain_text(value).translate(_NARROW)
    masked, count = _IDENTITY.subn(
        lambda match: match.group()[:6] + "*" * (len(match.group()) - 10) + match.group()[-4:], text
    )
    if not count:
        raise TypeError(f"“{text[:6]}…”里没有身份证号")
    return masked


def _present(values: Any) -> Iterable[Any]:
    if isinstance(values, Missing):
        raise MissingValueError(values)
    return values  # type: ignore[no-any-return]
