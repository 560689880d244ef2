// One frame's samples, whatever its encoding.
#include "dicom_internal.h"

#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>

#include <cstring>

namespace {

bool is_jpeg2000(E_TransferSyntax syntax) {
    return syntax == EXS_JPEG2000LosslessOnly || syntax == EXS_JPEG2000;
}

/* Masked to the bits stored, and extended by the sign. */
inline int32_t sample_of(uint32_t word, const cordon_dicom_layout &layout) {
    const unsigned stored = layout.bits_stored, shift = layout.high_bit + 1u - stored;
    const uint32_t value = word >> shift, mask = stored >= 32 ? ~0u : (1u << stored) - 1;
    const uint32_t sign = layout.is_signed && stored > 0 ? 1u << (stored - 1) : 0;
    return static_cast<int32_t>(((value & mask) ^ sign) - sign);
}

int check(const cordon_dicom_layout &layout, uint32_t frame) {
    const unsigned allocated = layout.bits_allocated, stored = layout.bits_stored;
    if (allocated != 1 && allocated != 8 && allocated != 16 && allocated != 32) {
        return cordon::failure(
            CORDON_DICOM_UNSUPPORTED, "samples of " + std::to_string(allocated) + " bits are not supported");
    }
    if (stored == 0 || stored > allocated || layout.high_bit >= allocated || layout.high_bit + 1u < stored) {
        return cordon::failure(CORDON_DICOM_CORRUPT, "BitsStored and HighBit do not fit BitsAllocated");
    }
    if (layout.channels != 1 && layout.channels != 3) {
        return cordon::failure(
            CORDON_DICOM_UNSUPPORTED, std::to_string(layout.channels) + " samples a pixel are not supported");
    }
    if (layout.is_real) return cordon::failure(CORDON_DICOM_UNSUPPORTED, "its pixels are floating-point numbers");
    if (frame >= layout.frames) return cordon::failure(CORDON_DICOM_ABSENT, "it has no such frame");
    return CORDON_DICOM_OK;
}

/* The code of one frame, from its fragments (PS3.5 A.4). */
int collect(
    DcmPixelData *pixels, E_TransferSyntax syntax, uint32_t frames, uint32_t frame, std::vector<uint8_t> &code) {
    DcmPixelSequence *sequence = nullptr;
    if (pixels->getEncapsulatedRepresentation(syntax, nullptr, sequence).bad() || !sequence || sequence->card() < 2) {
        return cordon::failure(CORDON_DICOM_CORRUPT, "its compressed pixel data has no fragments");
    }
    const unsigned long fragments = sequence->card() - 1;
    if (frames > 1 && fragments != frames) {
        return cordon::failure(CORDON_DICOM_UNSUPPORTED, "frames in several fragments each are not supported");
    }
    const unsigned long first = frames > 1 ? frame + 1ul : 1ul, last = frames > 1 ? first : fragments;
    for (unsigned long i = first; i <= last; i++) {
        DcmPixelItem *item = nullptr;
        Uint8 *bytes = nullptr;
        if (sequence->getItem(item, i).bad() || !item || item->getUint8Array(bytes).bad() || !bytes) {
            return cordon::failure(CORDON_DICOM_CORRUPT, "a fragment of its pixel data cannot be read");
        }
        code.insert(code.end(), bytes, bytes + item->getLength());
    }
    return CORDON_DICOM_OK;
}

uint32_t little_endian(const uint8_t *bytes) {
    return bytes[0] | uint32_t{bytes[1]} << 8 | uint32_t{bytes[2]} << 16 | uint32_t{bytes[3]} << 24;
}

/* Whether the header of an RLE frame (PS3.5 G.5) keeps its segments, in order, within it: the library reads wherever
   the offsets point. */
bool has_sound_segments(const std::vector<uint8_t> &code, const cordon_dicom_layout &layout) {
    constexpr uint32_t header = 64;
    if (code.size() <= header) return false;
    const uint32_t segments = little_endian(code.data());
    if (segments != uint32_t{layout.channels} * ((layout.bits_allocated + 7u) / 8u) || segments > 15) return false;
    uint32_t previous = header - 1;
    for (uint32_t i = 1; i <= segments; i++) {
        const uint32_t offset = little_endian(code.data() + 4 * i);
        if (offset <= previous || offset >= code.size()) return false;
        previous = offset;
    }
    return true;
}

/* Whether the markers of a JPEG code lead, within it, to a start of frame (ITU-T T.81 B.1.1): the library follows
   lengths of zero for ever, and others past the end. */
bool has_sound_markers(const std::vector<uint8_t> &code) {
    if (code.size() < 4 || code[0] != 0xFF || code[1] != 0xD8) return false;
    for (size_t at = 2; at + 4 <= code.size();) {
        if (code[at] != 0xFF) return false;
        const uint8_t marker = code[at + 1];
        if (marker == 0xFF) {
            at++;
            continue;
        }
        if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {
            at += 2;
            continue;
        }
        const size_t length = size_t{code[at + 2]} << 8 | code[at + 3];
        if (length < 2 || length > code.size() - at - 2) return false;
        // C4, C8 and CC among them are tables and an extension; F7 is that of JPEG-LS.
        const bool starts_frame = marker == 0xF7 || ((marker & 0xF0) == 0xC0 && marker % 4 != 0) || marker == 0xC0;
        if (starts_frame) return length >= 8;
        at += 2 + length;
    }
    return false;
}

/* Checks of a compressed frame that the library does not make. */
int check_code(const std::vector<uint8_t> &code, E_TransferSyntax syntax, const cordon_dicom_layout &layout) {
    if (syntax == EXS_RLELossless) {
        if (has_sound_segments(code, layout)) return CORDON_DICOM_OK;
        return cordon::failure(CORDON_DICOM_CORRUPT, "the segments of its RLE pixel data lie outside it");
    }
    if (has_sound_markers(code)) return CORDON_DICOM_OK;
    return cordon::failure(CORDON_DICOM_CORRUPT, "the markers of its JPEG pixel data lead nowhere");
}

/* Native bits of one frame, from PixelData as a whole: frames of 1 bit are not aligned to bytes. */
int unpack_bits(DcmPixelData *pixels, const cordon_dicom_layout &layout, uint32_t frame, int32_t *samples) {
    Uint8 *bytes = nullptr;
    const uint64_t area = uint64_t{layout.rows} * layout.columns, start = area * frame;
    if (pixels->getUint8Array(bytes).bad() || !bytes || pixels->getLength() * uint64_t{8} < start + area) {
        return cordon::failure(CORDON_DICOM_CORRUPT, "its pixel data is shorter than rows, columns and frames need");
    }
    for (uint64_t i = 0; i < area; i++) samples[i] = bytes[(start + i) / 8] >> ((start + i) % 8) & 1;
    return CORDON_DICOM_OK;
}

/* The native bytes of a frame that the library cannot decode: bits in RLE, and any frame that was deflated by itself. */
int decode_native(
    const std::vector<uint8_t> &code, bool is_deflated, const cordon_dicom_layout &layout, std::vector<uint8_t> &native) {
    const uint64_t bits = uint64_t{layout.rows} * layout.columns * layout.channels * layout.bits_allocated;
    native.resize(static_cast<size_t>((bits + 7) / 8));
    const bool is_whole = is_deflated ? cordon::inflate_frame(code, native)
                                      : has_sound_segments(code, layout) && cordon::unpack_rle(code, native);
    if (is_whole) return CORDON_DICOM_OK;
    return cordon::failure(
        CORDON_DICOM_CORRUPT, std::string("its pixel data (") + layout.syntax_name + ") cannot be decoded");
}

}  // namespace

