/* Decoding and encoding of still images through libjpeg-turbo, libpng and zlib.
   Plain C: every function returns a status, nothing aborts, and the text of the last failure is kept per thread. */
#ifndef CORDON_CIMAGE_H
#define CORDON_CIMAGE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What went wrong; 0 is success. */
enum {
    CORDON_IMAGE_OK = 0,
    CORDON_IMAGE_UNKNOWN_FORMAT = 1, /* neither JPEG nor PNG */
    CORDON_IMAGE_CORRUPT = 2,        /* damaged or cut short */
    CORDON_IMAGE_TOO_LARGE = 3,      /* more pixels than the limit given */
    CORDON_IMAGE_NO_MEMORY = 4
};

/* Grey samples of 16 bits, row by row; 8-bit images are scaled by 257 so that 255 becomes 65535. */
typedef struct {
    uint16_t *samples;
    uint32_t width;
    uint32_t height;
} cordon_grey_image;

/* Decodes a JPEG (8 bit) or PNG (1 to 16 bit), colour reduced to Rec. 601 luma, transparency ignored. */
int cordon_image_decode(const uint8_t *bytes, size_t count, uint64_t pixel_limit, cordon_grey_image *image);
void cordon_image_free(cordon_grey_image *image);

/* Encodes 8-bit or 16-bit (host order) samples, `channels` 1 (grey) or 3 (RGB), as PNG; free with cordon_bytes_free. */
int cordon_png_encode(const void *samples, uint32_t width, uint32_t height, int bits, int channels,
                      uint8_t **bytes, size_t *count);
/* Encodes 8-bit samples as JPEG of the given quality; free with cordon_bytes_free. */
int cordon_jpeg_encode(const uint8_t *samples, uint32_t width, uint32_t height, int channels, int quality,
                       uint8_t **bytes, size_t *count);
void cordon_bytes_free(uint8_t *bytes);

/* Raw DEFLATE (RFC 1951): succeeds only when exactly `expected` bytes come out. */
int cordon_inflate(const uint8_t *bytes, size_t count, uint8_t *output, size_t expected);
/* Raw DEFLATE into `output`; returns the byte count in `written`. */
int cordon_deflate(const uint8_t *bytes, size_t count, uint8_t *output, size_t capacity, size_t *written);
/* GZIP (RFC 1952, members one after another) into `output`, no more than `capacity` bytes; `ended` says whether that was
   all and its checksums hold. A file that ends within what was asked for is corrupt. */
int cordon_gunzip(const uint8_t *bytes, size_t count, uint8_t *output, size_t capacity, size_t *written, int *ended);
/* CRC-32 of ZIP and PNG. */
uint32_t cordon_crc32(const uint8_t *bytes, size_t count);

/* Text of this thread's last failure. */
const char *cordon_image_message(void);

#ifdef __cplusplus
}
#endif
#endif
