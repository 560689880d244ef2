"""Scattering of two random images by kymatio 0.3.0 (pip install kymatio==0.3.0 numpy scipy), as JSON on standard output.

kymatio's own recursion over its own Morlet filters, without the subsampling between layers that cordon does not do, and
with the mean of the whole plane for a low-pass filter: what is compared is the propagation, not the averaging window.
usage: kymatio_vectors.py [SEED]  (kymatio.json is of seed 1)
"""
import json
import sys
from types import SimpleNamespace

import numpy as np
from kymatio.scattering2d.backend.numpy_backend import NumpyBackend2D
from kymatio.scattering2d.core.scattering2d import scattering2d
from kymatio.scattering2d.filter_bank import filter_bank

SIDE, SCALES, ORIENTATIONS = 32, 3, 2


def main():
    generator = np.random.default_rng(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    images = generator.normal(size=(2, SIDE, SIDE)).round(4)
    bank = filter_bank(SIDE, SIDE, SCALES, L=ORIENTATIONS)
    psi = [dict(filter, levels=[filter["levels"][0]] * SCALES) for filter in bank["psi"]]
    mean = np.zeros((SIDE, SIDE))
    mean[0, 0] = 1
    names = ("modulus", "rfft", "ifft", "irfft", "cdgmm", "concatenate")
    backend = SimpleNamespace(
        subsample_fourier=lambda x, k: x, **{name: getattr(NumpyBackend2D, name) for name in names})
    features = []
    for image in images:
        planes = scattering2d(
            image, lambda x: x, lambda x: x, backend, SCALES,
            ORIENTATIONS, {"levels": [mean] * SCALES}, psi, 2, out_type="list")
        features.append([float(np.mean(plane["coef"])) for plane in planes])
    filters = [np.asarray(filter["levels"][0]).reshape(SIDE, SIDE).round(7).ravel().tolist() for filter in psi]
    print(json.dumps({
        "side": SIDE, "scales": SCALES, "orientations": ORIENTATIONS, "images": [i.ravel().tolist() for i in images],
        "filters": filters, "features": [[round(v, 9) for v in row] for row in features]}))


main()
