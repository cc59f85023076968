import Testing

@testable import MusterHistory

@Suite("Conformance to a path")
struct ConformanceTests {
    private func conformance(_ cases: [String], to path: String) throws -> ConformanceStatistics {
        let analysis = try LogTables.analysis(LogTables.columns(cases)) {
            $0.path = path.split(separator: " ").map(String.init)
        }
        return try #require(analysis.conformance)
    }

    @Test("cases that keep to it are perfect")
    func perfect() throws {
        let result = try conformance(["a b c", "a b c"], to: "a b c")
        #expect(result.perfect == 2)
        #expect(result.fitness == 1)
        #expect(result.deviations.isEmpty)
    }

    @Test("a missing step is named, and costs one of all steps")
    func skipped() throws {
        let result = try conformance(["a c"], to: "a b c")
        #expect(result.deviations.map(\.kind) == [.skipped])
        #expect(result.deviations.first?.step.name == "b")
        #expect(result.fitness == 1 - 1.0 / 5)
    }

    @Test("a step besides the path is named")
    func extra() throws {
        let result = try conformance(["a x b c", "a b c"], to: "a b c")
        #expect(result.deviations.map(\.kind) == [.extra])
        #expect(result.deviations.first?.step.name == "x")
        #expect(result.deviations.first?.cost == .seconds(10))
        #expect(result.perfect == 1)
    }

    @Test("a step before the one it follows is too early")
    func tooEarly() throws {
        let result = try conformance(["a c b d"], to: "a b c d")
        let deviation = try #require(result.deviations.first)
        #expect(result.deviations.count == 1)
        #expect(deviation.kind == .tooEarly)
        #expect(deviation.step.name == "c")
        #expect(deviation.needed?.name == "b")
    }

    @Test("a step of the path that never happens is missing everywhere")
    func unknownStep() throws {
        let result = try conformance(["a b", "a b"], to: "a never b")
        #expect(result.deviations.map(\.step.name) == ["never"])
        #expect(result.deviations.first?.cases == 2)
    }

    @Test("without a path cases are held against the commonest way")
    func commonest() throws {
        let analysis = try LogTables.analysis(LogTables.columns(["a b", "a b", "b a"]))
        #expect(analysis.conformance?.perfect == 2)
        #expect(analysis.conformance?.reference.steps.map(\.name) == ["a", "b"])
    }
}
