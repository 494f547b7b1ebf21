"""The gradebook as other tools read it: one module for each format."""
