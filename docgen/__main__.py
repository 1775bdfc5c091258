"""`python -m docgen` is the command line docgen."""

import sys

from docgen.cli import main

sys.exit(main())
