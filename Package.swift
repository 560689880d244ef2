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
let grpc: [Target.Dependency] = [
    .product(name: "GRPCCore", package: "grpc-swift-2"),
    .product(name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport"),
    .product(name: "GRPCProtobuf", package: "grpc-swift-protobuf"),
    .product(name: "SwiftProtobuf", package: "swift-protobuf"),
]
let certificates: [Target.Dependency] = [
    .product(name: "X509", package: "swift-certificates"),
    .product(name: "SwiftASN1", package: "swift-asn1"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
]
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let transport: [Target.Dependency] = [
    nio,
    .product(name: "NIOTLS", package: "swift-nio"),
    .product(name: "NIOCertificateReloading", package: "swift-nio-extras"),
    .product(name: "AsyncAlgorithms", package: "swift-async-algorithms"),
]
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")

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
        .package(url: "https://github.com/grpc/grpc-swift-2", exact: "2.4.3"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport", exact: "2.9.2"),
        .package(url: "https://github.com/grpc/grpc-swift-protobuf", exact: "2.4.1"),
        .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0"),
        .package(url: "https://github.com/apple/swift-certificates", exact: "1.21.1"),
        .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-async-algorithms", exact: "1.1.4"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
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
        .target(name: "CSecp256k1", linkerSettings: [.linkedLibrary("secp256k1")]),

        // Floor 1: domain
        swiftTarget(
            "SecureAggregation",
            ["MultipartyEncryption", "HomomorphicEncryption", "SEALInterchange", "RingArithmetic", crypto]),
        swiftTarget("PoisoningDefence", []),
        swiftTarget("Ledger", [crypto]),
        swiftTarget("Ethereum", ["CSecp256k1"]),
        .target(
            name: "CImage",
            linkerSettings: [.linkedLibrary("turbojpeg"), .linkedLibrary("png16"), .linkedLibrary("z")]),
        .target(
            name: "CDicom",
            linkerSettings: ["dcmimgle", "dcmjpeg", "dcmjpls", "dcmdata", "oflog", "ofstd", "openjp2", "z"].map {
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
        swiftTarget("EthereumLedger", ["Ethereum", "Ledger"]),
        swiftTarget(
            "Simulation",
            [
                "Federation", "MedicalImaging", "ModelTraining", "SecureAggregation", "MultipartyEncryption",
                "HomomorphicEncryption", "RingArithmetic", "PoisoningDefence", "Ledger", "DifferentialPrivacy",
                "FederationSetup", "Report",
                crypto,
            ]),
        swiftTarget("Report", []),
        swiftTarget(
            "AttackLaboratory",
            [
                "PoisoningDefence", "SecureAggregation", "HomomorphicEncryption", "RingArithmetic", "ModelTraining",
                "MedicalImaging", "DifferentialPrivacy", "Report",
            ]),
        swiftTarget(
            "FederationSetup",
            [
                "Federation", "ModelTraining", "MedicalImaging", "PoisoningDefence", "HomomorphicEncryption",
                "DifferentialPrivacy", "RingArithmetic", "Ledger", "SQLiteStorage", yams,
            ]),
        swiftTarget("ImageWorkers", ["MedicalImaging"]),
        swiftTarget("DICOMweb", ["MedicalImaging", crypto]),
        swiftTarget(
            "FederationService",
            [
                "Federation", "FederationSetup", "Operations", "Ledger", "MultipartyEncryption", "RingArithmetic",
                "SQLiteStorage", crypto,
            ] + transport + grpc + certificates),

        .systemLibrary(name: "CMalloc"),
        swiftTarget("Operations", ["CMalloc", "Ledger", hummingbird, nio, logging]),

        // Floor 4: doors
        swiftTarget(
            "Dashboard",
            [
                "Ledger", "SQLiteStorage", "Report", "Operations", "RingArithmetic", crypto, cryptoExtras, nio,
                nioSSL, httpTypes, hummingbird, hummingbirdTLS, mustache, logging,
            ]),
        .executableTarget(
            name: "cordon",
            dependencies: [
                "Simulation", "AttackLaboratory", "Federation", "FederationSetup", "FederationService", "SQLiteStorage",
                "EthereumLedger", "Ethereum", "Report", "Ledger", "MedicalImaging", "ImageWorkers", "ModelTraining",
                "DICOMweb", "Dashboard",
                "Operations",
                "DifferentialPrivacy", "SecureAggregation", "PoisoningDefence", "HomomorphicEncryption",
                "RingArithmetic", argumentParser, logging, yams,
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
            name: "NetworkBenchmark",
            dependencies: [
                "FederationService", "Federation", "HomomorphicEncryption", "PoisoningDefence", "RingArithmetic",
                "Ledger",
                "Operations", argumentParser, logging,
            ] + grpc,
            path: "Benchmarks/NetworkBenchmark", swiftSettings: strict),

        .executableTarget(
            name: "LedgerBenchmark", dependencies: ["SQLiteStorage", "Ledger"], path: "Benchmarks/LedgerBenchmark",
            swiftSettings: strict),

        .executableTarget(
            name: "BurnedInTextBenchmark", dependencies: ["MedicalImaging", argumentParser],
            path: "Benchmarks/BurnedInTextBenchmark", swiftSettings: strict),

        .target(
            name: "BareImageLibraries", path: "Benchmarks/BareImageLibraries",
            linkerSettings: [.linkedLibrary("turbojpeg"), .linkedLibrary("png16"), .linkedLibrary("z")]),
        .executableTarget(
            name: "ImagingBenchmark",
            dependencies: ["BareImageLibraries", "MedicalImaging", "CImage", argumentParser],
            path: "Benchmarks/ImagingBenchmark", swiftSettings: strict),

        .executableTarget(
            name: "PrivacyBenchmark",
            dependencies: ["ModelTraining", "MedicalImaging", "DifferentialPrivacy", "RingArithmetic", argumentParser],
            path: "Benchmarks/PrivacyBenchmark", swiftSettings: strict),

        // Tests
        tests("RingArithmeticTests", ["RingArithmetic", "CRingKernels"]),
        tests(
            "EncryptionTests",
            [
                "FederationFixtures", "SecureAggregation", "MultipartyEncryption", "HomomorphicEncryption",
                "RingArithmetic", crypto,
            ]),
        tests(
            "DecoderTests",
            [
                "FederationSetup", "Federation", "SecureAggregation", "MultipartyEncryption", "HomomorphicEncryption",
                "RingArithmetic", "PoisoningDefence", "Ledger", "MedicalImaging", "ModelTraining", "CImage",
            ]),
        tests(
            "SEALInterchangeTests",
            [
                "FederationFixtures", "SEALInterchange", "SecureAggregation", "MultipartyEncryption",
                "HomomorphicEncryption",
                "RingArithmetic",
            ]),
        tests("DifferentialPrivacyTests", ["DifferentialPrivacy"]),
        tests("PoisoningDefenceTests", ["PoisoningDefence"]),
        tests("LedgerTests", ["Ledger", "SQLiteStorage", crypto, grdb]),
        tests("EthereumTests", ["Ethereum"]),
        .testTarget(
            name: "EthereumLedgerTests", dependencies: ["EthereumLedger", "Ethereum", "Ledger"],
            exclude: ["node.py", "revm.py"], swiftSettings: strict),
        tests("MedicalImagingTests", ["MedicalImaging", "RingArithmetic", "CImage", crypto]),
        tests(
            "ModelTrainingTests",
            ["ModelTraining", "CTorch", "MedicalImaging", "DifferentialPrivacy", "RingArithmetic"]),
        .target(
            name: "FederationFixtures",
            dependencies: [
                "Federation", "SecureAggregation", "MultipartyEncryption", "HomomorphicEncryption", "RingArithmetic",
                "PoisoningDefence", "Ledger", "DifferentialPrivacy",
            ],
            path: "Tests/FederationFixtures", swiftSettings: strict),
        tests(
            "FederationTests",
            [
                "FederationFixtures",
                "Federation", "SecureAggregation", "MultipartyEncryption", "HomomorphicEncryption", "RingArithmetic",
                "PoisoningDefence", "Ledger", crypto,
            ]),
        tests(
            "SimulationTests",
            ["Simulation", "Report", "Federation", "Ledger", "MedicalImaging", "ModelTraining", "RingArithmetic"]),
        tests("ReportTests", ["Report"]),
        tests(
            "AttackLaboratoryTests",
            [
                "AttackLaboratory", "PoisoningDefence", "SecureAggregation", "MultipartyEncryption",
                "HomomorphicEncryption", "RingArithmetic", "ModelTraining", "MedicalImaging", "Report",
            ]),
        tests(
            "FederationSetupTests",
            [
                "FederationSetup", "Federation", "Ledger", "ModelTraining", "MedicalImaging", "PoisoningDefence",
                "HomomorphicEncryption", "RingArithmetic", "SQLiteStorage",
            ]),
        tests("DICOMwebTests", ["DICOMweb", "MedicalImaging"]),
        tests(
            "FederationServiceTests",
            [
                "FederationFixtures", "FederationService", "Federation", "Operations", "Ledger", "SQLiteStorage",
                crypto,
                logging,
            ] + transport + grpc + certificates),
        tests("OperationsTests", ["Operations", "Ledger", httpTypes, hummingbird, hummingbirdTesting, logging]),
        tests(
            "DashboardTests",
            [
                "Dashboard", "Operations", "Ledger", "SQLiteStorage", "Report", "RingArithmetic", httpTypes,
                hummingbird,
                hummingbirdTesting, mustache, logging,
            ]),
        tests("ImageWorkersTests", ["ImageWorkers", "MedicalImaging", "RingArithmetic"]),
        tests("EndToEndTests", ["Report", "MedicalImaging", crypto]),
        tests("TidyTests", []),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
