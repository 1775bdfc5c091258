"""A notice's fields → what people fill in and what their editors know of it.

`subject` writes data files, `chapters` the files of 正文/, `evidence` the list to begin with;
`schema` makes JSON Schemas and `editor` the settings that lead an editor to them; `folder` is what
a working folder is made of. Values in, text out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = [
    "ANY_NOTICE",
    "EXAMPLES",
    "GUIDE",
    "PICTURES",
    "README",
    "REPOSITORY_ONLY",
    "SHIPPED",
    "applicant_file",
    "bureau_section",
    "chapter_files",
    "data_file",
    "editor_files",
    "encoded",
    "more_fields",
    "new_bureau_file",
    "schema_of",
]

if TYPE_CHECKING:
    from docgen.scaffold.chapters import chapter_files
    from docgen.scaffold.editor import ANY_NOTICE, editor_files
    from docgen.scaffold.folder import (
        EXAMPLES,
        GUIDE,
        PICTURES,
        README,
        REPOSITORY_ONLY,
        SHIPPED,
    )
    from docgen.scaffold.schema import encoded, schema_of
    from docgen.scaffold.subject import (
        applicant_file,
        bureau_section,
        data_file,
        more_fields,
        new_bureau_file,
    )
else:
    from docgen.lazy import on_demand

    __getattr__ = on_demand(
        __name__,
        {
            "chapters": "chapter_files",
            "editor": "ANY_NOTICE editor_files",
            "folder": "EXAMPLES GUIDE PICTURES README REPOSITORY_ONLY SHIPPED",
            "schema": "encoded schema_of",
            "subject": ("applicant_file bureau_section data_file more_fields new_bureau_file"),
        },
    )
