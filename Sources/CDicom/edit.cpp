// Changing a data set, element by element, and writing it anew.
#include "dicom_internal.h"

#include <dcmtk/dcmdata/dcostrmb.h>

#include <cstdlib>
#include <cstring>
#include <vector>

namespace {

bool has_text(DcmEVR vr) {
    switch (vr) {
    case EVR_AE: case EVR_AS: case EVR_CS: case EVR_DA: case EVR_DS: case EVR_DT: case EVR_IS: case EVR_LO: case EVR_LT:
    case EVR_PN: case EVR_SH: case EVR_ST: case EVR_TM: case EVR_UC: case EVR_UI: case EVR_UR: case EVR_UT: return true;
    default: return false;
    }
}

struct Decision {
    cordon_dicom_decide decide;
    void *context;
};

/* The creator of a private element's block, and the scheme of a code, by what stands in the same item. */
OFString scheme_of(DcmItem *item, const DcmTag &tag) {
    OFString scheme;
    const Uint16 element = tag.getElement();
    if (tag.getGroup() % 2 == 1 && element >= 0x0010) {
        const Uint16 block = element >= 0x1000 ? static_cast<Uint16>(element >> 8) : element;
        item->findAndGetOFString(DcmTagKey(tag.getGroup(), block), scheme);
    } else if (tag == DCM_CodeValue || tag == DCM_CodeMeaning) {
        item->findAndGetOFString(DCM_CodingSchemeDesignator, scheme);
    }
    return scheme;
}

/* The code of a content item's concept name. */
OFString concept_of(DcmItem *item) {
    DcmItem *name = nullptr;
    OFString code;
    if (item->findAndGetSequenceItem(DCM_ConceptNameCodeSequence, name, 0).good() && name) {
        name->findAndGetOFString(DCM_CodeValue, code);
    }
    return code;
}

OFCondition edit(DcmItem *item, const Decision &decision, bool is_hollow) {
    char replacement[1024];
    for (unsigned long i = 0; i < item->card();) {
        DcmElement *element = item->getElement(i);
        const DcmTag tag = element->getTag();
        const uint32_t number = uint32_t{tag.getGroup()} << 16 | tag.getElement();
        OFString text;
        if (has_text(element->getVR()) && element->getOFStringArray(text).bad()) text.clear();
        replacement[0] = 0;
        const int action = decision.decide(
            decision.context, number, DcmVR(element->getVR()).getValidVRName(), text.c_str(),
            scheme_of(item, tag).c_str(), is_hollow, replacement, sizeof replacement);
        if (action == CORDON_DICOM_REMOVE || (action == CORDON_DICOM_REPLACE && replacement[0] == 0)) {
            delete item->remove(i);
            if (action == CORDON_DICOM_REPLACE && item->insertEmptyElement(tag).good()) i++;
            continue;
        }
        if (action == CORDON_DICOM_REPLACE && element->getVR() == EVR_UN) {
            // Text in an element of unknown representation would be taken for hexadecimal numbers.
            delete item->remove(i);
            const DcmTag known(tag.getGroup(), tag.getElement());
            if (known.getVR().getEVR() != EVR_UN && item->putAndInsertString(known, replacement).good()) i++;
            continue;
        }
        if (action == CORDON_DICOM_REPLACE) {
            const OFCondition condition = element->putString(replacement);
            if (condition.bad()) return condition;
        } else if (element->ident() == EVR_SQ) {
            auto *sequence = static_cast<DcmSequenceOfItems *>(element);
            for (unsigned long j = 0; j < sequence->card();) {
                DcmItem *own = sequence->getItem(j);
                if (tag == DCM_ContentSequence &&
                    decision.decide(decision.context, 0xFFFEE000, "IT", concept_of(own).c_str(), "", is_hollow,
                                    replacement, sizeof replacement) == CORDON_DICOM_REMOVE) {
                    delete sequence->remove(j);
                    continue;
                }
                const OFCondition condition = edit(own, decision, is_hollow || action == CORDON_DICOM_HOLLOW);
                if (condition.bad()) return condition;
                j++;
            }
        }
        i++;
    }
    return EC_Normal;
}

DcmTagKey key_of(uint32_t tag) {
    return DcmTagKey(static_cast<Uint16>(tag >> 16), static_cast<Uint16>(tag & 0xFFFF));
}

}  // namespace

