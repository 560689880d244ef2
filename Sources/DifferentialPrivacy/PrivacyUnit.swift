/// Whose presence the guarantee hides: the unit of adjacency.
package struct PrivacyUnit: Sendable, Hashable, Codable, RawRepresentable, ExpressibleByStringLiteral {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package init(stringLiteral value: String) { rawValue = value }

    /// All images of one patient: the default.
    package static let patient = PrivacyUnit(rawValue: "patient")
    /// One image: weaker, a patient with several images is protected less.
    package static let image = PrivacyUnit(rawValue: "image")
}
