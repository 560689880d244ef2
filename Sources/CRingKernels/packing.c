// Residues as a little-endian stream of 47-bit integers.
#include "ring_internal.h"

#include <string.h>

void cordon_pack(uint8_t *bytes, const uint64_t *row, size_t n) {
    u128 pending = 0;
    unsigned bits = 0;
    for (size_t i = 0; i < n; i++) {
        pending |= (u128)row[i] << bits;
        bits += CORDON_RESIDUE_BITS;
        if (bits >= 64) {
            uint64_t word = (uint64_t)pending;
            memcpy(bytes, &word, 8);
            bytes += 8;
            pending >>= 64;
            bits -= 64;
        }
    }
}

bool cordon_unpack(uint64_t *row, const uint8_t *bytes, size_t n, uint64_t q) {
    const uint64_t mask = ((uint64_t)1 << CORDON_RESIDUE_BITS) - 1;
    const size_t total = n / 8 * CORDON_RESIDUE_BITS;
    uint64_t outside = 0;
    for (size_t i = 0; i < n; i++) {
        const size_t bit = i * CORDON_RESIDUE_BITS, at = bit >> 3;
        uint64_t word = 0;
        memcpy(&word, bytes + at, total - at < 8 ? total - at : 8);
        row[i] = (word >> (bit & 7)) & mask;
        outside |= (uint64_t)(row[i] >= q);
    }
    return outside == 0;
}
