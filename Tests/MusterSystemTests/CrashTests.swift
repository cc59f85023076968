import EventSourcing
import Foundation
import MusterTesting
import PostgresServer
import Testing

extension Processes {
    /// The promise of the README: nothing acknowledged is lost, nothing is done twice, whatever is killed.
    @Suite("Killed at any moment") struct CrashTests {
        private enum Blow: String, CaseIterable {
            case whileServing, whileStarting, database, whileCatchingUp
        }

        @Test("Kills lose no acknowledged command and repeat no effect", .timeLimit(roundsWithin: 20), .namesSeed)
        func kills() async throws {
            try await Rounds.run("kills", share: 0.4) { try await kills(seed: $0) }
        }

        @Test(
            "Roles that are killed lose nothing, and boards stay the fold of the log",
            .timeLimit(roundsWithin: 20),
            .namesSeed
        )
        func roles() async throws {
            try await Rounds.run("killed roles") { try await killRoles(seed: $0) }
        }

        @Test("A stored row that is not what the log says would be noticed", .timeLimit(.minutes(20)))
        func oracle() async throws {
            try await House.with { house in
                let daemon = try await house.upFounded()
                let token = try await house.token(for: Neighbourhood.gridWorker)
                let receipt = try await daemon.door.post(Posting(Neighbourhood.matter("M-1")), token: token).receipt()
                try await house.checkBoards(reach: Position(receipt.last))
                daemon.child.send(SIGTERM)
                #expect(try await daemon.child.end().status == 0)
                let cluster = house.cluster
                try await cluster.start()
                _ = try await house.sql(
                    "delete from board_generation_rows where (board, key) = (select board, key from board_rows limit 1)"
                )
                #expect(try await house.compareBoards().differing.count == 1)
            }
        }

        private func killRoles(seed: UInt64) async throws {
            var generator = SeededGenerator(seed: seed)
            try await House.with { house in
                let fleet = try await Fleet(in: house)
                try await fleet.door.post(
                    Neighbourhood.founding,
                    token: try await house.token(for: Neighbourhood.administrator, keys: fleet.keys)
                )
                let founding = try await house.number("select max(position) from events")
                let load = Load(
                    resident: try await house.token(for: Neighbourhood.resident, keys: fleet.keys),
                    worker: try await house.token(for: Neighbourhood.gridWorker, keys: fleet.keys)
                )
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        // A client that was cut off comes again.
                        while !Task.isCancelled {
                            await load.run(on: fleet.door)
                            // Only cancellation ends it early, and then the loop ends by itself.
                            try? await Task.sleep(for: .milliseconds(200))
                        }
                    }
                    defer { group.cancelAll() }
                    var parts = Fleet.Part.allCases.shuffled(using: &generator)
                    while !parts.isEmpty {
                        let blow = parts.prefix(Int.random(in: 1...2, using: &generator)).map { part in
                            (part: part, pause: Duration.milliseconds(Int.random(in: 0...500, using: &generator)))
                        }
                        parts.removeFirst(blow.count)
                        let target = await load.acknowledged + Int.random(in: 10...60, using: &generator)
                        try await eventually("acknowledged commands") {
                            try await fleet.startEnded()
                            return await load.acknowledged >= target
                        }
                        let delay = Duration.milliseconds(Int.random(in: 0...600, using: &generator))
                        try await endLeaseOfRebuild(in: house)
                        async let rebuild: Void = killRebuild(beside: fleet, after: delay)
                        try await fleet.kill(blow)
                        try await rebuild
                        try await house.checkBoards()
                    }
                    try await fleet.isReady()
                }
                #expect(await load.surprises == [])

