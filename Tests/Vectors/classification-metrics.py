"""Makes classification-metrics.json: metrics by scikit-learn 1.5.2 (sklearn.metrics) and a file by safetensors 0.8.0.
Run: pip install scikit-learn==1.5.2 safetensors==0.8.0 numpy && python3 classification-metrics.py"""
import json
import numpy as np
import safetensors.numpy
from sklearn import metrics as m

rng = np.random.default_rng(20240501)


def case(name, labels, scores):
    labels, scores = np.asarray(labels), np.asarray(scores, dtype=np.float32)
    classes = scores.shape[1]
    predicted = scores.argmax(1)
    binary = classes == 2
    one = dict(average="binary", zero_division=0) if binary else dict(average="macro", zero_division=0)
    macro = dict(average="macro", zero_division=0)
    out = dict(
        name=name, classes=classes, labels=labels.tolist(), probabilities=scores.tolist(),
        accuracy=m.accuracy_score(labels, predicted), balancedAccuracy=m.balanced_accuracy_score(labels, predicted),
        precision=m.precision_score(labels, predicted, **one), recall=m.recall_score(labels, predicted, **one),
        f1=m.f1_score(labels, predicted, **one), macroPrecision=m.precision_score(labels, predicted, **macro),
        macroRecall=m.recall_score(labels, predicted, **macro), macroF1=m.f1_score(labels, predicted, **macro),
        confusion=m.confusion_matrix(labels, predicted, labels=range(classes)).tolist())
    if binary:
        out["auc"] = m.roc_auc_score(labels, scores[:, 1])
        fpr, tpr, _ = m.roc_curve(labels, scores[:, 1], drop_intermediate=False)
        out["roc"] = [fpr.tolist(), tpr.tolist()]
    else:
        out["auc"] = float(np.mean([m.roc_auc_score(labels == c, scores[:, c]) for c in range(classes)]))
    return out


def softmax(z):
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def scored(n, classes, skill, digits=None):
    labels = rng.integers(0, classes, n)
    z = rng.normal(size=(n, classes))
    z[np.arange(n), labels] += skill
    p = softmax(z)
    return labels, np.round(p, digits) if digits else p


cases = [
    case("binary", *scored(200, 2, 1.0)),
    case("binary with ties", *scored(150, 2, 0.7, 1)),
    case("binary, one class predicted", [0, 1, 1, 0, 1], [[.1, .9], [.2, .8], [.3, .7], [.4, .6], [.45, .55]]),
    case("five classes", *scored(240, 5, 0.8)),
    case("three classes with ties", *scored(90, 3, 0.5, 1)),
]
tensors = {"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b.bias": np.array([-1.5, 2.25], dtype=np.float32)}
blob = safetensors.numpy.save(tensors, metadata={"made by": "safetensors", "quote": 'a "b" \\ é'})
json.dump(dict(cases=cases, safetensors=blob.hex()), open("classification-metrics.json", "w"))
