"""What an author does with a course.

Authored files go in; stubs, recorded answers, proofs and bundles come out. `verify` proves that each solution
passes, each stub fails and each mistake is caught.
"""
