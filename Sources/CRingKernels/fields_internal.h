// The constants of a packing of integers, shared by the files that encode and decode.
#ifndef CORDON_FIELDS_INTERNAL_H
#define CORDON_FIELDS_INTERNAL_H

#include "wide_internal.h"

enum { CORDON_FIELD_LANES = 16, CORDON_FIELDS_SIDE_BY_SIDE = 16, CORDON_FIELD_LIMBS = 6, CORDON_FIELD_LIMB_BITS = 24 };

/// Integers side by side, limb by limb.
typedef uint64_t cordon_field_limbs[CORDON_FIELD_LIMBS][CORDON_FIELD_LANES];

struct cordon_fields {
    size_t primes, fields;
    // (Q - 1 - half) modulo each prime turns a centred integer into one from 0 on; what the offset then lacks, and
    // p0*p1, in limbs of 52 bits; 52-bit Shoup quotients of the inverses.
    uint64_t recentre[CORDON_MAXIMUM_PRIMES], remaining_offset[3], product01[2], quotients52[3];
    // floor(2^98/q) of each prime.
    uint64_t barrett52[CORDON_MAXIMUM_PRIMES];
    uint64_t moduli[CORDON_MAXIMUM_PRIMES];
    uint64_t scale, width;
    // scale * width^f modulo each prime, with Shoup quotients.
    uint64_t *weights, *quotients;
    // Inverses for the mixed radix, p0^-1 mod p1, p0^-1 mod p2, p1^-1 mod p2, with Shoup quotients.
    uint64_t inverse01, inverse02, inverse12, quotient01, quotient02, quotient12;
    wide product, half, offset, top;
    // Limbs of 24 bits before each division and of the rest; the first is 0 where they do not serve.
    unsigned char limbs[CORDON_FIELDS_SIDE_BY_SIDE + 1];
};

void cordon_fields_plan_limbs(cordon_fields *packing);
void cordon_fields_split(cordon_field_limbs limbs, const wide *values);
/// Digits and noise of CORDON_FIELD_LANES integers that already hold the offset; the limbs are used up.
void cordon_fields_digits(int64_t *digits, int64_t *noise, cordon_field_limbs limbs, const cordon_fields *packing);

#if CORDON_X86
/// The limbs of CORDON_FIELD_LANES centred integers plus the offset, from coefficient j on.
void cordon_fields_limbs_ifma(
    cordon_field_limbs limbs, const uint64_t *const *rows, size_t j, const cordon_fields *packing);
/// Encodes whole groups of eight coefficients; returns how many coefficients that were.
size_t cordon_fields_encode_ifma(
    uint64_t *rows, const int64_t *values, size_t count, size_t n, const cordon_fields *packing);
#endif

#endif
