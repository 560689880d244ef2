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

struct cordon_dicom {
    DcmFileFormat file;
    /* Items in the file: no sequence nests deeper. */
    size_t items = 0;
    /* The samples were replaced: whatever the source's encoding, there is none now. */
    bool is_uncompressed = false;
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