extern "C" int cordon_dicom_real_frame(cordon_dicom *dicom, uint32_t frame, double *samples, size_t capacity) {
    return cordon::guarded([&]() -> int {
        cordon_dicom_layout layout;
        const int status = cordon_dicom_layout_of(dicom, &layout);
        if (status != CORDON_DICOM_OK) return status;
        const size_t pixels = size_t{layout.rows} * layout.columns;
        if (!layout.is_real || layout.channels != 1 || frame >= layout.frames || capacity < pixels) {
            return cordon::failure(CORDON_DICOM_UNSUPPORTED, "it has no such frame of floating-point pixels");
        }
        DcmDataset *dataset = dicom->file.getDataset();
        const uint64_t first = uint64_t{pixels} * frame, last = first + pixels;
        const Float32 *narrow = nullptr;
        const Float64 *wide = nullptr;
        unsigned long count = 0;
        const bool is_narrow = dataset->findAndGetFloat32Array(DCM_FloatPixelData, narrow, &count).good() && narrow;
        if (!is_narrow && (dataset->findAndGetFloat64Array(DCM_DoubleFloatPixelData, wide, &count).bad() || !wide)) {
            return cordon::failure(CORDON_DICOM_CORRUPT, "its floating-point pixel data cannot be read");
        }
        if (layout.bits_allocated != (is_narrow ? 32 : 64) || count < last) {
            return cordon::failure(
                CORDON_DICOM_CORRUPT, "its pixel data is shorter than rows, columns and frames need, or of other bits");
        }
        for (size_t i = 0; i < pixels; i++) samples[i] = is_narrow ? double{narrow[first + i]} : wide[first + i];
        return CORDON_DICOM_OK;
    });
}

