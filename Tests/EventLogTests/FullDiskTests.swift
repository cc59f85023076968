import EventLog
import EventSourcing
import Foundation
import MusterTesting
import Postgres
import PostgresServer
import Testing

@Suite(.serialized, .needsSmallFileSystem, .timeLimit(.minutes(20)))
struct FullDiskTests {
    private let stream = Samples.stream("s")

    @Test
    func `A disk without room for events is unavailable, and the log recovers when there is room again`() async throws {
        try await withSmallFileSystem(mebibytes: 32) { disk, servers in
            #expect(chown(disk.path, try owner(of: servers), 0) == 0)
            try await servers.run("create tablespace small location '\(disk.path)'")
            try await servers.run("alter system set default_tablespace = small")
            try await servers.run("select pg_reload_conf()")
            let oracle = Oracle()
            try await servers.withLog { log in
                for _ in 0..<10 { try await write(to: log, oracle) }
                try disk.fill()
                var refused: [Append] = []
                for _ in 0..<4 {
                    let append = largeAppend()
                    refused.append(append)
                    try await expectDiskFull { _ = try await log.append(append) }
                }
                // What was refused was not written, and what was written is still read.
                let events = try await log.events(after: .origin, limit: 1_000)
                #expect(Set(events.map(\.id.command)).isDisjoint(with: refused.map(\.command)))
                #expect(events.count == 10)
                disk.free()
                for append in refused { oracle.note(append, try await log.append(append)) }
                try await oracle.check(log)
                #expect(try await log.tail() == Position(14))
            }
        }
    }

    @Test
    func `A disk without room for the server's own log stops the server, and nothing that was acknowledged is lost`()
        async throws
    {
        try await withSmallFileSystem(mebibytes: 96) { disk, servers in
            try await servers.primary.stop(.fast)
            try await servers.moveWriteAheadLog(to: disk.path)
            try await servers.primary.start()
            let oracle = Oracle()
            var configuration = LogConfiguration()
            configuration.patience = .milliseconds(500)
            try await servers.withLog(configuration: configuration) { log in
                try await write(to: log, oracle)
                try disk.fill()
                var failed: [Append] = []
                // The segments it has take some more.
                while failed.count < 3 {
                    let append = largeAppend()
                    do throws(AppendError) {
                        oracle.note(append, try await log.append(append))
                    } catch {
                        switch error {
                        case .outcomeUnknown, .unavailable: failed.append(append)
                        case .overloaded, .regressed, .invalid: throw error
                        }
                    }
                }
                disk.free()
                try await servers.primary.start()
                for append in failed { oracle.note(append, try await log.insist(on: append)) }
                try await servers.withLog { try await oracle.check($0) }
            }
        }
    }

    private func withSmallFileSystem(
        mebibytes: Int,
        _ body: (SmallFileSystem, Servers) async throws -> Void
    ) async throws {
        let directory = try TemporaryDirectory()
        let disk = try SmallFileSystem(at: directory.path + "/disk", mebibytes: mebibytes)
        defer {
            disk.unmount()
            directory.remove()
        }
        try await Servers.with { try await body(disk, $0) }
    }

    private func write(to log: Log, _ oracle: Oracle) async throws {
        let append = largeAppend()
        oracle.note(append, try await log.append(append))
    }

    /// An event that cannot be made smaller.
    private func largeAppend() -> Append {
        let bytes = (0..<150_000).map { _ in UInt8.random(in: 0 ... .max) }
        let data = Array("\"\(Data(bytes).base64EncodedString())\"".utf8)
        return Samples.append(
            StreamWrite(stream: stream, expected: .any, events: [NewEvent(type: EventType("Large"), data: data)])
        )
    }

    private func expectDiskFull(_ body: () async throws -> Void) async throws {
        await #expect {
            try await body()
        } throws: { error in
            guard case AppendError.unavailable(let reason) = error else { return false }
            return reason.contains("SQLSTATE 53100")
        }
    }

    private func owner(of servers: Servers) throws -> uid_t {
        let attributes = try FileManager.default.attributesOfItem(atPath: servers.dataDirectory)
        return try #require(attributes[.ownerAccountID] as? NSNumber).uint32Value
    }
}
