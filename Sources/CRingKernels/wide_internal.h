// Integers of 192 bits, least word first: compilers offer none on every processor. Results are modulo 2^192.
#ifndef CORDON_WIDE_INTERNAL_H
#define CORDON_WIDE_INTERNAL_H

#include "ring_internal.h"

typedef struct {
    uint64_t words[3];
} wide;

static inline wide wide_from(u128 value) { return (wide){{(uint64_t)value, (uint64_t)(value >> 64), 0}}; }

static inline wide wide_add(wide a, wide b) {
    u128 carry = 0;
    for (int i = 0; i < 3; i++) {
        carry += (u128)a.words[i] + b.words[i];
        a.words[i] = (uint64_t)carry;
        carry >>= 64;
    }
    return a;
}

static inline wide wide_subtract(wide a, wide b) {
    uint64_t borrow = 0;
    for (int i = 0; i < 3; i++) {
        const u128 difference = (u128)a.words[i] - b.words[i] - borrow;
        a.words[i] = (uint64_t)difference;
        borrow = (uint64_t)(difference >> 64) & 1;
    }
    return a;
}

static inline wide wide_multiply(wide a, uint64_t factor) {
    u128 carry = 0;
    for (int i = 0; i < 3; i++) {
        carry += (u128)a.words[i] * factor;
        a.words[i] = (uint64_t)carry;
        carry >>= 64;
    }
    return a;
}

static inline wide wide_product(wide a, wide b) {
    wide product = wide_multiply(a, b.words[2]);
    for (int i = 1; i >= 0; i--) {
        const wide shifted = {{0, product.words[0], product.words[1]}};
        product = wide_add(shifted, wide_multiply(a, b.words[i]));
    }
    return product;
}

static inline bool wide_is_less(wide a, wide b) {
    uint64_t borrow = 0;
    for (int i = 0; i < 3; i++) borrow = (uint64_t)(((u128)a.words[i] - b.words[i] - borrow) >> 64) & 1;
    return borrow;
}

/// value = value / divisor, returns the remainder.
static inline uint64_t wide_divide(wide *value, uint64_t divisor) {
    uint64_t rest = 0;
    for (int i = 2; i >= 0; i--) {
        const u128 part = (u128)rest << 64 | value->words[i];
        if (part >> 64 == 0) {
            value->words[i] = (uint64_t)part / divisor;
            rest = (uint64_t)part % divisor;
        } else {
            value->words[i] = (uint64_t)(part / divisor);
            rest = (uint64_t)(part % divisor);
        }
    }
    return rest;
}

/// The 64 bits from `place` below 192 on.
static inline uint64_t wide_bits(wide value, unsigned place) {
    const unsigned word = place / 64, shift = place % 64;
    const uint64_t above = word < 2 ? value.words[word + 1] : 0;
    return value.words[word] >> shift | (shift > 0 ? above << (64 - shift) : 0);
}

#endif