extern "C" int cordon_dicom_frame(
    cordon_dicom *dicom, uint32_t frame, int32_t *samples, size_t capacity, char *color) {
    return cordon::guarded([&]() -> int {
        cordon_dicom_layout layout;
        int status = cordon_dicom_layout_of(dicom, &layout);
        if (status != CORDON_DICOM_OK) return status;
        status = check(layout, frame);
        if (status != CORDON_DICOM_OK) return status;
        const size_t pixels = size_t{layout.rows} * layout.columns, channels = layout.channels;
        if (capacity < pixels * channels) return cordon::failure(CORDON_DICOM_TOO_LARGE, "the frame is too large");
        std::memcpy(color, layout.photometric, sizeof layout.photometric);
        DcmDataset *dataset = dicom->file.getDataset();
        DcmElement *element = nullptr;
        if (dataset->findAndGetElement(DCM_PixelData, element).bad() || !element) {
            return cordon::failure(CORDON_DICOM_ABSENT, "it has no pixel data");
        }
        auto *data = dynamic_cast<DcmPixelData *>(element);
        if (!data) return cordon::failure(CORDON_DICOM_CORRUPT, "its pixel data is of an unknown kind");
        const E_TransferSyntax syntax = dataset->getOriginalXfer();
        const bool is_deflated = dicom->renamed && dicom->renamed->is_deflated;
        const bool is_encapsulated = DcmXfer(syntax).isEncapsulated();
        if (is_jpeg2000(syntax) && !is_deflated) {
            std::vector<uint8_t> code;
            status = collect(data, syntax, layout.frames, frame, code);
            if (status != CORDON_DICOM_OK) return status;
            // The decoder undoes the colour transform of the code (PS3.5 8.2.4).
            const bool is_transformed = std::strncmp(color, "YBR_RCT", 7) == 0 || std::strncmp(color, "YBR_ICT", 7) == 0;
            if (is_transformed) std::strcpy(color, "RGB");
            return cordon::decode_jpeg2000(code, layout, samples);
        }
        if (layout.bits_allocated == 1) {
            if (!is_encapsulated) return unpack_bits(data, layout, frame, samples);
            if (syntax != EXS_RLELossless && !is_deflated) {
                return cordon::failure(
                    CORDON_DICOM_UNSUPPORTED, std::string("bits in ") + layout.syntax_name + " are not supported");
            }
            std::vector<uint8_t> code, native;
            status = collect(data, syntax, layout.frames, frame, code);
            if (status == CORDON_DICOM_OK) status = decode_native(code, is_deflated, layout, native);
            // Each frame begins with a byte of its own.
            for (size_t i = 0; status == CORDON_DICOM_OK && i < pixels; i++) samples[i] = native[i / 8] >> (i % 8) & 1;
            return status;
        }

        const size_t width = layout.bits_allocated / 8u;
        const bool is_native = !is_encapsulated;
        if (!is_native && !is_deflated) {
            std::vector<uint8_t> code;
            status = collect(data, syntax, layout.frames, frame, code);
            if (status == CORDON_DICOM_OK) status = check_code(code, syntax, layout);
            if (status != CORDON_DICOM_OK) return status;
        }
        const bool halved = std::strcmp(layout.photometric, "YBR_FULL_422") == 0 && channels == 3;
        const uint64_t native = uint64_t{pixels} * (halved ? 2 : channels) * width;
        if (is_native && data->getLength() < native * (frame + uint64_t{1})) {
            return cordon::failure(
                CORDON_DICOM_CORRUPT, "its pixel data is shorter than rows, columns and frames need");
        }
        // Grey words of an uncompressed file, by far the most common, are taken where they lie.
        Uint16 *words = nullptr;
        if (is_native && width == 2 && channels == 1 && data->getUint16Array(words).good() && words) {
            const Uint16 *first = words + pixels * frame;
            for (size_t i = 0; i < pixels; i++) samples[i] = sample_of(first[i], layout);
            return CORDON_DICOM_OK;
        }
        std::vector<uint8_t> bytes;
        OFString model;
        if (is_deflated) {
            std::vector<uint8_t> code;
            status = collect(data, syntax, layout.frames, frame, code);
            if (status == CORDON_DICOM_OK) status = decode_native(code, true, layout, bytes);
            if (status != CORDON_DICOM_OK) return status;
        } else if (is_native && halved) {
            // The library takes such frames for larger than they are.
            Uint8 *all = nullptr;
            if (data->getUint8Array(all).bad() || !all) {
                return cordon::failure(CORDON_DICOM_CORRUPT, "its pixel data cannot be read");
            }
            bytes.assign(all + native * frame, all + native * (frame + uint64_t{1}));
        } else {
            Uint32 size = 0, fragment = 0;
            if (data->getUncompressedFrameSize(dataset, size).bad() || size == 0) {
                return cordon::failure(CORDON_DICOM_UNSUPPORTED, "pixels of its kind are not supported");
            }
            bytes.resize((size + 3u) & ~1u);
            const OFCondition condition = data->getUncompressedFrame(
                dataset, frame, fragment, bytes.data(), static_cast<Uint32>(bytes.size()), model);
            if (condition.bad()) {
                const std::string name = layout.syntax_name;
                return cordon::failure(
                    CORDON_DICOM_CORRUPT, "its pixel data (" + name + ") cannot be decoded: " + condition.text());
            }
        }
        if (!model.empty()) {
            std::strncpy(color, model.c_str(), 16);
            color[16] = 0;
        }
        const bool subsampled = std::strcmp(color, "YBR_FULL_422") == 0 && channels == 3;
        if (bytes.size() < (subsampled ? pixels * 2 : pixels * channels) * width) {
            return cordon::failure(CORDON_DICOM_CORRUPT, "its pixel data is shorter than rows and columns need");
        }
        Uint16 planar = 0;
        dataset->findAndGetUint16(DCM_PlanarConfiguration, planar);
        const bool swapped = layout.bits_allocated == 32 && DcmXfer(syntax).isBigEndian();
        auto word_at = [&](size_t index) {
            uint32_t word = 0;
            std::memcpy(&word, bytes.data() + index * width, width);
            return swapped ? word << 16 | word >> 16 : word;
        };
        for (size_t i = 0; i < pixels; i++) {
            for (size_t c = 0; c < channels; c++) {
                // Two pixels of 4:2:2 are Y Y Cb Cr (PS3.3 C.7.6.3.1.2).
                const size_t at = subsampled          ? (c == 0 ? i / 2 * 4 + i % 2 : i / 2 * 4 + 1 + c)
                                  : planar && channels > 1 ? c * pixels + i
                                                      : i * channels + c;
                samples[i * channels + c] = sample_of(word_at(at), layout);
            }
        }
        return CORDON_DICOM_OK;
    });
}
