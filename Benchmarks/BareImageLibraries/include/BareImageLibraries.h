/* What the libraries alone need to decode an image: no conversion, no copy, no checks of ours. */
#ifndef CORDON_BARE_IMAGE_LIBRARIES_H
#define CORDON_BARE_IMAGE_LIBRARIES_H

#include <stddef.h>
#include <stdint.h>

/* Decodes into a buffer of the library's own making and throws it away; 0 is success. */
int bare_jpeg(const uint8_t *bytes, size_t count);
int bare_png(const uint8_t *bytes, size_t count);

#endif
