// Products of rows in doubles with fused multiply-add, for processors with AVX2.
#include "avx2_internal.h"

#if CORDON_X86
#pragma STDC FP_CONTRACT OFF

/// a * b modulo q, in [0, q), for residues a and b.
INLINE Vector product(const uint64_t *a, const uint64_t *b, const Modulus *m) {
    const Vector x = to_doubles(load(a)), y = to_doubles(load(b));
    return canonical(multiply(x, y, _mm256_mul_pd(y, m->inverse), m), m);
}

AVX2 void cordon_multiply_avx2(uint64_t *row, const uint64_t *left, const uint64_t *right, size_t n, uint64_t q) {
    const Modulus m = modulus_of(q);
    for (size_t i = 0; i < n; i += 4) store(row + i, to_integers(product(left + i, right + i, &m)));
}

AVX2 void cordon_multiply_accumulate_avx2(
    uint64_t *row, const uint64_t *left, const uint64_t *right, size_t n, uint64_t q) {
    const Modulus m = modulus_of(q);
    for (size_t i = 0; i < n; i += 4) {
        const Vector sum = _mm256_add_pd(to_doubles(load(row + i)), product(left + i, right + i, &m));
        const Vector above = _mm256_and_pd(_mm256_cmp_pd(sum, m.q, _CMP_GE_OQ), m.q);
        store(row + i, to_integers(_mm256_sub_pd(sum, above)));
    }
}

AVX2 uint64_t cordon_dot_avx2(const uint64_t *left, const uint64_t *right, size_t n, uint64_t q) {
    const Modulus m = modulus_of(q);
    // Residues below 2^47: 2^16 of them a lane stay below 2^64.
    __m256i sums = _mm256_setzero_si256();
    uint64_t total = 0, lanes[4];
    for (size_t i = 0; i < n;) {
        const size_t end = n - i < (size_t)1 << 18 ? n : i + ((size_t)1 << 18);
        for (; i < end; i += 4)
            sums = _mm256_add_epi64(sums, _mm256_castpd_si256(to_integers(product(left + i, right + i, &m))));
        _mm256_storeu_si256((__m256i *)lanes, sums);
        for (int l = 0; l < 4; l++) total = add_mod(total, lanes[l] % q, q);
        sums = _mm256_setzero_si256();
    }
    return total;
}
#endif
