"""From a text in a document, or from a field, to its source; and what changed since a build.

`asking` answers the question, `papers` reads the documents as they stand and as they would be made
now, `origins` tells what a printed value is, `seeking` finds texts, `differing` compares.
"""
