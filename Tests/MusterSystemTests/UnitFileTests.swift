import Foundation
import Testing

/// The units of `deploy/systemd`, as systemd itself reads them.
@Suite("Units", .enabled(if: UnitFiles.analyzer != nil, "systemd-analyze is not installed (apt-get install systemd)"))
struct UnitFileTests {
    @Test("systemd finds nothing to complain about", .timeLimit(.minutes(20)))
    func verify() throws {
        let units = try UnitFiles()
        defer { units.remove() }
        let (status, output) = try units.analyze(["verify", "./muster.target"] + UnitFiles.roles.map(units.path(of:)))
        #expect(output == "")
        #expect(status == 0)
    }

    @Test("Each role is as locked up as we promise", .timeLimit(.minutes(20)), arguments: UnitFiles.roles)
    func exposure(role: String) throws {
        let units = try UnitFiles()
        defer { units.remove() }
        let (status, output) = try units.analyze(["security", "--offline=true", "--threshold=15", units.path(of: role)])
        #expect(status == 0, "\(output)")
    }

    @Test("A role has more time to stop than it takes to drain")
    func drainFits() throws {
        let unit = try UnitFiles.text(of: "deploy/systemd/musterd@.service")
        let configuration = try UnitFiles.text(of: "deploy/musterd.yaml")
        let stop = try #require(unit.firstMatch(of: /TimeoutStopSec=(\d+)\n/)?.1)
        let drain = try #require(configuration.firstMatch(of: /drain:\n(?: *#.*\n)* *seconds: (\d+)\n/)?.1)
        #expect(try #require(Int(stop)) >= #require(Int(drain)) + 5)
    }
}

/// A copy of the units in a directory of its own, one file per role, each with a program that exists.
private struct UnitFiles {
    static let roles = ["gateway", "projector", "worker", "all"]
    private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static var analyzer: URL? {
        ["/usr/bin/systemd-analyze", "/bin/systemd-analyze"].first { FileManager.default.isExecutableFile(atPath: $0) }
            .map { URL(filePath: $0) }
    }

    static func text(of path: String) throws -> String {
        try String(contentsOf: repository.appending(path: path), encoding: .utf8)
    }

    private let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "muster-units-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: Self.repository.appending(path: "deploy/systemd"), to: directory)
        let template = directory.appending(path: "musterd@.service")
        let unit = try String(contentsOf: template, encoding: .utf8)
            .replacing("ExecStart=musterd ", with: "ExecStart=/bin/true ")
        try unit.write(to: template, atomically: true, encoding: .utf8)
        for role in Self.roles {
            try unit.write(to: directory.appending(path: "musterd@\(role).service"), atomically: true, encoding: .utf8)
        }
    }

    func remove() {
        try? FileManager.default.removeItem(at: directory)
    }

    func path(of role: String) -> String { "./musterd@\(role).service" }

    func analyze(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = Self.analyzer
        process.arguments = arguments
        process.currentDirectoryURL = directory
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
