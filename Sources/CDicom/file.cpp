// Opening, closing and attributes.
#include "dicom_internal.h"

#include <dcmtk/dcmdata/dcistrmb.h>
#include <dcmtk/dcmdata/dcrledrg.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>
#include <dcmtk/oflog/oflog.h>
#include <pthread.h>

#include <cstring>
#include <memory>
#include <mutex>

namespace {

thread_local std::string last_message;

/* DCMTK reads and deletes nested sequences by recursion. Files with few items need no more than any thread has; others
   are handled on a stack that holds the largest number of items allowed. */
constexpr size_t few_items = 200, most_items = 100000, wide_stack = size_t{1} << 30;

size_t count_items(const uint8_t *bytes, size_t count) {
    static const uint8_t little[] = {0xFE, 0xFF, 0x00, 0xE0}, big[] = {0xFF, 0xFE, 0xE0, 0x00};
    size_t items = 0;
    for (size_t i = 0; i + 4 <= count; i++) {
        if (bytes[i] < 0xFE) continue;
        items += std::memcmp(bytes + i, little, 4) == 0 || std::memcmp(bytes + i, big, 4) == 0;
    }
    return items;
}

void *enter(void *body) {
    (*static_cast<const std::function<void()> *>(body))();
    return nullptr;
}

/* The library leaves what it did not find of a value as the memory was: nothing but a whole file is read. */
OFCondition parse(DcmFileFormat &file, const uint8_t *bytes, size_t count) {
    DcmInputBufferStream stream;
    stream.setBuffer(bytes, static_cast<offile_off_t>(count));
    stream.setEos();
    file.transferInit();
    const OFCondition condition = file.read(stream, EXS_Unknown, EGL_noChange, DCM_MaxReadLength);
    const bool is_whole = file.getDataset() && file.getDataset()->transferState() == ERW_ready;
    file.transferEnd();
    return condition.good() && !is_whole ? EC_EndOfStream : condition;
}

DcmItem *item_at(cordon_dicom *dicom, const cordon_dicom_step *path, size_t depth) {
    DcmItem *item = dicom->file.getDataset();
    for (size_t i = 0; i < depth && item; i++) {
        DcmItem *next = nullptr;
        const DcmTagKey key(static_cast<Uint16>(path[i].tag >> 16), static_cast<Uint16>(path[i].tag & 0xFFFF));
        if (item->findAndGetSequenceItem(key, next, static_cast<long>(path[i].item)).bad()) return nullptr;
        item = next;
    }
    return item;
}

DcmElement *element_at(cordon_dicom *dicom, const cordon_dicom_step *path, size_t depth, uint32_t tag) {
    const DcmTagKey key(static_cast<Uint16>(tag >> 16), static_cast<Uint16>(tag & 0xFFFF));
    DcmElement *element = nullptr;
    if (key.getGroup() == 2 && depth == 0) {
        dicom->file.getMetaInfo()->findAndGetElement(key, element);
    } else if (DcmItem *item = item_at(dicom, path, depth)) {
        item->findAndGetElement(key, element);
    }
    return element;
}

bool number(DcmElement *element, unsigned long index, double &value) {
    Uint16 u16;
    Sint16 s16;
    Uint32 u32;
    Sint32 s32;
    Float32 f32;
    Float64 f64;
    if (element->getFloat64(f64, index).good()) return value = f64, true;
    if (element->getSint32(s32, index).good()) return value = s32, true;
    if (element->getUint32(u32, index).good()) return value = u32, true;
    if (element->getUint16(u16, index).good()) return value = u16, true;
    if (element->getSint16(s16, index).good()) return value = s16, true;
    if (element->getFloat32(f32, index).good()) return value = f32, true;
    return false;
}

void copy_text(char *target, size_t capacity, const char *text) {
    std::strncpy(target, text, capacity - 1);
    target[capacity - 1] = 0;
}

}  // namespace

