"""Filling Word templates: docgen and its peers, on the same two documents, in one run.

data        the records             dialects, documents   the two templates in every engine's tags
engines     the Python engines      peers.js, node        the Node engines, and how they are had
worker      an engine as a process  peers                 that process seen from here
words       what a reader sees      measure               A B A B …, ratios and their spread
processes   whole scripts, timed    run, report           the rows, the table
"""
