// swift-tools-version: 6.2
// Cordon: federated learning for medical images. Five floors, imports only point down: Documentation/Architecture.md.
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

func swiftTarget(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

let package = Package(
    name: "cordon",
    products: [.executable(name: "cordon", targets: ["cordon"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        // Floor 0: mathematics
        .target(name: "CRingKernels"),
        swiftTarget("RingArithmetic", ["CRingKernels", crypto, cryptoExtras]),
        swiftTarget("HomomorphicEncryption", ["RingArithmetic", crypto]),
        swiftTarget("MultipartyEncryption", ["HomomorphicEncryption", "RingArithmetic", crypto]),
        swiftTarget("DifferentialPrivacy", []),
        .target(
            name: "CSEALCoding",
            linkerSettings: [.linkedLibrary("b2"), .linkedLibrary("zstd"), .linkedLibrary("z")]),
        swiftTarget("SEALInterchange", ["CSEALCoding", "RingArithmetic"]),

        // Floor 1: domain
        swiftTarget(
            "SecureAggregation",
            ["MultipartyEncryption", "HomomorphicEncryption", "SEALInterchange", "RingArithmetic", crypto]),
        swiftTarget("PoisoningDefence", []),
        swiftTarget("Ledger", [crypto]),
        .target(
            name: "CImage",
            linkerSettings: [.linkedLibrary("turbojpeg"), .linkedLibrary("png16"), .linkedLibrary("z")]),
        .target(
            name: "CDicom",
            linkerSettings: ["dcmimgle", "dcmjpeg", "dcmjpls", "dcmdata", "oflog", "ofstd", "openjp2"].map {
                .linkedLibrary($0)
            }),
        swiftTarget("MedicalImaging", ["CImage", "CDicom", "RingArithmetic", crypto, cryptoExtras, yams]),
        .target(
            name: "CTorch",
            cxxSettings: [.headerSearchPath("torchapi")],
            linkerSettings: [.linkedLibrary("torch"), .linkedLibrary("torch_cpu"), .linkedLibrary("c10")]),
        swiftTarget("ModelTraining", ["CTorch", "MedicalImaging", "DifferentialPrivacy", "RingArithmetic", crypto]),

        // Floor 2: protocol
        swiftTarget(
            "Federation",
            [
                "SecureAggregation", "MultipartyEncryption", "HomomorphicEncryption", "RingArithmetic",
                "PoisoningDefence", "Ledger", "DifferentialPrivacy", crypto,
            ]),

        // Floor 3: adapters
        swiftTarget("SQLiteStorage", ["Ledger", grdb]),
        swiftTarget(
            "Simulation",
            [
                "Federation", "MedicalImaging", "ModelTraining", "SecureAggregation", "MultipartyEncryption",
                "HomomorphicEncryption", "RingArithmetic", "PoisoningDefence", "Ledger", "DifferentialPrivacy",
                "Report",
                crypto,
            ]),
        swiftTarget("Report", []),
        swiftTarget("DICOMweb", ["MedicalImaging", crypto]),

        // Floor 4: doors
        .executableTarget(
            name: "cordon",
            dependencies: [
                "Simulation", "Federation", "SQLiteStorage", "Report", "Ledger", "MedicalImaging", "ModelTraining",
                "DICOMweb",
                "DifferentialPrivacy", "SecureAggregation", "HomomorphicEncryption", "RingArithmetic", argumentParser,
                crypto,
            ],
            swiftSettings: strict),

        // Benchmarks: not products
        .executableTarget(
            name: "EncryptionBenchmark",
            dependencies: [
                "Federation", "SecureAggregation", "MultipartyEncryption", "HomomorphicEncryption", "RingArithmetic",
                "CRingKernels", "Ledger", argumentParser,
            ],
            path: "Benchmarks/EncryptionBenchmark", swiftSettings: strict),

        .executableTarget(
            name: "BurnedInTextBenchmark", dependencies: ["MedicalImaging", argumentParser],
            path: "Benchmarks/BurnedInTextBenchmark", swiftSettings: strict),

        // Tests
        tests("RingArithmeticTests", ["RingArithmetic", "CRingKernels"]),
        tests(
            "EncryptionTests",
            ["SecureAggregation", "MultipartyEncryption", "HomomorphicEncryption", "RingArithmetic", crypto]),
        tests(
            "DecoderTests",
            [
                "Federation", "SecureAggregation", "MultipartyEncryption", "HomomorphicEncryption", "RingArithmetic",
                "Ledger", "MedicalImaging", "ModelTraining", "CImage",
            ]),
        tests(
            "SEALInterchangeTests",
            [
                "SEALInterchange", "SecureAggregation", "MultipartyEncryption", "HomomorphicEncryption",
                "RingArithmetic",
            ]),
        tests("DifferentialPrivacyTests", ["DifferentialPrivacy"]),
        tests("PoisoningDefenceTests", ["PoisoningDefence"]),
        tests("LedgerTests", ["Ledger", "SQLiteStorage", crypto]),
        tests("MedicalImagingTests", ["MedicalImaging", "RingArithmetic", "CImage", crypto]),
        tests(
            "ModelTrainingTests",
            ["ModelTraining", "CTorch", "MedicalImaging", "DifferentialPrivacy", "RingArithmetic"]),
        tests(
            "FederationTests",
            [
                "Federation", "SecureAggregation", "MultipartyEncryption", "HomomorphicEncryption", "RingArithmetic",
                "PoisoningDefence", "Ledger", crypto,
            ]),
        tests(
            "SimulationTests",
            ["Simulation", "Report", "Federation", "Ledger", "MedicalImaging", "ModelTraining", "RingArithmetic"]),
        tests("ReportTests", ["Report"]),
        tests("DICOMwebTests", ["DICOMweb", "MedicalImaging"]),
        tests("EndToEndTests", ["Report", "MedicalImaging", crypto]),
        tests("TidyTests", []),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
