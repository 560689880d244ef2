#!/usr/bin/env python3
"""Δ, W and B of the planner, computed with Python's integers and decimals. Run: python3 parameter_vectors.py (CPython 3.11)."""
from decimal import Decimal, getcontext
from math import isqrt

from stream_vectors import primes

getcontext().prec = 80


def root(value, degree):
    low, high = 0, 1 << 48
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**degree <= value else (low, middle - 1)
    return low


def numbers(degree, count, fields, blocks, members):
    q = 1
    for p in primes(degree, count):
        q *= p
    coefficients = blocks * degree
    squared = Decimal(441) * Decimal("20.5") * coefficients / 2
    delta = int(squared.sqrt().to_integral_value(rounding="ROUND_CEILING"))
    width = min(root(q // delta, fields), 2**40)
    bound = int(Decimal(width) / (2 * max(Decimal("10.5") / Decimal(2).sqrt(), Decimal("1.3") * members)))
    return delta, width, bound


for name, degree, count, fields, blocks, members in (
    ("tiny d=1217", 4096, 1, 1, 2, 5), ("small d=97906", 8192, 2, 3, 4, 5), ("small d=97906", 8192, 2, 3, 4, 3),
    ("small d=10000", 8192, 2, 1, 2, 4), ("large d=1000000", 8192, 3, 5, 25, 10),
    ("large d=11700000", 8192, 3, 5, 286, 10), ("large d=11700000", 8192, 3, 4, 358, 100),
    ("compact d=50000", 4096, 2, 4, 4, 7), ("small d=97906", 8192, 2, 4, 3, 5), ("large d=1000000", 8192, 3, 6, 21, 10),
    ("large d=1000000", 8192, 3, 5, 25, 100),
):
    print(name, f"fields {fields} blocks {blocks} members {members}:", *numbers(degree, count, fields, blocks, members))
