"""What a working folder is made of, when docgen works outside its repository."""

from __future__ import annotations

SHIPPED = ("notices", "templates")
EXAMPLES = "data"
GUIDE = "docs"
PICTURES = (".png", ".svg")  # of the guide; what else lies below its pages is the repository's
REPOSITORY_ONLY = ("README.md", "可靠性.md")  # pages that lead to the code
README = """\
# 申报材料

这是 docgen 的工作文件夹：资料写在 data/，成品在 out/，通知和模板都可以改。

    docgen notice list                  有哪些通知，叫什么名称
    docgen new 客户甲 -n 通知名称       新建一家的资料，照文件里的说明填
    docgen check -a 客户甲              能交还是不能交，缺什么，在哪一行
    docgen build --all -a 客户甲        生成全部文书，Word 与 PDF

先读 [三分钟上手](docs/三分钟上手.md) 和 [数据怎么写](docs/数据怎么写.md)，遇到事情查
[常见问题](docs/常见问题.md)。报告怎么看：[检查](docs/检查.md)；一保存就看到新的一页：
[边改边看](docs/边改边看.md)；证明材料合成一册：[装订](docs/装订.md)；几十家一起收：
[用 Excel 填报](docs/用Excel填报.md)、[成批](docs/成批.md)；自己加一个通知：
[新增通知](docs/新增通知.md)、[规则写法](docs/规则写法.md)、[模板写法](docs/模板写法.md)。
全部在 docs/ 里；VS Code 里打开后按 Ctrl+Shift+V 看排好的样子。

- `docgen --help` 全部命令，每个命令加 `--help` 看说明。
- `docgen doctor` 查本机缺什么；`docgen ready` 把字体取到这里的 .local/，不动系统。
- 本单位有授权的字体（仿宋_GB2312、方正小标宋简体）放进 fonts/，优先使用。
- 用 VS Code 打开这个文件夹，装上它推荐的 YAML 扩展，填写时有补全、提示，写错的标红。
"""
