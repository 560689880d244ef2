import Testing

/// Tests that run the built `cordon` as its users do, one after another, so that none waits for another's processes.
@Suite(.serialized)
enum EndToEnd {}
