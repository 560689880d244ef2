import Foundation
import SQLiteStorage
import Yams

/// The values of one configuration file, read by a table of keys. Every error names file, line and key.
struct ConfigurationValues {
    let file: String
    /// Folder of the file, for the paths in it.
    let folder: String
    private let keys: [ConfigurationKey]
    private let nodes: [String: Node]
    private let lines: [String: Int]

    private static let sizeLimit = 256 << 10

    /// - Throws: `SetupError` with code `missing`, or `configuration` for what is no configuration of these keys.
    init(file: String, keys: [ConfigurationKey]) throws {
        guard Files.exists(file) else {
            throw SetupError(.missing, "\(file): there is no such file; make it with init, or restore it.")
        }
        let bytes = try Files.read(file)
        guard bytes.count <= Self.sizeLimit, let text = String(validating: bytes, as: UTF8.self) else {
            throw SetupError(.configuration, "\(file): it is larger than \(Self.sizeLimit) bytes or no UTF-8.")
        }
        try self.init(yaml: text, file: file, keys: keys)
    }

    /// Values that came from a command line: errors name the key alone.
    init(options yaml: String, keys: [ConfigurationKey]) throws {
        try self.init(yaml: yaml, file: "", keys: keys)
    }

    init(yaml: String, file: String, keys: [ConfigurationKey]) throws {
        self.file = file
        folder = Files.folder(of: file)
        self.keys = keys
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch {
            throw SetupError(.configuration, "\(file): this is no YAML: \(error)")
        }
        guard let mapping = root?.mapping else {
            throw SetupError(.configuration, "\(file): it holds no keys; see: cordon config reference")
        }
        var nodes: [String: Node] = [:]
        var lines: [String: Int] = [:]
        for (key, value) in mapping {
            let name = key.string ?? ""
            let line = key.mark?.line ?? 0
            guard keys.contains(where: { $0.name == name }) else {
                throw SetupError(
                    .configuration,
                    "\(file) line \(line): there is no key \(name.prefix(40)); see: cordon config reference")
            }
            nodes[name] = value
            lines[name] = line
        }
        self.nodes = nodes
        self.lines = lines
    }

    func has(_ key: ConfigurationKey) -> Bool { nodes[key.name] != nil }

    /// An error about a key, with its line where it has one.
    func failure(_ key: ConfigurationKey, _ reason: String) -> SetupError {
        let place = file.isEmpty ? "" : lines[key.name].map { "\(file) line \($0): " } ?? "\(file): "
        return SetupError(.configuration, "\(place)\(key.name) \(reason)")
    }

    /// The text of a scalar, or its default; nil where the default is words.
    func optionalText(_ key: ConfigurationKey) throws -> String? {
        precondition(keys.contains(key), "\(key.name) is not in the table")
        guard let node = nodes[key.name] else {
            switch key.standard {
            case .required: throw failure(key, "is missing: \(key.meaning)")
            case .value(let text): return text
            case .derived: return nil
            }
        }
        guard let text = node.scalar?.string, !text.isEmpty else {
            throw failure(key, "must be \(key.type): \(key.meaning)")
        }
        if case .choice(let words) = key.kind, !words.contains(text) {
            throw failure(key, "must be \(key.type), not \(text.prefix(40))")
        }
        return text
    }

    func text(_ key: ConfigurationKey) throws -> String {
        guard let text = try optionalText(key) else { throw failure(key, "is missing: \(key.meaning)") }
        return text
    }

    func optionalInteger(_ key: ConfigurationKey) throws -> Int? {
        guard let text = try optionalText(key) else { return nil }
        guard case .integer(let range) = key.kind, let value = Int(text), range.contains(value) else {
            throw failure(key, "must be a \(key.type), not \(text.prefix(40))")
        }
        return value
    }

    func integer(_ key: ConfigurationKey) throws -> Int {
        guard let value = try optionalInteger(key) else { throw failure(key, "is missing: \(key.meaning)") }
        return value
    }

    /// A number of a key whose text is one.
    func number(_ key: ConfigurationKey) throws -> Double {
        let text = try text(key)
        guard case .number(let range) = key.kind, let value = Double(text), range.contains(value) else {
            throw failure(key, "must be a \(key.type), not \(text.prefix(40))")
        }
        return value
    }

    func address(_ key: ConfigurationKey) throws -> ServiceAddress? {
        try optionalText(key).map { text in
            do {
                return try ServiceAddress(parsing: text)
            } catch let error as SetupError {
                throw failure(key, "is wrong: \(error.message)")
            }
        }
    }

    func path(_ key: ConfigurationKey) throws -> String? {
        try optionalText(key).map { $0.hasPrefix("/") ? $0 : "\(folder)/\($0)" }
    }

    /// A list of different texts, none empty.
    func list(_ key: ConfigurationKey) throws -> [String] {
        precondition(keys.contains(key), "\(key.name) is not in the table")
        guard let node = nodes[key.name] else { throw failure(key, "is missing: \(key.meaning)") }
        guard let items = node.sequence?.map({ $0.scalar?.string ?? "" }), !items.contains("") else {
            throw failure(key, "must be a list, as [one, two]")
        }
        if let twice = items.first(where: { item in items.filter { $0 == item }.count > 1 }) {
            throw failure(key, "names \(twice.prefix(40)) twice")
        }
        return items
    }
}
