// Number-theoretic transform in doubles with fused multiply-add, for processors with AVX2 or NEON.
#include "doubles_internal.h"

#if CORDON_DOUBLES
INLINE void forward_butterfly(Vector *x, Vector *y, Vector w, Vector ratio, const Modulus *m) {
    const Vector t = multiply(*y, w, ratio, m);
    *y = minus(*x, t);
    *x = plus(*x, t);
}

INLINE void inverse_butterfly(Vector *x, Vector *y, Vector w, Vector ratio, const Modulus *m) {
    const Vector difference = minus(*x, *y);
    *x = plus(*x, *y);
    *y = multiply(difference, w, ratio, m);
}

/// Two stages on four vectors: w1 between the halves, w2 and w3 within them.
INLINE void forward_stages(
    Vector x[4], Vector w1, Vector r1, Vector w2, Vector r2, Vector w3, Vector r3, const Modulus *m) {
    forward_butterfly(&x[0], &x[2], w1, r1, m);
    forward_butterfly(&x[1], &x[3], w1, r1, m);
    forward_butterfly(&x[0], &x[1], w2, r2, m);
    forward_butterfly(&x[2], &x[3], w3, r3, m);
}

INLINE void inverse_stages(
    Vector x[4], Vector w1, Vector r1, Vector w2, Vector r2, Vector w3, Vector r3, const Modulus *m) {
    inverse_butterfly(&x[0], &x[1], w2, r2, m);
    inverse_butterfly(&x[2], &x[3], w3, r3, m);
    inverse_butterfly(&x[0], &x[2], w1, r1, m);
    inverse_butterfly(&x[1], &x[3], w1, r1, m);
}

/// Two stages in registers; every stage adds less than 0.95q to the size of a value.
INLINE void forward_pass(uint64_t *row, const cordon_ntt_table *t, size_t groups, const int first, const Modulus *m) {
    const double *w = t->power_double, *r = t->power_ratio;
    const size_t step = t->degree / (4 * groups);
    for (size_t i = 0; i < groups; i++) {
        const size_t at = groups + i, next = 2 * at;
        const Vector w1 = all(w[at]), r1 = all(r[at]), w2 = all(w[next]), r2 = all(r[next]);
        const Vector w3 = all(w[next + 1]), r3 = all(r[next + 1]);
        uint64_t *p = row + i * 4 * step;
        for (size_t j = 0; j < step; j += 4) {
            Vector x[4];
            for (size_t k = 0; k < 4; k++) {
                x[k] = load(p + j + k * step);
                if (first) x[k] = to_doubles(x[k]);
            }
            forward_stages(x, w1, r1, w2, r2, w3, r3, m);
            for (size_t k = 0; k < 4; k++) store(p + j + k * step, x[k]);
        }
    }
}

CORDON_DOUBLES_TARGET void cordon_ntt_forward_doubles(uint64_t *row, const cordon_ntt_table *t) {
    const Modulus m = modulus_of(t->modulus);
    const double *w = t->power_double, *r = t->power_ratio;
    const size_t n = t->degree;
    size_t groups = 1;
    if (t->log_degree & 1) {
        const Vector w1 = all(w[1]), r1 = all(r[1]);
        for (size_t j = 0; j < n / 2; j += 4) {
            Vector x = to_doubles(load(row + j)), y = to_doubles(load(row + j + n / 2));
            forward_butterfly(&x, &y, w1, r1, &m);
            store(row + j, x);
            store(row + j + n / 2, y);
        }
        groups = 2;
    } else {
        forward_pass(row, t, 1, 1, &m);
        groups = 4;
    }
    for (; groups < n / 4; groups <<= 2) forward_pass(row, t, groups, 0, &m);
    for (size_t block = 0; block < n / 16; block++) {
        uint64_t *p = row + 16 * block;
        const size_t at = n / 4 + 4 * block, next = 2 * at;
        Vector x[4], w2, w3, r2, r3;
        const Vector w1 = load(w + at), r1 = load(r + at);
        deinterleave(w + next, &w2, &w3);
        deinterleave(r + next, &r2, &r3);
        for (size_t k = 0; k < 4; k++) x[k] = load(p + 4 * k);
        transpose(x);
        forward_stages(x, w1, r1, w2, r2, w3, r3, &m);
        transpose(x);
        for (size_t k = 0; k < 4; k++) store(p + 4 * k, to_integers(positive(centred(x[k], &m), &m)));
    }
}

CORDON_DOUBLES_TARGET void cordon_ntt_inverse_doubles(uint64_t *row, const cordon_ntt_table *t) {
    const Modulus m = modulus_of(t->modulus);
    const double *w = t->inverse_double, *r = t->inverse_ratio, q = (double)t->modulus;
    const size_t n = t->degree;
    for (size_t block = 0; block < n / 16; block++) {
        uint64_t *p = row + 16 * block;
        const size_t at = n / 4 + 4 * block, next = 2 * at;
        Vector x[4], w2, w3, r2, r3;
        const Vector w1 = load(w + at), r1 = load(r + at);
        deinterleave(w + next, &w2, &w3);
        deinterleave(r + next, &r2, &r3);
        for (size_t k = 0; k < 4; k++) x[k] = to_doubles(load(p + 4 * k));
        transpose(x);
        inverse_stages(x, w1, r1, w2, r2, w3, r3, &m);
        transpose(x);
        for (size_t k = 0; k < 4; k++) store(p + 4 * k, x[k]);
    }
    // Only the sum of all four grows: now it lies in [0, 4q), and in the next pass no difference of such sums or of
    // their sums exceeds 8q. From that pass on it is reduced, so every value stays below 2q between passes.
    size_t groups = n / 8, step = 4;
    for (; groups > 1; groups >>= 2, step <<= 2)
        for (size_t i = 0; i < groups / 2; i++) {
            const size_t a = groups + 2 * i, c = groups / 2 + i;
            const int last = groups == 2;
            const double wc = last ? (double)t->scaled_root : w[c];
            const Vector w2 = all(w[a]), r2 = all(r[a]), w3 = all(w[a + 1]), r3 = all(r[a + 1]);
            const Vector w1 = all(wc), r1 = all(wc / q);
            const Vector s = all((double)t->scale), sr = all((double)t->scale / q);
            uint64_t *p = row + i * 4 * step;
            for (size_t j = 0; j < step; j += 4) {
                Vector x[4];
                for (size_t k = 0; k < 4; k++) x[k] = load(p + j + k * step);
                inverse_stages(x, w1, r1, w2, r2, w3, r3, &m);
                if (last) {
                    x[0] = multiply(x[0], s, sr, &m);
                    x[1] = multiply(x[1], s, sr, &m);
                    for (size_t k = 0; k < 4; k++) x[k] = to_integers(positive(x[k], &m));
                } else {
                    x[0] = centred(x[0], &m);
                }
                for (size_t k = 0; k < 4; k++) store(p + j + k * step, x[k]);
            }
        }
    if (groups == 1) {
        const Vector s = all((double)t->scale), sr = all((double)t->scale / q);
        const Vector w1 = all((double)t->scaled_root), r1 = all((double)t->scaled_root / q);
        for (size_t j = 0; j < n / 2; j += 4) {
            Vector x = load(row + j), y = load(row + j + n / 2);
            inverse_butterfly(&x, &y, w1, r1, &m);
            store(row + j, to_integers(positive(multiply(x, s, sr, &m), &m)));
            store(row + j + n / 2, to_integers(positive(y, &m)));
        }
    }
}
#endif
