/* Reading of DICOM files through DCMTK, and of their JPEG 2000 frames through OpenJPEG.
   Plain C: every function returns a status, nothing aborts, no exception crosses, and the text of the last failure is
   kept per thread. No text ever holds a value of the file. */
#ifndef CORDON_CDICOM_H
#define CORDON_CDICOM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What went wrong; 0 is success. */
enum {
    CORDON_DICOM_OK = 0,
    CORDON_DICOM_NOT_DICOM = 1,
    CORDON_DICOM_CORRUPT = 2,
    CORDON_DICOM_TOO_LARGE = 3,
    CORDON_DICOM_UNSUPPORTED = 4,
    CORDON_DICOM_NO_MEMORY = 5,
    CORDON_DICOM_ABSENT = 6
};

typedef struct cordon_dicom cordon_dicom;

/* Parses a file, with or without preamble and meta header. The bytes are copied where they are needed. */
int cordon_dicom_open(const uint8_t *bytes, size_t count, cordon_dicom **dicom);
void cordon_dicom_free(cordon_dicom *dicom);

/* PS3.3 C.7.6.3: the attributes that describe the pixels. */
typedef struct {
    uint32_t rows, columns, frames;
    uint16_t channels, bits_allocated, bits_stored, high_bit, is_signed;
    uint16_t is_real;          /* floating-point pixel data, of 32 or 64 bits */
    char photometric[17];      /* as the file says */
    char transfer_syntax[65];  /* its UID */
    char syntax_name[65];      /* its name */
} cordon_dicom_layout;

int cordon_dicom_layout_of(cordon_dicom *dicom, cordon_dicom_layout *layout);

/* One step into a sequence: its tag (group << 16 | element) and the item, from 0. */
typedef struct {
    uint32_t tag, item;
} cordon_dicom_step;

/* An attribute as text, values parted by backslashes; ABSENT when it is missing or empty. */
int cordon_dicom_text(cordon_dicom *dicom, const cordon_dicom_step *path, size_t depth, uint32_t tag, char *text,
                      size_t capacity);
/* An attribute's values as numbers, at most `capacity` of them; `count` says how many there are. */
int cordon_dicom_numbers(cordon_dicom *dicom, const cordon_dicom_step *path, size_t depth, uint32_t tag,
                         double *values, size_t capacity, size_t *count);

/* The samples of one frame, decompressed and interleaved by pixel, rows * columns * channels of them, masked to the
   bits stored and extended by their sign. `color` (17 bytes) says what they are: decoders may turn YBR into RGB. */
int cordon_dicom_frame(cordon_dicom *dicom, uint32_t frame, int32_t *samples, size_t capacity, char *color);

/* The same of floating-point pixel data, which is neither compressed nor coloured; rows * columns of them. */
int cordon_dicom_real_frame(cordon_dicom *dicom, uint32_t frame, double *samples, size_t capacity);

/* What becomes of an element. */
enum { CORDON_DICOM_KEEP = 0, CORDON_DICOM_REMOVE = 1, CORDON_DICOM_REPLACE = 2, CORDON_DICOM_HOLLOW = 3 };

/* Asked of every element, those of kept sequences included: its tag, its VR in two letters, its value as text where
   that is of characters, its scheme (of a private element the creator, of a code the coding scheme designator, else
   empty), and whether it lies in a hollow sequence: one whose items stay and whose values all go. Asked of every item of
   a report's content (tag FFFEE000, VR IT) with the code of its concept name as text, before its elements.
   To replace, writes the new text; an empty one empties the element. */
typedef int (*cordon_dicom_decide)(void *context, uint32_t tag, const char *vr, const char *text, const char *scheme,
                                   int is_hollow, char *replacement, size_t capacity);
int cordon_dicom_edit(cordon_dicom *dicom, cordon_dicom_decide decide, void *context);
/* Replaces the samples of all frames by `bytes` (little endian, interleaved, in the bits allocated), uncompressed, of
   the photometric interpretation given; icon images, offset tables and smallest and largest values go. */
int cordon_dicom_set_pixels(cordon_dicom *dicom, const uint8_t *bytes, size_t count, const char *photometric);
/* Sets an element of the data set. */
int cordon_dicom_set(cordon_dicom *dicom, uint32_t tag, const char *text);
/* Appends an item with a code of scheme DCM to a sequence of the data set. */
int cordon_dicom_add_code(cordon_dicom *dicom, uint32_t sequence, const char *value, const char *meaning);
/* The file anew, in its own encoding, with empty preamble and a meta header of its own; free with cordon_dicom_forget. */
int cordon_dicom_write(cordon_dicom *dicom, uint8_t **bytes, size_t *count);
void cordon_dicom_forget(uint8_t *bytes);

/* An attribute's name by the data dictionary, which says so where it has none. */
void cordon_dicom_name(uint32_t tag, char *name, size_t capacity);

/* Text of this thread's last failure. */
const char *cordon_dicom_message(void);
/* The version of DCMTK. */
const char *cordon_dicom_library_version(void);

#ifdef __cplusplus
}
#endif
#endif
