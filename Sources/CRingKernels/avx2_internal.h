// Residues as doubles with fused multiply-add, four at a time, for processors with AVX2: exact for q < 2^47.
// van der Hoeven, Lecerf and Quintin, "Modular SIMD arithmetic in Mathemagix" (arXiv 1407.3383), section 3.
#ifndef CORDON_AVX2_INTERNAL_H
#define CORDON_AVX2_INTERNAL_H

#include "ring_internal.h"

#if CORDON_X86
#include <immintrin.h>

#pragma STDC FP_CONTRACT OFF

#define AVX2 __attribute__((target("avx2,fma")))
#define INLINE static inline __attribute__((always_inline, target("avx2,fma")))
typedef __m256d Vector;

INLINE Vector load(const void *p) { return _mm256_loadu_pd(p); }
INLINE void store(void *p, Vector v) { _mm256_storeu_pd(p, v); }
INLINE Vector all(double x) { return _mm256_set1_pd(x); }
INLINE Vector nearest(Vector x) { return _mm256_round_pd(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }

typedef struct {
    Vector q, inverse;
} Modulus;

INLINE Modulus modulus_of(uint64_t q) { return (Modulus){all((double)q), all(1 / (double)q)}; }

/// Integers below 2^52 to doubles, and back.
INLINE Vector to_doubles(Vector bits) {
    const Vector magic = all(0x1p52);
    return _mm256_sub_pd(_mm256_or_pd(bits, magic), magic);
}
INLINE Vector to_integers(Vector x) {
    const Vector magic = all(0x1p52);
    return _mm256_xor_pd(_mm256_add_pd(x, magic), magic);
}

/// y * w modulo q, below 0.95q in size for |y| < 15q; ratio = w/q. The two parts of the product are exact.
INLINE Vector multiply(Vector y, Vector w, Vector ratio, const Modulus *m) {
    const Vector high = _mm256_mul_pd(y, w), low = _mm256_fmsub_pd(y, w, high);
    return _mm256_add_pd(_mm256_fnmadd_pd(nearest(_mm256_mul_pd(y, ratio)), m->q, high), low);
}

/// x modulo q, about q/2 in size.
INLINE Vector centred(Vector x, const Modulus *m) {
    return _mm256_fnmadd_pd(nearest(_mm256_mul_pd(x, m->inverse)), m->q, x);
}

/// x modulo q in [0, q).
INLINE Vector canonical(Vector x, const Modulus *m) {
    x = centred(x, m);
    x = _mm256_add_pd(x, _mm256_and_pd(_mm256_cmp_pd(x, _mm256_setzero_pd(), _CMP_LT_OQ), m->q));
    return _mm256_sub_pd(x, _mm256_and_pd(_mm256_cmp_pd(x, m->q, _CMP_GE_OQ), m->q));
}
#endif

#endif