extern "C" int cordon_dicom_edit(cordon_dicom *dicom, cordon_dicom_decide decide, void *context) {
    return cordon::guarded([&] {
        OFCondition condition = EC_IllegalCall;
        const Decision decision{decide, context};
        const bool ran = cordon::with_stack_for(
            dicom->items, [&] { condition = edit(dicom->file.getDataset(), decision, false); });
        if (!ran) return cordon::failure(CORDON_DICOM_NO_MEMORY, "no stack to go through its sequences with");
        if (condition.bad()) return cordon::failure(CORDON_DICOM_CORRUPT, "an element of it cannot be replaced");
        return static_cast<int>(CORDON_DICOM_OK);
    });
}

extern "C" int cordon_dicom_set_pixels(
    cordon_dicom *dicom, const uint8_t *bytes, size_t count, const char *photometric) {
    return cordon::guarded([&] {
        DcmDataset *dataset = dicom->file.getDataset();
        Uint16 allocated = 0, channels = 0;
        if (dataset->findAndGetUint16(DCM_BitsAllocated, allocated).bad() ||
            dataset->findAndGetUint16(DCM_SamplesPerPixel, channels).bad() || count > UINT32_MAX - 1) {
            return cordon::failure(CORDON_DICOM_UNSUPPORTED, "its pixels cannot be written");
        }
        for (const auto &tag : {DCM_PixelData, DCM_IconImageSequence, DCM_SmallestImagePixelValue,
                                DCM_LargestImagePixelValue, DcmTagKey(0x7FE0, 0x0001), DcmTagKey(0x7FE0, 0x0002)}) {
            dataset->findAndDeleteElement(tag, OFFalse, OFTrue);
        }
        // The values are those of a new data set: nothing of an encapsulated representation stays behind.
        auto *pixels = new DcmPixelData(DCM_PixelData);
        OFCondition condition;
        if (allocated == 8) {
            pixels->setVR(EVR_OB);
            std::vector<Uint8> even(bytes, bytes + count);
            if (even.size() % 2) even.push_back(0);
            condition = pixels->putUint8Array(even.data(), static_cast<unsigned long>(even.size()));
        } else {
            pixels->setVR(EVR_OW);
            std::vector<Uint16> words(count / 2);
            for (size_t i = 0; i < words.size(); i++) words[i] = static_cast<Uint16>(bytes[2 * i] | bytes[2 * i + 1] << 8);
            condition = pixels->putUint16Array(words.data(), static_cast<unsigned long>(words.size()));
        }
        if (condition.good()) condition = dataset->insert(pixels, OFTrue);
        else delete pixels;
        if (condition.good()) condition = dataset->putAndInsertString(DCM_PhotometricInterpretation, photometric);
        Uint16 stored = 0;
        if (condition.good()) condition = dataset->findAndGetUint16(DCM_BitsStored, stored);
        if (condition.good()) condition = dataset->putAndInsertUint16(DCM_HighBit, static_cast<Uint16>(stored - 1));
        if (condition.good() && channels > 1) condition = dataset->putAndInsertUint16(DCM_PlanarConfiguration, 0);
        if (condition.bad()) return cordon::failure(CORDON_DICOM_CORRUPT, "its pixels cannot be replaced");
        dicom->is_uncompressed = true;
        return static_cast<int>(CORDON_DICOM_OK);
    });
}

extern "C" int cordon_dicom_set(cordon_dicom *dicom, uint32_t tag, const char *text) {
    return cordon::guarded([&] {
        if (dicom->file.getDataset()->putAndInsertString(key_of(tag), text).good()) return 0;
        return cordon::failure(CORDON_DICOM_CORRUPT, "an element cannot be set");
    });
}

