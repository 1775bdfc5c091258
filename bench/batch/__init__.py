"""A bureau's whole batch: docgen and a plain script, on the same generated province, in one run.

province   plainly fictional applicants from an example, as many as wanted
broken     the ways in which an applicant's data may be broken
"""
