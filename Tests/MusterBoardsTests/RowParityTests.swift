import Testing

@testable import MusterBoards

@Suite struct RowParityTests {
    private static func row(_ key: String, _ json: String, order: String = "0") -> BoardChange.Row {
        BoardChange.Row(key: key, order: order, json: Array(json.utf8))
    }

    @Test func `equal rows in another order are equal and have one digest`() {
        let (one, other) = (Self.row("a", #"{"x":1}"#), Self.row("b", #"{"x":2}"#))

        let parity = RowParity(stored: [one, other], made: [other, one])

        #expect(parity.isEqual)
        #expect(parity.storedDigest == parity.madeDigest)
        #expect(parity.storedDigest.count == 64)
    }

    @Test(
        arguments: [
            ([row("a", "{}")], [row("b", "{}")], ["a": .onlyStored, "b": .onlyMade]),
            ([row("a", #"{"x":1,"y":[2]}"#)], [row("a", #"{"x":1,"y":[3]}"#)], ["a": .members(["y"])]),
            ([row("a", #"{"x":1}"#)], [row("a", #"{"y":1}"#)], ["a": .members(["x", "y"])]),
            ([row("a", "{}", order: "1")], [row("a", "{}", order: "2")], ["a": .order]),
            ([row("a", "[1]")], [row("a", "[2]")], ["a": .members([])]),
        ] as [([BoardChange.Row], [BoardChange.Row], [String: RowParity.Difference.Kind])]
    )
    func `a difference is named by its key and its kind`(
        stored: [BoardChange.Row],
        made: [BoardChange.Row],
        expected: [String: RowParity.Difference.Kind]
    ) {
        let parity = RowParity(stored: stored, made: made)

        #expect(Dictionary(parity.differences.map { ($0.key, $0.kind) }) { first, _ in first } == expected)
        #expect(parity.differences.map(\.key) == expected.keys.sorted())
        #expect(parity.storedDigest != parity.madeDigest)
    }
}
