#!/usr/bin/env python3
"""Known answers of the keyed stream and of the public polynomials, from another implementation of AES-256-CTR.

Source: cryptography 50.0.2 (OpenSSL) from PyPI, hashlib of CPython 3.11.    pip install cryptography==50.0.2
Run:    python3 stream_vectors.py    and compare with KeyedStreamTests.swift and PublicPolynomialTests.swift
"""
import hashlib
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def transcript(domain, *parts):
    data = b""
    for part in (domain.encode(),) + parts:
        data += struct.pack("<Q", 8) + struct.pack("<Q", part) if isinstance(part, int) else \
            struct.pack("<Q", len(part)) + part
    return hashlib.sha256(data).digest()


def stream(key, label, indices, count):
    aes = transcript("cordon/stream/v1", key, label.encode(), *indices)
    return Cipher(algorithms.AES(aes), modes.CTR(bytes(16))).encryptor().update(bytes(count))


def is_prime(n):
    if any(n % p == 0 for p in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)):
        return False
    d, s = n - 1, 0
    while d % 2 == 0:
        d, s = d // 2, s + 1
    for base in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        x = pow(base, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def primes(degree, count):
    found, candidate = [], (2**47 - 2) // (2 * degree) * (2 * degree) + 1
    while len(found) < count:
        if is_prime(candidate):
            found.append(candidate)
        candidate -= 2 * degree
    return found


def public_row(federation, seed, block, prime, modulus, degree):
    key = transcript("cordon/public-polynomials/v1", federation, seed)
    data = stream(key, "cordon/public-polynomial/v1", [block, prime], 8 * (degree + 64))
    words = [w & (2**47 - 1) for w in struct.unpack(f"<{degree + 64}Q", data)]
    return [w for w in words if w < modulus][:degree]


print("primes 4096", primes(4096, 1), "8192", primes(8192, 3))
data = stream(b"key", "label", [1, 2], 70_000)
print("stream(key 'key', label 'label', indices 1, 2): first 16", data[:16].hex(), "last 16 of 70000", data[-16:].hex(),
      "sha256", hashlib.sha256(data).hexdigest())
for block, prime in ((0, 0), (1, 1)):
    row = public_row(b"federation", b"seed", block, prime, primes(8192, 2)[prime], 8192)
    print(f"a[{block}] modulo prime {prime}: first", row[:3], "last", row[-1], "sum mod 2^64", sum(row) % 2**64)
