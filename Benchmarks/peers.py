"""Runs the encryption of one round beside other libraries, interleaved, and prints a table and JSON.

usage: peers.py PATH_TO_EncryptionBenchmark [--dimension D] [--members N] [--repetitions R] [--json FILE]

All times are processor time of one thread; start it pinned to one core (Scripts/bench-encryption.sh does). Needs
tenseal 0.3.18 and seal-python 4.4.0 (any of the two missing is said and left out) and numpy.

 a  TenSEAL as NVFlare configures it (nvflare/lighter/impl/he.py): CKKS, N = 8192, [60, 40, 40], scale 2^40, symmetric;
    one vector for each 4096 numbers, serialised and read again.
 b  SEAL tuned for the job: BFV, N = 4096 at 128 bits, t = 2^40, two 20-bit numbers a coefficient; symmetric and public
    key, the better of the two in every column. Conversions between Python and plaintexts are not counted. The binding
    offers no seeded ciphertexts; their size (65,730 bytes, half and a seed) is counted for SEAL all the same.
 c  Cordon: floats to bytes, bytes of all hospitals to bytes of the sum, bytes of the sum to floats.
"""
import argparse
import json
import os
import statistics
import struct
import subprocess
import sys
import time

clock = time.process_time


def copies(blobs, members):
    """One client's bytes as if every client had sent its own: in memory of their own, so that caches are as cold."""
    return [[bytes(bytearray(blob)) for blob in blobs] for _ in range(members)]


class TenSEAL:
    def __init__(self, numpy, tenseal, dimension, members):
        self.np, self.ts, self.members = numpy, tenseal, members
        self.context = tenseal.context(
            tenseal.SCHEME_TYPE.CKKS, 8192, coeff_mod_bit_sizes=[60, 40, 40],
            encryption_type=tenseal.ENCRYPTION_TYPE.SYMMETRIC)
        self.context.global_scale = 2**40
        self.update = numpy.random.default_rng(1).normal(0, 0.01, dimension)

    def repetition(self):
        start = clock()
        blobs = [
            self.ts.ckks_vector(self.context, self.update[at:at + 4096]).serialize()
            for at in range(0, len(self.update), 4096)
        ]
        encrypt = clock() - start
        clients = copies(blobs, self.members)
        start = clock()
        sums = []
        for first, *others in zip(*clients):
            total = self.ts.ckks_vector_from(self.context, first)
            for blob in others:
                total += self.ts.ckks_vector_from(self.context, blob)
            sums.append(total.serialize())
        aggregate = clock() - start
        start = clock()
        opened = [self.ts.ckks_vector_from(self.context, blob).decrypt() for blob in sums]
        decrypt = clock() - start
        values = self.np.concatenate([self.np.array(part) for part in opened])
        worst = abs(values - self.members * self.update).max()
        assert worst < 1e-6, f"TenSEAL's sum is wrong by {worst}"
        return {"encrypt": encrypt, "aggregate": aggregate, "open": decrypt, "bytes": sum(map(len, blobs))}


