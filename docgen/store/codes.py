"""Every code that writing may raise, with what it stands for: the one list of them."""

from __future__ import annotations

CODES = {
    "写入": "文件写不出去：磁盘满、没有权限、正被 Word 打开、只读、路径过长、磁盘故障",
    "占用": "另一个 docgen 一直在写同一个文件夹",
    "手改": "成品在生成之后被人改过，或不是本程序写的：原样保留，新的放在旁边",
    "撤去": "不再需要的成品撤去了：单位不再推荐，或不再要补正",
    "过期": "同一文种的另一种格式这次没有重新生成，内容已不一致",
    "清单": "清单.json 读不出来，分不清哪些文件是本程序写的",
}
