// swift-tools-version: 6.2

import PackageDescription

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "muster",
    products: [
        .executable(name: "muster", targets: ["muster"]),
        .executable(name: "muster-bench", targets: ["MusterBench"]),
        .executable(name: "musterd", targets: ["musterd"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.2.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.0.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.1.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.3"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.7.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.90.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.20.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.0.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.30.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.8.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.2.0"),
    ],
    targets: [
        // Vocabulary and domain: pure, no I/O.
        .target(name: "Records"),
        .target(name: "EventSourcing"),
        .target(name: "Evidence", dependencies: ["EventSourcing", "Records", crypto]),
        .target(name: "MusterDomain", dependencies: ["EventSourcing", "Records", crypto]),
        .target(name: "YAMLRecords", dependencies: ["Records", .product(name: "Yams", package: "Yams")]),

        // PostgreSQL and what stands on it; none of these knows Muster.
        .systemLibrary(
            name: "CLibPQ",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"]), .brew(["libpq"])]
        ),
        .target(name: "Postgres", dependencies: ["CLibPQ", logging, metrics]),
        .target(name: "PostgresServer", dependencies: [logging]),
        .target(
            name: "EventLog",
            dependencies: [
                "EventSourcing", "Evidence", "Postgres", logging, metrics, lifecycle, crypto,
                .product(name: "DequeModule", package: "swift-collections"),
            ],
            resources: [.embedInCode("SQL")]
        ),
        .target(
            name: "TaskQueue",
            dependencies: [
                "EventSourcing", "Postgres", "Records", logging, metrics, lifecycle,
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HeapModule", package: "swift-collections"),
            ]
        ),

        // What files of the past are packed and written in.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(
            name: "CLibXML2",
            pkgConfig: "libxml-2.0",
            providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]
        ),
        .target(name: "CPushXML", dependencies: ["CLibXML2"]),
        .systemLibrary(
            name: "CSQLite",
            pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]
        ),

        // Muster's own parts.
        .target(
            name: "PersonalData",
            dependencies: ["EventSourcing", "MusterDomain", "Postgres", "Records", crypto, lifecycle, logging, metrics]
        ),
        .target(
            name: "MusterCommands",
            dependencies: ["EventSourcing", "MusterDomain", "Records", metrics]
        ),
        .target(
            name: "MusterBoards",
            dependencies: [
                "EventLog", "EventSourcing", "MusterDomain", "Postgres", "Records", crypto, logging, metrics, lifecycle,
            ]
        ),
        .target(
            name: "MusterHistory",
            dependencies: [
                "CPushXML", "CSQLite", "CZlib", "EventLog", "EventSourcing", "Evidence", "MusterDomain", "Postgres",
                "Records", "YAMLRecords", crypto, logging,
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "Yams", package: "Yams"),
            ],
            resources: [.embedInCode("ReportPage/Templates")]
        ),
        .target(
            name: "MusterDispatch",
            dependencies: [
                "EventLog", "EventSourcing", "MusterCommands", "MusterDomain", "Postgres", "Records", "TaskQueue",
                crypto, logging, metrics, lifecycle,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "HeapModule", package: "swift-collections"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]
        ),
        .target(
            name: "MusterGateway",
            dependencies: [
                "EventLog", "EventSourcing", "Evidence", "MusterBoards", "MusterCommands", "MusterDomain", "Postgres",
                "Records", "TaskQueue", crypto, logging, metrics, lifecycle,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            resources: [.embedInCode("Pages")]
        ),
        .target(
            name: "MusterRuntime",
            dependencies: [
                "EventLog", "EventSourcing", "Evidence", "MusterBoards", "MusterCommands", "MusterDispatch",
                "MusterDomain", "MusterGateway", "MusterHistory", "PersonalData", "Postgres", "PostgresServer",
                "Records", "TaskQueue", "YAMLRecords",
                logging, metrics, lifecycle, crypto, system,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),

        // Executables.
        .executableTarget(
            name: "muster",
            dependencies: [
                "EventLog", "EventSourcing", "Evidence", "MusterBoards", "MusterDispatch", "MusterDomain",
                "MusterHistory", "MusterRuntime", "Records", "TaskQueue", "YAMLRecords", logging, argumentParser,
            ]
        ),
        .executableTarget(name: "musterd", dependencies: ["MusterRuntime", argumentParser]),
        .executableTarget(
            name: "MusterBench",
            dependencies: [
                "EventLog", "EventSourcing", "MusterBoards", "MusterCommands", "MusterDispatch", "MusterDomain",
                "MusterHistory", "MusterRuntime", "PersonalData", "Postgres", "PostgresServer", "Records", "TaskQueue",
                lifecycle, logging, argumentParser, system,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),

        // Fixtures and tests.
        .target(name: "CXMLSchema", dependencies: ["CLibXML2"]),
        .target(
            name: "MusterTesting",
            dependencies: [
                "EventLog", "EventSourcing", "Evidence", "MusterDomain", "Postgres", "PostgresServer", "Records",
                crypto,
                logging,
            ]
        ),
        .testTarget(
            name: "EventLogTests",
            dependencies: [
                "EventLog", "EventSourcing", "Evidence", "MusterTesting", "Postgres", "PostgresServer", logging,
                lifecycle,
            ]
        ),
        .testTarget(name: "EventSourcingTests", dependencies: ["EventSourcing"]),
        .testTarget(name: "EvidenceTests", dependencies: ["EventSourcing", "Evidence", "Records"]),
        .testTarget(
            name: "MusterBoardsTests",
            dependencies: [
                "EventLog", "EventSourcing", "MusterBoards", "MusterDomain", "MusterTesting", "Postgres", "Records",
                logging, lifecycle,
            ]
        ),
        .testTarget(
            name: "MusterCommandsTests",
            dependencies: ["EventSourcing", "MusterCommands", "MusterDomain", "MusterTesting", "Records"]
        ),
        .testTarget(
            name: "MusterDispatchTests",
            dependencies: [
                "EventLog", "EventSourcing", "MusterCommands", "MusterDispatch", "MusterDomain", "MusterTesting",
                "Postgres",
                "Records", "TaskQueue", crypto, logging, lifecycle,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "MusterDomainTests",
            dependencies: ["EventSourcing", "MusterDomain", "Records"],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "MusterGatewayTests",
            dependencies: [
                "EventLog", "EventSourcing", "Evidence", "MusterBoards", "MusterCommands", "MusterDomain",
                "MusterGateway",
                "MusterTesting", "Postgres", "Records", "TaskQueue", crypto, logging, lifecycle,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "MusterHistoryTests",
            dependencies: [
                "CSQLite", "CXMLSchema", "CZlib", "EventLog", "EventSourcing", "Evidence", "MusterDomain",
                "MusterHistory", "MusterTesting", "Postgres", "Records", logging,
            ]
        ),
        .testTarget(
            name: "MusterRuntimeTests",
            dependencies: [
                "EventSourcing", "Evidence", "MusterCommands", "MusterDispatch", "MusterDomain", "MusterRuntime",
                "MusterTesting",
                logging,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ]
        ),
        .testTarget(
            name: "MusterSystemTests",
            dependencies: [
                "EventLog", "EventSourcing", "Evidence", "MusterBoards", "MusterDomain", "MusterTesting", "Postgres",
                "PersonalData", "PostgresServer", "Records", "muster", "musterd", crypto, logging,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "PersonalDataTests",
            dependencies: [
                "EventLog", "EventSourcing", "Evidence", "MusterDomain", "MusterTesting", "PersonalData", "Postgres",
                "Records", crypto, logging,
            ]
        ),
        .testTarget(name: "PostgresServerTests", dependencies: ["PostgresServer", logging]),
        .testTarget(name: "PostgresTests", dependencies: ["Postgres", "PostgresServer", logging, metrics]),
        .testTarget(name: "RecordsTests", dependencies: ["Records"]),
        .testTarget(
            name: "TaskQueueTests",
            dependencies: [
                "EventLog", "EventSourcing", "MusterTesting", "Postgres", "Records", "TaskQueue", logging, lifecycle,
            ]
        ),
        .testTarget(name: "YAMLRecordsTests", dependencies: ["MusterDomain", "Records", "YAMLRecords"]),
    ]
)

// https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
// https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
// https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
for target in package.targets where target.type != .system {
    var settings = target.swiftSettings ?? []
    settings += [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
    ]
    if target.name == "Postgres" {
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0458-strict-memory-safety.md
        settings.append(.strictMemorySafety())
    }
    target.swiftSettings = settings
}
