"""Tests leave no trace in the user's own cache."""

import os

os.environ["DOCGEN_CACHE"] = ""
