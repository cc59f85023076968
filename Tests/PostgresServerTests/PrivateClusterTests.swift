import Foundation
import Glibc
import Logging
import Testing

@testable import PostgresServer

// One after the other: each makes a server of its own, and many at once would only wait for the disk.
@Suite("A private cluster", .serialized)
struct PrivateClusterTests {
    @Test(
        "Starts from nothing, durable, on a socket alone, and keeps its data over a restart",
        .timeLimit(.minutes(20))
    )
    func startsFromNothing() async throws {
        try await withCluster { cluster in
            try await cluster.start()
            #expect(cluster.isRunning)
            try await cluster.sql("create table notes (note text); insert into notes values ('kept')")
            let settings = try await cluster.sql(
                """
                select string_agg(name || '=' || setting, ' ' order by name) from pg_settings
                where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses', 'data_checksums')
                """
            )
            #expect(
                settings == "data_checksums=on fsync=on full_page_writes=on listen_addresses= synchronous_commit=on"
            )
            let encoding = try await cluster.sql(
                "select pg_encoding_to_char(encoding) || ' ' || datcollate from pg_database where datname = 'postgres'"
            )
            #expect(encoding == "UTF8 C.UTF-8")
            try await cluster.restart()
            #expect(try await cluster.sql("select note from notes") == "kept")
        }
    }

    @Test("A fast stop ends the server, and stopping again does nothing", .timeLimit(.minutes(20)))
    func stops() async throws {
        try await withCluster { cluster in
            try await cluster.start()
            let processID = try #require(cluster.serverProcessID)
            try await cluster.stop(.fast)
            #expect(kill(processID, 0) != 0)
            #expect(cluster.isRunning == false)
            try await cluster.stop(.fast)
        }
    }

    @Test("An immediate stop loses nothing that was committed", .timeLimit(.minutes(20)))
    func immediateStop() async throws {
        try await withCluster { cluster in
            try await cluster.start()
            try await cluster.sql("create table notes (note text); insert into notes values ('kept')")
            try await cluster.stop(.immediate)
            try await cluster.start()
            #expect(try await cluster.sql("select note from notes") == "kept")
        }
    }

    @Test("A server whose process was killed is started again with its data", .timeLimit(.minutes(20)))
    func killedServer() async throws {
        try await withCluster { cluster in
            try await cluster.start()
            try await cluster.sql("create table notes (note text); insert into notes values ('kept')")
            let processID = try #require(cluster.serverProcessID)
            kill(processID, SIGKILL)
            while cluster.isRunning { await Task.yield() }
            #expect(FileManager.default.fileExists(atPath: cluster.directory + "/postgres/postmaster.pid"))
            try await cluster.start()
            #expect(cluster.serverProcessID != processID)
            #expect(try await cluster.sql("select note from notes") == "kept")
        }
    }

    @Test(
        "A session still busy when its server was killed delays the next start, and no more",
        .timeLimit(.minutes(20))
    )
    func busyLeftover() async throws {
        try await withCluster { cluster in
            try await cluster.start()
            let busy = Task { try? await cluster.sql("select sum(n) from generate_series(1, 20000000) n") }
            while try await cluster.sql("select count(*) from pg_stat_activity where query like '%generate_series(1%'")
                != "2"
            {}
            kill(try #require(cluster.serverProcessID), SIGKILL)
            while cluster.isRunning { await Task.yield() }
            try await cluster.start()
            #expect(try await cluster.sql("select 1") == "1")
            _ = await busy.value
        }
    }

    @Test("A stale file that names a living stranger does not hinder the start", .timeLimit(.minutes(20)))
    func reusedProcessID() async throws {
        try await withCluster { cluster in
            try await cluster.prepare()
            let path = cluster.directory + "/postgres/postmaster.pid"
            try "\(getpid())\n\(cluster.directory)/postgres\n1\n5432\n/tmp\n\n1 2\nready\n"
                .write(toFile: path, atomically: false, encoding: .utf8)
            #expect(cluster.isRunning == false)
            try await cluster.start()
            #expect(try await cluster.sql("select 1") == "1")
        }
    }

    @Test("A running server is taken over, and the last user to leave stops it", .timeLimit(.minutes(20)))
    func takesOver() async throws {
        try await withCluster { first in
            try await first.start()
            let processID = try #require(first.serverProcessID)
            let second = PrivateCluster(directory: first.directory, logger: Logger(label: "test"))
            try await second.start()
            #expect(second.serverProcessID == processID)
            try await first.leave()
            #expect(second.serverProcessID == processID)
            try await second.leave()
            #expect(second.isRunning == false)
        }
    }

    @Test("The server stands apart from our process group, where Ctrl-C goes", .timeLimit(.minutes(20)))
    func ownProcessGroup() async throws {
        try await withCluster { cluster in
            try await cluster.start()
            let processID = try #require(cluster.serverProcessID)
            #expect(getpgid(processID) == processID)
        }
    }

    @Test("The server, which may outlive us, inherits none of our open sockets", .timeLimit(.minutes(20)))
    func inheritsNothing() async throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        let name = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(listener)")
        try await withCluster { cluster in
            try await cluster.start()
            let open = "/proc/\(try #require(cluster.serverProcessID))/fd"
            let names = try FileManager.default.contentsOfDirectory(atPath: open)
                .compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: open + "/" + $0) }
            #expect(!names.isEmpty && !names.contains(name))
        }
    }

    @Test("Starts at the same time make one server", .timeLimit(.minutes(20)))
    func concurrentStarts() async throws {
        try await withCluster { cluster in
            try await withThrowingTaskGroup(of: Int32?.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let other = PrivateCluster(directory: cluster.directory, logger: Logger(label: "test"))
                        try await other.start()
                        return other.serverProcessID
                    }
                }
                var seen: Set<Int32?> = []
                for try await processID in group { seen.insert(processID) }
                #expect(seen.count == 1 && !seen.contains(nil))
            }
        }
    }

    @Test("Can be stopped from a cancelled task", .timeLimit(.minutes(20)))
    func stopsWhenCancelled() async throws {
        try await withCluster { cluster in
            try await cluster.start()
            let stopping = Task {
                while !Task.isCancelled { await Task.yield() }
                try await cluster.stop(.fast)
            }
            stopping.cancel()
            try await stopping.value
            #expect(cluster.isRunning == false)
        }
    }

    @Test("A start that is cancelled says so, and the next one succeeds", .timeLimit(.minutes(20)))
    func cancelledStart() async throws {
        try await withCluster { cluster in
            let starting = Task { try await cluster.start() }
            starting.cancel()
            await #expect(throws: CancellationError.self) { try await starting.value }
            try await cluster.start()
            #expect(try await cluster.sql("select 1") == "1")
        }
    }

    @Test("A directory too long for a socket gets a short one elsewhere", .timeLimit(.minutes(20)))
    func longDirectory() async throws {
        try await withCluster(name: String(repeating: "long-", count: 30)) { cluster in
            try await cluster.start()
            #expect(cluster.conninfo.hasPrefix("host='/tmp/muster-"))
            #expect(try await cluster.sql("select 1") == "1")
        }
    }

    @Test(
        "Odd names of directories work",
        .timeLimit(.minutes(20)),
        arguments: ["with space", "it's", "back\\slash", "com,ma", "街道"]
    )
    func oddNames(name: String) async throws {
        try await withCluster(name: name) { cluster in
            try await cluster.start()
            #expect(try await cluster.sql("select 1") == "1")
        }
    }

    @Test(
        "As root, a directory the server's user cannot reach gets its data elsewhere, behind a link",
        .enabled(if: geteuid() == 0, "only root changes users"),
        .timeLimit(.minutes(20))
    )
    func unreachableDirectory() async throws {
        try await withCluster(name: "closed/cluster") { cluster in
            let closed = (cluster.directory as NSString).deletingLastPathComponent
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: closed)
            try await cluster.start()
            let data = try FileManager.default.destinationOfSymbolicLink(atPath: cluster.directory + "/postgres")
            let home = (data as NSString).deletingLastPathComponent
            #expect(home.hasPrefix("/var/lib/muster-private/"))
            #expect(try await cluster.sql("select 1") == "1")
            try await cluster.stop(.fast)
            try FileManager.default.removeItem(atPath: home)
            await #expect(throws: ClusterError.dataMissing(link: cluster.directory + "/postgres", target: data)) {
                try await cluster.start()
            }
        }
    }

    @Test("Data of a version that is not installed is reported", .timeLimit(.minutes(20)))
    func versionMismatch() async throws {
        try await withCluster { cluster in
            try await cluster.prepare()
            try "9.6\n".write(toFile: cluster.directory + "/postgres/PG_VERSION", atomically: false, encoding: .utf8)
            let error = await #expect(throws: ClusterError.self) { try await cluster.start() }
            #expect(error?.description.contains("was made by PostgreSQL 9.6") == true)
        }
    }

    @Test("What a killed initdb left is cleared away", .timeLimit(.minutes(20)))
    func unfinishedCluster() async throws {
        try await withCluster { cluster in
            let left = cluster.directory + "/postgres.new-left01"
            try FileManager.default.createDirectory(atPath: left + "/base", withIntermediateDirectories: true)
            try await cluster.prepare()
            #expect(FileManager.default.fileExists(atPath: left) == false)
        }
    }

    @Test("A directory that is no cluster is left alone", .timeLimit(.minutes(20)))
    func notACluster() async throws {
        try await withCluster { cluster in
            try FileManager.default.createDirectory(
                atPath: cluster.directory + "/postgres",
                withIntermediateDirectories: true
            )
            await #expect(throws: ClusterError.notACluster(dataDirectory: cluster.directory + "/postgres")) {
                try await cluster.start()
            }
        }
    }

    @Test("A setting the server refuses is reported with the server's own words", .timeLimit(.minutes(20)))
    func refusedSetting() async throws {
        try await withCluster(settings: ["max_connections": "many"]) { cluster in
            let error = await #expect(throws: ClusterError.self) { try await cluster.start() }
            #expect(error?.description.contains("max_connections") == true)
            #expect(cluster.isRunning == false)
        }
    }
}

/// Runs `body` with a cluster not made yet, and takes it away afterwards.
private func withCluster(
    name: String = "cluster",
    settings: [String: String] = [:],
    _ body: (PrivateCluster) async throws -> Void
) async throws {
    let directory = try TemporaryDirectory(name: name)
    let cluster = PrivateCluster(directory: directory.path, settings: settings, logger: Logger(label: "test"))
    defer { directory.remove() }
    do {
        try await body(cluster)
    } catch {
        try? await cluster.stop(.immediate)
        throw error
    }
    try await cluster.stop(.immediate)
}

extension PrivateCluster {
    /// What psql prints for a statement.
    @discardableResult
    fileprivate func sql(_ statement: String) async throws -> String {
        let output = try await ChildProcess.run(
            ["psql", "--no-psqlrc", "-qAt", "-v", "ON_ERROR_STOP=1", "-d", conninfo, "-c", statement]
        )
        return output.trimmingCharacters(in: .newlines)
    }
}
