import Testing

@testable import MusterHistory

@Suite("Suggested cases", .timeLimit(.minutes(20)))
struct SuggestedCaseTests {
    @Test(
        "a column called by what cases are names them where it holds numbers, and a kind of case where it holds words",
        arguments: [
            ("incident", ["I-1", "I-1", "I-2"], true), ("Order", ["17", "17", "18"], true),
            ("工单", ["GD-1", "GD-1", "GD-2"], true), ("incident", ["fire", "fire", "flood"], false),
            ("call", ["I-1", "", "noise"], false), ("incident_type", ["A1", "A1", "B2"], false),
        ]
    )
    func entities(_ row: (name: String, values: [String], isCase: Bool)) throws {
        let rows = row.values.enumerated().map { "\($1),step \($0),2020-03-01T10:0\($0):00Z\n" }
        let file = try TemporaryFile("calls.csv", text: "\(row.name),activity,time\n" + rows.joined())
        let mapping = try Mapping(yaml: Suggestion.text(for: file.path))
        #expect(mapping.caseColumns == (row.isCase ? [row.name] : []))
    }
}
