// Real vectors to integers, and what is asked of those integers. Every floating-point operation is exact or correctly rounded and none is fused,
// so that all instruction sets give the same integers.
#include "ring_internal.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

CORDON_BODY void cordon_round_stochastically_body(
    int64_t *integers, const float *values, double factor, const uint8_t *bytes, size_t n) {
    for (size_t i = 0; i < n; i++) {
        uint32_t draw;
        memcpy(&draw, bytes + 4 * i, sizeof draw);
        const double scaled = (double)values[i] * factor, below = floor(scaled);
        integers[i] = (int64_t)below + ((double)draw < (scaled - below) * 0x1p32);
    }
}
CORDON_FAMILIES(
    , void, cordon_round_stochastically,
    (int64_t *integers, const float *values, double factor, const uint8_t *bytes, size_t n),
    (integers, values, factor, bytes, n))

CORDON_BODY double cordon_squared_norm_body(const float *values, size_t n) {
    // Eight sums side by side, in a fixed order.
    double sums[8] = {0};
    size_t i = 0;
    for (; i + 8 <= n; i += 8)
        for (size_t l = 0; l < 8; l++) {
            const double value = values[i + l];
            const double square = value * value;
            sums[l] += square;
        }
    for (; i < n; i++) sums[0] += (double)values[i] * (double)values[i];
    double total = 0;
    for (size_t l = 0; l < 8; l++) total += sums[l];
    return total;
}
CORDON_FAMILIES(, double, cordon_squared_norm, (const float *values, size_t n), (values, n))

/// Sums of the squares' low and high halves, and the union of all bits of the magnitudes.
static inline __attribute__((always_inline)) void add_squares(uint64_t sums[3], const int64_t *values, size_t n) {
    uint64_t low = 0, high = 0, bits = 0;
    for (size_t i = 0; i < n; i++) {
        const uint64_t sign = (uint64_t)(values[i] >> 63), magnitude = ((uint64_t)values[i] ^ sign) - sign;
        const uint64_t square = (uint64_t)(uint32_t)magnitude * (uint32_t)magnitude;
        bits |= magnitude;
        low += (uint32_t)square;
        high += square >> 32;
    }
    sums[0] = low;
    sums[1] = high;
    sums[2] = bits;
}

CORDON_BODY void narrow_squares_body(uint64_t sums[3], const int64_t *values, size_t n) {
    add_squares(sums, values, n);
}
CORDON_FAMILIES(static, void, narrow_squares, (uint64_t sums[3], const int64_t *values, size_t n), (sums, values, n))

void cordon_sum_of_squares(uint64_t sum[2], const int64_t *values, size_t n) {
    u128 total = 0;
    for (size_t first = 0; first < n;) {
        // 2^20 halves of 32 bits do not overflow 64.
        const size_t count = n - first < 1 << 20 ? n - first : 1 << 20;
        uint64_t sums[3];
        narrow_squares(sums, values + first, count);
        if (sums[2] >> 32 == 0) {
            total += sums[0] + ((u128)sums[1] << 32);
        } else {
            for (size_t i = first; i < first + count; i++) {
                const u128 magnitude = values[i] < 0 ? 0 - (uint64_t)values[i] : (uint64_t)values[i];
                total += magnitude * magnitude;
            }
        }
        first += count;
    }
    sum[0] = (uint64_t)total;
    sum[1] = (uint64_t)(total >> 64);
}

CORDON_BODY uint64_t cordon_magnitude_bits_body(const int64_t *values, size_t n) {
    uint64_t bits = 0;
    for (size_t i = 0; i < n; i++) {
        const uint64_t sign = (uint64_t)(values[i] >> 63);
        bits |= ((uint64_t)values[i] ^ sign) - sign;
    }
    return bits;
}
CORDON_FAMILIES(, uint64_t, cordon_magnitude_bits, (const int64_t *values, size_t n), (values, n))

CORDON_BODY void narrow_to_two_body(uint8_t *bytes, const int64_t *values, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const uint16_t word = (uint16_t)values[i];
        memcpy(bytes + 2 * i, &word, 2);
    }
}
CORDON_FAMILIES(static, void, narrow_to_two, (uint8_t *bytes, const int64_t *values, size_t n), (bytes, values, n))

CORDON_BODY void narrow_to_four_body(uint8_t *bytes, const int64_t *values, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const uint32_t word = (uint32_t)values[i];
        memcpy(bytes + 4 * i, &word, 4);
    }
}
CORDON_FAMILIES(static, void, narrow_to_four, (uint8_t *bytes, const int64_t *values, size_t n), (bytes, values, n))

void cordon_narrow(uint8_t *bytes, const int64_t *values, size_t n, size_t width) {
    if (width == 8) {
        memcpy(bytes, values, 8 * n);
    } else if (width == 4) {
        narrow_to_four(bytes, values, n);
    } else if (width == 2) {
        narrow_to_two(bytes, values, n);
    } else if (n > 0) {
        // The fourth byte belongs to the next value, which overwrites it.
        for (size_t i = 0; i + 1 < n; i++) {
            const uint32_t word = (uint32_t)values[i];
            memcpy(bytes + 3 * i, &word, 4);
        }
        memcpy(bytes + 3 * (n - 1), values + n - 1, 3);
    }
}
