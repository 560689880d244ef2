// Arithmetic on rows of residues.
#include "ring_internal.h"

CORDON_BODY void cordon_add_body(uint64_t *row, const uint64_t *other, size_t n, uint64_t q) {
    for (size_t i = 0; i < n; i++) row[i] = add_mod(row[i], other[i], q);
}
CORDON_FAMILIES(, void, cordon_add, (uint64_t *row, const uint64_t *other, size_t n, uint64_t q), (row, other, n, q))

CORDON_BODY void cordon_subtract_body(uint64_t *row, const uint64_t *other, size_t n, uint64_t q) {
    for (size_t i = 0; i < n; i++) row[i] = subtract_mod(row[i], other[i], q);
}
CORDON_FAMILIES(
    , void, cordon_subtract,
    (uint64_t *row, const uint64_t *other, size_t n, uint64_t q),
    (row, other, n, q))

void cordon_multiply(uint64_t *row, const uint64_t *left, const uint64_t *right, size_t n, uint64_t q) {
    switch (cordon_kernels_active()) {
#if CORDON_X86
    case CORDON_KERNELS_IFMA: return cordon_multiply_ifma(row, left, right, n, q);
#endif
#if CORDON_DOUBLES
    case CORDON_KERNELS_AVX2:
    case CORDON_KERNELS_NEON: return cordon_multiply_doubles(row, left, right, n, q);
#endif
    default: return cordon_multiply_portable(row, left, right, n, q);
    }
}

void cordon_multiply_portable(uint64_t *row, const uint64_t *left, const uint64_t *right, size_t n, uint64_t q) {
    const uint64_t factor = barrett_factor(q);
    for (size_t i = 0; i < n; i++) row[i] = reduce_product((u128)left[i] * right[i], q, factor);
}

void cordon_multiply_accumulate_portable(
    uint64_t *row, const uint64_t *left, const uint64_t *right, size_t n, uint64_t q) {
    const uint64_t factor = barrett_factor(q);
    for (size_t i = 0; i < n; i++)
        row[i] = add_mod(row[i], reduce_product((u128)left[i] * right[i], q, factor), q);
}

void cordon_multiply_accumulate(uint64_t *row, const uint64_t *left, const uint64_t *right, size_t n, uint64_t q) {
    switch (cordon_kernels_active()) {
#if CORDON_X86
    case CORDON_KERNELS_IFMA: return cordon_multiply_accumulate_ifma(row, left, right, n, q);
#endif
#if CORDON_DOUBLES
    case CORDON_KERNELS_AVX2:
    case CORDON_KERNELS_NEON: return cordon_multiply_accumulate_doubles(row, left, right, n, q);
#endif
    default: return cordon_multiply_accumulate_portable(row, left, right, n, q);
    }
}

void cordon_scale_accumulate(uint64_t *row, const uint64_t *other, uint64_t scalar, size_t n, uint64_t q) {
    const uint64_t quotient = shoup_quotient(scalar, q);
    for (size_t i = 0; i < n; i++)
        row[i] = add_mod(row[i], reduce_once(multiply_lazy(other[i], scalar, quotient, q), q), q);
}

void cordon_horner(uint64_t *row, const uint64_t *other, uint64_t point, size_t n, uint64_t q) {
    const uint64_t quotient = shoup_quotient(point, q);
    for (size_t i = 0; i < n; i++)
        row[i] = add_mod(other[i], reduce_once(multiply_lazy(row[i], point, quotient, q), q), q);
}

uint64_t cordon_dot_portable(const uint64_t *left, const uint64_t *right, size_t n, uint64_t q) {
    u128 even = 0, odd = 0;
    for (size_t i = 0; i < n; i += 2) {
        even += (u128)left[i] * right[i];
        odd += (u128)left[i + 1] * right[i + 1];
    }
    return (uint64_t)((even + odd) % q);
}

uint64_t cordon_dot(const uint64_t *left, const uint64_t *right, size_t n, uint64_t q) {
    switch (cordon_kernels_active()) {
#if CORDON_X86
    case CORDON_KERNELS_IFMA: return cordon_dot_ifma(left, right, n, q);
#endif
#if CORDON_DOUBLES
    case CORDON_KERNELS_AVX2:
    case CORDON_KERNELS_NEON: return cordon_dot_doubles(left, right, n, q);
#endif
    default: return cordon_dot_portable(left, right, n, q);
    }
}
