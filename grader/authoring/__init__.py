"""Build, verify and release a course.

The package takes authored files. It writes stubs, recorded answers and bundles. `verify` proves that each
solution passes, each stub fails and each mistake is caught.
"""
