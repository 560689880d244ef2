// Encodings that the library does not know.
#include "dicom_internal.h"

#include <zlib.h>

#include <cstring>

namespace {

constexpr cordon::Syntax younger[] = {
    {"1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Lossless", false},
    {"1.2.840.10008.1.2.4.202", "High-Throughput JPEG 2000 Lossless RPCL", false},
    {"1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000", false},
    {"1.2.840.10008.1.2.8.1", "Deflated Image Frame Compression", true},
};

uint32_t word(const uint8_t *bytes, size_t width) {
    uint32_t value = 0;
    for (size_t i = width; i-- > 0;) value = value << 8 | bytes[i];
    return value;
}

/* Where the value of (0002,0010) stands; its length is 0 where there is none. The meta header is explicit little
   endian (PS3.10 7.1). */
std::pair<size_t, size_t> syntax_value(const uint8_t *bytes, size_t count) {
    if (count < 132 || std::memcmp(bytes + 128, "DICM", 4) != 0) return {0, 0};
    for (size_t at = 132; at + 8 <= count && word(bytes + at, 2) == 2;) {
        const char *vr = reinterpret_cast<const char *>(bytes + at + 4);
        const bool is_long = std::memcmp(vr, "OB", 2) == 0 || std::memcmp(vr, "UN", 2) == 0 ||
                             std::memcmp(vr, "UT", 2) == 0 || std::memcmp(vr, "SQ", 2) == 0;
        if (is_long && at + 12 > count) return {0, 0};
        const size_t start = at + (is_long ? 12 : 8), length = is_long ? word(bytes + at + 8, 4) : word(bytes + at + 6, 2);
        if (length > count - start) return {0, 0};
        if (word(bytes + at + 2, 2) == 0x0010) return {start, length};
        at = start + length;
    }
    return {0, 0};
}

}  // namespace

const cordon::Syntax *cordon::rename_syntax(const uint8_t *bytes, size_t count, std::vector<uint8_t> &renamed) {
    const auto [start, length] = syntax_value(bytes, count);
    const size_t known = sizeof known_uid - 1;
    if (length < known) return nullptr;
    for (const Syntax &syntax : younger) {
        const size_t own = std::strlen(syntax.uid);
        if (own > length || length > own + 1 || std::memcmp(bytes + start, syntax.uid, own) != 0) continue;
        renamed.assign(bytes, bytes + count);
        std::memset(renamed.data() + start, 0, length);
        std::memcpy(renamed.data() + start, known_uid, known);
        return &syntax;
    }
    return nullptr;
}

bool cordon::unpack_rle(const std::vector<uint8_t> &code, std::vector<uint8_t> &native) {
    size_t written = 0;
    for (size_t at = 64; at < code.size() && written < native.size();) {
        const uint8_t head = code[at++];
        if (head == 128) continue;
        const size_t count = head < 128 ? head + size_t{1} : size_t{257} - head;
        if (count > native.size() - written || (head < 128 ? count : 1) > code.size() - at) return false;
        if (head < 128) {
            std::memcpy(native.data() + written, code.data() + at, count);
            at += count;
        } else {
            std::memset(native.data() + written, code[at++], count);
        }
        written += count;
    }
    return written == native.size();
}

bool cordon::inflate_frame(const std::vector<uint8_t> &code, std::vector<uint8_t> &native) {
    z_stream stream = {};
    if (code.size() > UINT32_MAX || native.size() > UINT32_MAX || inflateInit2(&stream, -MAX_WBITS) != Z_OK) return false;
    stream.next_in = const_cast<Bytef *>(code.data());
    stream.avail_in = static_cast<uInt>(code.size());
    stream.next_out = native.data();
    stream.avail_out = static_cast<uInt>(native.size());
    const int status = inflate(&stream, Z_FINISH);
    const bool is_whole = status == Z_STREAM_END && stream.avail_out == 0;
    inflateEnd(&stream);
    return is_whole;
}
