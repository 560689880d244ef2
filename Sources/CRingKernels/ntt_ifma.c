// The transform with 52-bit integer fused multiply-add (AVX-512 IFMA): eight residues a vector, three or four stages a
// pass in registers. For q < 2^47 no stage needs a reduction: a stage adds at most 2q, and 2q * (1 + log2 n) < 2^52 up
// to n = 2^15.
#include "ring_internal.h"

#if CORDON_X86
#include <immintrin.h>

#define INLINE static inline __attribute__((always_inline)) CORDON_IFMA_TARGET
#define UNROLL _Pragma("clang loop unroll(full)")
typedef __m512i Vector;

INLINE Vector load(const uint64_t *p) { return _mm512_loadu_si512((const void *)p); }
INLINE void store(uint64_t *p, Vector v) { _mm512_storeu_si512((void *)p, v); }
INLINE Vector all(uint64_t x) { return _mm512_set1_epi64((long long)x); }
INLINE Vector once(Vector x, Vector q) { return _mm512_min_epu64(x, _mm512_sub_epi64(x, q)); }

typedef struct {
    Vector q, q2, negative, mask;
} Modulus;

INLINE Modulus modulus_of(uint64_t q) {
    Modulus m = {all(q), all(2 * q), all(((uint64_t)1 << 52) - q), all(((uint64_t)1 << 52) - 1)};
    return m;
}

/// y * w modulo q in [0, 2q), y below 2^52.
INLINE Vector multiply(Vector y, Vector w, Vector quotient, const Modulus *m) {
    Vector zero = _mm512_setzero_si512();
    Vector high = _mm512_madd52hi_epu64(zero, y, quotient);
    Vector low = _mm512_madd52lo_epu64(zero, y, w);
    return _mm512_and_si512(_mm512_madd52lo_epu64(low, high, m->negative), m->mask);
}

INLINE void forward_butterfly(Vector *x, Vector *y, Vector w, Vector quotient, const Modulus *m) {
    Vector v = multiply(*y, w, quotient, m);
    *y = _mm512_sub_epi64(_mm512_add_epi64(*x, m->q2), v);
    *x = _mm512_add_epi64(*x, v);
}

INLINE void inverse_butterfly(Vector *x, Vector *y, Vector w, Vector quotient, const Modulus *m) {
    Vector sum = once(_mm512_add_epi64(*x, *y), m->q2);
    Vector difference = _mm512_sub_epi64(_mm512_add_epi64(*x, m->q2), *y);
    *x = sum;
    *y = multiply(difference, w, quotient, m);
}

INLINE void transpose(Vector x[8]) {
    Vector a[8], b[8];
    UNROLL for (int i = 0; i < 8; i += 2) {
        a[i] = _mm512_unpacklo_epi64(x[i], x[i + 1]);
        a[i + 1] = _mm512_unpackhi_epi64(x[i], x[i + 1]);
    }
    UNROLL for (int i = 0; i < 8; i += 4) {
        UNROLL for (int j = 0; j < 2; j++) {
            b[i + j] = _mm512_shuffle_i64x2(a[i + j], a[i + j + 2], 0x88);
            b[i + j + 2] = _mm512_shuffle_i64x2(a[i + j], a[i + j + 2], 0xDD);
        }
    }
    UNROLL for (int j = 0; j < 4; j++) {
        x[j] = _mm512_shuffle_i64x2(b[j], b[j + 4], 0x88);
        x[j + 4] = _mm512_shuffle_i64x2(b[j], b[j + 4], 0xDD);
    }
}

INLINE void forward_pass(uint64_t *row, const cordon_ntt_table *t, size_t groups, const int stages) {
    const Modulus m = modulus_of(t->modulus);
    const size_t length = t->degree / groups, stride = length >> stages;
    for (size_t i = 0; i < groups; i++)
        for (size_t j = 0; j < stride; j += 8) {
            uint64_t *p = row + i * length + j;
            Vector x[16];
            UNROLL for (int r = 0; r < 1 << stages; r++) x[r] = load(p + (size_t)r * stride);
            UNROLL for (int s = 0; s < stages; s++) {
                const int half = (1 << stages) >> (s + 1);
                UNROLL for (int g = 0; g < 1 << s; g++) {
                    const size_t at = (groups << s) + (i << s) + (size_t)g;
                    Vector w = all(t->power[at]), quotient = all(t->power_quotient52[at]);
                    UNROLL for (int u = 0; u < half; u++)
                        forward_butterfly(&x[g * 2 * half + u], &x[g * 2 * half + u + half], w, quotient, &m);
                }
            }
            UNROLL for (int r = 0; r < 1 << stages; r++) store(p + (size_t)r * stride, x[r]);
        }
}

