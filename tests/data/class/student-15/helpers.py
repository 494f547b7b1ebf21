import numpy as np


def row_max(Z):
    return Z.max(axis=1, keepdims=True)


def normalise(E):
    return E / E.sum(axis=1)
