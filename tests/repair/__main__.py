"""Print what the repair search finds for known mistakes and for beginners' wrong solutions.

Run in the repository: `python -m tests.repair [mistakes|beginners] [--one-in N] [--slug SLUG] [--alone]`.
"""

from .measure import main

if __name__ == "__main__":
    main()