INLINE void forward_tail(uint64_t *row, const cordon_ntt_table *t) {
    const Modulus m = modulus_of(t->modulus);
    const Vector barrett = all(t->barrett52);
    for (size_t block = 0; block < t->degree / 64; block++) {
        uint64_t *p = row + 64 * block;
        const uint64_t *w = t->tail + 56 * block, *wq = t->tail_quotient + 56 * block;
        Vector x[8];
        UNROLL for (int r = 0; r < 8; r++) x[r] = load(p + 8 * r);
        transpose(x);
        UNROLL for (int s = 0; s < 3; s++) {
            const int half = 4 >> s, first = (1 << s) - 1;
            UNROLL for (int g = 0; g < 1 << s; g++) {
                Vector v = load(w + 8 * (first + g)), quotient = load(wq + 8 * (first + g));
                UNROLL for (int u = 0; u < half; u++)
                    forward_butterfly(&x[g * 2 * half + u], &x[g * 2 * half + u + half], v, quotient, &m);
            }
        }
        UNROLL for (int r = 0; r < 8; r++) {
            Vector high = _mm512_madd52hi_epu64(_mm512_setzero_si512(), x[r], barrett);
            x[r] = _mm512_and_si512(_mm512_madd52lo_epu64(x[r], high, m.negative), m.mask);
            x[r] = once(x[r], m.q);
        }
        transpose(x);
        UNROLL for (int r = 0; r < 8; r++) store(p + 8 * r, x[r]);
    }
}

CORDON_IFMA_TARGET void cordon_ntt_forward_ifma(uint64_t *row, const cordon_ntt_table *t) {
    size_t groups = 1, left = t->log_degree - 3;
    while (left % 3 && left >= 4) {
        forward_pass(row, t, groups, 4);
        groups <<= 4;
        left -= 4;
    }
    for (; left >= 3; left -= 3, groups <<= 3) forward_pass(row, t, groups, 3);
    for (; left >= 1; left -= 1, groups <<= 1) forward_pass(row, t, groups, 1);
    forward_tail(row, t);
}

INLINE void inverse_head(uint64_t *row, const cordon_ntt_table *t) {
    const Modulus m = modulus_of(t->modulus);
    for (size_t block = 0; block < t->degree / 64; block++) {
        uint64_t *p = row + 64 * block;
        const uint64_t *w = t->inverse_tail + 56 * block, *wq = t->inverse_tail_quotient + 56 * block;
        Vector x[8];
        UNROLL for (int r = 0; r < 8; r++) x[r] = load(p + 8 * r);
        transpose(x);
        UNROLL for (int s = 2; s >= 0; s--) {
            const int half = 4 >> s, first = (1 << s) - 1;
            UNROLL for (int g = 0; g < 1 << s; g++) {
                Vector v = load(w + 8 * (first + g)), quotient = load(wq + 8 * (first + g));
                UNROLL for (int u = 0; u < half; u++)
                    inverse_butterfly(&x[g * 2 * half + u], &x[g * 2 * half + u + half], v, quotient, &m);
            }
        }
        transpose(x);
        UNROLL for (int r = 0; r < 8; r++) store(p + 8 * r, x[r]);
    }
}

/// `groups` at the end of the pass; the pass that ends with one group merges n^-1 into its last stage.
INLINE void inverse_pass(uint64_t *row, const cordon_ntt_table *t, size_t groups, const int stages, const int last) {
    const Modulus m = modulus_of(t->modulus);
    const size_t length = t->degree / groups, stride = length >> stages;
    for (size_t i = 0; i < groups; i++)
        for (size_t j = 0; j < stride; j += 8) {
            uint64_t *p = row + i * length + j;
            Vector x[16];
            UNROLL for (int r = 0; r < 1 << stages; r++) x[r] = load(p + (size_t)r * stride);
            UNROLL for (int s = stages - 1; s >= last; s--) {
                const int half = (1 << stages) >> (s + 1);
                UNROLL for (int g = 0; g < 1 << s; g++) {
                    const size_t at = (groups << s) + (i << s) + (size_t)g;
                    Vector w = all(t->inverse[at]), quotient = all(t->inverse_quotient52[at]);
                    UNROLL for (int u = 0; u < half; u++)
                        inverse_butterfly(&x[g * 2 * half + u], &x[g * 2 * half + u + half], w, quotient, &m);
                }
            }
            if (last) {
                const int half = 1 << (stages - 1);
                Vector a = all(t->scale), aq = all(t->scale_quotient52);
                Vector b = all(t->scaled_root), bq = all(t->scaled_root_quotient52);
                UNROLL for (int u = 0; u < half; u++) {
                    Vector sum = _mm512_add_epi64(x[u], x[u + half]);
                    Vector difference = _mm512_sub_epi64(_mm512_add_epi64(x[u], m.q2), x[u + half]);
                    x[u] = once(multiply(sum, a, aq, &m), m.q);
                    x[u + half] = once(multiply(difference, b, bq, &m), m.q);
                }
            }
            UNROLL for (int r = 0; r < 1 << stages; r++) store(p + (size_t)r * stride, x[r]);
        }
}

