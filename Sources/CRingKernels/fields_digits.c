// Division of many integers side by side, in limbs of 24 bits: a partial dividend stays below 2^52, so that a product
// with the divisor's reciprocal in double precision, rounded to nearest, is the quotient or one more.
#include "fields_internal.h"

#include <string.h>

enum { LIMB_BITS = CORDON_FIELD_LIMB_BITS, LIMBS = CORDON_FIELD_LIMBS, DIVISOR_BITS = 28, LANES = CORDON_FIELD_LANES };

static unsigned limbs_of(wide value) {
    unsigned count = 8;
    while (count > 1 && wide_bits(value, LIMB_BITS * (count - 1)) == 0) count--;
    return count;
}

void cordon_fields_plan_limbs(cordon_fields *p) {
    const uint64_t limit = (uint64_t)1 << DIVISOR_BITS;
    p->limbs[0] = 0;
    if (p->fields > CORDON_FIELDS_SIDE_BY_SIDE || p->scale >= limit || (p->fields > 1 && p->width >= limit)) return;
    unsigned char limbs[CORDON_FIELDS_SIDE_BY_SIDE + 1];
    wide most = wide_add(p->product, p->offset);
    for (size_t f = 0; f <= p->fields; f++) {
        limbs[f] = (unsigned char)limbs_of(most);
        wide_divide(&most, f == 0 ? p->scale : p->width);
    }
    // The last digit is the rest, of two limbs at most.
    if (limbs[0] <= LIMBS && limbs[p->fields] <= 2) memcpy(p->limbs, limbs, sizeof limbs);
}

static inline double as_double(uint64_t integer) {
    const uint64_t bits = integer | 0x4330000000000000;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value - 0x1p52;
}

static inline uint64_t nearest_integer(double value) {
    uint64_t bits;
    value += 0x1p52;
    memcpy(&bits, &value, sizeof bits);
    return bits & (((uint64_t)1 << 52) - 1);
}

/// Each lane's integer divided in place; the remainders.
static inline __attribute__((always_inline)) void divide(
    cordon_field_limbs limbs, unsigned count, uint64_t divisor, uint64_t rest[LANES]) {
    const double reciprocal = 1.0 / (double)divisor;
    for (size_t l = 0; l < LANES; l++) rest[l] = 0;
    for (unsigned i = count; i-- > 0;)
        for (size_t l = 0; l < LANES; l++) {
            const uint64_t dividend = rest[l] << LIMB_BITS | limbs[i][l];
            const uint64_t quotient = nearest_integer(as_double(dividend) * reciprocal);
            const uint64_t left = dividend - (uint64_t)(uint32_t)quotient * (uint32_t)divisor;
            const uint64_t isNegative = left >> 63;
            limbs[i][l] = quotient - isNegative;
            rest[l] = left + (divisor & (0 - isNegative));
        }
}

void cordon_fields_split(cordon_field_limbs limbs, const wide *values) {
    const uint64_t mask = ((uint64_t)1 << LIMB_BITS) - 1;
    for (size_t l = 0; l < LANES; l++)
        for (unsigned i = 0; i < LIMBS; i++) limbs[i][l] = wide_bits(values[l], LIMB_BITS * i) & mask;
}

CORDON_BODY void cordon_fields_digits_body(
    int64_t *digits, int64_t *noise, cordon_field_limbs limbs, const cordon_fields *p) {
    uint64_t rest[LANES];
    divide(limbs, p->limbs[0], p->scale, rest);
    for (size_t l = 0; l < LANES; l++) noise[l] = (int64_t)(rest[l] - p->scale / 2);
    for (size_t f = 0; f + 1 < p->fields; f++) {
        divide(limbs, p->limbs[f + 1], p->width, rest);
        for (size_t l = 0; l < LANES; l++) digits[l * p->fields + f] = (int64_t)(rest[l] - p->width / 2);
    }
    const uint64_t top = p->top.words[0];
    for (size_t l = 0; l < LANES; l++)
        digits[l * p->fields + p->fields - 1] =
            (int64_t)((limbs[0][l] | limbs[1][l] << LIMB_BITS) - top);
}
CORDON_FAMILIES(
    , void, cordon_fields_digits,
    (int64_t *digits, int64_t *noise, cordon_field_limbs limbs, const cordon_fields *p),
    (digits, noise, limbs, p))
