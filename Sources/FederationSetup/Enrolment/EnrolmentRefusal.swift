/// Why a coordinator does not do what a hospital asks. A verdict about a request, not a failure of the program.
package struct EnrolmentRefusal: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable, CaseIterable {
        case badSignature
        case malformed
        case unknownName
        case wrongSecret
        case expired
        case withdrawn
        /// The token was used by another identity.
        case tokenUsed
        /// The identity joined under another name.
        case identityTaken
        case pipelineDiffers
        case notJoined
        /// A signature for another agreement than the draft.
        case otherAgreement
        /// The agreement is in force and takes nobody in.
        case closed
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
