// Several signed integers in one coefficient, and back: mixed radix (Garner) to one integer of up to 141 bits, then
// division by the scale and by the field width. An offset makes every intermediate value positive. Divisors below 2^28,
// as those of every parameter set are, divide many coefficients side by side in limbs of 24 bits (fields_digits.c).
#include "fields_internal.h"

#include <stdlib.h>

typedef unsigned _BitInt(512) u512;

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
    if (primes > 1) {
        p->inverse01 = inverse_mod(moduli[0], moduli[1]);
        p->quotient01 = shoup_quotient(p->inverse01, moduli[1]);
    }
    if (primes > 2) {
        p->inverse02 = inverse_mod(moduli[0], moduli[2]);
        p->quotient02 = shoup_quotient(p->inverse02, moduli[2]);
        p->inverse12 = inverse_mod(moduli[1], moduli[2]);
        p->quotient12 = shoup_quotient(p->inverse12, moduli[2]);
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
    const u192 above = p->product - 1 - p->half, remaining = p->offset - above, low52 = ((u192)1 << 52) - 1;
    for (size_t i = 0; i < primes; i++) {
        p->recentre[i] = (uint64_t)(above % moduli[i]);
        p->barrett52[i] = (uint64_t)(((u128)1 << 98) / moduli[i]);
    }
    for (int i = 0; i < 3; i++) p->remaining_offset[i] = (uint64_t)(remaining >> (52 * i) & low52);
    if (primes > 1) {
        p->product01[0] = (uint64_t)((u192)moduli[0] * moduli[1] & low52);
        p->product01[1] = (uint64_t)((u192)moduli[0] * moduli[1] >> 52);
        p->quotients52[0] = shoup_quotient52(p->inverse01, moduli[1]);
    }
    if (primes > 2) {
        p->quotients52[1] = shoup_quotient52(p->inverse02, moduli[2]);
        p->quotients52[2] = shoup_quotient52(p->inverse12, moduli[2]);
    }
    cordon_fields_plan_limbs(p);
    return p;
}

void cordon_fields_free(cordon_fields *packing) {
    if (packing) free(packing->weights);
    free(packing);
}

CORDON_BODY bool cordon_fields_admit_body(const int64_t *values, size_t count) {
    uint64_t outside = 0;
    for (size_t i = 0; i < count; i++) outside |= (uint64_t)(values[i] ^ values[i] >> 63);
    return outside >> 46 == 0;
}
CORDON_FAMILIES(, bool, cordon_fields_admit, (const int64_t *values, size_t count), (values, count))

/// Adds coefficients from `first` on; a residue is the sum of lazy products, below 2*fields*q < 2^64.
static void encode_from(
    size_t first, uint64_t *row, const int64_t *values, size_t count, size_t n, size_t prime, const cordon_fields *p) {
    const uint64_t q = p->moduli[prime], *weights = p->weights + prime * p->fields,
                   *quotients = p->quotients + prime * p->fields, factor = barrett_factor(q);
    for (size_t j = first; j < n && j * p->fields < count; j++) {
        const size_t start = j * p->fields, here = count - start < p->fields ? count - start : p->fields;
        uint64_t sum = row[j];
        for (size_t f = 0; f < here; f++) {
            const int64_t value = values[start + f];
            sum += multiply_lazy((uint64_t)(value + ((int64_t)q & (value >> 63))), weights[f], quotients[f], q);
        }
        row[j] = reduce_product(sum, q, factor);
    }
}

void cordon_fields_encode_portable(
    uint64_t *rows, const int64_t *values, size_t count, size_t n, const cordon_fields *p) {
    for (size_t prime = 0; prime < p->primes; prime++) encode_from(0, rows + prime * n, values, count, n, prime, p);
}

