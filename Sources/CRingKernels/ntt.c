// Number-theoretic transform, plain C: Harvey's lazy butterflies with 64-bit Shoup quotients, two stages a pass.
// Harvey, "Faster arithmetic for number-theoretic transforms" (arXiv 1205.2926); order and root as in Microsoft SEAL.
#include "ring_internal.h"

#include <stdlib.h>

uint64_t cordon_power(uint64_t base, uint64_t exponent, uint64_t q) {
    uint64_t result = 1;
    for (; exponent; exponent >>= 1) {
        if (exponent & 1) result = (uint64_t)((u128)result * base % q);
        base = (uint64_t)((u128)base * base % q);
    }
    return result;
}

static size_t bit_reversed(size_t value, size_t bits) {
    size_t result = 0;
    for (size_t i = 0; i < bits; i++, value >>= 1) result = result << 1 | (value & 1);
    return result;
}

static uint64_t smallest_root(size_t n, uint64_t q) {
    uint64_t root = 0;
    for (uint64_t candidate = 2;; candidate++) {
        root = cordon_power(candidate, (q - 1) / (2 * n), q);
        if (cordon_power(root, n, q) == q - 1) break;
    }
    uint64_t square = (uint64_t)((u128)root * root % q), current = root, smallest = root;
    for (size_t i = 0; i < n; i++) {
        smallest = minimum(smallest, current);
        current = (uint64_t)((u128)current * square % q);
    }
    return smallest;
}

static uint64_t *row_at(uint64_t **cursor, size_t count) {
    uint64_t *row = *cursor;
    *cursor += count;
    return row;
}

/// Twiddles of the last three stages, transposed so that one vector serves eight groups.
static void fill_tails(cordon_ntt_table *t) {
    for (size_t block = 0; block < t->degree / 64; block++)
        for (size_t lane = 0; lane < 8; lane++) {
            size_t group = block * 8 + lane, vector = 0;
            for (size_t stage = 0; stage < 3; stage++)
                for (size_t g = 0; g < (size_t)1 << stage; g++, vector++) {
                    size_t source = ((t->degree / 8) << stage) + (group << stage) + g;
                    size_t target = block * 56 + vector * 8 + lane;
                    t->tail[target] = t->power[source];
                    t->tail_quotient[target] = t->power_quotient52[source];
                    t->inverse_tail[target] = t->inverse[source];
                    t->inverse_tail_quotient[target] = t->inverse_quotient52[source];
                }
        }
}

cordon_ntt_table *cordon_ntt_create(size_t n, uint64_t q) {
    cordon_ntt_table *t = calloc(1, sizeof *t);
    size_t words = 10 * n + 4 * (n / 64) * 56;
    uint64_t *cursor = t ? aligned_alloc(64, words * sizeof(uint64_t)) : NULL;
    if (!cursor) {
        free(t);
        return NULL;
    }
    t->modulus = q;
    t->degree = n;
    while ((size_t)1 << t->log_degree < n) t->log_degree++;
    t->root = smallest_root(n, q);
    t->power = row_at(&cursor, n);
    t->power_quotient = row_at(&cursor, n);
    t->power_quotient52 = row_at(&cursor, n);
    t->inverse = row_at(&cursor, n);
    t->inverse_quotient = row_at(&cursor, n);
    t->inverse_quotient52 = row_at(&cursor, n);
    t->tail = row_at(&cursor, n / 64 * 56);
    t->tail_quotient = row_at(&cursor, n / 64 * 56);
    t->inverse_tail = row_at(&cursor, n / 64 * 56);
    t->inverse_tail_quotient = row_at(&cursor, n / 64 * 56);
    t->power_double = (double *)row_at(&cursor, n);
    t->power_ratio = (double *)row_at(&cursor, n);
    t->inverse_double = (double *)row_at(&cursor, n);
    t->inverse_ratio = (double *)row_at(&cursor, n);

    uint64_t inverse_root = cordon_power(t->root, q - 2, q), forward = 1, backward = 1;
    for (size_t i = 0; i < n; i++) {
        size_t at = bit_reversed(i, t->log_degree);
        t->power[at] = forward;
        t->inverse[at] = backward;
        forward = (uint64_t)((u128)forward * t->root % q);
        backward = (uint64_t)((u128)backward * inverse_root % q);
    }
    for (size_t i = 0; i < n; i++) {
        t->power_quotient[i] = shoup_quotient(t->power[i], q);
        t->power_quotient52[i] = shoup_quotient52(t->power[i], q);
        t->inverse_quotient[i] = shoup_quotient(t->inverse[i], q);
        t->inverse_quotient52[i] = shoup_quotient52(t->inverse[i], q);
        t->power_double[i] = (double)t->power[i];
        t->power_ratio[i] = t->power_double[i] / (double)q;
        t->inverse_double[i] = (double)t->inverse[i];
        t->inverse_ratio[i] = t->inverse_double[i] / (double)q;
    }
    fill_tails(t);
    t->scale = cordon_power(n, q - 2, q);
    t->scale_quotient = shoup_quotient(t->scale, q);
    t->scale_quotient52 = shoup_quotient52(t->scale, q);
    t->scaled_root = (uint64_t)((u128)t->scale * t->inverse[1] % q);
    t->scaled_root_quotient = shoup_quotient(t->scaled_root, q);
    t->scaled_root_quotient52 = shoup_quotient52(t->scaled_root, q);
    t->barrett52 = shoup_quotient52(1, q);
    return t;
}

