// Four doubles in two registers of NEON.
#include <arm_neon.h>

#define CORDON_DOUBLES_TARGET
#define INLINE static inline __attribute__((always_inline))
typedef struct {
    float64x2_t low, high;
} Vector;

INLINE Vector halves(float64x2_t low, float64x2_t high) { return (Vector){low, high}; }
INLINE uint64x2_t bits(float64x2_t x) { return vreinterpretq_u64_f64(x); }
INLINE float64x2_t from_bits(uint64x2_t x) { return vreinterpretq_f64_u64(x); }

INLINE Vector load(const void *p) { return halves(from_bits(vld1q_u64(p)), from_bits(vld1q_u64((const uint64_t *)p + 2))); }
INLINE void store(void *p, Vector v) {
    vst1q_u64(p, bits(v.low));
    vst1q_u64((uint64_t *)p + 2, bits(v.high));
}
INLINE Vector all(double x) { return halves(vdupq_n_f64(x), vdupq_n_f64(x)); }
INLINE Vector nearest(Vector x) { return halves(vrndnq_f64(x.low), vrndnq_f64(x.high)); }
INLINE Vector plus(Vector a, Vector b) { return halves(vaddq_f64(a.low, b.low), vaddq_f64(a.high, b.high)); }
INLINE Vector minus(Vector a, Vector b) { return halves(vsubq_f64(a.low, b.low), vsubq_f64(a.high, b.high)); }
INLINE Vector times(Vector a, Vector b) { return halves(vmulq_f64(a.low, b.low), vmulq_f64(a.high, b.high)); }
/// a * b - c, rounded once.
INLINE Vector product_minus(Vector a, Vector b, Vector c) {
    return halves(vfmaq_f64(vnegq_f64(c.low), a.low, b.low), vfmaq_f64(vnegq_f64(c.high), a.high, b.high));
}
/// c - a * b, rounded once.
INLINE Vector minus_product(Vector c, Vector a, Vector b) {
    return halves(vfmsq_f64(c.low, a.low, b.low), vfmsq_f64(c.high, a.high, b.high));
}
/// v where a < b, else 0.
INLINE Vector where_below(Vector a, Vector b, Vector v) {
    return halves(
        from_bits(vandq_u64(vcltq_f64(a.low, b.low), bits(v.low))),
        from_bits(vandq_u64(vcltq_f64(a.high, b.high), bits(v.high))));
}
INLINE Vector either_bit(Vector a, Vector b) {
    return halves(from_bits(vorrq_u64(bits(a.low), bits(b.low))), from_bits(vorrq_u64(bits(a.high), bits(b.high))));
}
INLINE Vector differing_bits(Vector a, Vector b) {
    return halves(from_bits(veorq_u64(bits(a.low), bits(b.low))), from_bits(veorq_u64(bits(a.high), bits(b.high))));
}
/// Sums of the bits read as integers modulo 2^64.
INLINE Vector plus_integers(Vector a, Vector b) {
    return halves(from_bits(vaddq_u64(bits(a.low), bits(b.low))), from_bits(vaddq_u64(bits(a.high), bits(b.high))));
}

INLINE void transpose(Vector r[4]) {
    const Vector a = halves(vzip1q_f64(r[0].low, r[1].low), vzip1q_f64(r[0].high, r[1].high));
    const Vector b = halves(vzip2q_f64(r[0].low, r[1].low), vzip2q_f64(r[0].high, r[1].high));
    const Vector c = halves(vzip1q_f64(r[2].low, r[3].low), vzip1q_f64(r[2].high, r[3].high));
    const Vector d = halves(vzip2q_f64(r[2].low, r[3].low), vzip2q_f64(r[2].high, r[3].high));
    r[0] = halves(a.low, c.low);
    r[1] = halves(b.low, d.low);
    r[2] = halves(a.high, c.high);
    r[3] = halves(b.high, d.high);
}

/// Of eight values those at even and those at odd places.
INLINE void deinterleave(const double *p, Vector *even, Vector *odd) {
    const Vector a = load(p), b = load(p + 4);
    *even = halves(vuzp1q_f64(a.low, a.high), vuzp1q_f64(b.low, b.high));
    *odd = halves(vuzp2q_f64(a.low, a.high), vuzp2q_f64(b.low, b.high));
}
