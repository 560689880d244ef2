#ifndef CORDON_DICOM_INTERNAL_H
#define CORDON_DICOM_INTERNAL_H

#include "CDicom.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <exception>
#include <functional>
#include <new>
#include <string>
#include <vector>

namespace cordon {

/* Encodings younger than the library. It reads them as JPEG 2000: explicit little endian, frames in fragments. */
struct Syntax {
    const char *uid, *name;
    bool is_deflated;
};

/* The name under which they are read. */
constexpr char known_uid[] = "1.2.840.10008.1.2.4.90";

/* Puts the known name in the place of a younger one in the meta header, and returns the younger; null where there is
   none and nothing was changed. */
const Syntax *rename_syntax(const uint8_t *bytes, size_t count, std::vector<uint8_t> &renamed);

/* One frame of bits from RLE (PS3.5 G, one segment of packed bits), and from a deflated frame (PS3.5 A.4.13) of any
   native layout; `native` has the size that it must come to. */
bool unpack_rle(const std::vector<uint8_t> &code, std::vector<uint8_t> &native);
bool inflate_frame(const std::vector<uint8_t> &code, std::vector<uint8_t> &native);

}  // namespace cordon

struct cordon_dicom {
    DcmFileFormat file;
    /* Items in the file: no sequence nests deeper. */
    size_t items = 0;
    /* The samples were replaced: whatever the source's encoding, there is none now. */
    bool is_uncompressed = false;
    /* The encoding that the file names, where the library knows it only under another name; else null. */
    const cordon::Syntax *renamed = nullptr;
};

namespace cordon {

/* Keeps the text and returns the status. */
int failure(int status, const std::string &text);

/* Runs `body` where the stack holds so many nested items; false when there is no such stack to be had. */
bool with_stack_for(size_t items, const std::function<void()> &body);

/* Registers DCMTK's decoders and silences its log, once. */
void prepare_library();

/* Decodes one JPEG 2000 frame (PS3.5 A.4.4) to interleaved samples. */
int decode_jpeg2000(const std::vector<uint8_t> &code, const cordon_dicom_layout &layout, int32_t *samples);

/* Runs `body` and turns every exception into a status. */
template <class Body>
int guarded(Body &&body) {
    try {
        prepare_library();
        return body();
    } catch (const std::bad_alloc &) {
        return failure(CORDON_DICOM_NO_MEMORY, "no memory for this file");
    } catch (const std::exception &) {
        return failure(CORDON_DICOM_CORRUPT, "the DICOM library failed on this file");
    } catch (...) {
        return failure(CORDON_DICOM_CORRUPT, "the DICOM library failed on this file");
    }
}

}  // namespace cordon

#endif
