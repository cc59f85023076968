import EventLog
import EventSourcing
import Evidence
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MusterDomain
import MusterGateway
import MusterTesting
import NIOCore
import Records
import Testing

/// `/v1/logs/<log>/…` and `/v1/receipts/<command>` over a log of 300 events.
@Suite(.testDatabase, .timeLimit(.minutes(20))) struct EvidenceDoorTests {
    private struct Door: Sendable {
        let client: any TestClientProtocol
        let fixture: GatewayFixture
        let log: Log

        func get(_ path: String, as actor: Actor? = nil) async throws -> TestResponse {
            var headers: HTTPFields = [.acceptLanguage: "en"]
            if let actor { headers[.authorization] = "Bearer \(try await fixture.token(of: actor))" }
            return try await client.executeRequest(uri: path, method: .get, headers: headers, body: nil)
        }

        func bytes(_ path: String) async throws -> [UInt8] {
            let answer = try await get(path)
            try #require(answer.status == .ok, "\(path)")
            return Array(buffer: answer.body)
        }
    }

    private func withDoor(
        openReading: GatewayConfiguration.OpenReading = .always,
        _ body: @escaping @Sendable (Door) async throws -> Void
    ) async throws {
        try await TestDatabase.current.withLog("e-\(UInt64.random(in: 0 ... .max))") { log in
            try await log.appendSamples(300)
            var fixture = try await GatewayFixture()
            fixture.seals = Seals(log: log)
            fixture.configuration.openReading = openReading
            let ready = fixture
            let application = Application(router: try ready.gateway.makeRouter())
            try await application.test(.router) { client in
                try await body(Door(client: client, fixture: ready, log: log))
            }
        }
    }

    @Test func `Before the first seal there is no checkpoint, and it is said when to ask again`() async throws {
        try await withDoor { door in
            let answer = try await door.get("/v1/logs/heyan/checkpoint")
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.headers[.retryAfter] == "1")
            #expect(answer.text.contains("\"not-sealed\""))
            #expect(try await door.get("/v1/logs/heyan/tile/0/000").status == .notFound)
        }
    }

    @Test func `The checkpoint is signed by a key of the list, and the tiles lead to it`() async throws {
        try await withDoor { door in
            try await SealWatch().seal(door.log, to: 300)
            let answer = try await door.get("/v1/logs/heyan/checkpoint")
            #expect(answer.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(answer.headers[.cacheControl] == "no-cache")
            let checkpoint = try SignedCheckpoint(encoded: answer.text)
            let keys = try await door.get("/v1/logs/heyan/keys").text.split(separator: "\n").map {
                try NoteKey(text: $0)
            }
            #expect(keys == (try SealWatch.ring(SealWatch.seed)).keys)
            try checkpoint.check(with: KeyRing(keys))

            let full = try await door.bytes("/v1/logs/heyan/tile/0/000")
            let edge = try await door.bytes("/v1/logs/heyan/tile/0/001.p/44")
            let above = try await door.bytes("/v1/logs/heyan/tile/1/000.p/1")
            let hashes = try #require([TreeHash](concatenated: full + edge))
            var tree = TreeEdge()
            for hash in hashes { tree.append(hash) }
            #expect(checkpoint.head == TreeHead(size: 300, root: tree.root))
            #expect(above == tree.levels[1].concatenated)

            let first = try EntryBundle.decode(try await door.bytes("/v1/logs/heyan/tile/entries/000"))
            let rest = try EntryBundle.decode(try await door.bytes("/v1/logs/heyan/tile/entries/001.p/44"))
            #expect((first + rest).map { TreeHash.leaf($0) } == hashes)
        }
    }

    @Test func `Tiles may be kept for ever, and are for anybody`() async throws {
        try await withDoor(openReading: .never) { door in
            try await SealWatch().seal(door.log, to: 300)
            let tile = try await door.get("/v1/logs/heyan/tile/0/000")
            #expect(tile.status == .ok)
            #expect(tile.headers[.contentType] == "application/octet-stream")
            #expect(tile.headers[.cacheControl] == "public, max-age=31536000, immutable")
            #expect(try await door.get("/v1/logs/heyan/checkpoint").status == .ok)
        }
    }

    @Test func `Entries take a token of somebody on duty where reading does`() async throws {
        try await withDoor(openReading: .never) { door in
            try await SealWatch().seal(door.log, to: 300)
            let path = "/v1/logs/heyan/tile/entries/000"
            #expect(try await door.get(path).status == .unauthorized)
            #expect(try await door.get(path, as: SmallTown.resident).status == .forbidden)
            let answer = try await door.get(path, as: SmallTown.fire)
            #expect(answer.status == .ok)
            #expect(answer.headers[.cacheControl] == "private, max-age=31536000, immutable")
        }
    }

    @Test(
        arguments: [
            "tile/0/002", "tile/0/001", "tile/0/001.p/45", "tile/0/1", "tile/8/000", "tile/entries/002",
            "tile/entries/1",
            "tile/data/000", "tile/", "tile/0/%30%30%30x", "checkpoints",
        ]
    )
    func `What the tree does not have is not found`(path: String) async throws {
        try await withDoor { door in
            try await SealWatch().seal(door.log, to: 300)
            #expect(try await door.get("/v1/logs/heyan/\(path)").status == .notFound)
        }
    }

    @Test func `Another log's evidence is not here`() async throws {
        try await withDoor { door in
            try await SealWatch().seal(door.log, to: 300)
            for path in ["checkpoint", "keys", "tile/0/000", "tile/entries/000"] {
                #expect(try await door.get("/v1/logs/other/\(path)").status == .notFound)
            }
        }
    }

    @Test func `A receipt is given once the command is sealed, to anybody who is somebody`() async throws {
        try await withDoor(openReading: .never) { door in
            try await SealWatch().seal(door.log, to: 300)
            let append = Samples.append(Samples.write(Samples.stream("mine"), count: 2))
            _ = try await door.log.append(append)
            let path = "/v1/receipts/\(append.command)"
            #expect(try await door.get(path).status == .unauthorized)
            let early = try await door.get(path, as: SmallTown.resident)
            #expect(early.status == .serviceUnavailable)
            #expect(early.headers[.retryAfter] == "1")

            try await SealWatch().seal(door.log, to: 302)
            let answer = try await door.get(path, as: SmallTown.resident)
            #expect(answer.status == .ok)
            let receipt = try Receipt.record.decode(Array(buffer: answer.body))
            #expect(receipt.items.map(\.entry.position.rawValue) == [301, 302])
            try receipt.check(with: try SealWatch.ring(SealWatch.seed))
        }
    }

    @Test(arguments: ["019388f2-6c1a-7c3e-9d55-0f6b1c2d3e4f", "nonsense", "-"])
    func `An unknown command has no receipt`(command: String) async throws {
        try await withDoor { door in
            try await SealWatch().seal(door.log, to: 300)
            let answer = try await door.get("/v1/receipts/\(command)")
            #expect(answer.status == .notFound)
            #expect(answer.text.contains("\"command-unknown\""))
        }
    }
}
