import EventSourcing
import Foundation
import MusterTesting
import NIOHTTP1
import PostgresServer
import Testing

extension Processes {
    @Suite("A full disk", .needsSmallFileSystem) struct FullDiskTests {
        enum Contents: CaseIterable {
            case tables, writeAheadLog
        }

        @Test(
            "No room is a 503 that says when to come again, and nobody need restart anything once there is some",
            .timeLimit(.minutes(20)),
            arguments: Contents.allCases
        )
        func fill(contents: Contents) async throws {
            try await House.with { house in
                let disk = try SmallFileSystem(
                    at: house.directory + "/disk",
                    mebibytes: contents == .tables ? 32 : 96
                )
                defer { disk.unmount() }
                try await stop(try await house.upFounded())
                try await move(contents, to: disk, in: house)
                let daemon = try await house.up()
                let founding = try await house.number("select max(position) from events")
                let load = Load(
                    resident: try await house.token(for: Neighbourhood.resident),
                    worker: try await house.token(for: Neighbourhood.gridWorker)
                )

                try disk.fill()
                // Each client ends with its first command that is not taken.
                await load.run(on: daemon.door)
                #expect(await load.surprises == [])
                let refusals = await load.refusals
                #expect(!refusals.isEmpty)
                for refusal in refusals {
                    let type = refusal.headers.first(name: "Content-Type")
                    #expect(type?.hasPrefix("application/problem+json") == true)
                    #expect(refusal.headers.first(name: "Retry-After").flatMap { Int($0) } ?? 0 > 0)
                    #expect(refusal.body.contains("Send the same id again"))
                }

                disk.free()
                let report = Posting(Neighbourhood.matter("M-late"))
                let token = try await house.token(for: Neighbourhood.gridWorker)
                try await eventually("a command that is taken") {
                    guard let answer = try? await daemon.door.post(report, token: token) else { return false }
                    return [200, 201].contains(answer.status)
                }
                try await load.repeatAll(on: daemon.door)
                try await house.checkLog(of: load, after: founding)
                try await house.checkEffects(of: load)
                try await house.checkBoards(reach: Position(try await house.number("select max(position) from events")))
                try await stop(daemon)
            }
        }

        private func stop(_ daemon: House.Daemon) async throws {
            daemon.child.send(SIGTERM)
            #expect(try await daemon.child.end().status == 0)
        }

        /// Moves what the server writes to the small disk, while nothing runs.
        private func move(_ contents: Contents, to disk: SmallFileSystem, in house: House) async throws {
            let data = "\(house.data)/postgres"
            switch contents {
            case .tables:
                let owner = try FileManager.default.attributesOfItem(atPath: data)[.ownerAccountID] as? NSNumber
                #expect(chown(disk.path, try #require(owner).uint32Value, 0) == 0)
                let cluster = house.cluster
                try await cluster.start()
                _ = try await house.sql("create tablespace small location '\(disk.path)'")
                _ = try await house.sql("alter table all in tablespace pg_default set tablespace small")
                _ = try await house.sql("alter index all in tablespace pg_default set tablespace small")
                try await cluster.stop(.fast)
            case .writeAheadLog:
                let end = try await house.run("/bin/mv", "\(data)/pg_wal", "\(disk.path)/pg_wal")
                try #require(end.status == 0, "\(end.errors)")
                try FileManager.default.createSymbolicLink(
                    atPath: "\(data)/pg_wal",
                    withDestinationPath: "\(disk.path)/pg_wal"
                )
            }
        }
    }
}
