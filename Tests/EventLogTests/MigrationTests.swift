import EventSourcing
import Foundation
import Logging
import MusterTesting
import Postgres
import Testing

@testable import EventLog

@Suite
struct MigrationHistoryTests {
    private let known = [Migration(1, "one", [1]), Migration(2, "two", [2])]

    @Test
    func `Nothing applied leaves everything to be applied`() throws {
        #expect(try MigrationHistory.pending(known, applied: [], schema: "s").map(\.number) == [1, 2])
    }

    @Test
    func `A beginning that was applied is not applied again`() throws {
        #expect(try MigrationHistory.pending(known, applied: [applied(known[0])], schema: "s").map(\.number) == [2])
    }

    @Test
    func `A gap is refused`() {
        #expect(throws: LogDatabaseError.migrationGap(schema: "s", expected: 1, found: 2)) {
            try MigrationHistory.pending(known, applied: [applied(known[1])], schema: "s")
        }
    }

    @Test
    func `A changed text is refused`() {
        #expect(throws: LogDatabaseError.migrationChanged(schema: "s", number: 1, name: "one")) {
            try MigrationHistory.pending(known, applied: [applied(Migration(1, "one", [9]))], schema: "s")
        }
    }

    @Test
    func `A version from the future is refused`() {
        #expect(throws: LogDatabaseError.schemaFromFuture(schema: "s", number: 3, name: "three")) {
            try MigrationHistory.pending(
                known,
                applied: (known + [Migration(3, "three", [3])]).map(applied),
                schema: "s"
            )
        }
    }

    @Test(arguments: [Migration.database, Migration.log])
    func `The program's own migrations are numbered without a gap and hold SQL`(list: [Migration]) {
        #expect(list.map(\.number) == Array(1...Int32(list.count)))
        #expect(list.map(\.sql).count { $0.contains("create ") } == list.count)
    }

    @Test(arguments: [("database", Migration.database), ("log", Migration.log)])
    func `Every file of the schema is a migration, under its number and name`(folder: String, list: [Migration]) throws
    {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../schemas/sql/\(folder)").standardizedFileURL.path
        let files = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".sql") }.sorted()
        let names = list.map { migration in
            let number = String(migration.number)
            return "\(String(repeating: "0", count: 4 - number.count))\(number)_\(migration.name).sql"
        }
        #expect(files == names)
        for (file, migration) in zip(files, list) {
            #expect(try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8) == migration.sql)
        }
    }

    private func applied(_ migration: Migration) -> MigrationHistory.Applied {
        MigrationHistory.Applied(number: migration.number, name: migration.name, checksum: migration.checksum)
    }
}

@Suite(.testDatabase, .serialized)
struct LogDatabaseTests {
    private let database: LogDatabase
    private let name: LogName

    init() throws {
        let test = try TestDatabase.current
        database = LogDatabase(conninfo: test.conninfo, logger: test.logger)
        name = try #require(LogName("shan-xi"))
    }

    @Test(.timeLimit(.minutes(20)))
    func `An empty database asks for a migration`() async throws {
        await #expect(throws: LogDatabaseError.schemaBehind(schema: "muster")) { try await database.openLog(name) }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Many processes may migrate at the same time`() async throws {
        try await withThrowingTaskGroup { group in
            for _ in 0..<4 { group.addTask { try await database.migrate() } }
            try await group.waitForAll()
        }
        await #expect(throws: LogDatabaseError.noSuchLog(name)) { try await database.openLog(name) }
    }

    @Test(.timeLimit(.minutes(20)), arguments: LogMode.allCases)
    func `A log keeps the mode it was created with`(mode: LogMode) async throws {
        try await database.migrate()
        let name = try #require(LogName("mode-\(mode.rawValue)"))
        try await database.createLog(name, mode: mode)
        try await database.createLog(name, mode: mode)
        #expect(try await database.openLog(name).mode == mode)
        let other: LogMode = mode == .live ? .exercise : .live
        await #expect(throws: LogDatabaseError.modeDiffers(log: name, existing: mode, wanted: other)) {
            try await database.createLog(name, mode: other)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Logs are listed with their tails and do not see each other`() async throws {
        let test = try TestDatabase.current
        try await test.withLog("first") { log in
            _ = try await log.append(Samples.append(Samples.write(Samples.stream("a"), .noStream, count: 2)))
            try await test.withLog("second", mode: .exercise) { other in
                let tail = try await other.tail()
                #expect(tail == .origin)
            }
        }
        let tails = try await database.logs().filter { ["first", "second"].contains($0.name.rawValue) }.map(\.tail)
        #expect(tails == [Position(2), .origin])
    }

    @Test(.timeLimit(.minutes(20)))
    func `A schema of the future is not opened`() async throws {
        try await database.migrate()
        let name = try #require(LogName("future"))
        try await database.createLog(name, mode: .live)
        try await execute("insert into muster.migrations values ('log_future', 99, 'later', '\\x00', now())")
        await #expect(throws: LogDatabaseError.self) { try await database.openLog(name) }
        try await execute("delete from muster.migrations where number = 99")
        _ = try await database.openLog(name)
    }

    private func execute(_ sql: String) async throws {
        let test = try TestDatabase.current
        let connection = try await Connection.connect(
            ConnectionConfiguration(conninfo: test.conninfo),
            logger: test.logger
        )
        try await connection.script(sql)
        await connection.close()
    }
}
