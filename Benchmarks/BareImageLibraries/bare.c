#include "BareImageLibraries.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

int bare_jpeg(const uint8_t *bytes, size_t count) {
    int width = 0, height = 0, subsampling = 0, colours = 0, status = 1;
    tjhandle handle = tjInitDecompress();
    if (tjDecompressHeader3(handle, bytes, count, &width, &height, &subsampling, &colours) == 0) {
        uint8_t *pixels = malloc((size_t)width * (size_t)height);
        if (pixels != NULL) {
            status = tjDecompress2(handle, bytes, count, pixels, width, 0, height, TJPF_GRAY, 0);
        }
        free(pixels);
    }
    tjDestroy(handle);
    return status;
}

typedef struct {
    const uint8_t *bytes;
    size_t left;
} source;

static void give(png_structp png, png_bytep target, size_t count) {
    source *from = png_get_io_ptr(png);
    if (count > from->left) {
        png_error(png, "the file ends early");
    }
    memcpy(target, from->bytes, count);
    from->bytes += count;
    from->left -= count;
}

int bare_png(const uint8_t *bytes, size_t count) {
    source from = {bytes, count};
    png_bytep volatile row = NULL;
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    if (setjmp(png_jmpbuf(png))) {
        free(row);
        png_destroy_read_struct(&png, &info, NULL);
        return 1;
    }
    png_set_read_fn(png, &from, give);
    png_read_info(png, info);
    row = malloc(png_get_rowbytes(png, info));
    for (png_uint_32 line = 0; row != NULL && line < png_get_image_height(png, info); line++) {
        png_read_row(png, row, NULL);
    }
    int status = row == NULL;
    free(row);
    png_destroy_read_struct(&png, &info, NULL);
    return status;
}
