"""Vectors for the privacy accountants, from dp_accounting 0.6.0 and scipy.

Run:  python3 -m venv v && v/bin/pip install dp-accounting==0.6.0 scipy && v/bin/python make_vectors.py > accountants.json
"""

import importlib.metadata
import json
import math
import sys

from dp_accounting import dp_event, mechanism_calibration
from dp_accounting.rdp import rdp_privacy_accountant as rdp
from scipy import special
from scipy.optimize import brentq

ROWS = [  # noise multiplier, sampling rate, steps, delta
    (1.0, 1.0, 1, 1e-5), (1.0, 1.0, 10, 1e-5), (5.0, 1.0, 100, 1e-6),
    (1.0, 0.01, 1000, 1e-5), (0.8, 0.01, 2000, 1e-5), (1.1, 256 / 60000, 14062, 1e-5),
    (2.0, 0.1, 500, 1e-5), (0.6, 0.001, 10000, 1e-6), (3.0, 0.25, 300, 1e-5),
    # beyond the table: large rates, where fractional orders are dropped, tiny noise, many steps
    (0.3, 0.5, 3, 1e-5), (0.5, 0.9, 20, 1e-6), (20.0, 0.05, 100000, 1e-7), (1.43, 0.1, 400, 1e-5),
]
CALIBRATIONS = [(2000, 128, 30), (5000, 256, 20), (20000, 512, 20)]


def event(sigma, q, steps):
    one = dp_event.GaussianDpEvent(sigma)
    return dp_event.SelfComposedDpEvent(one if q == 1 else dp_event.PoissonSampledDpEvent(q, one), steps)


def exact_epsilon(mu, delta):
    def log_gap(eps):
        gain, loss = special.log_ndtr(-eps / mu + mu / 2), eps + special.log_ndtr(-eps / mu - mu / 2)
        return gain + math.log1p(-math.exp(loss - gain)) - math.log(delta)
    return brentq(log_gap, 1e-9, 500, xtol=1e-13, rtol=1e-14)


def main():
    epsilons = []
    for sigma, q, steps, delta in ROWS:
        accountant = rdp.RdpAccountant()
        accountant.compose(event(sigma, q, steps))
        epsilon, order = accountant.get_epsilon_and_optimal_order(delta)
        epsilons.append(dict(
            noiseMultiplier=sigma, samplingRate=q, steps=steps, delta=delta, epsilonRDP=epsilon, order=float(order),
            droppedOrders=[float(o) for o, r in zip(accountant.orders, accountant.rdp) if math.isinf(r)],
            epsilonExact=exact_epsilon(math.sqrt(steps) / sigma, delta) if q == 1 else None))
    calibrations = []
    for patients, batch, epochs in CALIBRATIONS:
        q, steps, delta = batch / patients, int(epochs * patients / batch), 1 / (10 * patients)
        for target in (1.0, 3.0, 8.0):
            sigma = mechanism_calibration.calibrate_dp_mechanism(
                rdp.RdpAccountant, lambda s: event(s, q, steps), target, delta,
                mechanism_calibration.LowerEndpointAndGuess(0.3, 2.0), tol=1e-7)
            calibrations.append(dict(
                epsilon=target, delta=delta, samplingRate=q, steps=steps, noiseMultiplier=sigma))
    json.dump(dict(
        source="dp_accounting " + importlib.metadata.version("dp-accounting"),
        scipy=importlib.metadata.version("scipy"), python=sys.version.split()[0],
        epsilons=epsilons, calibrations=calibrations), sys.stdout, indent=1)
    print()


main()
