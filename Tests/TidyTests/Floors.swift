/// The five floors: who may import whom.
enum Floors {
    /// Floor of every target. A folder in `Sources` that is missing here is itself a finding.
    static let floorOfTarget: [String: Int] = [
        "CRingKernels": 0, "RingArithmetic": 0, "HomomorphicEncryption": 0, "MultipartyEncryption": 0,
        "DifferentialPrivacy": 0, "CSEALCoding": 0, "SEALInterchange": 0, "CSecp256k1": 0,
        "SecureAggregation": 1, "PoisoningDefence": 1, "Ledger": 1, "CImage": 1, "MedicalImaging": 1, "CTorch": 1,
        "ModelTraining": 1, "Ethereum": 1,
        "Federation": 2,
        "SQLiteStorage": 3, "Simulation": 3, "Report": 3, "DICOMweb": 3, "ImageWorkers": 3, "FederationService": 3,
        "FederationSetup": 3, "CMalloc": 3, "Operations": 3, "AttackLaboratory": 3, "EthereumLedger": 3,
        "Dashboard": 4, "cordon": 4,
    ]

    /// Imports within one floor, each a decision of its own.
    static let edgesWithinFloor: Set<[String]> = [
        ["RingArithmetic", "CRingKernels"], ["HomomorphicEncryption", "RingArithmetic"],
        ["MultipartyEncryption", "HomomorphicEncryption"], ["MultipartyEncryption", "RingArithmetic"],
        ["SEALInterchange", "CSEALCoding"], ["SEALInterchange", "RingArithmetic"],
        ["MedicalImaging", "CImage"], ["ModelTraining", "CTorch"], ["ModelTraining", "MedicalImaging"],
        ["Simulation", "Report"], ["AttackLaboratory", "Report"], ["FederationService", "SQLiteStorage"],
        ["FederationService", "FederationSetup"], ["FederationService", "Operations"], ["Operations", "CMalloc"],
        ["Simulation", "FederationSetup"], ["FederationSetup", "SQLiteStorage"],
        ["cordon", "Dashboard"],
    ]

    /// True when `importer` may import `imported`; modules from outside this package are always allowed here.
    static func allow(_ importer: String, importing imported: String) -> Bool {
        guard let lower = floorOfTarget[imported], let upper = floorOfTarget[importer] else { return true }
        return importer == imported || lower < upper || edgesWithinFloor.contains([importer, imported])
    }

    /// Calls that make a run depend on something other than its arguments.
    static let bannedCalls = [
        "Task {", "Task.detached", "Date()", "SystemRandomNumberGenerator", "FileManager", "print(",
    ]

    /// Files and targets that touch the outside world on purpose.
    static let exceptions: [(path: String, calls: Set<String>)] = [
        ("Sources/MedicalImaging/", ["FileManager"]),
        ("Sources/ModelTraining/", ["FileManager"]),
        ("Sources/RingArithmetic/CryptographicGenerator.swift", ["SystemRandomNumberGenerator"]),
    ]
}
