// Packing of integers with 52-bit integer fused multiply-add: eight coefficients at a time, all primes from one read.
#include "fields_internal.h"

#if CORDON_X86
#include <immintrin.h>

typedef __m512i Vector;

#define INLINE static inline __attribute__((always_inline)) CORDON_IFMA_TARGET

INLINE Vector once(Vector x, Vector q) { return _mm512_min_epu64(x, _mm512_sub_epi64(x, q)); }
INLINE Vector all(uint64_t x) { return _mm512_set1_epi64((long long)x); }

/// y * w modulo q, y below 2^52, with the 52-bit Shoup quotient of w.
INLINE Vector multiply(Vector y, uint64_t w, uint64_t quotient, uint64_t q) {
    const Vector zero = _mm512_setzero_si512(), high = _mm512_madd52hi_epu64(zero, y, all(quotient));
    const Vector low = _mm512_madd52lo_epu64(zero, y, all(w));
    const Vector rest = _mm512_madd52lo_epu64(low, high, all(((uint64_t)1 << 52) - q));
    return once(_mm512_and_si512(rest, all(((uint64_t)1 << 52) - 1)), all(q));
}

/// a - b modulo q; a below q, b below 2q.
INLINE Vector subtract(Vector a, Vector b, Vector q) {
    return once(_mm512_sub_epi64(_mm512_add_epi64(a, q), once(b, q)), q);
}

CORDON_IFMA_TARGET void cordon_fields_limbs_ifma(
    cordon_field_limbs limbs, const uint64_t *const *rows, size_t j, const cordon_fields *p) {
    const Vector mask = all(((uint64_t)1 << 52) - 1), small = all(((uint64_t)1 << CORDON_FIELD_LIMB_BITS) - 1);
    for (size_t l = 0; l < CORDON_FIELD_LANES; l += 8) {
        Vector residue[CORDON_MAXIMUM_PRIMES], part[3];
        for (size_t i = 0; i < p->primes; i++) {
            const Vector value = _mm512_loadu_si512((const void *)(rows[i] + j + l));
            residue[i] = once(_mm512_add_epi64(value, all(p->recentre[i])), all(p->moduli[i]));
        }
        for (int i = 0; i < 3; i++) part[i] = all(p->remaining_offset[i]);
        part[0] = _mm512_add_epi64(part[0], residue[0]);
        if (p->primes > 1) {
            const Vector q1 = all(p->moduli[1]), q0 = all(p->moduli[0]);
            const Vector x1 = multiply(
                subtract(residue[1], residue[0], q1), p->inverse01, p->quotients52[0], p->moduli[1]);
            part[0] = _mm512_madd52lo_epu64(part[0], q0, x1);
            part[1] = _mm512_madd52hi_epu64(part[1], q0, x1);
            if (p->primes > 2) {
                const Vector q2 = all(p->moduli[2]), low = all(p->product01[0]), high = all(p->product01[1]);
                const Vector y2 = multiply(
                    subtract(residue[2], residue[0], q2), p->inverse02, p->quotients52[1], p->moduli[2]);
                const Vector x2 = multiply(subtract(y2, x1, q2), p->inverse12, p->quotients52[2], p->moduli[2]);
                part[0] = _mm512_madd52lo_epu64(part[0], low, x2);
                part[1] = _mm512_madd52hi_epu64(part[1], low, x2);
                part[1] = _mm512_madd52lo_epu64(part[1], high, x2);
                part[2] = _mm512_madd52hi_epu64(part[2], high, x2);
            }
        }
        part[1] = _mm512_add_epi64(part[1], _mm512_srli_epi64(part[0], 52));
        part[0] = _mm512_and_si512(part[0], mask);
        part[2] = _mm512_add_epi64(part[2], _mm512_srli_epi64(part[1], 52));
        part[1] = _mm512_and_si512(part[1], mask);
        const Vector limb[CORDON_FIELD_LIMBS] = {
            part[0],
            _mm512_srli_epi64(part[0], 24),
            _mm512_or_si512(_mm512_srli_epi64(part[0], 48), _mm512_slli_epi64(part[1], 4)),
            _mm512_srli_epi64(part[1], 20),
            _mm512_or_si512(_mm512_srli_epi64(part[1], 44), _mm512_slli_epi64(part[2], 8)),
            _mm512_srli_epi64(part[2], 16),
        };
        for (int i = 0; i < CORDON_FIELD_LIMBS; i++)
            _mm512_storeu_si512((void *)(limbs[i] + l), _mm512_and_si512(limb[i], small));
    }
}

enum { FIELDS = 8 };

CORDON_IFMA_TARGET size_t cordon_fields_encode_ifma(
    uint64_t *rows, const int64_t *values, size_t count, size_t n, const cordon_fields *p) {
    const size_t fields = p->fields, whole = count / fields < n ? count / fields : n, end = whole / 8 * 8;
    if (fields > FIELDS) return 0;
    const Vector zero = _mm512_setzero_si512(), mask = all(((uint64_t)1 << 52) - 1);
    Vector step = _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7), integers[FIELDS];
    step = _mm512_mullo_epi64(step, all(fields));
    for (size_t j = 0; j < end; j += 8) {
        for (size_t f = 0; f < fields; f++)
            integers[f] = _mm512_i64gather_epi64(step, (const void *)(values + j * fields + f), 8);
        for (size_t prime = 0; prime < p->primes; prime++) {
            const uint64_t modulus = p->moduli[prime], *weights = p->weights + prime * fields;
            const Vector q = all(modulus), factor = all(p->barrett52[prime]);
            uint64_t *row = rows + prime * n + j;
            // Sums of at most 8 products below 2^94, and the residue: below 2^98.
            Vector low = _mm512_loadu_si512((const void *)row), high = zero;
            for (size_t f = 0; f < fields; f++) {
                const Vector sign = _mm512_srai_epi64(integers[f], 63);
                const Vector residue = _mm512_add_epi64(integers[f], _mm512_and_si512(sign, q));
                low = _mm512_madd52lo_epu64(low, residue, all(weights[f]));
                high = _mm512_madd52hi_epu64(high, residue, all(weights[f]));
            }
            high = _mm512_add_epi64(high, _mm512_srli_epi64(low, 52));
            low = _mm512_and_si512(low, mask);
            // Barrett: the estimate is at most 3 too small.
            const Vector top = _mm512_or_si512(_mm512_srli_epi64(low, 46), _mm512_slli_epi64(high, 6));
            const Vector estimate = _mm512_madd52hi_epu64(zero, top, factor);
            const Vector negative = all(((uint64_t)1 << 52) - modulus);
            Vector rest = _mm512_and_si512(_mm512_madd52lo_epu64(low, estimate, negative), mask);
            rest = once(once(rest, all(2 * modulus)), q);
            _mm512_storeu_si512((void *)row, rest);
        }
    }
    return end;
}
#endif
