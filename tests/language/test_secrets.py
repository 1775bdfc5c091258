"""Marks and words of secrecy are found however they are disguised; what only looks alike is not."""

from __future__ import annotations

import pytest

from docgen.language.prose import secrecy_marks, secrecy_words
from docgen.model.values import Passage
from docgen.problem import Where

LEVELS = ("绝密", "机密", "秘密", "絕密", "絶密", "機密", "祕密")
APART = ("", " ", "　", "\u200b", "\u2060", "\u00ad", "\u200d", "\ufe00", "\U000e0100", "\u3164")
STARS = ("★", "☆", "⭐", "✭", "＊", "*")
MARKS = [
    *(apart.join(level + star) for level in LEVELS for star in STARS for apart in APART[:1]),
    *(apart.join("绝密★") for apart in APART),
    *(f"{level}★{term}" for level in LEVELS[:3] for term in ("1年", "二十年", "长期", "启用前")),
    *("绝密级", "机密文件", "秘密件", "秘密10年", "（秘密）", "【机密】", "[绝密]", "〔秘密〕"),
    *("密级：机密", "密级: 秘 密", "附件（秘密★10年）另附。", "附件（机密*20年）", "第1号 绝密★"),
]
WORDS = [
    *(apart.join("内部资料") for apart in APART),
    *("内部资料，注意保存", "內部資料", "内 部 资 料", "内\u200b部资料", "内部文件"),
    *("本项目涉密", "涉密文件清单", "含有国家秘密", "国家秘密事项三件", "属于商业秘密的部分"),
    *("仅供内部参考", "限内部传阅", "不得外传", "严禁外传", "保密期限：10年", "涉及工作秘密"),
]
TOPICS = (
    "保护",
    "管理办法",
    "制度",
    "条例",
    "资质",
    "人员",
    "培训",
    "协议",
    "条款",
    "纠纷",
    "教育",
    "案件",
    "责任",
)
ALIKE = [
    *("秘密武器", "商业机密保护制度", "商业秘密保护制度", "机密性、完整性、可用性", "数据机密性"),
    *("机密计算平台", "保密制度", "市保密协会", "不涉及国家秘密", "不含国家秘密和他人商业秘密"),
    *(
        "保守国家秘密",
        "严格保护客户的商业秘密",
        "非涉密",
        "本方案不涉密",
        "无涉密内容",
        "未涉及工作秘密",
    ),
    *(
        "涉密信息系统集成资质",
        "国家秘密载体印制资质",
        "涉密人员管理制度",
        "商业秘密权",
        "内部资料管理",
    ),
    *("内部资料共享平台", "秘密花园", "绝密配方的故事", "机密级的防护", "密钥", "密级标签功能"),
    *("侵犯商业秘密纠纷", "防止泄露商业秘密", "禁止上传涉密文件", "绝对保密", "机器密封"),
    *(
        f"{word}{topic}"
        for word in ("国家秘密", "商业秘密", "涉密", "内部资料")
        for topic in TOPICS
    ),
    *(f"材料{no}涉及国家秘密" for no in ("不", "未", "没有", "避免", "防止", "严禁", "禁止")),
    *("五星级★酒店", "秘书处★", "保密协议", "密码★", "绝缘、密封★", "机密封装", "神秘密室"),
]


def found(search: object, text: str) -> bool:
    return bool(search([Passage(text, Where())]))  # type: ignore[operator]


@pytest.mark.parametrize("text", MARKS)
def test_a_mark_is_found(text: str) -> None:
    assert found(secrecy_marks, text)


@pytest.mark.parametrize("text", WORDS)
def test_a_word_is_found(text: str) -> None:
    assert found(secrecy_words, text)


@pytest.mark.parametrize("text", ALIKE)
def test_what_only_looks_alike_is_no_mark_and_no_word(text: str) -> None:
    assert not found(secrecy_marks, text)
    assert not found(secrecy_words, text)


def test_there_are_a_hundred_of_either() -> None:
    assert len({*MARKS, *WORDS}) >= 100
    assert len({*ALIKE}) >= 90
