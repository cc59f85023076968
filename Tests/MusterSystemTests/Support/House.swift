import AsyncHTTPClient
import Foundation
import Logging
import MusterDomain
import PostgresServer
import Synchronization
import Testing

/// A machine for one test: a directory, the programs started in it, and a client for their doors. Nothing of it is left
/// when the test is over.
final class House: Sendable {
    /// A running `muster up`, or `musterd` with a gateway.
    struct Daemon: Sendable {
        let child: Child
        let door: Door
    }

    let directory: String
    let client: HTTPClient
    private let children = Mutex<[Child]>([])

    private init() throws {
        directory = "\(NSTemporaryDirectory())muster-system-\(UUID().uuidString.prefix(8))"
        // As root the database server runs as another user, who must pass.
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755]
        )
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        client = HTTPClient(configuration: configuration)
    }

    /// Runs `body` in a new house.
    static func with(_ body: (House) async throws -> Void) async throws {
        let house = try House()
        do {
            try await body(house)
        } catch {
            try await house.close()
            throw error
        }
        try await house.close()
    }

    var data: String { directory + "/data" }
    var cluster: PrivateCluster { Self.cluster(in: data) }

    static func cluster(in directory: String) -> PrivateCluster {
        PrivateCluster(directory: directory, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    // MARK: - Programs

    func start(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws -> Child {
        let child = try Child(program, arguments, environment: environment, in: directory)
        children.withLock { $0.append(child) }
        return child
    }

    func run(_ program: String, _ arguments: String..., environment: [String: String] = [:]) async throws -> Child.End {
        try await start(program, arguments, environment: environment).end()
    }

    /// Starts `muster up` on the house's data, and waits until it is up.
    func up(_ options: String...) async throws -> Daemon {
        try await up(options)
    }

    /// `muster up` with the neighbourhood on record.
    func upFounded(_ options: String...) async throws -> Daemon {
        let daemon = try await up(options)
        try await daemon.door.post(Neighbourhood.founding, token: try await token(for: Neighbourhood.administrator))
        return daemon
    }

    /// A token made by `muster token`.
    func token(for actor: Actor, keys: String? = nil, log: String = Neighbourhood.log) async throws -> String {
        let end = try await run(
            "muster",
            "token",
            "--keys",
            keys ?? data + "/keys",
            "--log",
            log,
            "--role",
            actor.role.rawValue,
            "--person",
            actor.person.rawValue,
            "--party",
            actor.party.rawValue,
            "--territory",
            actor.territory.rawValue
        )
        try #require(end.status == 0, "\(end.errors)")
        return end.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func up(_ options: [String]) async throws -> Daemon {
        let child = try start("muster", ["up", "--data", data, "--port", "0"] + options)
        let line = try await child.line(containing: "  Boards ")
        let url = try #require(line.firstMatch(of: /http:\/\/[0-9.:]+/)?.output)
        return Daemon(child: child, door: Door(url: String(url), client: client))
    }

    // MARK: - Database

    /// Asks the log's tables, with psql as an operator would; one array a row.
    ///
    /// - Parameter conninfo: nil: the private cluster below the house's data.
    func sql(_ query: String, on conninfo: String? = nil) async throws -> [[String]] {
        let end = try await run(
            "/usr/bin/env",
            "psql",
            "--no-psqlrc",
            "--no-align",
            "--tuples-only",
            "--field-separator=|",
            "--set=ON_ERROR_STOP=1",
            "--dbname",
            conninfo ?? cluster.conninfo,
            "--command",
            query,
            environment: ["PGOPTIONS": "-c search_path=log_town,muster"]
        )
        try #require(end.status == 0, "\(end.errors)")
        return end.output.split(separator: "\n").map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        }
    }

    func number(_ query: String, on conninfo: String? = nil) async throws -> Int64 {
        let field = try await sql(query, on: conninfo).first?.first
        return try #require(field.flatMap { Int64($0) })
    }

    // MARK: - End

    private func close() async throws {
        for child in children.withLock({ $0 }) { child.send(SIGKILL) }
        try await client.shutdown()
        if FileManager.default.fileExists(atPath: data) { try await cluster.stop(.immediate) }
        try FileManager.default.removeItem(atPath: directory)
    }
}
