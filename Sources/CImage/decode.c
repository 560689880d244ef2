#include "CImage.h"
#include "message.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

static _Thread_local char last_message[256];

const char *cordon_image_message(void) { return last_message; }

int cordon_image_fail(int status, const char *text) {
    snprintf(last_message, sizeof last_message, "%s", text ? text : "unknown failure");
    return status;
}

static int allocate(cordon_grey_image *image, uint64_t width, uint64_t height, uint64_t pixel_limit) {
    char text[128];
    if (width == 0 || height == 0) return cordon_image_fail(CORDON_IMAGE_CORRUPT, "the image has no pixels");
    if (width > pixel_limit || height > pixel_limit / width) {
        snprintf(text, sizeof text, "%llu x %llu pixels are over the limit of %llu", (unsigned long long)width,
                 (unsigned long long)height, (unsigned long long)pixel_limit);
        return cordon_image_fail(CORDON_IMAGE_TOO_LARGE, text);
    }
    image->samples = malloc((size_t)width * (size_t)height * sizeof(uint16_t));
    if (!image->samples) return cordon_image_fail(CORDON_IMAGE_NO_MEMORY, "no memory for the pixels");
    image->width = (uint32_t)width;
    image->height = (uint32_t)height;
    return CORDON_IMAGE_OK;
}

static int decode_jpeg(const uint8_t *bytes, size_t count, uint64_t pixel_limit, cordon_grey_image *image) {
    /* Of a file that ends among its tables the library reports success and no size. */
    int width = 0, height = 0, subsampling = 0, colours = 0, status = CORDON_IMAGE_OK;
    tjhandle handle = tjInitDecompress();
    if (!handle) return cordon_image_fail(CORDON_IMAGE_NO_MEMORY, "libjpeg-turbo could not start");
    if (tjDecompressHeader3(handle, bytes, count, &width, &height, &subsampling, &colours) != 0) {
        status = cordon_image_fail(CORDON_IMAGE_CORRUPT, tjGetErrorStr2(handle));
    } else {
        status = allocate(image, (uint64_t)width, (uint64_t)height, pixel_limit);
    }
    if (status == CORDON_IMAGE_OK) {
        /* Decoded into the upper half of the sample buffer, then widened in place from the front. */
        size_t pixels = (size_t)width * (size_t)height;
        uint8_t *narrow = (uint8_t *)image->samples + pixels;
        /* A warning (a file cut short, for one) is an error here: half an image must not be trained on. */
        if (tjDecompress2(handle, bytes, count, narrow, width, 0, height, TJPF_GRAY,
                          TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS | TJFLAG_ACCURATEDCT) != 0) {
            status = cordon_image_fail(CORDON_IMAGE_CORRUPT, tjGetErrorStr2(handle));
        } else {
            for (size_t i = 0; i < pixels; i++) {
                uint8_t value = narrow[i];
                image->samples[i] = (uint16_t)(value * 257u);
            }
        }
    }
    tjDestroy(handle);
    return status;
}

typedef struct {
    const uint8_t *bytes;
    size_t count;
    size_t position;
    jmp_buf escape;
} png_source;

static void png_failed(png_structp png, png_const_charp text) {
    png_source *source = png_get_error_ptr(png);
    cordon_image_fail(CORDON_IMAGE_CORRUPT, text);
    longjmp(source->escape, 1);
}

static void png_warned(png_structp png, png_const_charp text) {
    (void)png;
    (void)text; /* warnings concern ancillary chunks only; damage to pixels is an error */
}

static void png_more(png_structp png, png_bytep destination, size_t count) {
    png_source *source = png_get_io_ptr(png);
    if (count > source->count - source->position) png_error(png, "the file ends too early");
    memcpy(destination, source->bytes + source->position, count);
    source->position += count;
}

static uint32_t sample_at(const uint8_t *row, size_t index, int depth) {
    return depth == 16 ? ((uint32_t)row[2 * index] << 8 | row[2 * index + 1]) : row[index] * 257u;
}

static int decode_png(const uint8_t *bytes, size_t count, uint64_t pixel_limit, cordon_grey_image *image) {
    png_source source = {.bytes = bytes, .count = count, .position = 0};
    png_structp png = NULL;
    png_infop info = NULL;
    uint8_t *volatile raw = NULL;
    png_bytep *volatile rows = NULL;
    volatile int status = CORDON_IMAGE_OK;

    png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &source, png_failed, png_warned);
    info = png ? png_create_info_struct(png) : NULL;
    if (!info) {
        png_destroy_read_struct(&png, &info, NULL);
        return cordon_image_fail(CORDON_IMAGE_NO_MEMORY, "libpng could not start");
    }
    if (setjmp(source.escape)) {
        status = CORDON_IMAGE_CORRUPT;
        goto done;
    }
    png_set_read_fn(png, &source, png_more);
    png_set_user_limits(png, 1 << 20, 1 << 20);
    png_set_chunk_malloc_max(png, 8u << 20);
    png_read_info(png, info);
    status = allocate(image, png_get_image_width(png, info), png_get_image_height(png, info), pixel_limit);
    if (status != CORDON_IMAGE_OK) goto done;

    png_set_expand(png);
    png_set_strip_alpha(png);
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
    int depth = png_get_bit_depth(png, info);
    int channels = png_get_channels(png, info);
    size_t row_bytes = png_get_rowbytes(png, info);
    raw = malloc(row_bytes * image->height);
    rows = malloc(sizeof(png_bytep) * image->height);
    if (!raw || !rows) {
        status = cordon_image_fail(CORDON_IMAGE_NO_MEMORY, "no memory for the pixels");
        goto done;
    }
    for (uint32_t y = 0; y < image->height; y++) rows[y] = raw + (size_t)y * row_bytes;
    png_read_image(png, rows);
    png_read_end(png, NULL);
    for (uint32_t y = 0; y < image->height; y++) {
        uint16_t *destination = image->samples + (size_t)y * image->width;
        for (uint32_t x = 0; x < image->width; x++) {
            if (channels == 1) {
                destination[x] = (uint16_t)sample_at(rows[y], x, depth);
            } else {
                uint32_t red = sample_at(rows[y], (size_t)x * channels, depth);
                uint32_t green = sample_at(rows[y], (size_t)x * channels + 1, depth);
                uint32_t blue = sample_at(rows[y], (size_t)x * channels + 2, depth);
                /* Rec. 601 luma in 16-bit fixed point; the weights sum to 65536. */
                destination[x] = (uint16_t)(((uint64_t)red * 19595 + (uint64_t)green * 38470 + (uint64_t)blue * 7471
                                             + 32768) >> 16);
            }
        }
    }
done:
    free(raw);
    free(rows);
    png_destroy_read_struct(&png, &info, NULL);
    return status;
}

int cordon_image_decode(const uint8_t *bytes, size_t count, uint64_t pixel_limit, cordon_grey_image *image) {
    static const uint8_t png_mark[8] = {0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
    int status;
    memset(image, 0, sizeof *image);
    if (count >= 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF) {
        status = decode_jpeg(bytes, count, pixel_limit, image);
    } else if (count >= 8 && memcmp(bytes, png_mark, 8) == 0) {
        status = decode_png(bytes, count, pixel_limit, image);
    } else {
        status = cordon_image_fail(CORDON_IMAGE_UNKNOWN_FORMAT, "the content is neither JPEG nor PNG");
    }
    if (status != CORDON_IMAGE_OK) cordon_image_free(image);
    return status;
}

void cordon_image_free(cordon_grey_image *image) {
    free(image->samples);
    memset(image, 0, sizeof *image);
}
