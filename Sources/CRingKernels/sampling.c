// Residues and small integers from uniform bytes.
#include "ring_internal.h"

#include <string.h>

static inline uint64_t word_at(const uint8_t *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

size_t cordon_sample_public(uint64_t *row, size_t n, const uint8_t *bytes, size_t words, uint64_t q) {
    const uint64_t mask = ((uint64_t)1 << CORDON_RESIDUE_BITS) - 1;
    size_t kept = 0;
    for (size_t i = 0; i < words && kept < n; i++) {
        uint64_t candidate = word_at(bytes + 8 * i) & mask;
        row[kept] = candidate;
        kept += candidate < q;
    }
    return kept;
}

void cordon_sample_uniform(uint64_t *row, const uint8_t *bytes, size_t n, uint64_t q) {
    const uint64_t one = shoup_quotient(1, q), radix = (uint64_t)(((u128)1 << 64) % q);
    const uint64_t quotient = shoup_quotient(radix, q);
    for (size_t i = 0; i < n; i++) {
        uint64_t low = multiply_lazy(word_at(bytes + 16 * i), 1, one, q);
        uint64_t high = multiply_lazy(word_at(bytes + 16 * i + 8), radix, quotient, q);
        row[i] = reduce_once(reduce_once(low + high, 2 * q), q);
    }
}

CORDON_BODY void cordon_sample_binomial_body(int8_t *values, const uint8_t *bytes, size_t n) {
    const uint64_t mask = ((uint64_t)1 << 41) - 1;
    for (size_t i = 0; i < n; i++) {
        int plus = __builtin_popcountll(word_at(bytes + 16 * i) & mask);
        int minus = __builtin_popcountll(word_at(bytes + 16 * i + 8) & mask);
        values[i] = (int8_t)(plus - minus);
    }
}
CORDON_FAMILIES(, void, cordon_sample_binomial, (int8_t *values, const uint8_t *bytes, size_t n), (values, bytes, n))

CORDON_BODY void cordon_add_small_body(uint64_t *row, const int8_t *values, size_t n, uint64_t q) {
    for (size_t i = 0; i < n; i++) {
        int64_t value = values[i];
        row[i] = add_mod(row[i], (uint64_t)(value + ((int64_t)q & (value >> 63))), q);
    }
}
CORDON_FAMILIES(
    , void, cordon_add_small,
    (uint64_t *row, const int8_t *values, size_t n, uint64_t q),
    (row, values, n, q))
