// Four doubles in one register of AVX2.
#include <immintrin.h>

#define CORDON_DOUBLES_TARGET __attribute__((target("avx2,fma")))
#define INLINE static inline __attribute__((always_inline, target("avx2,fma")))
typedef __m256d Vector;

INLINE Vector load(const void *p) { return _mm256_loadu_pd(p); }
INLINE void store(void *p, Vector v) { _mm256_storeu_pd(p, v); }
INLINE Vector all(double x) { return _mm256_set1_pd(x); }
INLINE Vector nearest(Vector x) { return _mm256_round_pd(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
INLINE Vector plus(Vector a, Vector b) { return _mm256_add_pd(a, b); }
INLINE Vector minus(Vector a, Vector b) { return _mm256_sub_pd(a, b); }
INLINE Vector times(Vector a, Vector b) { return _mm256_mul_pd(a, b); }
/// a * b - c, rounded once.
INLINE Vector product_minus(Vector a, Vector b, Vector c) { return _mm256_fmsub_pd(a, b, c); }
/// c - a * b, rounded once.
INLINE Vector minus_product(Vector c, Vector a, Vector b) { return _mm256_fnmadd_pd(a, b, c); }
/// v where a < b, else 0.
INLINE Vector where_below(Vector a, Vector b, Vector v) {
    return _mm256_and_pd(_mm256_cmp_pd(a, b, _CMP_LT_OQ), v);
}
INLINE Vector either_bit(Vector a, Vector b) { return _mm256_or_pd(a, b); }
INLINE Vector differing_bits(Vector a, Vector b) { return _mm256_xor_pd(a, b); }
/// Sums of the bits read as integers modulo 2^64.
INLINE Vector plus_integers(Vector a, Vector b) {
    return _mm256_castsi256_pd(_mm256_add_epi64(_mm256_castpd_si256(a), _mm256_castpd_si256(b)));
}

INLINE void transpose(Vector r[4]) {
    const Vector a = _mm256_unpacklo_pd(r[0], r[1]), b = _mm256_unpackhi_pd(r[0], r[1]);
    const Vector c = _mm256_unpacklo_pd(r[2], r[3]), d = _mm256_unpackhi_pd(r[2], r[3]);
    r[0] = _mm256_permute2f128_pd(a, c, 0x20);
    r[1] = _mm256_permute2f128_pd(b, d, 0x20);
    r[2] = _mm256_permute2f128_pd(a, c, 0x31);
    r[3] = _mm256_permute2f128_pd(b, d, 0x31);
}

/// Of eight values those at even and those at odd places.
INLINE void deinterleave(const double *p, Vector *even, Vector *odd) {
    const Vector a = load(p), b = load(p + 4);
    *even = _mm256_permute4x64_pd(_mm256_unpacklo_pd(a, b), 0xD8);
    *odd = _mm256_permute4x64_pd(_mm256_unpackhi_pd(a, b), 0xD8);
}
