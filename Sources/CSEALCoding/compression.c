// Zstandard and zlib with a bound on what comes out.
#include "CSEALCoding.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

// A frame that asks for a larger window than 16 MiB is refused: SEAL writes at most 8 MiB ones.
enum { WINDOW_LOG_MAX = 24, FIRST_BYTES = 1 << 16 };

void cordon_coding_free(cordon_coded *output) {
    if (output->bytes) explicit_bzero(output->bytes, output->count);
    free(output->bytes);
    output->bytes = NULL;
    output->count = 0;
}

/// Room for more than `used` bytes, at most limit + 1 in all: one byte beyond the limit shows that there are too many.
static int grow(cordon_coded *output, size_t used, size_t limit) {
    size_t wanted = output->count ? 2 * output->count : FIRST_BYTES;
    if (wanted > limit + 1) wanted = limit + 1;
    uint8_t *bytes = malloc(wanted);
    if (!bytes) return CORDON_CODING_NO_MEMORY;
    if (used) memcpy(bytes, output->bytes, used);
    cordon_coding_free(output);
    output->bytes = bytes;
    output->count = wanted;
    return CORDON_CODING_OK;
}

static int finish(cordon_coded *output, size_t used, size_t limit, int status) {
    if (status == CORDON_CODING_OK && used > limit) status = CORDON_CODING_TOO_LARGE;
    if (status == CORDON_CODING_OK) output->count = used;
    else cordon_coding_free(output);
    return status;
}

int cordon_zstd_expand(const uint8_t *bytes, size_t count, size_t limit, cordon_coded *output) {
    *output = (cordon_coded){0};
    ZSTD_DStream *stream = ZSTD_createDStream();
    if (!stream) return CORDON_CODING_NO_MEMORY;
    ZSTD_inBuffer in = {bytes, count, 0};
    int status = ZSTD_isError(ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, WINDOW_LOG_MAX))
                     ? CORDON_CODING_CORRUPT : CORDON_CODING_OK;
    size_t used = 0;
    while (status == CORDON_CODING_OK) {
        if (used == output->count) {
            status = used > limit ? CORDON_CODING_TOO_LARGE : grow(output, used, limit);
            if (status != CORDON_CODING_OK) break;
        }
        const size_t read = in.pos, written = used;
        ZSTD_outBuffer out = {output->bytes, output->count, used};
        const size_t left = ZSTD_decompressStream(stream, &out, &in);
        used = out.pos;
        if (ZSTD_isError(left)) status = CORDON_CODING_CORRUPT;
        else if (left == 0) {
            if (in.pos != count) status = CORDON_CODING_CORRUPT;
            break;
        } else if (in.pos == read && used == written && used < output->count) status = CORDON_CODING_CORRUPT;
    }
    ZSTD_freeDStream(stream);
    return finish(output, used, limit, status);
}

int cordon_zlib_expand(const uint8_t *bytes, size_t count, size_t limit, cordon_coded *output) {
    *output = (cordon_coded){0};
    z_stream stream = {0};
    if (count > UINT32_MAX || limit >= UINT32_MAX) return CORDON_CODING_TOO_LARGE;
    if (inflateInit(&stream) != Z_OK) return CORDON_CODING_NO_MEMORY;
    stream.next_in = (Bytef *)bytes;
    stream.avail_in = (uInt)count;
    int status = CORDON_CODING_OK;
    size_t used = 0;
    while (status == CORDON_CODING_OK) {
        if (used == output->count) {
            status = used > limit ? CORDON_CODING_TOO_LARGE : grow(output, used, limit);
            if (status != CORDON_CODING_OK) break;
        }
        stream.next_out = output->bytes + used;
        stream.avail_out = (uInt)(output->count - used);
        const int result = inflate(&stream, Z_NO_FLUSH);
        used = output->count - stream.avail_out;
        if (result == Z_STREAM_END) {
            if (stream.avail_in) status = CORDON_CODING_CORRUPT;
            break;
        }
        if (result != Z_OK || (stream.avail_in == 0 && stream.avail_out > 0)) status = CORDON_CODING_CORRUPT;
    }
    inflateEnd(&stream);
    return finish(output, used, limit, status);
}

int cordon_zstd_compress(const uint8_t *bytes, size_t count, cordon_coded *output) {
    *output = (cordon_coded){0};
    const size_t room = ZSTD_compressBound(count);
    output->bytes = malloc(room);
    if (!output->bytes) return CORDON_CODING_NO_MEMORY;
    output->count = room;
    const size_t used = ZSTD_compress(output->bytes, room, bytes, count, ZSTD_CLEVEL_DEFAULT);
    return finish(output, used, room, ZSTD_isError(used) ? CORDON_CODING_CORRUPT : CORDON_CODING_OK);
}

int cordon_zlib_compress(const uint8_t *bytes, size_t count, cordon_coded *output) {
    *output = (cordon_coded){0};
    uLongf used = compressBound(count);
    const size_t room = used;
    output->bytes = malloc(room);
    if (!output->bytes) return CORDON_CODING_NO_MEMORY;
    output->count = room;
    const int result = compress(output->bytes, &used, bytes, count);
    return finish(output, used, room, result == Z_OK ? CORDON_CODING_OK : CORDON_CODING_CORRUPT);
}
