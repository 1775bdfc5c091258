"""The records that are filled in: plainly fictional, the same on every machine."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

Record = dict[str, Any]

_PHRASES = """
制造业数字化转型 中小企业 公共服务平台 供需对接 评估咨询 方案开发 项目实施 设施联通 数据共享
人才培养 政策宣贯 产业集群 重点产业链 链主企业 专精特新 智能工厂 数字化车间 工业互联网
标识解析 边缘计算 工业软件 数据要素 设备上云 网络安全 诊断服务 标准体系 应用场景
解决方案 典型案例 示范推广 验收评价 年度计划 阶段目标 组织保障 经费保障 制度建设
专家队伍 服务团队 联合体 牵头单位 成员单位 责任分工 利益分配 运行机制 绩效考核
风险防控 持续改进 闭环管理 区域协同 开放共享 绿色低碳 提质增效 降本减存 柔性生产
质量追溯 能耗监测 远程运维 协同研发 供应链协同 机械 汽车 纺织 电子 化工 建材 轻工
"""
PHRASES = tuple(_PHRASES.split())
INDUSTRIES = PHRASES[-7:]
JOINTS = (*"，、；的与和在对以", "进一步", "围绕", "通过", "形成", "按照", "推动")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN = "明华建国文丽静敏强磊洋艳勇军杰娟"

LETTER_COLUMNS = ("no", "client", "service", "amount", "evidence")

PLAN_FIELDS = tuple(f"f{number:03d}" for number in range(120))
PLAN_COLUMNS = ("no", "task", "unit", "leader", "amount", "month")
PLAN_TABLES = 10
PLAN_ROWS = 20
PLAN_CHAPTERS = 8
PLAN_PARAGRAPHS = 12


def text(random: Random, length: int) -> str:
    """About `length` characters that read like a plan."""
    words: list[str] = []
    size = 0
    while size < length:
        words += (random.choice(PHRASES), random.choice(JOINTS))
        size += len(words[-2]) + len(words[-1])
    return "".join(words[:-1])[:length]


def person(random: Random) -> str:
    return random.choice(SURNAMES) + "".join(random.sample(GIVEN, random.choice((1, 2))))


def letter(seed: int, rows: int = 5) -> Record:
    """One letter: 15 fields and a table; some values hold what XML must escape."""
    random = Random(seed)
    values: Record = {
        "issuer": "示例市工业和信息化局",
        "number": f"示例函〔2026〕{seed + 1}号",
        "applicant": f"示例{text(random, 6)}有限公司",
        "code": f"91320000{seed:010d}",
        "address": f"示例市示例区{random.choice(PHRASES)}路{random.randint(1, 999)}号",
        "legal_person": person(random),
        "contact": person(random),
        "phone": f"000-{random.randint(0, 99_999_999):08d}",
        "industry": "、".join(random.sample(INDUSTRIES, 2)),
        "mode": random.choice(("单独申报", "联合体")),
        "date_applied": "2026-06-01",
        "investment": f"{random.randint(100, 99_999)}.{random.randint(0, 99):02d}",
        "opinion": text(random, 220) + "；R&D 投入强度 >3%，故障率 <0.5%。",
        "signer": person(random),
        "date_signed": "2026年6月8日",
    }
    values["cases"] = [
        {
            "no": str(number + 1),
            "client": f"示例{text(random, 8)}厂",
            "service": text(random, 10),
            "amount": f"{random.randint(1, 900)}.{random.randint(0, 99):02d}",
            "evidence": f"证{number + 1:02d}",
        }
        for number in range(rows)
    ]
    return values


def plan(seed: int) -> Record:
    """One plan: 120 fields, 10 tables of 20 rows, 8 long chapters, a chapter on condition."""
    random = Random(1_000_000 + seed)
    values: Record = {
        name: text(random, 6 + index % 25) if index % 3 else str(random.randint(1, 99_999))
        for index, name in enumerate(PLAN_FIELDS)
    }
    values["title"] = f"示例{text(random, 16)}促进中心"
    for table in range(PLAN_TABLES):
        values[f"t{table}"] = [
            {
                "no": str(number + 1),
                "task": text(random, 12),
                "unit": f"示例{text(random, 7)}",
                "leader": person(random),
                "amount": f"{random.randint(1, 500)}.{random.randint(0, 99):02d}",
                "month": f"2026年{random.randint(1, 12)}月",
            }
            for number in range(PLAN_ROWS)
        ]
    for chapter in range(PLAN_CHAPTERS):
        values[f"c{chapter}"] = [{"text": text(random, 250) + "。"} for _ in range(PLAN_PARAGRAPHS)]
    values["is_consortium"] = True
    values["members"] = [
        {"name": f"示例{text(random, 10)}大学", "duty": text(random, 30) + "。"} for _ in range(4)
    ]
    return values


RECORDS: dict[str, Callable[[int], Record]] = {"letter": letter, "plan": plan}


def applicant(seed: int) -> Record:
    """An applicant's file: the facts of its letter among others that the letter does not print."""
    random = Random(2_000_000 + seed)
    values = letter(seed)
    values["members"] = [
        {
            "name": f"示例{text(random, 10)}有限公司",
            "role": random.choice(("牵头", "参与")),
            "duty": text(random, 60),
        }
        for _ in range(4)
    ]
    values["figures"] = {name: str(random.randint(1, 9999)) for name in PHRASES[:12]}
    values["summary"] = text(random, 400)
    return values