CORDON_IFMA_TARGET void cordon_ntt_inverse_ifma(uint64_t *row, const cordon_ntt_table *t) {
    inverse_head(row, t);
    size_t left = t->log_degree - 3;
    while (left % 3 && left > 4) {
        left -= 4;
        inverse_pass(row, t, (size_t)1 << left, 4, 0);
    }
    if (left == 4) {
        inverse_pass(row, t, 1, 4, 1);
        return;
    }
    while (left > 3) {
        left -= 3;
        inverse_pass(row, t, (size_t)1 << left, 3, 0);
    }
    while (left > 1 && left < 3) {
        left -= 1;
        inverse_pass(row, t, (size_t)1 << left, 1, 0);
    }
    if (left == 3) inverse_pass(row, t, 1, 3, 1);
    else inverse_pass(row, t, 1, 1, 1);
}

CORDON_IFMA_TARGET uint64_t cordon_dot_ifma(const uint64_t *left, const uint64_t *right, size_t n, uint64_t q) {
    Vector low[2] = {_mm512_setzero_si512(), _mm512_setzero_si512()}, high[2] = {low[0], low[0]};
    u128 total_low = 0, total_high = 0;
    size_t i = 0;
    while (i < n) {
        // A lane takes at most 2^11 additions of 52 bits before it is emptied.
        const size_t end = n - i > 32768 ? i + 32768 : n;
        for (; i < end; i += 16) {
            UNROLL for (int u = 0; u < 2; u++) {
                Vector x = load(left + i + 8 * u), y = load(right + i + 8 * u);
                low[u] = _mm512_madd52lo_epu64(low[u], x, y);
                high[u] = _mm512_madd52hi_epu64(high[u], x, y);
            }
        }
        uint64_t lanes[8];
        UNROLL for (int u = 0; u < 2; u++) {
            store(lanes, low[u]);
            for (int l = 0; l < 8; l++) total_low += lanes[l];
            store(lanes, high[u]);
            for (int l = 0; l < 8; l++) total_high += lanes[l];
            low[u] = high[u] = _mm512_setzero_si512();
        }
    }
    return (uint64_t)((total_low + ((u128)(uint64_t)(total_high % q) << 52)) % q);
}

typedef struct {
    Modulus m;
    Vector factor;
} Barrett;

/// Barrett with 52-bit halves: floor(xy/2^46) < 2^48, factor floor(2^98/q) < 2^52.
INLINE Barrett barrett_of(uint64_t q) {
    Barrett b = {modulus_of(q), all((uint64_t)(((u128)1 << 98) / q))};
    return b;
}

INLINE Vector product(const uint64_t *left, const uint64_t *right, const Barrett *b) {
    const Vector zero = _mm512_setzero_si512(), x = load(left), y = load(right);
    Vector low = _mm512_madd52lo_epu64(zero, x, y), high = _mm512_madd52hi_epu64(zero, x, y);
    Vector top = _mm512_or_si512(_mm512_srli_epi64(low, 46), _mm512_slli_epi64(high, 6));
    Vector estimate = _mm512_madd52hi_epu64(zero, top, b->factor);
    Vector rest = _mm512_and_si512(_mm512_madd52lo_epu64(low, estimate, b->m.negative), b->m.mask);
    return once(once(rest, b->m.q2), b->m.q);
}

CORDON_IFMA_TARGET void cordon_multiply_ifma(
    uint64_t *row, const uint64_t *left, const uint64_t *right, size_t n, uint64_t q) {
    const Barrett b = barrett_of(q);
    for (size_t i = 0; i < n; i += 8) store(row + i, product(left + i, right + i, &b));
}

CORDON_IFMA_TARGET void cordon_multiply_accumulate_ifma(
    uint64_t *row, const uint64_t *left, const uint64_t *right, size_t n, uint64_t q) {
    const Barrett b = barrett_of(q);
    for (size_t i = 0; i < n; i += 8)
        store(row + i, once(_mm512_add_epi64(load(row + i), product(left + i, right + i, &b)), b.m.q));
}
#endif
