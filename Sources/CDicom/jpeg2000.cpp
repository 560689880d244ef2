// JPEG 2000 (PS3.5 A.4.4) through OpenJPEG.
#include "dicom_internal.h"

#if __has_include(<openjpeg-2.5/openjpeg.h>)
#include <openjpeg-2.5/openjpeg.h>
#else
#include <openjpeg.h>
#endif

#include <cstring>
#include <memory>

namespace {

struct Source {
    const std::vector<uint8_t> &code;
    size_t place;
};

OPJ_SIZE_T read(void *target, OPJ_SIZE_T count, void *user) {
    auto *source = static_cast<Source *>(user);
    const size_t left = source->code.size() - source->place;
    if (left == 0) return static_cast<OPJ_SIZE_T>(-1);
    const size_t taken = count < left ? count : left;
    std::memcpy(target, source->code.data() + source->place, taken);
    source->place += taken;
    return taken;
}

OPJ_OFF_T skip(OPJ_OFF_T count, void *user) {
    auto *source = static_cast<Source *>(user);
    const auto left = static_cast<OPJ_OFF_T>(source->code.size() - source->place);
    if (count < 0) return -1;
    const OPJ_OFF_T taken = count < left ? count : left;
    source->place += static_cast<size_t>(taken);
    return taken;
}

OPJ_BOOL seek(OPJ_OFF_T place, void *user) {
    auto *source = static_cast<Source *>(user);
    if (place < 0 || static_cast<size_t>(place) > source->code.size()) return OPJ_FALSE;
    source->place = static_cast<size_t>(place);
    return OPJ_TRUE;
}

void say_nothing(const char *, void *) {}

/* Streams and codecs are both `void` to OpenJPEG. */
struct ClosingStream {
    void operator()(opj_stream_t *stream) const { opj_stream_destroy(stream); }
};
struct ClosingCodec {
    void operator()(opj_codec_t *codec) const { opj_destroy_codec(codec); }
};
struct ClosingImage {
    void operator()(opj_image_t *image) const { opj_image_destroy(image); }
};

}  // namespace

int cordon::decode_jpeg2000(const std::vector<uint8_t> &code, const cordon_dicom_layout &layout, int32_t *samples) {
    const auto damaged = [] { return failure(CORDON_DICOM_CORRUPT, "its JPEG 2000 pixel data cannot be decoded"); };
    if (code.size() < 12) return damaged();
    const bool is_file = code[4] == 'j' && code[5] == 'P';
    Source source{code, 0};
    std::unique_ptr<opj_stream_t, ClosingStream> stream(opj_stream_default_create(OPJ_TRUE));
    std::unique_ptr<opj_codec_t, ClosingCodec> codec(opj_create_decompress(is_file ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K));
    if (!stream || !codec) return failure(CORDON_DICOM_NO_MEMORY, "no memory for a decoder");
    opj_stream_set_user_data(stream.get(), &source, nullptr);
    opj_stream_set_user_data_length(stream.get(), code.size());
    opj_stream_set_read_function(stream.get(), read);
    opj_stream_set_skip_function(stream.get(), skip);
    opj_stream_set_seek_function(stream.get(), seek);
    opj_set_info_handler(codec.get(), say_nothing, nullptr);
    opj_set_warning_handler(codec.get(), say_nothing, nullptr);
    opj_set_error_handler(codec.get(), say_nothing, nullptr);
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    opj_image_t *raw = nullptr;
    if (!opj_setup_decoder(codec.get(), &parameters) || !opj_read_header(stream.get(), codec.get(), &raw)) {
        if (raw) opj_image_destroy(raw);
        return damaged();
    }
    std::unique_ptr<opj_image_t, ClosingImage> image(raw);
    // Before anything is allocated for samples: the code says what the attributes say.
    if (image->numcomps != layout.channels || image->x1 - image->x0 != layout.columns ||
        image->y1 - image->y0 != layout.rows) {
        return failure(CORDON_DICOM_CORRUPT, "its JPEG 2000 pixel data has another size than its attributes say");
    }
    if (!opj_decode(codec.get(), stream.get(), image.get())) return damaged();
    const size_t pixels = size_t{layout.rows} * layout.columns;
    for (uint32_t c = 0; c < image->numcomps; c++) {
        const opj_image_comp_t &part = image->comps[c];
        if (part.w != layout.columns || part.h != layout.rows || !part.data || part.prec == 0 || part.prec > 32) {
            return failure(CORDON_DICOM_UNSUPPORTED, "JPEG 2000 with components of different sizes is not supported");
        }
        // Where code and attribute disagree about the sign, the bits are read as the attribute says.
        const uint32_t mask = part.prec >= 32 ? ~0u : (1u << part.prec) - 1;
        const uint32_t sign = layout.is_signed ? 1u << (part.prec - 1) : 0;
        for (size_t i = 0; i < pixels; i++) {
            const uint32_t value = static_cast<uint32_t>(part.data[i]) & mask;
            samples[i * layout.channels + c] = static_cast<int32_t>((value ^ sign) - sign);
        }
    }
    return CORDON_DICOM_OK;
}
