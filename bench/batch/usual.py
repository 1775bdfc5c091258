"""Applicants' YAML → a letter each, as it is usually written; seconds on standard output.

python -m bench.batch.usual TEMPLATE RECORDS DATA OUT COUNT: reads the data of COUNT applicants with
PyYAML and fills a letter of one page for each with docxtpl. Nothing is checked.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

import yaml
from docxtpl import DocxTemplate


def main(template: str, records: str, data: str, out: str, count: str) -> None:
    letters = json.loads(Path(records).read_text("utf-8"))
    start = perf_counter()
    for number, folder in enumerate(sorted(Path(data).iterdir())[: int(count)]):
        applicant = yaml.safe_load((folder / "申报单位.yaml").read_text("utf-8"))
        document = DocxTemplate(template)
        document.render({**applicant, **letters[number % len(letters)]}, autoescape=True)
        document.save(f"{out}/{folder.name}.docx")
    print(perf_counter() - start)


if __name__ == "__main__":
    main(*sys.argv[1:])
