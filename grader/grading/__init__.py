"""The trunk.

Submissions and tasks go in, one result a submission comes out, by one pytest session that stays warm. The
fingerprint, by which stale results are known, stands here too.
"""
