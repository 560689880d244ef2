"""Vectors for the privacy loss distribution: dp_accounting 0.6.0 over random (multiplier, rate, steps, delta).

`pessimistic` and `lower` bracket the true epsilon: the library's own upper and lower estimates, on a grid of 1e-4, or
finer where that would not resolve the loss of one step.

Run:  python3 -m venv v && v/bin/pip install dp-accounting==0.6.0 && v/bin/python make_loss_vectors.py > losses.json
With `--seed N --count M` it prints other rows, for a live comparison.
"""

import argparse
import importlib.metadata
import json
import math
import random
import sys

from dp_accounting.pld import privacy_loss_distribution as pld


def priced(sigma, q, steps, delta, interval):
    def epsilon(pessimistic):
        one = pld.from_gaussian_mechanism(
            sigma, value_discretization_interval=interval, sampling_prob=q, pessimistic_estimate=pessimistic,
            use_connect_dots=pessimistic)
        return one.self_compose(steps).get_epsilon_for_delta(delta)
    return epsilon(True), epsilon(False)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=20261126)
    parser.add_argument("--count", type=int, default=200)
    arguments = parser.parse_args()
    generator = random.Random(arguments.seed)
    rows = []
    while len(rows) < arguments.count:
        sigma = round(math.exp(generator.uniform(math.log(0.5), math.log(20))), 4)
        q = 1.0 if generator.random() < 0.1 else round(math.exp(generator.uniform(math.log(0.002), math.log(0.6))), 5)
        steps = int(math.exp(generator.uniform(0, math.log(3000))))
        delta = float("%.2e" % math.exp(generator.uniform(math.log(1e-9), math.log(1e-3))))
        deviation = min(1 / sigma, q * math.sqrt(math.expm1(1 / sigma**2)))
        spread = math.sqrt(steps) * deviation
        if spread > 6 or spread < 0.02:
            continue  # epsilon beyond 40 or so, or next to nothing
        upper, lower = priced(sigma, q, steps, delta, min(1e-4, deviation / 20))
        if math.isfinite(upper):
            rows.append(dict(noiseMultiplier=sigma, samplingRate=q, steps=steps, delta=delta, pessimistic=upper,
                             lower=lower))
    json.dump(dict(source="dp_accounting " + importlib.metadata.version("dp-accounting"), rows=rows), sys.stdout,
              indent=0)
    print()


main()
