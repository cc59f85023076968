import Testing

@testable import MusterHistory

@Suite("Progress of imports")
struct ImportProgressTests {
    private func progress(_ bytes: Int, of total: Int, after elapsed: Duration, rows: Int = 0) -> ImportProgress {
        ImportProgress(rows: rows, bytes: bytes, totalBytes: total, elapsed: elapsed)
    }

    @Test("the time left is that of the bytes left, at the rate so far")
    func remaining() {
        #expect(progress(250, of: 1_000, after: .seconds(10)).remaining == .seconds(30))
        #expect(progress(1_000, of: 1_000, after: .seconds(40)).remaining == .zero)
        #expect(progress(1, of: 4, after: .milliseconds(500)).remaining == .milliseconds(1_500))
    }

    @Test("before anything was read, no time left is said")
    func unknown() {
        #expect(progress(0, of: 1_000, after: .seconds(10)).remaining == nil)
        #expect(progress(10, of: 1_000, after: .zero).remaining == nil)
        #expect(progress(0, of: 1_000, after: .zero).rowsPerSecond == 0)
    }

    @Test("the rate is of rows whose fate is known")
    func rate() {
        #expect(progress(1, of: 2, after: .milliseconds(1_500), rows: 3_000).rowsPerSecond == 2_000)
    }

    @Test("an import tells how far it is after each batch, to its end")
    func told() async throws {
        let file = try TemporaryFile(text: Samples.rows(1...2_500))
        var told: [ImportProgress] = []
        let summary = try await Importer(log: MemoryLog()).run(
            input: file.path,
            mapping: Samples.mapping(),
            progress: { told.append($0) }
        )
        #expect(told.map(\.rows) == [1_000, 2_000, 2_500])
        #expect(told.allSatisfy { $0.totalBytes == summary.byteCount && $0.bytes <= $0.totalBytes })
        #expect(told.last?.bytes == summary.byteCount)
        #expect(told.last?.remaining == .zero)
    }
}
