import EventSourcing
import Testing

@testable import MusterHistory

@Suite("Ids of imports")
struct ImportIDTests {
    @Test("a row's id follows from its mapping's name and its key alone, and never changes")
    func rowIsStable() {
        let id = ImportID.row(mapping: "sf-fire-calls", key: Array("200983546-E32".utf8))
        #expect(id.description == "d397502b-2e8f-8488-9262-f14f23bf9fa1")
    }

    @Test("mapping and key are kept apart")
    func partsAreKeptApart() {
        #expect(ImportID.row(mapping: "a", key: Array("bc".utf8)) != ImportID.row(mapping: "ab", key: Array("c".utf8)))
    }

    @Test("the ids of start and end differ")
    func startAndFinish() throws {
        let mapping = try Samples.mapping()
        #expect(ImportID.start(sha256: "00", mapping: mapping) != ImportID.finish(sha256: "00", mapping: mapping))
    }
}
