"""Filling Word templates: docgen and its peers, on the same two documents, in one run.

data                 the records
dialects, documents  the two templates in every engine's tags
engines, worker      the Python engines, each a process of its own
peers.js, node       the Node engines, likewise, and how they are had
peers                such a process, seen from here
words                what a reader sees of a document
measure              A B A B …: ratios round by round, and their spread
arena                all engines given the documents and warmed up
processes            whole scripts, timed from start to end
rows, report, run    the rows with their bars, the table, the run
"""
