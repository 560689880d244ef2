// Kernels of the lattice layer: one call works on one row of residues modulo one prime. Every modulus is a prime q with
// 2^46 < q < 2^47, every residue lies in [0, q), every row has n values with n a multiple of 64 (unless said
// otherwise).
#ifndef CRINGKERNELS_H
#define CRINGKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CORDON_RESIDUE_BITS = 47, CORDON_MAXIMUM_PRIMES = 3 };

// Number-theoretic transform over Z_q[X]/(X^n+1); ntt.c, ntt_doubles.c, ntt_ifma.c.
typedef struct cordon_ntt_table cordon_ntt_table;
/// Tables for a power of two n in 64 ... 32768 and a prime q = 1 mod 2n; NULL when memory is out.
cordon_ntt_table *cordon_ntt_create(size_t n, uint64_t q);
void cordon_ntt_free(cordon_ntt_table *table);
/// The smallest primitive 2n-th root of unity modulo q (the root that SEAL takes).
uint64_t cordon_ntt_root(const cordon_ntt_table *table);
/// In place; output i is the value at root^(2*bitreverse(i)+1).
void cordon_ntt_forward(uint64_t *row, const cordon_ntt_table *table);
void cordon_ntt_inverse(uint64_t *row, const cordon_ntt_table *table);
/// The plain kernels, whatever the processor offers (the others must equal them bit for bit).
void cordon_ntt_forward_portable(uint64_t *row, const cordon_ntt_table *table);
void cordon_ntt_inverse_portable(uint64_t *row, const cordon_ntt_table *table);

// Families of kernels; dispatch.c. All give the same residues, bit for bit.
typedef enum {
    CORDON_KERNELS_PORTABLE,
    CORDON_KERNELS_NEON,
    CORDON_KERNELS_AVX2,
    CORDON_KERNELS_IFMA,
} cordon_kernels;
typedef enum { CORDON_KERNELS_SELECTED, CORDON_KERNELS_UNKNOWN, CORDON_KERNELS_UNSUPPORTED } cordon_kernels_status;
/// The family that runs: the best that the processor offers unless one was selected.
cordon_kernels cordon_kernels_active(void);
bool cordon_kernels_supported(cordon_kernels family);
const char *cordon_kernels_name(cordon_kernels family);
/// Selects by name, for the whole program; to be called at its start.
cordon_kernels_status cordon_kernels_select(const char *name);
/// The transforms of one family, which must be supported.
void cordon_ntt_forward_by(cordon_kernels family, uint64_t *row, const cordon_ntt_table *table);
void cordon_ntt_inverse_by(cordon_kernels family, uint64_t *row, const cordon_ntt_table *table);

// Rows; rows.c.
void cordon_add(uint64_t *row, const uint64_t *other, size_t n, uint64_t q);
void cordon_subtract(uint64_t *row, const uint64_t *other, size_t n, uint64_t q);
/// row = left * right.
void cordon_multiply(uint64_t *row, const uint64_t *left, const uint64_t *right, size_t n, uint64_t q);
/// row = row + left * right.
void cordon_multiply_accumulate(uint64_t *row, const uint64_t *left, const uint64_t *right, size_t n, uint64_t q);
/// row = row + scalar * other, scalar in [0, q).
void cordon_scale_accumulate(uint64_t *row, const uint64_t *other, uint64_t scalar, size_t n, uint64_t q);
/// row = row * point + other, point below 2^16: one step of Horner's rule.
void cordon_horner(uint64_t *row, const uint64_t *other, uint64_t point, size_t n, uint64_t q);
/// Sum of left * right modulo q, n at most 2^20.
uint64_t cordon_dot(const uint64_t *left, const uint64_t *right, size_t n, uint64_t q);
uint64_t cordon_dot_portable(const uint64_t *left, const uint64_t *right, size_t n, uint64_t q);
void cordon_multiply_portable(uint64_t *row, const uint64_t *left, const uint64_t *right, size_t n, uint64_t q);
void cordon_multiply_accumulate_portable(
    uint64_t *row, const uint64_t *left, const uint64_t *right, size_t n, uint64_t q);

// Sampling; sampling.c.
/// Keeps the 8-byte little-endian words of bytes whose low 47 bits are below q, at most n of them; returns how many.
/// Not constant in time: for public values.
size_t cordon_sample_public(uint64_t *row, size_t n, const uint8_t *bytes, size_t words, uint64_t q);
/// n residues, each a 16-byte little-endian integer modulo q (bias below 2^-80); constant in time.
void cordon_sample_uniform(uint64_t *row, const uint8_t *bytes, size_t n, uint64_t q);
/// n centred-binomial values, variance 20.5: the ones in 41 bits less the ones in 41 bits, of 16 bytes each.
void cordon_sample_binomial(int8_t *values, const uint8_t *bytes, size_t n);
/// row = row + values, |values| < q.
void cordon_add_small(uint64_t *row, const int8_t *values, size_t n, uint64_t q);

