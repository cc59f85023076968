import Testing

@testable import Postgres

/// What a server would have to be broken to send must fail, not trap.
@Suite("Malformed values")
struct MalformedValueTests {
    private func decode<Value: PostgresDecodable>(
        _ bytes: [UInt8],
        as type: Value.Type,
        of column: PostgresType
    ) throws -> Value {
        try bytes.withUnsafeBytes { try Value(bytes: $0.bytes, of: column) }
    }

    @Test("An integer of the wrong width is malformed", arguments: [0, 1, 7, 9])
    func width(count: Int) {
        #expect(throws: DecodingFailure.malformed) {
            try decode([UInt8](repeating: 1, count: count), as: Int64.self, of: .int8)
        }
    }

    @Test("Any cut of an array is malformed")
    func cutArrays() throws {
        var writer = BinaryWriter()
        [Int64(1), 2, 3].encode(into: &writer)
        for count in 0..<writer.bytes.count {
            #expect(throws: DecodingFailure.malformed) {
                try decode(Array(writer.bytes.prefix(count)), as: [Int64].self, of: .int8Array)
            }
        }
    }

    @Test("An array that claims more elements than it has bytes is malformed")
    func boastingArray() {
        var writer = BinaryWriter()
        for value: Int32 in [1, 0, 20, .max, 1] { writer.write(value) }
        #expect(throws: DecodingFailure.malformed) { try decode(writer.bytes, as: [Int64].self, of: .int8Array) }
    }

    @Test("An array of two dimensions is malformed")
    func matrix() {
        var writer = BinaryWriter()
        for value: Int32 in [2, 0, 20, 1, 1, 1, 1] { writer.write(value) }
        #expect(throws: DecodingFailure.malformed) { try decode(writer.bytes, as: [Int64].self, of: .int8Array) }
    }

    @Test("An array of other elements is a mismatch")
    func otherElements() {
        var writer = BinaryWriter()
        ["a"].encode(into: &writer)
        #expect(throws: DecodingFailure.typeMismatch(.text)) {
            try decode(writer.bytes, as: [Int64].self, of: .int8Array)
        }
    }

    @Test("jsonb of another version is malformed")
    func jsonbVersion() {
        #expect(throws: DecodingFailure.malformed) { try decode([2, 123, 125], as: JSONBText.self, of: .jsonb) }
    }

    @Test("Random bytes never trap a reader")
    func randomBytes() {
        let seed = UInt64.random(in: 0...(.max))
        print("seed \(seed)")
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...48, using: &random)).map { _ in
                Bool.random(using: &random)
                    ? UInt8.random(in: 0...2, using: &random) : UInt8.random(in: 0...255, using: &random)
            }
            _ = try? decode(bytes, as: [Int64?].self, of: .int8Array)
            _ = try? decode(bytes, as: [String].self, of: .textArray)
            _ = try? decode(bytes, as: [UUIDBytes].self, of: .uuidArray)
            _ = try? decode(bytes, as: PostgresTimestamp.self, of: .timestamptz)
            _ = try? decode(bytes, as: String.self, of: .text)
        }
    }
}
