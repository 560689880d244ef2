#!/usr/bin/env python3
"""Writes SEALTransformVectors.swift: primes and number-theoretic transforms of Microsoft SEAL.

Source: seal-python 4.4.0 (SEAL 4.4) from PyPI.    pip install seal-python==4.4.0
Run:    python3 ntt_vectors.py > ../RingArithmeticTests/SEALTransformVectors.swift
Input polynomial: coefficient j is (j*j + 3*j + 1) mod 30011, below half the plaintext modulus 65537, so SEAL lifts it as is.
"""
import hashlib
import struct

import seal


def vector(degree, count):
    parameters = seal.EncryptionParameters(seal.scheme_type.bfv)
    parameters.set_poly_modulus_degree(degree)
    moduli = seal.CoeffModulus.Create(degree, [47] * count)
    parameters.set_coeff_modulus(moduli)
    parameters.set_plain_modulus(65537)
    context = seal.SEALContext(parameters, False, seal.sec_level_type.none)
    coefficients = [(j * j + 3 * j + 1) % 30011 for j in range(degree)]
    terms = [f"{c:X}x^{j}" if j else f"{c:X}" for j, c in reversed(list(enumerate(coefficients))) if c]
    plain = seal.Plaintext(" + ".join(terms))
    evaluator = seal.Evaluator(context)
    evaluator.transform_to_ntt_inplace(plain, context.key_context_data().parms_id())
    data = plain.to_bytes(seal.compr_mode_type.none)[-8 * degree * count:]
    words = struct.unpack(f"<{degree * count}Q", data)
    rows = [words[i * degree:(i + 1) * degree] for i in range(count)]
    return [m.value() for m in moduli], rows


def group(value):
    return f"{value:_}"


print("// Made by Tests/Vectors/ntt_vectors.py with seal-python 4.4.0 (Microsoft SEAL 4.4). Do not edit.")
print("struct SEALTransformVector: Sendable {")
print("    let degree: Int")
print("    let modulus: UInt64")
print("    let firstValues: [UInt64]")
print("    let lastValues: [UInt64]")
print("    /// Σ (i+1)·value_i modulo 2^64.")
print("    let weightedSum: UInt64")
print()
print("    static let all: [SEALTransformVector] = [")
for degree, count in ((4096, 1), (8192, 3)):
    moduli, rows = vector(degree, count)
    for modulus, row in zip(moduli, rows):
        total = sum((i + 1) * v for i, v in enumerate(row)) % 2**64
        print("        SEALTransformVector(")
        print(f"            degree: {degree}, modulus: {group(modulus)},")
        print(f"            firstValues: [{', '.join(group(v) for v in row[:4])}],")
        print(f"            lastValues: [{', '.join(group(v) for v in row[-4:])}],")
        print(f"            weightedSum: {group(total)}),")
print("    ]")
print("}")
