/* What Microsoft SEAL's files need from libb2, libzstd and zlib. Plain C: every function returns a status. */
#ifndef CSEALCODING_H
#define CSEALCODING_H

#include <stddef.h>
#include <stdint.h>

enum {
    CORDON_CODING_OK = 0,
    CORDON_CODING_CORRUPT = 1,   /* damaged, cut short, or followed by something else */
    CORDON_CODING_TOO_LARGE = 2, /* more bytes come out than the limit given */
    CORDON_CODING_NO_MEMORY = 3
};

/* BLAKE2b with a digest of 32 bytes and no key (RFC 7693). */
int cordon_blake2b_256(uint8_t digest[32], const uint8_t *bytes, size_t count);
/* BLAKE2Xb of the 8 bytes of `counter` under a key of 64 bytes: one buffer of SEAL's random stream. */
int cordon_blake2xb(uint8_t *output, uint32_t count, uint64_t counter, const uint8_t key[64]);

/* Memory that is overwritten before it is freed with cordon_coding_free. */
typedef struct {
    uint8_t *bytes;
    size_t count;
} cordon_coded;

/* One whole Zstandard frame, or one whole zlib stream, of at most `limit` bytes. */
int cordon_zstd_expand(const uint8_t *bytes, size_t count, size_t limit, cordon_coded *output);
int cordon_zlib_expand(const uint8_t *bytes, size_t count, size_t limit, cordon_coded *output);
int cordon_zstd_compress(const uint8_t *bytes, size_t count, cordon_coded *output);
int cordon_zlib_compress(const uint8_t *bytes, size_t count, cordon_coded *output);
void cordon_coding_free(cordon_coded *output);

#endif
