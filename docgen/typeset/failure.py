"""What typesetting raises when there is nothing to print."""

from __future__ import annotations

from docgen.problem import Problem, error


class Unreadable(Exception):
    """The bytes are no Word document that can be read; `problem` says why, in Chinese."""

    def __init__(
        self, message: str, hint: str = "请用 Word 或 WPS 打开并另存为 .docx 后再试"
    ) -> None:
        super().__init__(message)
        self.problem: Problem = error("文档损坏", message, hint=hint)
