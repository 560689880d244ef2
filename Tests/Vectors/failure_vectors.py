#!/usr/bin/env python3
"""Bounds of FailureProbability computed another way, and exact tails they must exceed. Run: python3 failure_vectors.py
(CPython 3.11, no packages). Compare with FailureProbabilityTests.swift.

exact: the law of one product rho*e, as integers over 2^83, is multiplied with itself D times by Kronecker substitution.
bound: ln 2 + min over a grid of t of D*ln(1/2 + cosh(t/2)^82/2) - t*margin.
"""
from fractions import Fraction
from math import comb, cosh, exp, log, log1p, log2, sqrt

VARIANCE = 20.5


def bound(terms, margin):
    centre = margin / (terms * VARIANCE / 2)
    grid = (centre * i / 20000 for i in range(1, 60001))
    return 1 + min(terms * log(0.5 + 0.5 * cosh(t / 2) ** 82) - t * margin for t in grid) / log(2)


def exact(terms, margin):
    law = [comb(82, 41 + e) for e in range(-41, 42)]
    law[41] += 2**82
    width = 84 * terms + 16
    power, total = 1, sum(p << (i * width) for i, p in enumerate(law))
    for bit in bin(terms)[2:]:
        power = power * power
        if bit == "1":
            power *= total
    mask, tail = (1 << width) - 1, 0
    for i in range(82 * terms + 1):
        if abs(i - 41 * terms) > margin:
            tail += power >> (i * width) & mask
    ratio = Fraction(tail, 2 ** (83 * terms))
    return log2(ratio.numerator) - log2(ratio.denominator)


for terms in (8, 32):
    margin = 10.5 * sqrt(VARIANCE * terms / 2)
    print(f"D={terms} margin {margin!r}: bound 2^{bound(terms, margin):.3f}, exact 2^{exact(terms, margin):.3f}")
for terms, scale in ((8192, 6086), (25 * 8192, 30427), (286 * 8192, 102911)):
    print(f"D={terms} scale {scale}: bound 2^{bound(terms, scale / 2):.3f}")
for ratio in (23124792683 / (2 * 1557304544), 39119568 / (2 * 1504598)):
    print(f"W/2B {ratio:.5f}: 2^{1 - ratio * ratio / log(2):.3f}")
