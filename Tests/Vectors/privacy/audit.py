"""Bounds of one-run audits by the program in appendix D of Steinke, Nasr and Jagielski 2023 (arXiv 2305.08846).

Run:  python3 -m venv v && v/bin/pip install scipy && v/bin/python audit.py
"""

import math

import scipy.stats


def p_value(m, r, v, eps, delta):
    q = 1 / (1 + math.exp(-eps))
    beta = scipy.stats.binom.sf(v - 1, r, q)
    alpha, total = 0, 0
    for i in range(1, v + 1):
        total += scipy.stats.binom.pmf(v - i, r, q)
        if total > i * alpha:
            alpha = total / i
    return min(beta + alpha * delta * 2 * m, 1)


def lower_bound(m, r, v, delta, p):
    low, high = 0.0, 1.0
    while p_value(m, r, v, high, delta) < p:
        high += 1
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if p_value(m, r, v, middle, delta) < p else (low, middle)
    return low


for row in [(1000, 100, 100, 0), (1000, 100, 90, 1e-5), (20000, 11924, 11924, 1e-5), (500, 50, 25, 0),
            (5000, 200, 150, 1e-6)]:
    print(row, round(lower_bound(*row, 0.05), 4))
