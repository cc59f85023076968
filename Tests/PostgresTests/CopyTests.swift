import Postgres
import Testing

@Suite("Copy", .timeLimit(.minutes(20)))
struct CopyTests {
    static let into = Statement("tests_copy_in", "copy copied from stdin")
    static let out = Statement("tests_copy_out", "copy copied to stdout")
    static let count = Statement("tests_copy_count", "select count(*), sum(n)::int8 from copied")
    /// Endless for a test: the series stands where the server makes it row by row.
    static let endless = Statement(
        "tests_copy_endless",
        "copy (select generate_series(1, 1000000000), repeat('x', 1000)) to stdout"
    )

    private struct Stop: Error {}

    private func withTable<T>(
        _ body: (Connection) async throws -> T,
        _ change: (inout ConnectionConfiguration) -> Void = { _ in }
    ) async throws -> T {
        try await TestDatabase.withConnection(change) { connection in
            try await connection.script("create temporary table copied (n int8, t text)")
            return try await body(connection)
        }
    }

    private func chunks(_ chunks: [[UInt8]], failure: (any Error)? = nil) -> AsyncThrowingStream<[UInt8], any Error> {
        AsyncThrowingStream { continuation in
            for chunk in chunks { continuation.yield(chunk) }
            continuation.finish(throwing: failure)
        }
    }

    @Test("Rows cut anywhere arrive whole")
    func copyIn() async throws {
        let text = (1...2000).map { "\($0)\t行 \($0)\n" }.joined()
        let bytes = Array(text.utf8)
        let pieces = stride(from: 0, to: bytes.count, by: 7).map { Array(bytes[$0..<min($0 + 7, bytes.count)]) }
        try await withTable { connection in
            #expect(try await connection.copyIn(Self.into, chunks(pieces)) == 2000)
            let (count, sum) = try await connection.query(Self.count)[0].decode(Int64.self, Int64.self)
            #expect((count, sum) == (2000, 2_001_000))
        }
    }

    @Test("One chunk of many megabytes is taken")
    func largeChunk() async throws {
        let line = "1\t\(String(repeating: "x", count: 1000))\n"
        let chunk = Array(String(repeating: line, count: 20_000).utf8)
        try await withTable { connection in
            let copied = try await connection.copyIn(Self.into, chunks([chunk]))
            #expect(copied == 20_000)
        }
    }

    @Test("A row the server refuses fails the copy, and the connection goes on")
    func refusedRow() async throws {
        try await withTable { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.copyIn(Self.into, chunks([Array("not a number\tx\n".utf8)]))
            }
            #expect(error?.sqlState == .invalidTextRepresentation)
            #expect(await connection.isReusable)
        }
    }

    @Test("When the source fails nothing is kept, and its error is thrown on")
    func failingSource() async throws {
        try await withTable { connection in
            await #expect(throws: Stop.self) {
                try await connection.copyIn(Self.into, chunks([Array("1\tx\n".utf8)], failure: Stop()))
            }
            let count = try await connection.query(Self.count)[0].value(0, as: Int64.self)
            #expect(count == 0)
        }
    }

    @Test("Rows come out whole and in order")
    func copyOut() async throws {
        try await withTable { connection in
            try await connection.script("insert into copied select i, 'x' from generate_series(1, 100000) i")
            var bytes: [UInt8] = []
            let count = try await connection.copyOut(Self.out) { chunk in
                #expect(chunk.last == UInt8(ascii: "\n"))
                bytes += chunk
            }
            #expect(count == 100_000)
            #expect(bytes == Array((1...100_000).map { "\($0)\tx\n" }.joined().utf8))
        }
    }

    @Test("A body that throws ends an endless copy")
    func stoppedCopyOut() async throws {
        try await TestDatabase.withConnection { connection in
            var chunks = 0
            await #expect(throws: Stop.self) {
                try await connection.copyOut(Self.endless) { _ in
                    chunks += 1
                    if chunks == 3 { throw Stop() }
                }
            }
            #expect(await connection.isReusable)
        }
    }

    @Test("An endless copy ends by its deadline")
    func deadline() async throws {
        try await TestDatabase.withConnection { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await withDeadline(.milliseconds(200)) { try await connection.copyOut(Self.endless) { _ in } }
            }
            #expect(error?.kind == .deadline)
            #expect(await connection.isReusable)
        }
    }

    @Test("A statement that does not copy is refused")
    func noCopy() async throws {
        try await TestDatabase.withConnection { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.copyOut(Statement("tests_no_copy", "select 1")) { _ in }
            }
            #expect(error?.kind == .protocolViolation)
        }
    }

    @Test("A copy the server refuses to begin leaves the connection ready")
    func refusedCopy() async throws {
        try await TestDatabase.withConnection { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.copyOut(Statement("tests_copy_nothing", "copy no_such_table to stdout")) { _ in }
            }
            #expect(error?.sqlState == .undefinedTable)
            #expect(await connection.isReusable)
        }
    }
}
