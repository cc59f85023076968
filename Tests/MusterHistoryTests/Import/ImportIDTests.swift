import EventSourcing
import Testing

@testable import MusterHistory

@Suite("Ids of imports")
struct ImportIDTests {
    @Test("a row's id follows from its mapping's name and its key alone, and never changes")
    func rowIsStable() {
        let id = ImportID.row(mapping: "sf-fire-calls", key: Array("200983546-E32".utf8))
        #expect(id.description == "0bfac3fa-2e8f-8488-9262-f14f23bf9fa1")
    }

    @Test("mapping and key are kept apart")
    func partsAreKeptApart() {
        #expect(ImportID.row(mapping: "a", key: Array("bc".utf8)) != ImportID.row(mapping: "ab", key: Array("c".utf8)))
    }

    @Test(
        "ids follow the number that their keys count with, the longest run of digits",
        arguments: [
            ("200983546-E32", 200_983_546), ("E32-0200983546", 200_983_546), ("2020/0000123/7", 123), ("12/34", 12),
            ("4294967298", 2), ("none", 0), ("", 0), ("１２３", 0),
        ] as [(String, UInt64)]
    )
    func rowsAreNeighbours(key: String, number: UInt64) {
        let id = ImportID.row(mapping: "calls", key: Array(key.utf8)).rawValue
        #expect(id.high >> 32 == number)
        #expect(id.high >> 12 & 0xF == 8 && id.low >> 62 == 0b10, "the marks of a version 8 UUID")
    }

    @Test("keys that count with the same number have ids of their own")
    func equalNumbersDiffer() {
        let ids = (0..<1_000).map { ImportID.row(mapping: "calls", key: Array("1234567-\($0)".utf8)) }
        #expect(Set(ids).count == 1_000)
    }

    @Test("the ids of start and end differ")
    func startAndFinish() throws {
        let mapping = try Samples.mapping()
        #expect(ImportID.start(sha256: "00", mapping: mapping) != ImportID.finish(sha256: "00", mapping: mapping))
    }
}