bool cordon::with_stack_for(size_t items, const std::function<void()> &body) {
    if (items <= few_items) {
        body();
        return true;
    }
    pthread_attr_t attributes;
    pthread_t thread;
    if (pthread_attr_init(&attributes) != 0) return false;
    auto *argument = const_cast<std::function<void()> *>(&body);
    const bool started = pthread_attr_setstacksize(&attributes, wide_stack) == 0 &&
                         pthread_create(&thread, &attributes, enter, argument) == 0;
    pthread_attr_destroy(&attributes);
    if (started) pthread_join(thread, nullptr);
    return started;
}

int cordon::failure(int status, const std::string &text) {
    last_message = text;
    return status;
}

void cordon::prepare_library() {
    static std::once_flag once;
    std::call_once(once, [] {
        OFLog::configure(OFLogger::OFF_LOG_LEVEL);
        // What came through a program that knew no representations is read by those of the dictionary.
        dcmEnableUnknownVRConversion.set(OFTrue);
        DJDecoderRegistration::registerCodecs();
        DJLSDecoderRegistration::registerCodecs();
        DcmRLEDecoderRegistration::registerCodecs();
    });
}

extern "C" const char *cordon_dicom_message(void) { return last_message.c_str(); }

extern "C" int cordon_dicom_open(const uint8_t *bytes, size_t count, cordon_dicom **dicom) {
    *dicom = nullptr;
    return cordon::guarded([&] {
        const size_t items = count_items(bytes, count);
        if (items > most_items) {
            return cordon::failure(
                CORDON_DICOM_TOO_LARGE, "it has more than " + std::to_string(most_items) + " sequence items");
        }
        auto opened = std::make_unique<cordon_dicom>();
        opened->items = items;
        OFCondition condition = EC_IllegalCall;
        std::vector<uint8_t> renamed;
        opened->renamed = cordon::rename_syntax(bytes, count, renamed);
        if (opened->renamed) bytes = renamed.data();
        if (!cordon::with_stack_for(items, [&] { condition = parse(opened->file, bytes, count); })) {
            return cordon::failure(CORDON_DICOM_NO_MEMORY, "no stack to read its sequences with");
        }
        cordon_dicom *result = opened.release();
        DcmDataset *dataset = result->file.getDataset();
        // Nothing else tells a data set without a header from any other bytes.
        const bool is_dicom = dataset && (dataset->tagExists(DCM_SOPClassUID) || dataset->tagExists(DCM_Rows) ||
                                          dataset->tagExists(DCM_PixelData) || dataset->tagExists(DCM_FloatPixelData));
        if (!is_dicom || condition.bad()) {
            cordon_dicom_free(result);
            const bool has_magic = count >= 132 && std::memcmp(bytes + 128, "DICM", 4) == 0;
            if (!has_magic && !is_dicom) return cordon::failure(CORDON_DICOM_NOT_DICOM, "it is no DICOM file");
            return cordon::failure(
                CORDON_DICOM_CORRUPT, condition.bad() ? std::string("it is damaged or cut short: ") + condition.text()
                                                      : std::string("it holds no image"));
        }
        // A syntax that the library does not know is read as if it were another.
        OFString named;
        result->file.getMetaInfo()->findAndGetOFString(DCM_TransferSyntaxUID, named);
        if (!named.empty() && DcmXfer(named.c_str()).getXfer() == EXS_Unknown) {
            cordon_dicom_free(result);
            return cordon::failure(
                CORDON_DICOM_UNSUPPORTED,
                std::string("transfer syntax ") + named.substr(0, 64).c_str() + " is not supported");
        }
        *dicom = result;
        return static_cast<int>(CORDON_DICOM_OK);
    });
}

extern "C" const char *cordon_dicom_library_version(void) { return OFFIS_DCMTK_VERSION_STRING; }

extern "C" void cordon_dicom_free(cordon_dicom *dicom) {
    if (dicom) cordon::with_stack_for(dicom->items, [&] { delete dicom; });
}

