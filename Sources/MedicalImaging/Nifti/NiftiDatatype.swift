/// How a NIfTI file stores a value (nifti1.h, `datatype`).
enum NiftiDatatype: Int {
    case uint8 = 2
    case int16 = 4
    case int32 = 8
    case float32 = 16
    case float64 = 64
    case int8 = 256
    case uint16 = 512
    case uint32 = 768

    /// Bytes of one value.
    var width: Int {
        switch self {
        case .uint8, .int8: 1
        case .int16, .uint16: 2
        case .int32, .uint32, .float32: 4
        case .float64: 8
        }
    }

    /// One value of memory that holds it; the offset is in bytes.
    func value(_ bytes: UnsafeRawBufferPointer, at offset: Int, isBigEndian: Bool) -> Double {
        func integer<Value: FixedWidthInteger>(_ type: Value.Type) -> Value {
            let raw = bytes.loadUnaligned(fromByteOffset: offset, as: type)
            return isBigEndian ? Value(bigEndian: raw) : Value(littleEndian: raw)
        }
        switch self {
        case .uint8: return Double(integer(UInt8.self))
        case .int8: return Double(integer(Int8.self))
        case .int16: return Double(integer(Int16.self))
        case .uint16: return Double(integer(UInt16.self))
        case .int32: return Double(integer(Int32.self))
        case .uint32: return Double(integer(UInt32.self))
        case .float32: return Double(Float(bitPattern: integer(UInt32.self)))
        case .float64: return Double(bitPattern: integer(UInt64.self))
        }
    }
}
