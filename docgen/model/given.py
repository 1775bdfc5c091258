"""The names that docgen gives to rules and templates beside the facts of the data."""

from __future__ import annotations

IN_BOTH = ("词表", "期限", "序号", "正文")
IN_RULES = (*IN_BOTH, "全文", "成果", "经转发", "所转发", "已引证明", "全部申报", "附件")
OF_APPLICANTS = ("要素", "要素数值", "评分表")  # in a bureau's templates below each 申报
IN_TEMPLATES = (*IN_BOTH, *OF_APPLICANTS, "通知", "材料清单", "台账", "证明目录")