                try await load.repeatAll(on: fleet.door)
                try await house.checkLog(of: load, after: founding)
                try await house.checkEffects(of: load)
                try await house.checkBoards(reach: Position(try await house.number("select max(position) from events")))
                try await checkRebuild(beside: fleet)
                try await fleet.stop()
            }
        }

        /// Starts a rebuild and kills it at a moment that is chosen by chance; it may have ended by then, or found no
        /// server.
        private func killRebuild(beside fleet: Fleet, after delay: Duration) async throws {
            let rebuild = try fleet.startRebuild(of: "operations")
            try await Task.sleep(for: delay)
            rebuild.send(SIGKILL)
            let end = try await rebuild.end()
            #expect(!end.output.contains("DIFFERENT"), "\(end.output)")
        }

        /// As if the lease of the one that was killed before had run out: the next would only wait for that.
        private func endLeaseOfRebuild(in house: House) async throws {
            let end = """
                update board_generations set held_until = clock_timestamp()
                where (board, generation) not in (select board, generation from live_boards) and holder <> ''
                """
            _ = try await house.sql(end)
        }

        /// A rebuild that was killed can be started again, finds nothing that differs, and leaves nothing of the killed.
        private func checkRebuild(beside fleet: Fleet) async throws {
            let house = fleet.house
            let end = try await fleet.startRebuild(of: "operations").end()
            #expect(end.status == 0, "\(end.output)\(end.errors)")
            #expect(end.output.contains("\nEQUAL: readers get the new rows now"), "\(end.output)\(end.errors)")
            for table in ["board_generations", "board_generation_rows"] {
                let generations = "select count(distinct generation) from \(table) where board = 'operations'"
                #expect(try await house.number(generations) == 2, "live and kept in \(table)")
            }
            // The projector that wrote the earlier rows goes on with the new ones.
            let tail = try await house.number("select max(position) from events")
            let resident = try await house.token(for: Neighbourhood.resident, keys: fleet.keys)
            let posting = Posting(Neighbourhood.report("R-after-rebuild"))
            #expect(try await fleet.door.post(posting, token: resident).status == 201)
            try await house.checkBoards(reach: Position(tail + 1))
        }

        private func kills(seed: UInt64) async throws {
            var generator = SeededGenerator(seed: seed)
            try await House.with { house in
                var daemon = try await house.upFounded()
                let founding = try await house.number("select max(position) from events")
                let load = Load(
                    resident: try await house.token(for: Neighbourhood.resident),
                    worker: try await house.token(for: Neighbourhood.gridWorker)
                )
                for blow in Blow.allCases.shuffled(using: &generator) + [.whileServing] {
                    let target = await load.acknowledged + Int.random(in: 10...120, using: &generator)
                    let door = daemon.door
                    async let traffic: Void = load.run(on: door)
                    try await eventually("acknowledged commands") { await load.acknowledged >= target }
                    let delay = Duration.milliseconds(Int.random(in: 0...400, using: &generator))
                    try await strike(blow, at: daemon, in: house, after: delay)
                    await traffic
                    daemon = try await house.up()
                }
                #expect(await load.surprises == [])

                try await load.repeatAll(on: daemon.door)
                try await house.checkLog(of: load, after: founding)
                try await house.checkEffects(of: load)
                try await house.checkBoards(reach: Position(try await house.number("select max(position) from events")))

                daemon.child.send(SIGTERM)
                #expect(try await daemon.child.end().status == 0)
            }
        }

        /// Kills what the blow means, and leaves no daemon running.
        private func strike(_ blow: Blow, at daemon: House.Daemon, in house: House, after delay: Duration) async throws
        {
            switch blow {
            case .whileServing:
                daemon.child.send(SIGKILL)
                _ = try await daemon.child.end()
            case .whileStarting, .whileCatchingUp:
                daemon.child.send(SIGKILL)
                _ = try await daemon.child.end()
                let next = try house.start("muster", ["up", "--data", house.data, "--port", "0"])
                _ = try await next.line(containing: blow == .whileStarting ? "Starting PostgreSQL" : "  Boards ")
                // Nothing is awaited: the moment is chosen by chance.
                try await Task.sleep(for: delay)
                next.send(SIGKILL)
                _ = try await next.end()
            case .database:
                let server = try #require(house.cluster.serverProcessID)
                kill(server, SIGKILL)
                // The daemon stays, starts the server again and serves; then it is asked to stop.
                try await eventually("a new server, and a daemon that is ready on it") {
                    guard let next = house.cluster.serverProcessID, next != server else { return false }
                    return try await daemon.door.get("/readyz").status == 200
                }
                daemon.child.send(SIGTERM)
                #expect(try await daemon.child.end().status == 0)
            }
        }
    }
}
