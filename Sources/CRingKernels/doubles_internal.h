// Residues as doubles with fused multiply-add, four at a time: exact for q < 2^47.
// van der Hoeven, Lecerf and Quintin, "Modular SIMD arithmetic in Mathemagix" (arXiv 1407.3383), section 3.
#ifndef CORDON_DOUBLES_INTERNAL_H
#define CORDON_DOUBLES_INTERNAL_H

#include "ring_internal.h"

#if CORDON_DOUBLES
#pragma STDC FP_CONTRACT OFF
#if CORDON_X86
#include "doubles_avx2.h"
#else
#include "doubles_neon.h"
#endif

typedef struct {
    Vector q, inverse;
} Modulus;

INLINE Modulus modulus_of(uint64_t q) { return (Modulus){all((double)q), all(1 / (double)q)}; }

/// Integers below 2^52 to doubles, and back.
INLINE Vector to_doubles(Vector integers) { return minus(either_bit(integers, all(0x1p52)), all(0x1p52)); }
INLINE Vector to_integers(Vector x) { return differing_bits(plus(x, all(0x1p52)), all(0x1p52)); }

/// y * w modulo q, below 0.95q in size for |y| < 15q; ratio = w/q. The two parts of the product are exact.
INLINE Vector multiply(Vector y, Vector w, Vector ratio, const Modulus *m) {
    const Vector high = times(y, w), low = product_minus(y, w, high);
    return plus(minus_product(high, nearest(times(y, ratio)), m->q), low);
}

/// x modulo q, about q/2 in size.
INLINE Vector centred(Vector x, const Modulus *m) { return minus_product(x, nearest(times(x, m->inverse)), m->q); }

/// x modulo q for x in [0, 2q).
INLINE Vector once(Vector x, const Modulus *m) { return minus(x, minus(m->q, where_below(x, m->q, m->q))); }

/// x modulo q in [0, q), for |x| < q.
INLINE Vector positive(Vector x, const Modulus *m) { return plus(x, where_below(x, all(0), m->q)); }
#endif

#endif
