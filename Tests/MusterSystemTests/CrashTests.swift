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

        @Test("Kills lose no acknowledged command and repeat no effect", .timeLimit(.minutes(5)))
        func kills() async throws {
            var generator = Seed.generator(for: "kills")
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
                try await checkLog(of: load, after: founding, in: house)
                try await checkEffects(of: load, in: house)

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

        private func checkLog(of load: Load, after founding: Int64, in house: House) async throws {
            let bounds = try #require(
                try await house.sql("select count(*), min(position), max(position) from events").first
            )
            #expect(bounds[0] == bounds[2], "positions are dense")
            #expect(bounds[1] == "1")

            let rows = try await house.sql(
                """
                select command_id, min(position), max(position), count(*) from events
                where position > \(founding) group by command_id
                """
            )
            let inLog = Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0.dropFirst().compactMap { Int64($0) }) })
            for entry in await load.entries {
                let receipt = try #require(entry.receipt)
                let found = inLog[entry.posting.id.uuidString.lowercased()]
                #expect(found == [receipt.first, receipt.last, receipt.last - receipt.first + 1])
            }
        }

        private func checkEffects(of load: Load, in house: House) async throws {
            let reports = await load.reports
            let whistles = try await house.number("select count(*) from recorded_events where type = 'WhistleBlown'")
            // A matter that was raised by hand may be whistled before anybody is sent to look, and then nobody is.
            let assigned = """
                select count(*), count(distinct stream) from recorded_events
                where type = 'InvestigatorAssigned' and stream like 'matter-R-%'
                """
            try await eventually("reactions to everything") {
                guard try await house.number(assigned) >= reports else { return false }
                return try await house.number("select count(*) from tasks") >= 2 * whistles
            }
            #expect(try await house.sql(assigned) == [["\(reports)", "\(reports)"]], "one investigator a report")
            let raised = try await house.sql(
                """
                select count(*), count(distinct data->>'report') from recorded_events
                where type = 'MatterRaised' and data->>'report' is not null
                """
            )
            #expect(raised == [["\(reports)", "\(reports)"]], "one matter a report")
            let tasks = try await house.sql("select count(*), count(distinct (agency, unique_key)) from tasks")
            #expect(tasks == [["\(2 * whistles)", "\(2 * whistles)"]], "one task for each department called")
        }
    }
}