void cordon_fields_encode(uint64_t *rows, const int64_t *values, size_t count, size_t n, const cordon_fields *p) {
    size_t done = 0;
#if CORDON_X86
    if (cordon_runs_ifma()) done = cordon_fields_encode_ifma(rows, values, count, n, p);
#endif
    for (size_t prime = 0; prime < p->primes; prime++) encode_from(done, rows + prime * n, values, count, n, prime, p);
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

static inline uint64_t multiply_shoup(uint64_t value, uint64_t w, uint64_t quotient, uint64_t q) {
    return reduce_once(multiply_lazy(value, w, quotient, q), q);
}

static inline u192 product_01(const uint64_t *q) { return (u192)((u128)q[0] * q[1]); }

/// The integer in [0, Q) with these residues (Garner).
static inline u192 integer_at(const uint64_t *const *rows, size_t j, const cordon_fields *p) {
    const uint64_t *q = p->moduli, x0 = rows[0][j];
    u192 value = x0;
    if (p->primes == 1) return value;
    // No residue reaches twice another prime: one subtraction reduces it modulo that.
    const uint64_t x1 = multiply_shoup(
        subtract_mod(rows[1][j], reduce_once(x0, q[1]), q[1]), p->inverse01, p->quotient01, q[1]);
    value += (u128)q[0] * x1;
    if (p->primes == 2) return value;
    const uint64_t y2 = multiply_shoup(
        subtract_mod(rows[2][j], reduce_once(x0, q[2]), q[2]), p->inverse02, p->quotient02, q[2]);
    const uint64_t x2 = multiply_shoup(
        subtract_mod(y2, reduce_once(x1, q[2]), q[2]), p->inverse12, p->quotient12, q[2]);
    return value + product_01(q) * x2;
}

static inline int64_t last_digit(u192 rest, u192 top) {
    const u192 limit = (u192)1 << 61;
    if (rest >= top) return rest - top > limit ? (int64_t)limit : (int64_t)(uint64_t)(rest - top);
    return top - rest > limit ? -(int64_t)limit : -(int64_t)(uint64_t)(top - rest);
}

/// The centred integer plus the offset: positive.
static inline u192 shifted_integer_at(const uint64_t *const *rows, size_t j, const cordon_fields *p) {
    const u192 value = integer_at(rows, j, p);
    return value > p->half ? value + p->offset - p->product : value + p->offset;
}

static void decode_at(int64_t *digits, int64_t *noise, const uint64_t *const *rows, size_t j, const cordon_fields *p) {
    const u192 value = shifted_integer_at(rows, j, p);
    uint64_t limbs[3] = {(uint64_t)value, (uint64_t)(value >> 64), (uint64_t)(value >> 128)};
    noise[j] = (int64_t)divide(limbs, p->scale) - (int64_t)(p->scale / 2);
    int64_t *digit = digits + j * p->fields;
    for (size_t f = 0; f + 1 < p->fields; f++)
        digit[f] = (int64_t)divide(limbs, p->width) - (int64_t)(p->width / 2);
    digit[p->fields - 1] = last_digit(joined(limbs), p->top);
}

void cordon_fields_decode_portable(
    int64_t *digits, int64_t *noise, const uint64_t *const *rows, size_t n, const cordon_fields *p) {
    for (size_t j = 0; j < n; j++) decode_at(digits, noise, rows, j, p);
}

static void limbs_from(size_t j, cordon_field_limbs limbs, const uint64_t *const *rows, const cordon_fields *p) {
#if CORDON_X86
    if (cordon_runs_ifma()) {
        cordon_fields_limbs_ifma(limbs, rows, j, p);
        return;
    }
#endif
    u192 values[CORDON_FIELD_LANES];
    for (size_t l = 0; l < CORDON_FIELD_LANES; l++) values[l] = shifted_integer_at(rows, j + l, p);
    cordon_fields_split(limbs, values);
}

void cordon_fields_decode(
    int64_t *digits, int64_t *noise, const uint64_t *const *rows, size_t n, const cordon_fields *p) {
    size_t j = 0;
    if (p->limbs[0] > 0) {
        cordon_field_limbs limbs;
        for (; j + CORDON_FIELD_LANES <= n; j += CORDON_FIELD_LANES) {
            limbs_from(j, limbs, rows, p);
            cordon_fields_digits(digits + j * p->fields, noise + j, limbs, p);
        }
    }
    for (; j < n; j++) decode_at(digits, noise, rows, j, p);
}