extern "C" int cordon_dicom_add_code(cordon_dicom *dicom, uint32_t sequence, const char *value, const char *meaning) {
    return cordon::guarded([&] {
        DcmItem *item = nullptr;
        DcmDataset *dataset = dicom->file.getDataset();
        if (dataset->findOrCreateSequenceItem(key_of(sequence), item, -2).bad() || !item ||
            item->putAndInsertString(DCM_CodeValue, value).bad() ||
            item->putAndInsertString(DCM_CodingSchemeDesignator, "DCM").bad() ||
            item->putAndInsertString(DCM_CodeMeaning, meaning).bad()) {
            return cordon::failure(CORDON_DICOM_CORRUPT, "a code cannot be added");
        }
        return static_cast<int>(CORDON_DICOM_OK);
    });
}

extern "C" int cordon_dicom_write(cordon_dicom *dicom, uint8_t **bytes, size_t *count) {
    *bytes = nullptr;
    *count = 0;
    return cordon::guarded([&] {
        // A file of its own: nothing of the old meta header or preamble is taken over.
        DcmFileFormat fresh(dicom->file.getDataset());
        E_TransferSyntax syntax = dicom->file.getDataset()->getOriginalXfer();
        if (dicom->is_uncompressed || syntax == EXS_DeflatedLittleEndianExplicit || syntax == EXS_LittleEndianImplicit) {
            syntax = EXS_LittleEndianExplicit;
        }
        if (fresh.getDataset()->chooseRepresentation(syntax, nullptr).bad() || fresh.validateMetaInfo(syntax).bad()) {
            return cordon::failure(CORDON_DICOM_CORRUPT, "it cannot be written in its own encoding");
        }
        const size_t room = size_t{fresh.calcElementLength(syntax, EET_ExplicitLength)} + 65536;
        auto *buffer = static_cast<uint8_t *>(std::malloc(room));
        if (!buffer) return cordon::failure(CORDON_DICOM_NO_MEMORY, "no memory to write it");
        DcmOutputBufferStream stream(buffer, static_cast<offile_off_t>(room));
        fresh.transferInit();
        auto mode = EWM_fileformat;
        if (dicom->renamed && !dicom->is_uncompressed) {
            // Under the name that it had; the library would write its own again.
            DcmMetaInfo *meta = fresh.getMetaInfo();
            if (meta->putAndInsertString(DCM_TransferSyntaxUID, dicom->renamed->uid).bad() ||
                meta->computeGroupLengthAndPadding(
                    EGL_withGL, EPD_noChange, EXS_LittleEndianExplicit, EET_UndefinedLength).bad()) {
                std::free(buffer);
                return cordon::failure(CORDON_DICOM_CORRUPT, "it cannot be written in its own encoding");
            }
            mode = EWM_dontUpdateMeta;
            fresh.transferInit();
        }
        const OFCondition condition = fresh.write(
            stream, syntax, EET_ExplicitLength, nullptr, EGL_recalcGL, EPD_noChange, 0, 0, 0, mode);
        fresh.transferEnd();
        void *written = nullptr;
        offile_off_t length = 0;
        stream.flushBuffer(written, length);
        if (condition.bad() || length <= 0) {
            std::free(buffer);
            return cordon::failure(CORDON_DICOM_CORRUPT, "it cannot be written");
        }
        *bytes = buffer;
        *count = static_cast<size_t>(length);
        return static_cast<int>(CORDON_DICOM_OK);
    });
}

extern "C" void cordon_dicom_name(uint32_t tag, char *name, size_t capacity) {
    if (capacity == 0) return;
    name[0] = 0;
    cordon::guarded([&] {
        std::strncpy(name, DcmTag(key_of(tag)).getTagName(), capacity - 1);
        name[capacity - 1] = 0;
        return static_cast<int>(CORDON_DICOM_OK);
    });
}

extern "C" void cordon_dicom_forget(uint8_t *bytes) { std::free(bytes); }
