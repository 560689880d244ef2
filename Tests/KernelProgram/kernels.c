// Every kernel on rows of a fixed generator: the family that runs against portable C, and a digest of all outputs, which
// is the same on every machine. `Scripts/check-arm.sh` runs it here and, emulated, on 64-bit ARM.
#include "CRingKernels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST = 8192 };

static uint64_t state = 88172645463325252u, digest = 14695981039346656037u;
static unsigned differences;

static uint64_t next(void) {
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

static void absorb(const void *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) digest = (digest ^ ((const uint8_t *)bytes)[i]) * 1099511628211u;
}

/// Both outputs are the same bytes.
static void expect_same(const void *fast, const void *plain, size_t count) {
    differences += memcmp(fast, plain, count) != 0;
    absorb(fast, count);
}

static void fill(uint64_t *row, size_t n, uint64_t q, int edges) {
    for (size_t i = 0; i < n; i++) row[i] = edges ? q - 1 : next() % q;
}

static void check_rows(size_t n, uint64_t q, int edges) {
    static uint64_t left[LARGEST], right[LARGEST], fast[LARGEST], plain[LARGEST];
    cordon_ntt_table *table = cordon_ntt_create(n, q);
    if (!table) abort();
    fill(left, n, q, edges);
    fill(right, n, q, edges);
    const size_t bytes = n * sizeof *left;
    memcpy(fast, left, bytes);
    memcpy(plain, left, bytes);
    cordon_ntt_forward(fast, table);
    cordon_ntt_forward_portable(plain, table);
    expect_same(fast, plain, bytes);
    memcpy(fast, right, bytes);
    memcpy(plain, right, bytes);
    cordon_ntt_inverse(fast, table);
    cordon_ntt_inverse_portable(plain, table);
    expect_same(fast, plain, bytes);
    cordon_multiply(fast, left, right, n, q);
    cordon_multiply_portable(plain, left, right, n, q);
    expect_same(fast, plain, bytes);
    cordon_multiply_accumulate(fast, left, right, n, q);
    cordon_multiply_accumulate_portable(plain, left, right, n, q);
    expect_same(fast, plain, bytes);
    const uint64_t dot = cordon_dot(left, right, n, q), expected = cordon_dot_portable(left, right, n, q);
    expect_same(&dot, &expected, sizeof dot);
    cordon_ntt_free(table);
}

static void check_fields(size_t n, const uint64_t *moduli, size_t primes) {
    enum { FIELDS = 5 };
    static uint64_t fast[3 * LARGEST], plain[3 * LARGEST];
    static int64_t values[FIELDS * LARGEST], digits[FIELDS * LARGEST], same[FIELDS * LARGEST];
    static int64_t noise[LARGEST], rest[LARGEST];
    const uint64_t scale = 1 << 17, width = cordon_fields_width(moduli, primes, scale, FIELDS);
    cordon_fields *packing = cordon_fields_create(moduli, primes, scale, width, FIELDS);
    if (!packing) abort();
    for (size_t i = 0; i < FIELDS * n; i++) values[i] = (int64_t)(next() % (width / 2)) - (int64_t)(width / 4);
    memset(fast, 0, sizeof fast);
    memset(plain, 0, sizeof plain);
    cordon_fields_encode(fast, values, FIELDS * n, n, packing);
    cordon_fields_encode_portable(plain, values, FIELDS * n, n, packing);
    expect_same(fast, plain, primes * n * sizeof *fast);
    const uint64_t *rows[3] = {fast, fast + n, fast + 2 * n};
    cordon_fields_decode(digits, noise, rows, n, packing);
    cordon_fields_decode_portable(same, rest, rows, n, packing);
    expect_same(digits, same, FIELDS * n * sizeof *digits);
    expect_same(noise, rest, n * sizeof *noise);
    differences += memcmp(digits, values, FIELDS * n * sizeof *digits) != 0;
    cordon_fields_free(packing);
}

static void check_sampling(size_t n, uint64_t q) {
    static uint8_t bytes[16 * LARGEST], packed[LARGEST / 8 * CORDON_RESIDUE_BITS];
    static int8_t small[LARGEST];
    static uint64_t row[LARGEST], unpacked[LARGEST];
    static float reals[LARGEST];
    static int64_t integers[LARGEST];
    for (size_t i = 0; i < 16 * n; i++) bytes[i] = (uint8_t)next();
    for (size_t i = 0; i < n; i++) reals[i] = (float)(int64_t)(next() >> 40) / 4096 - 2048;
    cordon_sample_binomial(small, bytes, n);
    absorb(small, n);
    cordon_sample_uniform(row, bytes, n, q);
    absorb(row, 8 * n);
    cordon_pack(packed, row, n);
    differences += !cordon_unpack(unpacked, packed, n, q) || memcmp(row, unpacked, 8 * n) != 0;
    absorb(packed, n / 8 * CORDON_RESIDUE_BITS);
    cordon_round_stochastically(integers, reals, 1234.5, bytes, n);
    absorb(integers, 8 * n);
    const double norm = cordon_squared_norm(reals, n);
    absorb(&norm, sizeof norm);
}

int main(void) {
    const uint64_t moduli[] = {140737488273409u, 140737488125953u, 140737488044033u};
    for (size_t n = 64; n <= LARGEST; n *= 2)
        for (size_t prime = 0; prime < 3; prime++)
            for (int edges = 0; edges < 2; edges++) check_rows(n, moduli[prime], edges);
    for (size_t primes = 2; primes <= 3; primes++) check_fields(LARGEST, moduli, primes);
    check_sampling(LARGEST, moduli[0]);
    const char *family = cordon_kernels_name(cordon_kernels_active());
    fprintf(stderr, "%s kernels: %u differences from portable C\n", family, differences);
    printf("%016llx\n", (unsigned long long)digest);
    return differences == 0 ? 0 : 1;
}
