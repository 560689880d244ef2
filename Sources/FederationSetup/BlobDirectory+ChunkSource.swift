import Federation
import SQLiteStorage

/// Slow work reads its chunks where the transport puts them.
extension BlobDirectory: ChunkSource {}