extern "C" int cordon_dicom_layout_of(cordon_dicom *dicom, cordon_dicom_layout *layout) {
    return cordon::guarded([&] {
        std::memset(layout, 0, sizeof *layout);
        DcmDataset *dataset = dicom->file.getDataset();
        const DcmXfer syntax(dataset->getOriginalXfer());
        const cordon::Syntax *renamed = dicom->renamed;
        copy_text(layout->transfer_syntax, sizeof layout->transfer_syntax, renamed ? renamed->uid : syntax.getXferID());
        copy_text(layout->syntax_name, sizeof layout->syntax_name, renamed ? renamed->name : syntax.getXferName());
        Uint16 rows = 0, columns = 0;
        if (dataset->findAndGetUint16(DCM_Rows, rows).bad() || dataset->findAndGetUint16(DCM_Columns, columns).bad() ||
            rows == 0 || columns == 0) {
            return cordon::failure(CORDON_DICOM_ABSENT, "it has no image: Rows or Columns are missing or zero");
        }
        layout->rows = rows;
        layout->columns = columns;
        // The library zeroes what it does not find.
        const auto whole = [&](const DcmTagKey &tag, unsigned otherwise) {
            Uint16 value = 0;
            return dataset->findAndGetUint16(tag, value).good() ? value : static_cast<Uint16>(otherwise);
        };
        Sint32 frames = 0;
        if (dataset->findAndGetSint32(DCM_NumberOfFrames, frames).bad()) frames = 1;
        if (frames < 1) return cordon::failure(CORDON_DICOM_CORRUPT, "NumberOfFrames is not positive");
        layout->frames = static_cast<uint32_t>(frames);
        layout->channels = whole(DCM_SamplesPerPixel, 1);
        layout->bits_allocated = whole(DCM_BitsAllocated, 0);
        layout->bits_stored = whole(DCM_BitsStored, layout->bits_allocated);
        layout->high_bit = whole(DCM_HighBit, layout->bits_stored - 1u);
        layout->is_signed = whole(DCM_PixelRepresentation, 0);
        layout->is_real = !dataset->tagExists(DCM_PixelData) &&
                          (dataset->tagExists(DCM_FloatPixelData) || dataset->tagExists(DCM_DoubleFloatPixelData));
        const char *photometric = nullptr;
        dataset->findAndGetString(DCM_PhotometricInterpretation, photometric);
        copy_text(layout->photometric, sizeof layout->photometric, photometric ? photometric : "");
        return static_cast<int>(CORDON_DICOM_OK);
    });
}

extern "C" int cordon_dicom_text(
    cordon_dicom *dicom, const cordon_dicom_step *path, size_t depth, uint32_t tag, char *text, size_t capacity) {
    return cordon::guarded([&] {
        DcmElement *element = element_at(dicom, path, depth, tag);
        OFString value;
        if (!element || element->getOFStringArray(value).bad() || value.empty()) {
            return static_cast<int>(CORDON_DICOM_ABSENT);
        }
        copy_text(text, capacity, value.c_str());
        return static_cast<int>(CORDON_DICOM_OK);
    });
}

extern "C" int cordon_dicom_numbers(
    cordon_dicom *dicom, const cordon_dicom_step *path, size_t depth, uint32_t tag, double *values, size_t capacity,
    size_t *count) {
    return cordon::guarded([&] {
        *count = 0;
        DcmElement *element = element_at(dicom, path, depth, tag);
        if (!element || element->isEmpty()) return static_cast<int>(CORDON_DICOM_ABSENT);
        Uint16 *words = nullptr;
        const bool isWords = element->getVR() == EVR_OW || element->getVR() == EVR_lt;
        if (isWords && element->getUint16Array(words).good() && words) {
            *count = element->getLength() / 2;
            for (size_t i = 0; i < *count && i < capacity; i++) values[i] = words[i];
            return static_cast<int>(CORDON_DICOM_OK);
        }
        *count = element->getVM();
        for (size_t i = 0; i < *count && i < capacity; i++) {
            if (!number(element, static_cast<unsigned long>(i), values[i])) {
                return cordon::failure(CORDON_DICOM_CORRUPT, "an attribute that should hold numbers does not");
            }
        }
        return static_cast<int>(*count > 0 ? CORDON_DICOM_OK : CORDON_DICOM_ABSENT);
    });
}
