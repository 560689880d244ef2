// Products of rows in doubles with fused multiply-add, for processors with AVX2 or NEON.
#include "doubles_internal.h"

#if CORDON_DOUBLES
/// a * b modulo q, in [0, q), for residues a and b.
INLINE Vector product(const uint64_t *a, const uint64_t *b, const Modulus *m) {
    const Vector x = to_doubles(load(a)), y = to_doubles(load(b));
    return positive(multiply(x, y, times(y, m->inverse), m), m);
}

CORDON_DOUBLES_TARGET void cordon_multiply_doubles(
    uint64_t *row, const uint64_t *left, const uint64_t *right, size_t n, uint64_t q) {
    const Modulus m = modulus_of(q);
    for (size_t i = 0; i < n; i += 4) store(row + i, to_integers(product(left + i, right + i, &m)));
}

CORDON_DOUBLES_TARGET void cordon_multiply_accumulate_doubles(
    uint64_t *row, const uint64_t *left, const uint64_t *right, size_t n, uint64_t q) {
    const Modulus m = modulus_of(q);
    for (size_t i = 0; i < n; i += 4) {
        const Vector sum = plus(to_doubles(load(row + i)), product(left + i, right + i, &m));
        store(row + i, to_integers(once(sum, &m)));
    }
}

CORDON_DOUBLES_TARGET uint64_t cordon_dot_doubles(const uint64_t *left, const uint64_t *right, size_t n, uint64_t q) {
    const Modulus m = modulus_of(q);
    // Residues below 2^47: 2^16 of them a lane stay below 2^64.
    const size_t most = (size_t)1 << 18;
    uint64_t total = 0, lanes[4];
    for (size_t i = 0; i < n;) {
        const size_t end = n - i < most ? n : i + most;
        Vector sums = all(0);
        for (; i < end; i += 4) sums = plus_integers(sums, to_integers(product(left + i, right + i, &m)));
        store(lanes, sums);
        for (int l = 0; l < 4; l++) total = add_mod(total, lanes[l] % q, q);
    }
    return total;
}
#endif
