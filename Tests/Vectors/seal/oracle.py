#!/usr/bin/env python3
"""Microsoft SEAL's side of the interchange tests.    pip install seal-python==4.4.0 tenseal==0.3.18

seal FOLDER    reads parameters, keys and ciphertexts of ours in FOLDER, prints what SEAL decrypts, and saves SEAL's own.
tenseal FOLDER the same with the SEAL 4.3 in TenSEAL, which saves seeded and Zstandard-compressed ciphertexts.
sum FOLDER     decrypts the blocks of an exported sum and prints the integers of its coefficients.
"""
import os
import sys


def bfv(folder):
    import seal

    def at(name):
        return os.path.join(folder, name)

    parameters = seal.EncryptionParameters(seal.scheme_type.bfv)
    parameters.load(at("parameters"))
    context = seal.SEALContext(parameters, True, seal.sec_level_type.tc128)
    assert context.parameters_set(), context.parameter_error_message()
    secret = seal.SecretKey()
    secret.load(context, at("secret"))
    public = seal.PublicKey()
    public.load(context, at("public"))
    encoder = seal.BatchEncoder(context)
    decryptor = seal.Decryptor(context, secret)
    for name in ("symmetric", "asymmetric", "sum", "product"):
        ciphertext = seal.Ciphertext()
        ciphertext.load(context, at(name))
        budget = decryptor.invariant_noise_budget(ciphertext)
        assert budget > 0, f"{name}: noise budget {budget}"
        print(name, *encoder.decode_uint64(decryptor.decrypt(ciphertext)))

    # Back: SEAL encrypts under our public key, and under keys of its own.
    values = [(7 * i + 1) % parameters.plain_modulus().value() for i in range(encoder.slot_count())]
    plain = encoder.encode(values)
    seal.Encryptor(context, public).encrypt(plain).save(at("seal-under-ours"), seal.compr_mode_type.none)
    generator = seal.KeyGenerator(context)
    own = generator.secret_key()
    own.save(at("seal-secret"))
    generator.create_public_key().save(at("seal-public"))
    ciphertext = seal.Encryptor(context, own).encrypt_symmetric(plain)
    ciphertext.save(at("seal-symmetric"), seal.compr_mode_type.none)
    plain.save(at("seal-plain"), seal.compr_mode_type.none)
    evaluator = seal.Evaluator(context)
    evaluator.add(ciphertext, ciphertext).save(at("seal-doubled"), seal.compr_mode_type.none)
    if len(parameters.coeff_modulus()) > 2:
        evaluator.mod_switch_to_next(ciphertext).save(at("seal-switched"), seal.compr_mode_type.none)
        evaluator.square(ciphertext).save(at("seal-square"), seal.compr_mode_type.none)


def tenseal(folder):
    import tenseal.sealapi as seal

    def at(name):
        return os.path.join(folder, name)

    parameters = seal.EncryptionParameters(seal.SCHEME_TYPE.BFV)
    parameters.load(at("parameters"))
    context = seal.SEALContext(parameters, True, seal.SEC_LEVEL_TYPE.TC128)
    secret = seal.SecretKey()
    secret.load(context, at("secret"))
    ciphertext = seal.Ciphertext()
    ciphertext.load(context, at("sum"))
    plain = seal.Plaintext()
    seal.Decryptor(context, secret).decrypt(ciphertext, plain)
    encoder = seal.BatchEncoder(context)
    print("sum", *encoder.decode_uint64(plain))
    encoder.encode([(7 * i + 1) % parameters.plain_modulus().value() for i in range(encoder.slot_count())], plain)
    seal.Encryptor(context, secret).encrypt_symmetric(plain).save(at("tenseal-seeded"))
    generator = seal.KeyGenerator(context)
    public = seal.PublicKey()
    generator.create_public_key(public)
    public.save(at("tenseal-public"))
    generator.secret_key().save(at("tenseal-secret"))


def coefficients(values, modulus, degree):
    """The inverse number-theoretic transform, by definition of SEAL's order."""
    step = (modulus - 1) // (2 * degree)
    root = next(r for r in (pow(g, step, modulus) for g in range(2, modulus)) if pow(r, degree, modulus) == modulus - 1)
    root = min(pow(root, i, modulus) for i in range(1, 2 * degree, 2))
    bits = degree.bit_length() - 1
    values, length, groups = list(values), 1, degree // 2
    while groups:
        for group in range(groups):
            inverse = pow(root, -int(format(groups + group, f"0{bits}b")[::-1], 2), modulus)
            for i in range(2 * group * length, (2 * group + 1) * length):
                left, right = values[i], values[i + length]
                values[i] = (left + right) % modulus
                values[i + length] = (left - right) * inverse % modulus
        length, groups = 2 * length, groups // 2
    shrink = pow(degree, -1, modulus)
    return [value * shrink % modulus for value in values]


def sums(folder):
    """Prints the digits of round(phase / scale) of every coefficient: the integers of the sum, opened by SEAL."""
    import struct

    import seal

    parameters = seal.EncryptionParameters(seal.scheme_type.ckks)
    parameters.load(os.path.join(folder, "parameters"))
    context = seal.SEALContext(parameters, True, seal.sec_level_type.tc128)
    assert context.parameters_set(), context.parameter_error_message()
    secret = seal.SecretKey()
    secret.load(context, os.path.join(folder, "secret"))
    decryptor = seal.Decryptor(context, secret)
    with open(os.path.join(folder, "packing"), encoding="ascii") as file:
        fields, width = map(int, file.read().split())
    degree = parameters.poly_modulus_degree()
    moduli = [m.value() for m in parameters.coeff_modulus()][:-1]
    product = 1
    for modulus in moduli:
        product *= modulus
    for name in sorted(n for n in os.listdir(folder) if n.startswith("block-")):
        ciphertext = seal.Ciphertext()
        ciphertext.load(context, os.path.join(folder, name))
        plain = decryptor.decrypt(ciphertext)
        scale = int(plain.scale())
        plain.save(os.path.join(folder, "opened-" + name), seal.compr_mode_type.none)
        words = struct.unpack(
            f"<{degree * len(moduli)}Q", plain.to_bytes(seal.compr_mode_type.none)[-8 * degree * len(moduli):])
        rows = [
            coefficients(words[i * degree:(i + 1) * degree], modulus, degree) for i, modulus in enumerate(moduli)]
        weights = [product // m * pow(product // m, -1, m) for m in moduli]
        opened = []
        for j in range(degree):
            phase = sum(w * row[j] for w, row in zip(weights, rows)) % product
            phase -= product if phase > product // 2 else 0
            packed = (2 * phase + scale) // (2 * scale)
            for _ in range(fields - 1):
                digit = (packed + width // 2) % width - width // 2
                opened.append(digit)
                packed = (packed - digit) // width
            opened.append(packed)
        print(name, *opened)


if __name__ == "__main__":
    {"seal": bfv, "tenseal": tenseal, "sum": sums}[sys.argv[1]](sys.argv[2])
