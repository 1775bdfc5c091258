"""The names that docgen gives to rules and templates beside the facts of the data."""

from __future__ import annotations

IN_BOTH = ("词表", "期限", "序号", "正文")
IN_RULES = (*IN_BOTH, "全文", "成果", "经转发", "所转发", "已引证明", "全部申报", "附件")
IN_TEMPLATES = (*IN_BOTH, "通知", "要素", "材料清单", "证明目录")
