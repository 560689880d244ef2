import Foundation
import Yams

/// What de-identification retains and cleans: built in by name, or from a YAML file.
///
///     profile: basic
///     options: [modified-dates, device, clean-descriptors]
///     pixels: blank
package struct DeidentificationPolicy: Codable, Hashable, Sendable {
    package var options: Set<DeidentificationOption>
    package var pixels: PixelPolicy

    /// The basic profile alone.
    package static let basic = DeidentificationPolicy(options: [], pixels: .holdBack)

    package init(options: Set<DeidentificationOption>, pixels: PixelPolicy) {
        self.options = options
        self.pixels = pixels
    }

    /// - Parameter name: `basic`, or the path of a YAML file.
    /// - Throws: `ImagingError` that names file, line or key, and what is known there.
    package init(named name: String) throws {
        guard name != "basic" else {
            self = .basic
            return
        }
        let bytes = try readFile(name, missing: .missingPath, what: "The de-identification policy (or basic)")
        guard bytes.count <= Self.sizeLimit, let text = String(validating: bytes, as: UTF8.self) else {
            throw Self.malformed(name, "it is larger than \(Self.sizeLimit) bytes or no UTF-8")
        }
        try self.init(yaml: text, file: name)
    }

    private static let sizeLimit = 64 << 10
    private static let keys = ["options", "pixels", "profile"]

    init(yaml: String, file: String) throws {
        let node: Node?
        do {
            node = try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            throw Self.malformed(file, "\(error)")
        }
        guard let mapping = node?.mapping else {
            throw Self.malformed(file, "it holds no keys; known are \(Self.keys.joined(separator: ", "))")
        }
        self = .basic
        var hasProfile = false
        for (key, value) in mapping {
            let place = "line \(key.mark?.line ?? 0)"
            switch key.string {
            case "profile":
                guard value.string == "basic" else {
                    throw Self.malformed(file, "\(place): the profile is not basic, the only one there is")
                }
                hasProfile = true
            case "options": options = try Self.options(value, file: file, place: place)
            case "pixels":
                guard let policy = value.string.flatMap(PixelPolicy.init(rawValue:)) else {
                    let known = PixelPolicy.allCases.map(\.rawValue).joined(separator: " or ")
                    throw Self.malformed(file, "\(place): pixels must be \(known)")
                }
                pixels = policy
            default:
                throw Self.malformed(
                    file, "\(place): unknown key; known are \(Self.keys.joined(separator: ", "))")
            }
        }
        guard hasProfile else { throw Self.malformed(file, "profile: basic is missing") }
    }

    private static func options(
        _ node: Node, file: String, place: String
    ) throws -> Set<DeidentificationOption> {
        guard let list = node.sequence else {
            throw malformed(file, "\(place): options must be a list, as [modified-dates, device]")
        }
        let names = try list.map { item in
            guard let name = item.string else {
                throw malformed(file, "line \(item.mark?.line ?? 0): an option is a word")
            }
            return name
        }
        do {
            return try checked(names)
        } catch let error as ImagingError {
            throw malformed(file, "\(place): \(error.message)")
        }
    }

    /// - Throws: `ImagingError` for unknown, repeated or contradictory options.
    package static func checked(_ names: [String]) throws -> Set<DeidentificationOption> {
        var options: Set<DeidentificationOption> = []
        for name in names {
            guard let option = DeidentificationOption(rawValue: name) else {
                let known = DeidentificationOption.allCases.map(\.rawValue).joined(separator: ", ")
                throw ImagingError(.invalidArgument, "there is no option \(name.prefix(40)); known are \(known)")
            }
            guard options.insert(option).inserted else {
                throw ImagingError(.invalidArgument, "\(name) stands there twice")
            }
        }
        guard !options.isSuperset(of: [.fullDates, .modifiedDates]) else {
            throw ImagingError(.invalidArgument, "full-dates and modified-dates exclude each other")
        }
        return options
    }

    private static func malformed(_ file: String, _ reason: String) -> ImagingError {
        ImagingError(.malformedRow, "\(file) is no de-identification policy: \(reason).")
    }
}
