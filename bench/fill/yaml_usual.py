"""A folder of YAML files → a folder of letters, as it is usually written.

python yaml_usual.py TEMPLATE FOLDER OUT
"""

import sys
from pathlib import Path

import yaml
from docxtpl import DocxTemplate

template, folder, out = sys.argv[1:]
for file in sorted(Path(folder).iterdir()):
    document = DocxTemplate(template)
    document.render(yaml.safe_load(file.read_text("utf-8")), autoescape=True)
    document.save(f"{out}/{file.stem}.docx")
