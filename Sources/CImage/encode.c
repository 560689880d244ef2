#include "CImage.h"
#include "message.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>
#include <zlib.h>

typedef struct {
    uint8_t *bytes;
    size_t count;
    size_t capacity;
    jmp_buf escape;
} png_target;

static void png_failed(png_structp png, png_const_charp text) {
    png_target *target = png_get_error_ptr(png);
    cordon_image_fail(CORDON_IMAGE_CORRUPT, text);
    longjmp(target->escape, 1);
}

static void png_warned(png_structp png, png_const_charp text) {
    (void)png;
    (void)text;
}

static void png_append(png_structp png, png_bytep source, size_t count) {
    png_target *target = png_get_io_ptr(png);
    if (count > target->capacity - target->count) {
        size_t capacity = 2 * target->capacity + count + 4096;
        uint8_t *grown = realloc(target->bytes, capacity);
        if (!grown) png_error(png, "no memory for the encoded image");
        target->bytes = grown;
        target->capacity = capacity;
    }
    memcpy(target->bytes + target->count, source, count);
    target->count += count;
}

static void png_flushed(png_structp png) { (void)png; }

int cordon_png_encode(const void *samples, uint32_t width, uint32_t height, int bits, int channels,
                      uint8_t **bytes, size_t *count) {
    png_target target = {0};
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &target, png_failed, png_warned);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info) {
        png_destroy_write_struct(&png, &info);
        return cordon_image_fail(CORDON_IMAGE_NO_MEMORY, "libpng could not start");
    }
    if (setjmp(target.escape)) {
        png_destroy_write_struct(&png, &info);
        free(target.bytes);
        return CORDON_IMAGE_CORRUPT;
    }
    png_set_write_fn(png, &target, png_append, png_flushed);
    png_set_IHDR(png, info, width, height, bits, channels == 3 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (bits == 16) png_set_swap(png);
#endif
    size_t row_bytes = (size_t)width * (size_t)channels * (size_t)(bits / 8);
    for (uint32_t y = 0; y < height; y++) png_write_row(png, (png_const_bytep)samples + (size_t)y * row_bytes);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    *bytes = target.bytes;
    *count = target.count;
    return CORDON_IMAGE_OK;
}

int cordon_jpeg_encode(const uint8_t *samples, uint32_t width, uint32_t height, int channels, int quality,
                       uint8_t **bytes, size_t *count) {
    unsigned char *encoded = NULL;
    unsigned long encoded_count = 0;
    tjhandle handle = tjInitCompress();
    if (!handle) return cordon_image_fail(CORDON_IMAGE_NO_MEMORY, "libjpeg-turbo could not start");
    int status = tjCompress2(handle, samples, (int)width, 0, (int)height, channels == 3 ? TJPF_RGB : TJPF_GRAY,
                             &encoded, &encoded_count, channels == 3 ? TJSAMP_444 : TJSAMP_GRAY, quality, 0);
    if (status != 0) {
        cordon_image_fail(CORDON_IMAGE_CORRUPT, tjGetErrorStr2(handle));
    } else {
        *bytes = malloc(encoded_count);
        if (*bytes) {
            memcpy(*bytes, encoded, encoded_count);
            *count = encoded_count;
        }
    }
    tjFree(encoded);
    tjDestroy(handle);
    if (status != 0) return CORDON_IMAGE_CORRUPT;
    return *bytes ? CORDON_IMAGE_OK : cordon_image_fail(CORDON_IMAGE_NO_MEMORY, "no memory for the encoded image");
}

void cordon_bytes_free(uint8_t *bytes) { free(bytes); }

int cordon_inflate(const uint8_t *bytes, size_t count, uint8_t *output, size_t expected) {
    z_stream stream = {0};
    size_t consumed = 0, produced = 0;
    int status = Z_OK;
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        return cordon_image_fail(CORDON_IMAGE_NO_MEMORY, "zlib could not start");
    while (status == Z_OK) {
        size_t input = count - consumed, room = expected - produced;
        uInt input_now = input > 1u << 30 ? 1u << 30 : (uInt)input;
        uInt room_now = room > 1u << 30 ? 1u << 30 : (uInt)room;
        stream.next_in = (Bytef *)(bytes + consumed);
        stream.avail_in = input_now;
        stream.next_out = output + produced;
        stream.avail_out = room_now;
        status = inflate(&stream, Z_NO_FLUSH);
        consumed += input_now - stream.avail_in;
        produced += room_now - stream.avail_out;
        if (status == Z_OK && stream.avail_in == input_now && stream.avail_out == room_now) status = Z_BUF_ERROR;
    }
    inflateEnd(&stream);
    if (status != Z_STREAM_END || produced != expected)
        return cordon_image_fail(CORDON_IMAGE_CORRUPT, "the compressed data are damaged or of another length");
    return CORDON_IMAGE_OK;
}

int cordon_gunzip(const uint8_t *bytes, size_t count, uint8_t *output, size_t capacity, size_t *written, int *ended) {
    z_stream stream = {0};
    size_t consumed = 0, produced = 0;
    int status = Z_OK;
    *written = 0;
    *ended = 0;
    if (inflateInit2(&stream, MAX_WBITS + 16) != Z_OK)
        return cordon_image_fail(CORDON_IMAGE_NO_MEMORY, "zlib could not start");
    while (status == Z_OK && produced < capacity) {
        size_t input = count - consumed, room = capacity - produced;
        uInt input_now = input > 1u << 30 ? 1u << 30 : (uInt)input;
        uInt room_now = room > 1u << 30 ? 1u << 30 : (uInt)room;
        stream.next_in = (Bytef *)(bytes + consumed);
        stream.avail_in = input_now;
        stream.next_out = output + produced;
        stream.avail_out = room_now;
        status = inflate(&stream, Z_NO_FLUSH);
        consumed += input_now - stream.avail_in;
        produced += room_now - stream.avail_out;
        if (status == Z_OK && stream.avail_in == input_now && stream.avail_out == room_now) status = Z_BUF_ERROR;
        /* Another member; zeros that fill up the file are none. */
        if (status == Z_STREAM_END && count - consumed >= 2 && bytes[consumed] == 0x1F && bytes[consumed + 1] == 0x8B)
            status = inflateReset(&stream);
    }
    inflateEnd(&stream);
    *written = produced;
    *ended = status == Z_STREAM_END;
    if (status != Z_STREAM_END && status != Z_OK)
        return cordon_image_fail(CORDON_IMAGE_CORRUPT, "the compressed data are damaged or cut short");
    return CORDON_IMAGE_OK;
}

int cordon_deflate(const uint8_t *bytes, size_t count, uint8_t *output, size_t capacity, size_t *written) {
    z_stream stream = {0};
    if (count > UINT32_MAX || capacity > UINT32_MAX)
        return cordon_image_fail(CORDON_IMAGE_TOO_LARGE, "more than 4 GiB to compress at once");
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return cordon_image_fail(CORDON_IMAGE_NO_MEMORY, "zlib could not start");
    stream.next_in = (Bytef *)bytes;
    stream.avail_in = (uInt)count;
    stream.next_out = output;
    stream.avail_out = (uInt)capacity;
    int status = deflate(&stream, Z_FINISH);
    *written = capacity - stream.avail_out;
    deflateEnd(&stream);
    return status == Z_STREAM_END
        ? CORDON_IMAGE_OK : cordon_image_fail(CORDON_IMAGE_TOO_LARGE, "the output buffer is too small");
}

uint32_t cordon_crc32(const uint8_t *bytes, size_t count) {
    return (uint32_t)crc32_z(crc32_z(0, NULL, 0), bytes, count);
}
