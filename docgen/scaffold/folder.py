"""What a working folder is made of, when docgen works outside its repository."""

from __future__ import annotations

SHIPPED = ("notices", "templates")
EXAMPLES = "data"
README = """\
# 申报材料

这是 docgen 的工作文件夹：资料写在 data/，成品在 out/，通知和模板都可以改。

    docgen new 客户甲 -n 江苏数促中心-2026      新建一家的资料，照文件里的说明填
    docgen check -a 客户甲                      能交还是不能交，缺什么，在哪一行
    docgen build --all -a 客户甲                生成全部文书，Word 与 PDF

- `docgen notice list` 有哪些通知；`docgen --help` 全部命令，每个命令加 `--help` 看说明。
- `docgen doctor` 查本机缺什么；`docgen ready` 把字体取到这里的 .local/，不动系统。
- 本单位有授权的字体（仿宋_GB2312、方正小标宋简体）放进 fonts/，优先使用。
- 用 VS Code 打开这个文件夹，装上它推荐的 YAML 扩展，填写时有补全、提示，写错的标红。
"""
