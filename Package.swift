// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// What the client is made of does without the libraries for regular expressions and tasks, which would be a sixth of it, and is
/// cut into sections by function, so that the linker leaves out what nothing calls.
let shipped =
    settings + [
        .unsafeFlags([
            "-Xfrontend", "-disable-implicit-string-processing-module-import",
            "-Xfrontend", "-disable-implicit-concurrency-module-import",
        ]),
        .unsafeFlags(["-Xfrontend", "-function-sections"], .when(configuration: .release)),
    ]

/// What runs once for each command line: small rather than fast.
let small = shipped + [.unsafeFlags(["-Osize"], .when(configuration: .release))]

/// How the client is linked.
let linking: [LinkerSetting] = [
    // One shared library less to load and relocate: a sixth of the program's start.
    .unsafeFlags(["-Xclang-linker", "-static-libgcc"], .when(platforms: [.linux])),
    // The toolchain's own linker: no symbols for other libraries, one copy of functions that are the same, no tables for
    // unwinding, since nothing in it is caught, and no names of characters, which CSwift stands in for.
    .unsafeFlags(
        [
            "-use-ld=lld", "-Xlinker", "--no-export-dynamic", "-Xlinker", "--icf=safe", "-Xlinker", "--no-eh-frame-hdr",
            "-Xlinker", Context.packageDirectory + "/Sources/cerebras/sections.ld",
            "-Xlinker", "--wrap=_swift_stdlib_getScalarName",
        ], .when(platforms: [.linux], configuration: .release)),
]

/// What a newcomer to a module opens first; it is not compiled.
let guide = ["Module.md"]

let package = Package(
    name: "cerebras",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "cerebras", targets: ["cerebras"]),
        .executable(name: "cerebras-sandbox", targets: ["cerebras-sandbox"]),
    ],
    dependencies: [
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        // The shipped client. Nothing in this group imports Foundation.
        .executableTarget(
            name: "cerebras", dependencies: ["CLI", "Platform", "CAllocator", "CSwift"], exclude: ["sections.ld"],
            swiftSettings: shipped,
            linkerSettings: linking),
        .target(
            name: "CLI",
            dependencies: [
                "Flags", "Batch", "Client", "API", "HTTP", "Logprobs", "Evaluation", "Rendering", "JSON", "Platform",
            ], exclude: guide,
            swiftSettings: small),
        .target(
            name: "Batch", dependencies: ["Client", "API", "HTTP", "JSON", "Platform"], exclude: guide,
            swiftSettings: shipped),
        .target(
            name: "Client", dependencies: ["API", "HTTP", "JSON", "Compression", "Platform"], exclude: guide,
            swiftSettings: shipped),
        .target(name: "Flags", dependencies: ["Platform"], exclude: guide, swiftSettings: small),
        .target(
            name: "Rendering", dependencies: ["Logprobs", "API", "JSON", "Platform"], exclude: guide,
            swiftSettings: shipped),
        .target(
            name: "Evaluation", dependencies: ["Logprobs", "API", "JSON", "Platform"], exclude: guide,
            swiftSettings: small),
        .target(
            name: "Logprobs", dependencies: ["API", "JSON", "Platform"], exclude: guide, swiftSettings: shipped
        ),
        .target(name: "API", dependencies: ["JSON", "Platform"], exclude: guide, swiftSettings: shipped),
        .target(name: "JSON", dependencies: ["Platform"], exclude: guide, swiftSettings: shipped),
        .target(name: "HTTP", dependencies: ["CCurl", "Platform"], exclude: guide, swiftSettings: shipped),
        .target(name: "Compression", dependencies: ["CZlib"], exclude: guide, swiftSettings: shipped),
        .target(name: "Platform", dependencies: ["CLinux"], exclude: guide, swiftSettings: shipped),
        .systemLibrary(name: "CLinux"),
        // In the program alone, not in the tests: it stands in front of the C library's allocator. valgrind reads no later
        // form of what debuggers are told.
        .target(name: "CAllocator", cSettings: [.unsafeFlags(["-gdwarf-4"])]),
        // In the program alone: it stands in front of functions of Swift's library that cost time and space. As above.
        .target(name: "CSwift", cSettings: [.unsafeFlags(["-gdwarf-4"])]),
        // Loads libcurl when the first request is made; only its headers are needed here. As above for valgrind.
        .target(name: "CCurl", cSettings: [.unsafeFlags(["-gdwarf-4"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // The offline server.
        .executableTarget(name: "cerebras-sandbox", dependencies: ["Sandbox"], swiftSettings: settings),
        .target(
            name: "Sandbox",
            dependencies: [
                "Flags", "JSON", "Compression", "Platform",
                .product(name: "FlyingFox", package: "FlyingFox"), .product(name: "FlyingSocks", package: "FlyingFox"),
            ], exclude: guide,
            resources: [.embedInCode("Corpus.txt")],
            swiftSettings: settings),

        // Tests mirror Sources.
        .target(
            name: "TestSupport",
            dependencies: [
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            path: "Tests/TestSupport",
            swiftSettings: settings),
        .testTarget(name: "TestSupportTests", dependencies: ["TestSupport"], swiftSettings: settings),
        .testTarget(name: "PlatformTests", dependencies: ["Platform", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: settings),
        .testTarget(name: "FlagsTests", dependencies: ["Flags"], swiftSettings: settings),
        .testTarget(name: "APITests", dependencies: ["API", "JSON", "Platform"], swiftSettings: settings),
        .testTarget(
            name: "HTTPTests", dependencies: ["HTTP", "CCurl", "Platform", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "ClientTests", dependencies: ["Client", "API", "HTTP", "Compression", "Platform"],
            swiftSettings: settings),
        .testTarget(
            name: "BatchTests",
            dependencies: ["Batch", "Client", "API", "HTTP", "JSON", "Platform", "Sandbox", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "LogprobsTests", dependencies: ["Logprobs", "API", "JSON", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "EvaluationTests", dependencies: ["Evaluation", "Logprobs", "API", "JSON", "Platform"],
            swiftSettings: settings),
        .testTarget(
            name: "RenderingTests", dependencies: ["Rendering", "Logprobs", "API", "JSON", "TestSupport"],
            swiftSettings: settings),
        .testTarget(name: "CompressionTests", dependencies: ["Compression", "CZlib"], swiftSettings: settings),
        .testTarget(
            name: "CLITests",
            dependencies: [
                "CLI", "Batch", "Flags", "Client", "API", "HTTP", "JSON", "Platform", "Logprobs", "Evaluation",
                "Rendering", "TestSupport",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "SandboxTests", dependencies: ["Sandbox", "CLI", "Flags", "JSON", "Compression", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["CLI", "Flags", "JSON", "Compression", "TestSupport"],
            exclude: ["Cases"],
            swiftSettings: settings),
    ]
)
