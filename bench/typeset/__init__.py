"""Printing Word files as PDF: docgen and LibreOffice, the same files, in one run.

documents   the Word files: a hundred letters, a hundred three-page opinions, one long plan
worker      docgen's side: a process that prints a folder of them and says what it took
processes   both sides as processes, timed from start to end, with their peak of memory
run         the rounds, the rows with their bars, the table
"""
