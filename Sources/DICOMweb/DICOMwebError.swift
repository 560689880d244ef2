/// Why a PACS gave no images: what was asked, what came, what to do. Neither credentials nor patients are in it.
package struct DICOMwebError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Hashable, Sendable {
        case address, credentials, missingProgram, unreachable, refused, notFound, serverFailure, notDICOMweb, tooLarge,
            wrongInstance
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
