"""`python -m speechkit` is the command `speechkit`."""

import sys

from .cli import main

sys.exit(main())