class SEAL:
    FIELD = 20
    SEEDED_BYTES = 65_730

    def __init__(self, numpy, seal, dimension, members):
        self.np, self.seal, self.members = numpy, seal, members
        parameters = seal.EncryptionParameters(seal.scheme_type.bfv)
        parameters.set_poly_modulus_degree(4096)
        parameters.set_coeff_modulus(seal.CoeffModulus.BFVDefault(4096))
        parameters.set_plain_modulus(1 << (2 * self.FIELD))
        self.context = seal.SEALContext(parameters)
        keys = seal.KeyGenerator(self.context)
        public = keys.create_public_key()
        self.encryptor = seal.Encryptor(self.context, public, keys.secret_key())
        self.decryptor = seal.Decryptor(self.context, keys.secret_key())
        self.evaluator = seal.Evaluator(self.context)
        # 16-bit numbers, so that the sum of the members fits a field.
        self.update = numpy.random.default_rng(2).integers(0, 1 << 16, dimension, dtype=numpy.uint64)
        padded = numpy.zeros(-(-dimension // 8192) * 8192, dtype=numpy.uint64)
        padded[:dimension] = self.update
        pairs = padded.reshape(-1, 4096, 2)
        self.plaintexts = [self.plaintext(block) for block in pairs[:, :, 0] | pairs[:, :, 1] << self.FIELD]
        shm = "/dev/shm" if os.path.isdir("/dev/shm") else "/tmp"
        self.file = os.path.join(shm, f"cordon-seal-{os.getpid()}")

    def plaintext(self, coefficients):
        body = coefficients.astype("<u8").tobytes()
        array = struct.pack("<HBBBBHQ", 0xA15E, 16, 4, 4, 0, 0, 24 + len(body)) + struct.pack("<Q", len(body) // 8) + body
        payload = bytes(32) + struct.pack("<Qd", len(body) // 8, 1.0) + array
        result = self.seal.Plaintext()
        result.load_bytes(
            self.context, struct.pack("<HBBBBHQ", 0xA15E, 16, 4, 4, 0, 0, 16 + len(payload)) + payload)
        return result

    def saved(self, ciphertext):
        ciphertext.save(self.file, self.seal.compr_mode_type.none)
        with open(self.file, "rb") as source:
            return source.read()

    def repetition(self):
        times, blobs = {}, None
        for name in ("symmetric", "public"):
            encrypt = self.encryptor.encrypt_symmetric if name == "symmetric" else self.encryptor.encrypt
            start = clock()
            made = [self.saved(encrypt(plain)) for plain in self.plaintexts]
            times[name] = clock() - start
            blobs = made
        clients = copies(blobs, self.members)
        start = clock()
        sums = []
        for first, *others in zip(*clients):
            total = self.seal.Ciphertext()
            total.load_bytes(self.context, first)
            for blob in others:
                other = self.seal.Ciphertext()
                other.load_bytes(self.context, blob)
                self.evaluator.add_inplace(total, other)
            sums.append(self.saved(total))
        aggregate = clock() - start
        opened = []
        start = clock()
        for blob in sums:
            total = self.seal.Ciphertext()
            total.load_bytes(self.context, blob)
            plain = self.seal.Plaintext()
            self.decryptor.decrypt(total, plain)
            opened.append(plain)
        decrypt = clock() - start
        os.unlink(self.file)
        values = self.np.zeros((len(opened), 4096), dtype=self.np.uint64)
        for row, plain in enumerate(opened):
            # 16 header, 32 parms_id, 8 count, 8 scale; then 16 header and 8 count of the array.
            body = self.np.frombuffer(plain.to_bytes()[88:], dtype="<u8")
            values[row, :len(body)] = body
        mask = (1 << self.FIELD) - 1
        pairs = self.np.stack([values & mask, values >> self.FIELD], axis=-1).reshape(-1)
        assert (pairs[:len(self.update)] == self.members * self.update).all(), "SEAL's sum is wrong"
        return {
            "encrypt": min(times.values()), "aggregate": aggregate, "open": decrypt,
            "encryptSymmetric": times["symmetric"], "encryptPublic": times["public"],
            "bytes": len(self.plaintexts) * self.SEEDED_BYTES, "bytesUnseeded": sum(map(len, blobs)),
        }


class Cordon:
    def __init__(self, path, dimension, members, choice):
        self.process = subprocess.Popen(
            [path, "measure", "--dimension", str(dimension), "--members", str(members), "--set", choice],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.traffic = self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit("bench-encryption: EncryptionBenchmark stopped")
        return json.loads(line)

    def repetition(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        times = self.answer()
        return {
            "encrypt": times["publicPolynomials"] + times["quantise"] + times["encrypt"],
            "aggregate": times["aggregate"],
            "open": times["openKeySum"] + times["openDigits"] + times["openFloats"],
            "bytes": self.traffic["ciphertext"], **{"step " + name: value for name, value in times.items()},
        }


GOALS = {"tenseal": (50, 100, 20, 15), "seal": (8, 8, 3, 2.2)}
COLUMNS = ("encrypt", "aggregate", "open", "bytes")


def peers(dimension, members):
    try:
        import numpy
    except ImportError:
        print("numpy is missing: nothing to compare with", file=sys.stderr)
        return {}
    found = {}
    for name, module, kind in (("tenseal", "tenseal", TenSEAL), ("seal", "seal", SEAL)):
        try:
            found[name] = kind(numpy, __import__(module), dimension, members)
        except ImportError as error:
            print(f"{module} is missing ({error}): this comparison is left out", file=sys.stderr)
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("benchmark")
    parser.add_argument("--dimension", type=int, default=1_000_000)
    parser.add_argument("--members", type=int, default=10)
    parser.add_argument("--repetitions", type=int, default=7)
    parser.add_argument("--set", default="large", help="parameter set of Cordon: the one with the smallest ciphertext")
    parser.add_argument("--json")
    options = parser.parse_args()
    sides = peers(options.dimension, options.members)
    sides["cordon"] = Cordon(options.benchmark, options.dimension, options.members, options.set)
    runs = {name: [] for name in sides}
    for _ in range(options.repetitions):
        for name, side in sides.items():
            runs[name].append(side.repetition())
    medians = {
        name: {key: statistics.median(run[key] for run in found) for key in found[0]} for name, found in runs.items()}
    traffic = [
        counted(options, members, chosen)
        for members in (options.members, 100) for chosen in (["--set", options.set], [])
    ]
    report(options, medians, traffic)
    if options.json:
        with open(options.json, "w") as target:
            json.dump(
                {"dimension": options.dimension, "members": options.members, "repetitions": options.repetitions,
                 "medians": medians, "traffic": traffic},
                target, indent=1, sort_keys=True)


def counted(options, members, chosen):
    """Bytes of a round for so many hospitals, with the chosen set or the planner's own."""
    command = [options.benchmark, "measure", "--bytes-only", "--members", str(members), "--dimension",
               str(options.dimension)] + chosen
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def report(options, medians, traffic):
    print(f"\n{options.dimension} parameters, {options.members} hospitals; median of {options.repetitions} interleaved"
          " repetitions; one thread, processor time, milliseconds")
    print(f"{'':34}{'encrypt':>10}{'aggregate':>11}{'open':>10}{'MB a client':>13}")
    names = {"tenseal": "TenSEAL as NVFlare configures it", "seal": "SEAL tuned (best of sk, pk)", "cordon": "Cordon"}
    for name, row in medians.items():
        print(f"{names[name]:34}{1e3 * row['encrypt']:10.2f}{1e3 * row['aggregate']:11.2f}{1e3 * row['open']:10.2f}"
              f"{row['bytes'] / 1e6:13.2f}")
    ours = medians["cordon"]
    for name, goals in GOALS.items():
        if name not in medians:
            continue
        ratios = [medians[name][column] / ours[column] for column in COLUMNS]
        cells = "".join(f"{ratio:9.1f}x" for ratio in ratios)
        verdicts = ", ".join(
            f"{column} {'met' if ratio >= goal else 'MISSED'} (goal {goal}x)"
            for column, ratio, goal in zip(COLUMNS, ratios, goals))
        print(f"against {name:26}{cells}   {verdicts}")
    steps = {key[5:]: value for key, value in ours.items() if key.startswith("step ")}
    print("\nCordon's steps, ms: " + ", ".join(f"{name} {1e3 * value:.2f}" for name, value in steps.items()))
    for row in traffic:
        parts = ("ciphertext", "sealedShares", "sketchOpening", "sumOpening", "blockCheckFetched", "blockReport")
        print(f"n = {row['members']}, set {row['parameterSet']}: {row['fields']} fields, {row['blocks']} blocks, "
              f"{row['bitsPerParameter']:.2f} bits a parameter, {row['securityBitsQuantum']} bits quantum; "
              "bytes a hospital and round: " + ", ".join(f"{name} {row[name]}" for name in parts))
    sketch = [("linear part of one hospital", steps["sketchLinearPart"], 0.060),
              ("preparation a round", steps["sketchFamilies"], 0.200)]
    print("sketch: " + ", ".join(
        f"{name} {1e3 * value:.1f} ms ({'met' if value <= goal else 'MISSED'}, goal {1e3 * goal:.0f} ms)"
        for name, value, goal in sketch))


if __name__ == "__main__":
    main()
