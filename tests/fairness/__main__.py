"""Print how many right implementations lose points and how many wrong ones keep them all.

Run in the repository: `python -m tests.fairness`.
"""

from .run import main

if __name__ == "__main__":
    main()
