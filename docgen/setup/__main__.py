"""python3 -m docgen.setup [--dev] [--again]: everything that the first make needs, once.

python -m docgen.setup --only-fonts FOLDER: fonts and libraries for a working folder of an installed
docgen, whose packages pip has seen to.
"""

from __future__ import annotations

import errno
import shutil
import sys
import traceback
from pathlib import Path

MISUSE = 2
INTERRUPTED = 130
OLDEST = (3, 11)


def main(arguments: list[str]) -> int:
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        print(f"需要 Python 3.11 或更新，本机是 {found}。请用 make PYTHON=python3.11 …… 指定。")
        return MISUSE
    # Only now: these modules are written for OLDEST.
    from docgen.setup import environment, fonts, reports
    from docgen.setup.debian import Debian
    from docgen.setup.workspace import Trouble, Workspace, exclusive, say

    apart = arguments[0] == "--only-fonts" if len(arguments) == 2 else False
    root = Path(arguments[1]) if apart else Path(__file__).resolve().parents[2]
    workspace = Workspace(root, Path(sys.executable) if apart else None)
    try:
        with exclusive(workspace):
            debian = Debian(workspace)
            again = apart or "--again" in arguments
            if not apart:
                environment.prepare(workspace, debian, development="--dev" in arguments)
            fonts.prepare(workspace, debian, again)
            reports.prepare(workspace, debian, again)
            shutil.rmtree(workspace.cache, ignore_errors=True)
    except Trouble as trouble:
        say(f"环境没有准备好：{trouble.what}。{trouble.remedy}。")
    except KeyboardInterrupt:
        say("已中断；再运行一次会接着准备。")
        return INTERRUPTED
    except OSError as error:
        say(f"环境没有准备好：{_explain(error)}。")
    except Exception:
        workspace.log.mkdir(parents=True, exist_ok=True)
        log = workspace.log / "setup.log"
        log.write_text(traceback.format_exc(), encoding="utf-8")
        say(f"环境没有准备好：这是本工具的缺陷，记录在 {log}，请交给维护者。")
    else:
        return 0
    return MISUSE


def _explain(error: OSError) -> str:
    where = f"（{error.filename}）" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "磁盘已满，请腾出空间后再运行一次"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"没有写权限{where}，请换到自己有写权限的文件夹里运行"
    return f"{error.strerror or error}{where}，请排除后再运行一次"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
