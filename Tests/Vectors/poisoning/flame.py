"""Majority clusters as FLAME takes them, by scikit-learn's HDBSCAN, on cosine distances in thousandths.

    pip install scikit-learn==1.5.2 && python flame.py > flame.json

Each case: a symmetric matrix of integer distances, and who is in the cluster. Nguyen et al. 2022 run HDBSCAN with a
minimum cluster size of more than half and one sample a core, and accept the one cluster that there can be.
"""
import json

import numpy
from sklearn.cluster import HDBSCAN

generator = numpy.random.default_rng(22)
cases = []
for count in (5, 7, 8, 10, 10, 10, 13, 20):
    for apart in (0.0, 0.6, 2.0):
        common = generator.normal(size=40)
        updates = common + generator.normal(size=(count, 40)) * 1.2
        strangers = generator.permutation(count)[: (count - 1) // 3]
        updates[strangers] += apart * generator.normal(size=40)
        directions = updates / numpy.linalg.norm(updates, axis=1, keepdims=True)
        # Noise far below the figures, so that no two distances are equal.
        distances = numpy.rint((1 - directions @ directions.T) * 1e6).astype(int)
        numpy.fill_diagonal(distances, 0)
        upper = distances[numpy.triu_indices(count, 1)]
        assert len(set(upper)) == len(upper)
        labels = HDBSCAN(
            min_cluster_size=count // 2 + 1, min_samples=1, metric="precomputed", allow_single_cluster=True
        ).fit(distances.astype(float)).labels_
        cases.append({"distances": distances.tolist(), "cluster": [i for i in range(count) if labels[i] == 0]})
print("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]")
