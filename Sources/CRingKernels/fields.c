// Several signed integers in one coefficient, and back: mixed radix (Garner) to one integer of up to 141 bits, then
// division by the scale and by the field width. An offset makes every intermediate value positive. Divisors below 2^28,
// as those of every parameter set are, divide many coefficients side by side in limbs of 24 bits (fields_digits.c).
#include "fields_internal.h"

#include <stdlib.h>

static wide product_of(const uint64_t *moduli, size_t primes) {
    wide product = wide_from(1);
    for (size_t i = 0; i < primes; i++) product = wide_multiply(product, moduli[i]);
    return product;
}

static uint64_t inverse_mod(uint64_t value, uint64_t q) { return cordon_power(value % q, q - 2, q); }

static uint64_t multiply_mod(uint64_t a, uint64_t b, uint64_t q) { return (uint64_t)((u128)a * b % q); }

/// Whether width^fields <= limit, for a width of at most 2^40 and a limit below 2^141.
static bool power_fits(uint64_t width, size_t fields, wide limit) {
    wide power = wide_from(1);
    for (size_t f = 0; f < fields && !wide_is_less(limit, power); f++) power = wide_multiply(power, width);
    return !wide_is_less(limit, power);
}

uint64_t cordon_fields_width(const uint64_t *moduli, size_t primes, uint64_t scale, size_t fields) {
    wide limit = product_of(moduli, primes);
    wide_divide(&limit, scale);
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
    p->half = p->product;
    wide_divide(&p->half, 2);
    wide power = wide_from(1), lower = wide_from(0);
    p->top = p->half;
    wide_divide(&p->top, scale);
    for (size_t f = 0; f + 1 < fields; f++) {
        lower = wide_add(lower, wide_multiply(power, width / 2));
        power = wide_multiply(power, width);
        wide_divide(&p->top, width);
    }
    p->top = wide_add(p->top, wide_from(1));
    p->offset = wide_add(lower, wide_product(p->top, power));
    p->offset = wide_add(wide_multiply(p->offset, scale), wide_from(scale / 2));
    const uint64_t low52 = ((uint64_t)1 << 52) - 1;
    const wide above = wide_subtract(wide_subtract(p->product, wide_from(1)), p->half);
    const wide remaining = wide_subtract(p->offset, above);
    for (size_t i = 0; i < primes; i++) {
        wide rest = above;
        p->recentre[i] = wide_divide(&rest, moduli[i]);
        p->barrett52[i] = (uint64_t)(((u128)1 << 98) / moduli[i]);
    }
    for (unsigned i = 0; i < 3; i++) p->remaining_offset[i] = wide_bits(remaining, 52 * i) & low52;
    if (primes > 1) {
        p->product01[0] = (uint64_t)((u128)moduli[0] * moduli[1]) & low52;
        p->product01[1] = (uint64_t)((u128)moduli[0] * moduli[1] >> 52);
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

static inline uint64_t multiply_shoup(uint64_t value, uint64_t w, uint64_t quotient, uint64_t q) {
    return reduce_once(multiply_lazy(value, w, quotient, q), q);
}

/// The integer in [0, Q) with these residues (Garner).
static inline wide integer_at(const uint64_t *const *rows, size_t j, const cordon_fields *p) {
    const uint64_t *q = p->moduli, x0 = rows[0][j];
    if (p->primes == 1) return wide_from(x0);
    // No residue reaches twice another prime: one subtraction reduces it modulo that.
    const uint64_t x1 = multiply_shoup(
        subtract_mod(rows[1][j], reduce_once(x0, q[1]), q[1]), p->inverse01, p->quotient01, q[1]);
    const wide value = wide_from(x0 + (u128)q[0] * x1);
    if (p->primes == 2) return value;
    const uint64_t y2 = multiply_shoup(
        subtract_mod(rows[2][j], reduce_once(x0, q[2]), q[2]), p->inverse02, p->quotient02, q[2]);
    const uint64_t x2 = multiply_shoup(
        subtract_mod(y2, reduce_once(x1, q[2]), q[2]), p->inverse12, p->quotient12, q[2]);
    return wide_add(value, wide_multiply(wide_from((u128)q[0] * q[1]), x2));
}

/// `rest - top`, limited to 2^61 in size.
static inline int64_t last_digit(wide rest, wide top) {
    const uint64_t limit = (uint64_t)1 << 61;
    const bool negative = wide_is_less(rest, top);
    const wide size = negative ? wide_subtract(top, rest) : wide_subtract(rest, top);
    const bool large = size.words[1] != 0 || size.words[2] != 0 || size.words[0] > limit;
    const int64_t digit = (int64_t)(large ? limit : size.words[0]);
    return negative ? -digit : digit;
}

/// The centred integer plus the offset: positive.
static inline wide shifted_integer_at(const uint64_t *const *rows, size_t j, const cordon_fields *p) {
    const wide value = integer_at(rows, j, p), shifted = wide_add(value, p->offset);
    return wide_is_less(p->half, value) ? wide_subtract(shifted, p->product) : shifted;
}

static void decode_at(int64_t *digits, int64_t *noise, const uint64_t *const *rows, size_t j, const cordon_fields *p) {
    wide value = shifted_integer_at(rows, j, p);
    noise[j] = (int64_t)wide_divide(&value, p->scale) - (int64_t)(p->scale / 2);
    int64_t *digit = digits + j * p->fields;
    for (size_t f = 0; f + 1 < p->fields; f++)
        digit[f] = (int64_t)wide_divide(&value, p->width) - (int64_t)(p->width / 2);
    digit[p->fields - 1] = last_digit(value, p->top);
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
    wide values[CORDON_FIELD_LANES];
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
