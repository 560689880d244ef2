// Products of polynomials with coefficients 0, +1, -1: two coefficients of each, through 16-bit limbs.
#include "ring_internal.h"

#include <string.h>

// The four coefficients of a byte, as bytes 0, 1 or 255: bit 2i says whether, bit 2i+1 says minus.
static inline uint32_t four_coefficients(uint32_t byte) {
    const uint32_t spread = (byte & 3) | (byte & 12) << 6 | (byte & 48) << 12 | (byte & 192) << 18;
    const uint32_t present = spread & 0x01010101u, minus = present & (spread >> 1 & 0x01010101u);
    return present | minus * 0xFEu;
}

CORDON_BODY void cordon_ternary_expand_body(int8_t *polynomial, const uint8_t *bytes, size_t n) {
    for (size_t i = 0; i < n / 4; i++) {
        const uint32_t four = four_coefficients(bytes[i]);
        memcpy(polynomial + 4 * i, &four, 4);
    }
}
CORDON_FAMILIES(
    , void, cordon_ternary_expand,
    (int8_t *polynomial, const uint8_t *bytes, size_t n),
    (polynomial, bytes, n))

CORDON_BODY void cordon_ternary_transpose_body(int16_t *row, const int8_t *polynomial, size_t n) {
    row[0] = polynomial[0];
    for (size_t j = 1; j < n; j++) row[j] = (int16_t)-polynomial[n - j];
}
CORDON_FAMILIES(
    , void, cordon_ternary_transpose,
    (int16_t *row, const int8_t *polynomial, size_t n),
    (row, polynomial, n))

CORDON_BODY void cordon_ternary_residues_body(uint64_t *row, const int8_t *polynomial, size_t n, uint64_t q) {
    for (size_t i = 0; i < n; i++) {
        int64_t value = polynomial[i];
        row[i] = (uint64_t)(value + ((int64_t)q & (value >> 63)));
    }
}
CORDON_FAMILIES(
    , void, cordon_ternary_residues,
    (uint64_t *row, const int8_t *polynomial, size_t n, uint64_t q),
    (row, polynomial, n, q))

// With halves (p, r) of the row and (c, d) of the vector, coefficient 0 is p*c + r*d and coefficient n/2 is p*d - r*c.
// |limb| <= 2^15 and at most 2^15 terms a chunk, so 32 bits hold every partial sum.
CORDON_BODY void products_of_chunk_body(
    int32_t sums[2], const int16_t *p, const int16_t *r, const int16_t *c, const int16_t *d, size_t count) {
    int32_t pc = 0, rd = 0, pd = 0, rc = 0;
    for (size_t i = 0; i < count; i++) {
        pc += (int32_t)p[i] * c[i];
        rd += (int32_t)r[i] * d[i];
        pd += (int32_t)p[i] * d[i];
        rc += (int32_t)r[i] * c[i];
    }
    sums[0] = pc + rd;
    sums[1] = pd - rc;
}
CORDON_FAMILIES(
    static, void, products_of_chunk,
    (int32_t sums[2], const int16_t *p, const int16_t *r, const int16_t *c, const int16_t *d, size_t count),
    (sums, p, r, c, d, count))

void cordon_ternary_products(int64_t sums[2], const int16_t *row, const int16_t *limb, size_t n) {
    const size_t half = n / 2, chunk = 16384;
    for (size_t i = 0; i < half; i += chunk) {
        int32_t part[2];
        const size_t count = half - i < chunk ? half - i : chunk;
        products_of_chunk(part, row + i, row + half + i, limb + i, limb + half + i, count);
        sums[0] += part[0];
        sums[1] += part[1];
    }
}

void cordon_split_integers(
    int16_t *limbs, size_t limb_count, const int64_t *values, size_t count, size_t stride, size_t n) {
    for (size_t j = 0; j < n; j++) {
        int64_t value = j * stride < count ? values[j * stride] : 0;
        for (size_t l = 0; l < limb_count; l++) {
            const int16_t low = (int16_t)value;
            limbs[l * n + j] = low;
            value = (value - low) >> 16;
        }
    }
}

CORDON_BODY void cordon_split_residues_body(int16_t *limbs, const uint64_t *row, size_t n, uint64_t q) {
    for (size_t j = 0; j < n; j++) {
        int64_t value = (int64_t)row[j] - (row[j] > q / 2 ? (int64_t)q : 0);
        const int16_t low = (int16_t)value;
        value = (value - low) >> 16;
        const int16_t middle = (int16_t)value;
        limbs[j] = low;
        limbs[n + j] = middle;
        limbs[2 * n + j] = (int16_t)((value - middle) >> 16);
    }
}
CORDON_FAMILIES(
    , void, cordon_split_residues,
    (int16_t *limbs, const uint64_t *row, size_t n, uint64_t q),
    (limbs, row, n, q))
