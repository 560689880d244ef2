// Arithmetic shared by the kernels of this target.
#ifndef CORDON_RING_INTERNAL_H
#define CORDON_RING_INTERNAL_H

#include "CRingKernels.h"

typedef unsigned __int128 u128;

struct cordon_ntt_table {
    uint64_t modulus, root;
    size_t degree, log_degree;
    // Powers of the root and of its inverse in bit-reversed order, with quotients floor(w*2^64/q) and floor(w*2^52/q).
    uint64_t *power, *power_quotient, *power_quotient52;
    uint64_t *inverse, *inverse_quotient, *inverse_quotient52;
    // Twiddles of the last three stages for the vector kernels: 7 vectors of 8 lanes for each 64 values.
    uint64_t *tail, *tail_quotient, *inverse_tail, *inverse_tail_quotient;
    // The same powers as doubles, and divided by q, for the kernels in doubles.
    double *power_double, *power_ratio, *inverse_double, *inverse_ratio;
    // n^-1 and n^-1 * inverse[1], merged into the last inverse stage.
    uint64_t scale, scale_quotient, scale_quotient52, scaled_root, scaled_root_quotient, scaled_root_quotient52;
    uint64_t barrett52;
};

static inline uint64_t minimum(uint64_t a, uint64_t b) { return a < b ? a : b; }
static inline uint64_t reduce_once(uint64_t a, uint64_t q) { return minimum(a, a - q); }
static inline uint64_t add_mod(uint64_t a, uint64_t b, uint64_t q) { return reduce_once(a + b, q); }
static inline uint64_t subtract_mod(uint64_t a, uint64_t b, uint64_t q) { return reduce_once(a + q - b, q); }

/// y * w modulo q in [0, 2q) for any y below 2^64; quotient = floor(w*2^64/q) (Shoup; Harvey, arXiv 1205.2926).
static inline uint64_t multiply_lazy(uint64_t y, uint64_t w, uint64_t quotient, uint64_t q) {
    uint64_t high = (uint64_t)(((u128)quotient * y) >> 64);
    return w * y - high * q;
}

static inline uint64_t shoup_quotient(uint64_t w, uint64_t q) { return (uint64_t)(((u128)w << 64) / q); }

static inline uint64_t shoup_quotient52(uint64_t w, uint64_t q) { return (uint64_t)(((u128)w << 52) / q); }

/// floor(2^94/q), for reduce_product.
static inline uint64_t barrett_factor(uint64_t q) { return (uint64_t)(((u128)1 << 94) / q); }

/// x modulo q for x below 2^94, 2^46 < q < 2^47 (Barrett).
static inline uint64_t reduce_product(u128 x, uint64_t q, uint64_t factor) {
    uint64_t high = (uint64_t)(x >> 46);
    uint64_t estimate = (uint64_t)(((u128)high * factor) >> 48);
    uint64_t rest = (uint64_t)x - estimate * q;
    rest = reduce_once(rest, 2 * q);
    return reduce_once(rest, q);
}

uint64_t cordon_power(uint64_t base, uint64_t exponent, uint64_t q);

static inline bool cordon_runs_ifma(void) { return cordon_kernels_active() == CORDON_KERNELS_IFMA; }

#if defined(__x86_64__)
#define CORDON_X86 1
#define CORDON_IFMA_TARGET __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx512ifma")))
void cordon_ntt_forward_ifma(uint64_t *row, const cordon_ntt_table *table);
void cordon_ntt_inverse_ifma(uint64_t *row, const cordon_ntt_table *table);
uint64_t cordon_dot_ifma(const uint64_t *left, const uint64_t *right, size_t n, uint64_t q);
void cordon_multiply_ifma(uint64_t *row, const uint64_t *left, const uint64_t *right, size_t n, uint64_t q);
void cordon_multiply_accumulate_ifma(
    uint64_t *row, const uint64_t *left, const uint64_t *right, size_t n, uint64_t q);
#else
#define CORDON_X86 0
#endif

#if defined(__aarch64__)
#define CORDON_NEON 1
#else
#define CORDON_NEON 0
#endif

#if CORDON_X86 || CORDON_NEON
#define CORDON_DOUBLES 1
void cordon_ntt_forward_doubles(uint64_t *row, const cordon_ntt_table *table);
void cordon_ntt_inverse_doubles(uint64_t *row, const cordon_ntt_table *table);
uint64_t cordon_dot_doubles(const uint64_t *left, const uint64_t *right, size_t n, uint64_t q);
void cordon_multiply_doubles(uint64_t *row, const uint64_t *left, const uint64_t *right, size_t n, uint64_t q);
void cordon_multiply_accumulate_doubles(
    uint64_t *row, const uint64_t *left, const uint64_t *right, size_t n, uint64_t q);
#else
#define CORDON_DOUBLES 0
#endif

// Loops that the compiler vectorises: one body, compiled for each family's instructions, chosen like every kernel.
// Features by name, because "arch=x86-64-v4" also tunes for vectors of half the width: half as much again for sketches.
#define CORDON_WIDE_TARGET __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx512cd,popcnt,bmi2")))
#define CORDON_BODY static inline __attribute__((always_inline))
#if CORDON_X86
#define CORDON_FAMILIES(storage, result, name, parameters, arguments)                                  \
    static CORDON_WIDE_TARGET result name##_ifma parameters { return name##_body arguments; }              \
    static __attribute__((target("avx2"))) result name##_avx2 parameters { return name##_body arguments; } \
    static result name##_portable parameters { return name##_body arguments; }                         \
    storage result name parameters {                                                                   \
        switch (cordon_kernels_active()) {                                                             \
        case CORDON_KERNELS_IFMA: return name##_ifma arguments;                                        \
        case CORDON_KERNELS_AVX2: return name##_avx2 arguments;                                        \
        default: return name##_portable arguments;                                                     \
        }                                                                                              \
    }
#else
#define CORDON_FAMILIES(storage, result, name, parameters, arguments) \
    storage result name parameters { return name##_body arguments; }
#endif

#endif
