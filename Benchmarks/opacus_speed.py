"""Images a second of plain descent and of DP-SGD by Opacus, on the models of PrivacyBenchmark --speed, one thread.

usage: opacus_speed.py [--images N]      needs torch and opacus (1.4.0 with Debian's torch 1.13, --no-deps)

Opacus counts an image as the unit, cordon a patient with all images; random inputs, since only time is measured. The
steps are those of training: gradients, clipping, noise, descent with momentum.
"""
import argparse
import time
import warnings

import torch
import torch.nn as nn

warnings.filterwarnings("ignore")
from opacus import GradSampleModule  # noqa: E402
from opacus.optimizers import DPOptimizer  # noqa: E402


def network():
    layers, inputs = [], 1
    for stage, outputs in enumerate((16, 32, 64, 128)):
        stem = stage == 0
        layers += [nn.Conv2d(inputs, outputs, 5 if stem else 3, 2 if stem else 1, 2 if stem else 1, bias=False),
                   nn.GroupNorm(min(8, outputs // 4), outputs), nn.ReLU()]
        if stage < 3:
            layers.append(nn.MaxPool2d(2))
        inputs = outputs
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, 2))


def rate(model, optimiser, inputs, labels, batch, repetitions):
    best = 0
    for _ in range(repetitions):
        start = time.perf_counter()
        for place in range(0, len(inputs), batch):
            optimiser.zero_grad()
            nn.functional.cross_entropy(model(inputs[place:place + batch]), labels[place:place + batch]).backward()
            optimiser.step()
        best = max(best, len(inputs) / (time.perf_counter() - start))
    return best


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--images", type=int, default=700)
    count = parser.parse_args().images
    torch.set_num_threads(1)
    labels = torch.randint(0, 2, (count,))
    for name, make, inputs, batches, repetitions in (
            ("head of 2,944 features", lambda: nn.Linear(2944, 2), torch.randn(count, 2944), (32, count), 10),
            ("network", network, torch.randn(count, 1, 64, 64), (32,), 2)):
        plain = make()
        reference = rate(plain, torch.optim.SGD(plain.parameters(), 0.01, 0.9), inputs, labels, 32, repetitions)
        for batch in batches:
            model = GradSampleModule(make())
            optimiser = DPOptimizer(
                torch.optim.SGD(model.parameters(), 0.01, 0.9), noise_multiplier=4, max_grad_norm=0.1,
                expected_batch_size=batch)
            private = rate(model, optimiser, inputs, labels, batch, repetitions)
            print(f"{name}, {batch} images a private step: plain {reference:.0f}, Opacus {private:.0f} images a second "
                  f"({100 * private / reference:.0f} %)")


main()
