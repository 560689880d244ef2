#!/usr/bin/env python3
"""Writes the stored vectors beside it: keys and ciphertexts of Microsoft SEAL.

Sources: seal-python 4.4.0 (SEAL 4.4, uncompressed) and tenseal 0.3.18 (SEAL 4.3, Zstandard, seeded), both from PyPI.
Run:     pip install seal-python==4.4.0 tenseal==0.3.18; python3 make.py
BFV: N = 2048, q the largest 47-bit prime that is 1 modulo 2N, t = 12289, slot i holds (7 i + 1) mod 6000.
CKKS: N = 1024, one 27-bit prime, scale 2^20; the plaintext is what SEAL decrypts the seeded ciphertext to.
"""
import os

import seal
import tenseal.sealapi as old

FOLDER = os.path.dirname(os.path.abspath(__file__))


def at(name):
    return os.path.join(FOLDER, name + ".bin")


def prime(bits, step):
    candidate = (2**bits - 2) // step * step + 1
    while not seal.Modulus(candidate).is_prime():
        candidate -= step
    return candidate


parameters = seal.EncryptionParameters(seal.scheme_type.bfv)
parameters.set_poly_modulus_degree(2048)
parameters.set_coeff_modulus([seal.Modulus(prime(47, 4096))])
parameters.set_plain_modulus(12289)
parameters.save(at("bfv-parameters"), seal.compr_mode_type.none)
context = seal.SEALContext(parameters, True, seal.sec_level_type.tc128)
secret = seal.KeyGenerator(context).secret_key()
secret.save(at("bfv-secret"))
plain = seal.BatchEncoder(context).encode([(7 * i + 1) % 6000 for i in range(2048)])
seal.Encryptor(context, secret).encrypt_symmetric(plain).save(at("bfv-ciphertext"), seal.compr_mode_type.none)

parameters = old.EncryptionParameters(old.SCHEME_TYPE.BFV)
parameters.set_poly_modulus_degree(2048)
parameters.set_coeff_modulus([old.Modulus(prime(47, 4096))])
parameters.set_plain_modulus(12289)
context = old.SEALContext(parameters, True, old.SEC_LEVEL_TYPE.TC128)
secret = old.KeyGenerator(context).secret_key()
secret.save(at("bfv-seeded-secret"))
plain = old.Plaintext()
old.BatchEncoder(context).encode([(7 * i + 1) % 6000 for i in range(2048)], plain)
old.Encryptor(context, secret).encrypt_symmetric(plain).save(at("bfv-seeded"))

parameters = old.EncryptionParameters(old.SCHEME_TYPE.CKKS)
parameters.set_poly_modulus_degree(1024)
parameters.set_coeff_modulus([old.Modulus(prime(27, 2048))])
parameters.save(at("ckks-parameters"))
context = old.SEALContext(parameters, True, old.SEC_LEVEL_TYPE.TC128)
secret = old.KeyGenerator(context).secret_key()
secret.save(at("ckks-secret"))
plain = old.Plaintext()
old.CKKSEncoder(context).encode([0.5, -0.25, 1.0], 2.0**20, plain)
old.Encryptor(context, secret).encrypt_symmetric(plain).save(at("ckks-seeded"))
ciphertext = old.Ciphertext()
ciphertext.load(context, at("ckks-seeded"))
old.Decryptor(context, secret).decrypt(ciphertext, plain)
plain.save(at("ckks-opened"))
