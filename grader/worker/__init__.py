"""The child side: runs a student's file, and knows nothing of the answers."""
