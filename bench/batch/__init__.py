"""A bureau's whole batch: docgen and a plain script, on the same generated province, in one run.

province     plainly fictional applicants from an example, as many as wanted
broken       the ways in which the data of an applicant may be broken
ours, usual  one build of docgen, and the plain script, in processes of their own
run          the rows with their bars, the run
"""
