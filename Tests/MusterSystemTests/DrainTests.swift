import AsyncHTTPClient
import Foundation
import MusterDomain
import NIOCore
import NIOHTTP1
import PostgresServer
import Testing

extension Processes {
    @Suite("Asked to stop") struct DrainTests {
        /// PostgreSQL writes everything down before it stops, which takes as long as its disk does.
        private static let stopOfPostgreSQL = Duration.seconds(120)

        @Test("muster up answers what it has in hand, ends its streams and stops with 0", .timeLimit(.minutes(20)))
        func everything() async throws {
            try await House.with { house in
                let daemon = try await house.upFounded()
                let load = Load(
                    resident: try await house.token(for: Neighbourhood.resident),
                    worker: try await house.token(for: Neighbourhood.gridWorker)
                )
                try await stopUnderLoad(daemon, load, in: house, within: .seconds(30))

                let next = try await house.up()
                try await load.repeatAll(on: next.door)
                next.child.send(SIGINT)
                let end = try await next.child.end(within: Self.stopOfPostgreSQL)
                #expect(end.status == 0)
                #expect(end.failures == [])
                #expect(!house.cluster.isRunning)
            }
        }

        @Test("musterd stops with 0 within the drain time of its file", .timeLimit(.minutes(20)))
        func daemon() async throws {
            try await House.with { house in
                try await house.cluster.start()
                let listen = "127.0.0.1:\(try FreePort.find())"
                let file = house.directory + "/musterd.yaml"
                try """
                database:
                  url: "\(house.cluster.conninfo)"
                http:
                  listen: \(listen)
                keys:
                  directory: \(house.directory)/keys
                drain:
                  seconds: 40
                """.write(toFile: file, atomically: true, encoding: .utf8)
                let migration = try await house.run(
                    "muster",
                    "migrate",
                    "--database",
                    house.cluster.conninfo,
                    "--log",
                    Neighbourhood.log
                )
                #expect(migration.status == 0, "\(migration.errors)")

                let child = try house.start("musterd", ["all", "--config", file])
                let daemon = House.Daemon(child: child, door: Door(url: "http://\(listen)", client: house.client))
                try await daemon.isReady()
                let keys = house.directory + "/keys"
                let administrator = try await house.token(for: Neighbourhood.administrator, keys: keys)
                try await daemon.door.post(Neighbourhood.founding, token: administrator)
                let load = Load(
                    resident: try await house.token(for: Neighbourhood.resident, keys: keys),
                    worker: try await house.token(for: Neighbourhood.gridWorker, keys: keys)
                )
                try await stopUnderLoad(daemon, load, keys: keys, in: house, within: .seconds(40))
            }
        }

        @Test("Without a database that works, musterd says so and ends", .timeLimit(.minutes(20)))
        func noDatabase() async throws {
            try await House.with { house in
                let end = try await house.run(
                    "musterd",
                    "worker",
                    "--database",
                    "host=\(house.directory) user=nobody dbname=town"
                )
                #expect(end.status == 1)
                #expect(end.errors.contains(house.directory))
                let unset = try await house.run("musterd", "gateway")
                #expect(unset.status == 1)
                #expect(unset.errors.contains("database.url"))
            }
        }

        /// Sends SIGTERM while commands pour in, a request is half sent, a lease waits and a board is watched.
        ///
        /// - Parameter limit: the drain time, before which it drains by itself; the lease would wait longer.
        private func stopUnderLoad(
            _ daemon: House.Daemon,
            _ load: Load,
            keys: String? = nil,
            in house: House,
            within limit: Duration
        ) async throws {
            let door = daemon.door
            let resident = try await house.token(for: Neighbourhood.resident, keys: keys)
            let police = try await house.token(for: Neighbourhood.property, keys: keys)
            let posting = Posting(Neighbourhood.report("R-half"))
            let (body, rest) = AsyncStream.makeStream(of: ByteBuffer.self)
            rest.yield(ByteBuffer(string: String(posting.json.prefix(20))))
            async let traffic: Void = load.run(on: door)
            async let half = door.send(
                .POST,
                "/v1/commands",
                headers: ["Content-Type": "application/json", "Authorization": "Bearer \(resident)"],
                body: .stream(body, length: .known(Int64(posting.json.utf8.count)))
            )
            async let lease = door.post("/v1/tasks/lease", json: #"{"max": 1, "waitSeconds": 50}"#, token: police)
            let stream = try await door.open(.GET, "/v1/boards/operations/events")
            async let watched: Int = stream.body.reduce(into: 0) { $0 += $1.readableBytes }
            try await eventually("load") { await load.acknowledged >= 40 }

            daemon.child.send(SIGTERM)
            let start = ContinuousClock.now
            try await eventually("closed door") { (try? await door.get("/healthz")) == nil }
            rest.yield(ByteBuffer(string: String(posting.json.dropFirst(20))))
            rest.finish()
            #expect(try await half.status == 201)
            #expect(try await lease.status == 200)
            #expect(try await watched > 0)
            await traffic
            // After that `muster up` stops PostgreSQL.
            try await eventually("end of the drain", within: limit + .seconds(10)) {
                !daemon.child.isRunning || daemon.child.output.contains("Stopping PostgreSQL")
            }
            #expect(ContinuousClock.now - start < limit)
            let end = try await daemon.child.end(within: Self.stopOfPostgreSQL)
            #expect(end.status == 0, "\(end.errors)")
            #expect(await load.surprises == [])
        }
    }
}
