import RingArithmetic
import SQLiteStorage

/// Reads a configuration before it is written; what is wrong with it is wrong with the command line.
func checkedOptions<Configuration>(
    _ yaml: String, _ keys: [ConfigurationKey], _ make: (ConfigurationValues) throws -> Configuration
) throws -> Configuration {
    do {
        return try make(ConfigurationValues(options: yaml, keys: keys))
    } catch let error as SetupError where error.code == .configuration {
        throw SetupError(.usage, error.message)
    }
}

/// A folder, an identity and a configuration, none of which may be there yet.
func makeParty(
    at path: String, configuration fileName: String, text: String, name: String,
    using rng: inout some CryptographicGenerator
) throws {
    let file = "\(path)/\(fileName)"
    guard !Files.exists(file) else {
        throw StorageError(.exists, "\(file) exists already and is not overwritten; give another --dir")
    }
    try Files.makeFolder(path)
    let key = IdentityKeyFile("\(path)/identity.key")
    try key.makeNew(using: &rng)
    _ = try key.identity(named: name)
    try Files.create(Array(text.utf8), at: file, mode: 0o600)
}
