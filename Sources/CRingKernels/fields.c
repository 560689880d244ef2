// Several signed integers in one coefficient, and back: mixed radix (Garner) to one integer of up to 141 bits, then
// division by the scale and by the field width. An offset makes every intermediate value positive.
#include "ring_internal.h"

#include <stdlib.h>

typedef unsigned _BitInt(192) u192;
typedef unsigned _BitInt(512) u512;

struct cordon_fields {
    size_t primes, fields;
    uint64_t moduli[CORDON_MAXIMUM_PRIMES];
    uint64_t scale, width;
    // scale * width^f modulo each prime, with Shoup quotients.
    uint64_t *weights, *quotients;
    // Inverses for the mixed radix: p0^-1 mod p1, p0^-1 mod p2, p1^-1 mod p2.
    uint64_t inverse01, inverse02, inverse12;
    u192 product, half, offset, top;
};

static u192 product_of(const uint64_t *moduli, size_t primes) {
    u192 product = 1;
    for (size_t i = 0; i < primes; i++) product *= moduli[i];
    return product;
}

static uint64_t inverse_mod(uint64_t value, uint64_t q) { return cordon_power(value % q, q - 2, q); }

static uint64_t multiply_mod(uint64_t a, uint64_t b, uint64_t q) { return (uint64_t)((u128)a * b % q); }

static bool power_fits(uint64_t width, size_t fields, u192 limit) {
    u512 power = 1;
    for (size_t f = 0; f < fields; f++) power *= width;
    return power <= (u512)limit;
}

uint64_t cordon_fields_width(const uint64_t *moduli, size_t primes, uint64_t scale, size_t fields) {
    const u192 limit = product_of(moduli, primes) / scale;
    uint64_t low = 0, high = (uint64_t)1 << 40;
    while (low < high) {
        const uint64_t middle = low + (high - low + 1) / 2;
        if (power_fits(middle, fields, limit)) low = middle;
        else high = middle - 1;
    }
    return low;
}

cordon_fields *cordon_fields_create(
    const uint64_t *moduli, size_t primes, uint64_t scale, uint64_t width, size_t fields) {
    cordon_fields *p = calloc(1, sizeof *p);
    if (p) p->weights = calloc(2 * primes * fields, sizeof(uint64_t));
    if (!p || !p->weights) {
        free(p);
        return NULL;
    }
    p->primes = primes;
    p->fields = fields;
    p->scale = scale;
    p->width = width;
    p->quotients = p->weights + primes * fields;
    for (size_t i = 0; i < primes; i++) {
        const uint64_t q = p->moduli[i] = moduli[i];
        uint64_t weight = scale % q;
        for (size_t f = 0; f < fields; f++, weight = multiply_mod(weight, width % q, q)) {
            p->weights[i * fields + f] = weight;
            p->quotients[i * fields + f] = shoup_quotient(weight, q);
        }
    }
    if (primes > 1) p->inverse01 = inverse_mod(moduli[0], moduli[1]);
    if (primes > 2) {
        p->inverse02 = inverse_mod(moduli[0], moduli[2]);
        p->inverse12 = inverse_mod(moduli[1], moduli[2]);
    }
    p->product = product_of(moduli, primes);
    p->half = p->product / 2;
    u192 power = 1, lower = 0;
    for (size_t f = 0; f + 1 < fields; f++) {
        lower += power * (width / 2);
        power *= width;
    }
    p->top = p->half / (power * scale) + 1;
    p->offset = (lower + p->top * power) * scale + scale / 2;
    return p;
}

void cordon_fields_free(cordon_fields *packing) {
    if (packing) free(packing->weights);
    free(packing);
}

void cordon_fields_encode(
    uint64_t *row, const int64_t *values, size_t count, size_t n, size_t prime, const cordon_fields *p) {
    const uint64_t q = p->moduli[prime], *weights = p->weights + prime * p->fields,
                   *quotients = p->quotients + prime * p->fields;
    size_t at = 0;
    for (size_t j = 0; j < n && at < count; j++)
        for (size_t f = 0; f < p->fields && at < count; f++, at++) {
            const int64_t value = values[at];
            const uint64_t residue = (uint64_t)(value + ((int64_t)q & (value >> 63)));
            row[j] = add_mod(row[j], reduce_once(multiply_lazy(residue, weights[f], quotients[f], q), q), q);
        }
}

/// value = value / divisor, returns the remainder.
static inline uint64_t divide(uint64_t value[3], uint64_t divisor) {
    uint64_t rest = 0;
    for (int i = 2; i >= 0; i--) {
        const u128 part = (u128)rest << 64 | value[i];
        if (part >> 64 == 0) {
            value[i] = (uint64_t)part / divisor;
            rest = (uint64_t)part % divisor;
        } else {
            value[i] = (uint64_t)(part / divisor);
            rest = (uint64_t)(part % divisor);
        }
    }
    return rest;
}

static inline u192 joined(const uint64_t limbs[3]) {
    return (u192)limbs[0] | (u192)limbs[1] << 64 | (u192)limbs[2] << 128;
}

/// The integer in [0, Q) with these residues (Garner).
static inline u192 integer_at(const uint64_t *const *rows, size_t j, const cordon_fields *p) {
    const uint64_t *q = p->moduli, x0 = rows[0][j];
    u192 value = x0;
    if (p->primes == 1) return value;
    const uint64_t x1 = multiply_mod(subtract_mod(rows[1][j], x0 % q[1], q[1]), p->inverse01, q[1]);
    value += (u128)q[0] * x1;
    if (p->primes == 2) return value;
    const uint64_t y2 = multiply_mod(subtract_mod(rows[2][j], x0 % q[2], q[2]), p->inverse02, q[2]);
    const uint64_t x2 = multiply_mod(subtract_mod(y2, x1 % q[2], q[2]), p->inverse12, q[2]);
    return value + (u192)((u128)q[0] * q[1]) * x2;
}

static inline int64_t last_digit(u192 rest, u192 top) {
    const u192 limit = (u192)1 << 61;
    if (rest >= top) return rest - top > limit ? (int64_t)limit : (int64_t)(uint64_t)(rest - top);
    return top - rest > limit ? -(int64_t)limit : -(int64_t)(uint64_t)(top - rest);
}

void cordon_fields_decode(
    int64_t *digits, int64_t *noise, const uint64_t *const *rows, size_t n, const cordon_fields *p) {
    for (size_t j = 0; j < n; j++) {
        u192 value = integer_at(rows, j, p);
        value = value > p->half ? value + p->offset - p->product : value + p->offset;
        uint64_t limbs[3] = {(uint64_t)value, (uint64_t)(value >> 64), (uint64_t)(value >> 128)};
        noise[j] = (int64_t)divide(limbs, p->scale) - (int64_t)(p->scale / 2);
        int64_t *digit = digits + j * p->fields;
        for (size_t f = 0; f + 1 < p->fields; f++)
            digit[f] = (int64_t)divide(limbs, p->width) - (int64_t)(p->width / 2);
        digit[p->fields - 1] = last_digit(joined(limbs), p->top);
    }
}