void cordon_ntt_free(cordon_ntt_table *table) {
    if (table) free(table->power);
    free(table);
}

uint64_t cordon_ntt_root(const cordon_ntt_table *table) { return table->root; }

void cordon_ntt_forward_portable(uint64_t *row, const cordon_ntt_table *t) {
    const uint64_t q = t->modulus, q2 = 2 * q, *w = t->power, *wq = t->power_quotient;
    const size_t n = t->degree;
    size_t groups = 1;
    if (t->log_degree & 1) {
        for (size_t j = 0; j < n / 2; j++) {
            uint64_t x = row[j], y = multiply_lazy(row[j + n / 2], w[1], wq[1], q);
            row[j] = x + y;
            row[j + n / 2] = x + q2 - y;
        }
        groups = 2;
    }
    // Values stay below 4q: each butterfly takes x below 2q after one subtraction and y in [0, 2q).
    for (; groups < n; groups <<= 2) {
        const size_t step = n / (4 * groups);
        for (size_t i = 0; i < groups; i++) {
            const size_t first = groups + i, second = 2 * first;
            const uint64_t w1 = w[first], q1 = wq[first], w2 = w[second], r2 = wq[second], w3 = w[second + 1],
                           r3 = wq[second + 1];
            uint64_t *p = row + i * 4 * step;
            for (size_t j = 0; j < step; j++) {
                uint64_t x0 = reduce_once(p[j], q2), x1 = reduce_once(p[j + step], q2);
                uint64_t u = multiply_lazy(p[j + 2 * step], w1, q1, q), v = multiply_lazy(p[j + 3 * step], w1, q1, q);
                uint64_t y0 = reduce_once(x0 + u, q2), y2 = reduce_once(x0 + q2 - u, q2);
                u = multiply_lazy(x1 + v, w2, r2, q);
                v = multiply_lazy(x1 + q2 - v, w3, r3, q);
                p[j] = y0 + u;
                p[j + step] = y0 + q2 - u;
                p[j + 2 * step] = y2 + v;
                p[j + 3 * step] = y2 + q2 - v;
            }
        }
    }
    for (size_t i = 0; i < n; i++) row[i] = reduce_once(reduce_once(row[i], q2), q);
}

void cordon_ntt_inverse_portable(uint64_t *row, const cordon_ntt_table *t) {
    const uint64_t q = t->modulus, q2 = 2 * q, *w = t->inverse, *wq = t->inverse_quotient;
    const size_t n = t->degree;
    size_t groups = n / 2, step = 1;
    // Two stages a pass while more than two stages are left; values stay in [0, 2q).
    for (size_t left = t->log_degree; left > 2; left -= 2, groups >>= 2, step <<= 2) {
        const size_t outer = groups / 2;
        for (size_t i = 0; i < outer; i++) {
            const size_t a = groups + 2 * i, b = a + 1, c = outer + i;
            uint64_t *p = row + i * 4 * step;
            for (size_t j = 0; j < step; j++) {
                uint64_t x0 = p[j], x1 = p[j + step], x2 = p[j + 2 * step], x3 = p[j + 3 * step];
                uint64_t y0 = reduce_once(x0 + x1, q2), y1 = multiply_lazy(x0 + q2 - x1, w[a], wq[a], q);
                uint64_t y2 = reduce_once(x2 + x3, q2), y3 = multiply_lazy(x2 + q2 - x3, w[b], wq[b], q);
                p[j] = reduce_once(y0 + y2, q2);
                p[j + step] = reduce_once(y1 + y3, q2);
                p[j + 2 * step] = multiply_lazy(y0 + q2 - y2, w[c], wq[c], q);
                p[j + 3 * step] = multiply_lazy(y1 + q2 - y3, w[c], wq[c], q);
            }
        }
    }
    if (groups == 2) {
        for (size_t i = 0; i < 2; i++) {
            uint64_t *p = row + i * 2 * step;
            for (size_t j = 0; j < step; j++) {
                uint64_t x = p[j], y = p[j + step];
                p[j] = reduce_once(x + y, q2);
                p[j + step] = multiply_lazy(x + q2 - y, w[2 + i], wq[2 + i], q);
            }
        }
    }
    for (size_t j = 0; j < n / 2; j++) {
        uint64_t x = row[j], y = row[j + n / 2];
        row[j] = reduce_once(multiply_lazy(x + y, t->scale, t->scale_quotient, q), q);
        row[j + n / 2] = reduce_once(multiply_lazy(x + q2 - y, t->scaled_root, t->scaled_root_quotient, q), q);
    }
}
