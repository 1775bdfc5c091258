"""Markdown as an office types it: CommonMark with tables and strikethrough → a Chapter of blocks.

* `#` that repeats the chapter's title is the title; `##` opens a section; `###` and `####` are
  headings in it. A number typed before a heading (一、 （一） 1.) goes, since Word prints one.
* `表：题注` as a paragraph directly above a table is its caption.
* A picture stands alone in its paragraph: `![说明](图.png "题注")`.
* A line that begins with two full-width spaces begins a paragraph.
* `【=路径】` is a Reference. Everything else that CommonMark leaves alone is text; so are HTML,
  entities, footnotes, reference links, underlined headings and `{{`.
"""

from docgen.load.markdown.chapter import is_missing_text, read_chapter

__all__ = ["is_missing_text", "read_chapter"]
