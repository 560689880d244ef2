// Residues as a little-endian stream of 47-bit integers: eight residues are 47 bytes, so that every group of eight
// begins on a byte and the places within it are constants.
#include "ring_internal.h"

#include <string.h>

enum { GROUP = 8, GROUP_BYTES = CORDON_RESIDUE_BITS };

static inline void pack_group(uint64_t words[6], const uint64_t *r) {
    words[0] = r[0] | r[1] << 47;
    words[1] = r[1] >> 17 | r[2] << 30;
    words[2] = r[2] >> 34 | r[3] << 13 | r[4] << 60;
    words[3] = r[4] >> 4 | r[5] << 43;
    words[4] = r[5] >> 21 | r[6] << 26;
    words[5] = r[6] >> 38 | r[7] << 9;
}

void cordon_pack(uint8_t *bytes, const uint64_t *row, size_t n) {
    uint64_t words[6];
    size_t i = 0;
    // The 48th byte belongs to the next group, which overwrites it.
    for (; i + GROUP < n; i += GROUP, bytes += GROUP_BYTES) {
        pack_group(words, row + i);
        memcpy(bytes, words, 48);
    }
    pack_group(words, row + i);
    memcpy(bytes, words, GROUP_BYTES);
}

static inline uint64_t residue_at(const uint8_t *bytes, unsigned place) {
    uint64_t word;
    memcpy(&word, bytes + (CORDON_RESIDUE_BITS * place >> 3), 8);
    return (word >> (CORDON_RESIDUE_BITS * place & 7)) & (((uint64_t)1 << CORDON_RESIDUE_BITS) - 1);
}

static inline uint64_t unpack_group(uint64_t *row, const uint8_t *bytes, uint64_t q) {
    uint64_t outside = 0;
    _Pragma("clang loop unroll(full)") for (unsigned place = 0; place < GROUP; place++) {
        row[place] = residue_at(bytes, place);
        outside |= (q - 1) - row[place];
    }
    return outside;
}

#if CORDON_X86
#include <immintrin.h>

static bool has_byte_permutation(void) { return cordon_runs_ifma() && __builtin_cpu_supports("avx512vbmi"); }

/// Groups that lie 64 bytes before the end, one permutation of bytes each; returns how many residues that were.
__attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx512ifma,avx512vbmi"))) static size_t unpack_permuting(
    uint64_t *row, const uint8_t *bytes, size_t n, uint64_t q, uint64_t *outside) {
    uint8_t places[64];
    uint64_t shifts[GROUP];
    for (unsigned place = 0; place < GROUP; place++) {
        shifts[place] = CORDON_RESIDUE_BITS * place & 7;
        for (unsigned byte = 0; byte < 8; byte++)
            places[8 * place + byte] = (uint8_t)((CORDON_RESIDUE_BITS * place >> 3) + byte);
    }
    const __m512i order = _mm512_loadu_si512(places), shift = _mm512_loadu_si512(shifts);
    const __m512i mask = _mm512_set1_epi64(((long long)1 << CORDON_RESIDUE_BITS) - 1);
    const __m512i greatest = _mm512_set1_epi64((long long)q - 1);
    __m512i wrong = _mm512_setzero_si512();
    size_t i = 0;
    for (; i + 2 * GROUP <= n; i += GROUP, bytes += GROUP_BYTES) {
        const __m512i words = _mm512_permutexvar_epi8(order, _mm512_loadu_si512(bytes));
        const __m512i residues = _mm512_and_si512(_mm512_srlv_epi64(words, shift), mask);
        wrong = _mm512_or_si512(wrong, _mm512_sub_epi64(greatest, residues));
        _mm512_storeu_si512(row + i, residues);
    }
    *outside |= (uint64_t)_mm512_reduce_or_epi64(wrong);
    return i;
}
#endif

bool cordon_unpack(uint64_t *row, const uint8_t *bytes, size_t n, uint64_t q) {
    uint64_t outside = 0;
    size_t i = 0;
#if CORDON_X86
    if (has_byte_permutation()) {
        i = unpack_permuting(row, bytes, n, q, &outside);
        bytes += i / GROUP * GROUP_BYTES;
    }
#endif
    for (; i + GROUP < n; i += GROUP, bytes += GROUP_BYTES) outside |= unpack_group(row + i, bytes, q);
    // Reading the last group in place would read two bytes past the end.
    uint8_t last[GROUP_BYTES + 2] = {0};
    memcpy(last, bytes, GROUP_BYTES);
    outside |= unpack_group(row + i, last, q);
    return outside >> 63 == 0;
}
