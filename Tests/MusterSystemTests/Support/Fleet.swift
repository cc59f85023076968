import EventSourcing
import Foundation
import MusterTesting
import PostgresServer
import Testing

/// The roles of one installation, each in a process of its own, any of which may be killed at any time.
actor Fleet {
    enum Part: CaseIterable {
        case gateway, oneProjector, otherProjector, worker, server
    }

    nonisolated let house: House
    nonisolated let door: Door
    nonisolated let keys: String
    private let listen: String
    private var children: [Part: Child] = [:]
    /// Those that were killed and are not started again yet.
    private var struck: Set<Part> = []

    /// Starts the server, migrates, and starts all roles.
    init(in house: House) async throws {
        self.house = house
        keys = house.directory + "/keys"
        listen = "127.0.0.1:\(try FreePort.find())"
        door = Door(url: "http://\(listen)", client: house.client)
        try await house.cluster.start()
        let migration = try await house.run(
            "muster",
            "migrate",
            "--database",
            house.cluster.conninfo,
            "--log",
            Neighbourhood.log
        )
        try #require(migration.status == 0, "\(migration.errors)")
        for part in Part.allCases where part != .server { try start(part) }
        try await isReady()
    }

    nonisolated func isReady() async throws {
        try await eventually("ready gateway") {
            try await startEnded()
            return (try? await door.get("/readyz").status) == 200
        }
    }

    /// Kills parts at the same time, as a power cut does, and starts each again after a while of its own.
    nonisolated func kill(_ blow: [(part: Part, pause: Duration)]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (part, pause) in blow { group.addTask { try await self.kill(part, for: pause) } }
            try await group.waitForAll()
        }
    }

    /// Starts those again that ended because they found no server when they started, as their units do. None may end
    /// otherwise.
    func startEnded() async throws {
        for (part, child) in children where !child.isRunning && !struck.contains(part) {
            let end = try await child.end()
            // Somebody else may have seen to it meanwhile.
            guard children[part] === child, !struck.contains(part) else { continue }
            try #require(end.status > 0, "\(part): \(end.status) \(end.errors)")
            try start(part)
        }
    }

    /// Starts a rebuild of a board beside the roles, as an operator does.
    nonisolated func startRebuild(of board: String) throws -> Child {
        try house.start("muster", ["rebuild", board, "--database", house.cluster.conninfo, "--keys", keys])
    }

    /// Sends a signal to a role, as one that stops it for a while.
    func send(_ signal: Int32, to part: Part) throws {
        try #require(children[part]).send(signal)
    }

    private func kill(_ part: Part, for pause: Duration) async throws {
        if part == .server {
            let server = try #require(house.cluster.serverProcessID)
            Foundation.kill(server, SIGKILL)
            // A start before its end would find it running still, and ready.
            while house.cluster.serverProcessID == server { try await Task.sleep(for: .milliseconds(1)) }
            try await Task.sleep(for: pause)
            try await house.cluster.start()
        } else {
            let child = try #require(children[part])
            struck.insert(part)
            defer { struck.remove(part) }
            child.send(SIGKILL)
            _ = try await child.end()
            try await Task.sleep(for: pause)
            try start(part)
        }
    }

    /// Asks all roles to stop, and expects that each does so in order.
    func stop() async throws {
        for child in children.values { child.send(SIGTERM) }
        for (part, child) in children {
            let end = try await child.end()
            #expect(end.status == 0, "\(part): \(end.errors)")
        }
    }

    private func start(_ part: Part) throws {
        let arguments: [String]
        switch part {
        case .gateway: arguments = ["gateway", "--listen", listen]
        case .oneProjector, .otherProjector: arguments = ["projector"]
        case .worker: arguments = ["worker"]
        case .server: return
        }
        let environment = ["MUSTER_DATABASE_URL": house.cluster.conninfo, "MUSTER_KEYS_DIRECTORY": keys]
        children[part] = try house.start("musterd", arguments, environment: environment)
    }
}
