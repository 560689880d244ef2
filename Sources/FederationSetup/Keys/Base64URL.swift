import Foundation

/// Base64 in the alphabet that stands in addresses and file names, without padding (RFC 4648, section 5).
func encodeBase64URL(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
}

/// The bytes of such a text; nil for anything else, so that a text has one form.
func decodeBase64URL(_ text: some StringProtocol) -> [UInt8]? {
    let text = String(text)
    let standard = text.replacing("-", with: "+").replacing("_", with: "/")
    let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
    guard let data = Data(base64Encoded: standard + padding), encodeBase64URL([UInt8](data)) == text else {
        return nil
    }
    return [UInt8](data)
}
