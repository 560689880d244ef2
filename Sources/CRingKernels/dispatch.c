// Which family of kernels runs: the best that the processor offers, or the one that was asked for.
#include "ring_internal.h"

#include <stdatomic.h>
#include <string.h>

static const char *const names[] = {"portable", "neon", "avx2", "ifma"};
static _Atomic int chosen = -1;

const char *cordon_kernels_name(cordon_kernels family) { return names[family]; }

bool cordon_kernels_supported(cordon_kernels family) {
#if CORDON_X86
    if (family == CORDON_KERNELS_AVX2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (family == CORDON_KERNELS_IFMA)
        return cordon_kernels_supported(CORDON_KERNELS_AVX2) && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
               __builtin_cpu_supports("avx512ifma");
#endif
    return family == CORDON_KERNELS_PORTABLE || (family == CORDON_KERNELS_NEON && CORDON_NEON);
}

cordon_kernels cordon_kernels_active(void) {
    int family = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (family >= 0) return (cordon_kernels)family;
    family = CORDON_KERNELS_IFMA;
    while (!cordon_kernels_supported((cordon_kernels)family)) family--;
    // A choice made meanwhile by name stands.
    int unset = -1;
    atomic_compare_exchange_strong(&chosen, &unset, family);
    return (cordon_kernels)(unset < 0 ? family : unset);
}

cordon_kernels_status cordon_kernels_select(const char *name) {
    for (int family = 0; family <= CORDON_KERNELS_IFMA; family++)
        if (strcmp(name, names[family]) == 0) {
            if (!cordon_kernels_supported((cordon_kernels)family)) return CORDON_KERNELS_UNSUPPORTED;
            atomic_store(&chosen, family);
            return CORDON_KERNELS_SELECTED;
        }
    return CORDON_KERNELS_UNKNOWN;
}

void cordon_ntt_forward_by(cordon_kernels family, uint64_t *row, const cordon_ntt_table *table) {
#if CORDON_X86
    if (family == CORDON_KERNELS_IFMA && table->degree >= 512) {
        cordon_ntt_forward_ifma(row, table);
        return;
    }
#endif
#if CORDON_DOUBLES
    if (family != CORDON_KERNELS_PORTABLE) {
        cordon_ntt_forward_doubles(row, table);
        return;
    }
#endif
    cordon_ntt_forward_portable(row, table);
}

void cordon_ntt_inverse_by(cordon_kernels family, uint64_t *row, const cordon_ntt_table *table) {
#if CORDON_X86
    if (family == CORDON_KERNELS_IFMA && table->degree >= 512) {
        cordon_ntt_inverse_ifma(row, table);
        return;
    }
#endif
#if CORDON_DOUBLES
    if (family != CORDON_KERNELS_PORTABLE) {
        cordon_ntt_inverse_doubles(row, table);
        return;
    }
#endif
    cordon_ntt_inverse_portable(row, table);
}

void cordon_ntt_forward(uint64_t *row, const cordon_ntt_table *table) {
    cordon_ntt_forward_by(cordon_kernels_active(), row, table);
}

void cordon_ntt_inverse(uint64_t *row, const cordon_ntt_table *table) {
    cordon_ntt_inverse_by(cordon_kernels_active(), row, table);
}