// 47-bit packing, a little-endian bit stream; packing.c.
void cordon_pack(uint8_t *bytes, const uint64_t *row, size_t n);
/// False when a residue is not below q.
bool cordon_unpack(uint64_t *row, const uint8_t *bytes, size_t n, uint64_t q);

// Integers packed into coefficients; fields.c.
typedef struct cordon_fields cordon_fields;
/// m = sum_f u_f * width^f, plaintext = scale * m modulo the product Q of the primes. NULL when memory is out.
cordon_fields *cordon_fields_create(
    const uint64_t *moduli, size_t primes, uint64_t scale, uint64_t width, size_t fields);
void cordon_fields_free(cordon_fields *packing);
/// rows = rows + residues of the plaintext, one row of n a prime, one after the other; coefficient j takes
/// values[fields*j ...], values past count are 0 and |value| < 2^46.
void cordon_fields_encode(
    uint64_t *rows, const int64_t *values, size_t count, size_t n, const cordon_fields *packing);
void cordon_fields_encode_portable(
    uint64_t *rows, const int64_t *values, size_t count, size_t n, const cordon_fields *packing);
/// Centred digits (fields of them a coefficient) and noise of n coefficients, given as one row a prime; the last digit
/// takes the rest; digits outside +-2^61 are set to +-2^61. n is free.
void cordon_fields_decode(
    int64_t *digits, int64_t *noise, const uint64_t *const *rows, size_t n, const cordon_fields *packing);
void cordon_fields_decode_portable(
    int64_t *digits, int64_t *noise, const uint64_t *const *rows, size_t n, const cordon_fields *packing);
/// True when every |value| is below 2^46.
bool cordon_fields_admit(const int64_t *values, size_t count);
/// floor((Q/scale)^(1/fields)), at most 2^40.
uint64_t cordon_fields_width(const uint64_t *moduli, size_t primes, uint64_t scale, size_t fields);

// Real vectors to integers; rounding.c.
/// integer = floor(value * factor), plus one where draw / 2^32 is below the rest: 4 little-endian random bytes each.
void cordon_round_stochastically(
    int64_t *integers, const float *values, double factor, const uint8_t *bytes, size_t n);
/// Sum of value^2 in double precision, eight sums side by side: the same on every machine.
double cordon_squared_norm(const float *values, size_t n);
/// Sum of value^2, low and high word, exactly.
void cordon_sum_of_squares(uint64_t sum[2], const int64_t *values, size_t n);

/// The union of the bits of all |value|.
uint64_t cordon_magnitude_bits(const int64_t *values, size_t n);
/// The low `width` bytes (2, 3, 4 or 8) of each value, little-endian, one after the other.
void cordon_narrow(uint8_t *bytes, const int64_t *values, size_t n, size_t width);

// Ternary polynomials; ternary.c.
/// Coefficients from 2 bits each, lowest first: low bit 0 is 0; else the high bit 0 is +1, 1 is -1. n/4 bytes.
void cordon_ternary_expand(int8_t *polynomial, const uint8_t *bytes, size_t n);
/// The row whose dot product with c is the constant coefficient of polynomial * c in Z[X]/(X^n+1).
void cordon_ternary_transpose(int16_t *row, const int8_t *polynomial, size_t n);
void cordon_ternary_residues(uint64_t *row, const int8_t *polynomial, size_t n, uint64_t q);
/// Adds to sums[0] and sums[1] the coefficients 0 and n/2 of the product of a transposed row with one limb vector.
/// n at most 2^17.
void cordon_ternary_products(int64_t sums[2], const int16_t *row, const int16_t *limb, size_t n);
/// Balanced 16-bit limbs of values taken at a stride; limb i goes to limbs + i*n; values past count are 0.
void cordon_split_integers(
    int16_t *limbs, size_t limb_count, const int64_t *values, size_t count, size_t stride, size_t n);
/// The three balanced limbs of the centred residues of a row.
void cordon_split_residues(int16_t *limbs, const uint64_t *row, size_t n, uint64_t q);

// zeroise.c.
/// Overwrites with zeros; never optimised away.
void cordon_zeroise(void *bytes, size_t count);

#endif
