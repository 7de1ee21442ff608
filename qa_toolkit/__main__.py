"""`python -m qa_toolkit` is `qa`."""

import sys

from qa_toolkit.cli import main

if __name__ == "__main__":
    sys.exit(main())
