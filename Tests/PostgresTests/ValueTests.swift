import Postgres
import Testing

@Suite("Values", .timeLimit(.minutes(20)))
struct ValueTests {
    /// Sends the values through the server and back, alone, as an array, and as an array with nulls.
    private func roundTrip<Value>(
        _ values: [Value],
        _ alone: Statement,
        _ array: Statement
    ) async throws where Value: PostgresEncodable & PostgresDecodable & PostgresArrayElement & Equatable {
        try await TestDatabase.withConnection { connection in
            for value in values {
                let rows = try await connection.query(alone, Optional(value))
                #expect(try rows[0].value(0, as: Value.self) == value)
            }
            let null = try await connection.query(alone, Value?.none)
            #expect(try null[0].value(0, as: Value?.self) == nil)

            let rows = try await connection.query(array, values)
            #expect(try rows[0].value(0, as: [Value].self) == values)
            let empty = try await connection.query(array, [Value]())
            #expect(try empty[0].value(0, as: [Value].self).isEmpty)
            let withNulls: [Value?] = [nil] + values.map { $0 } + [nil]
            let nulls = try await connection.query(array, withNulls)
            #expect(try nulls[0].value(0, as: [Value?].self) == withNulls)
        }
    }

    private func generator() -> SeededGenerator {
        let seed = UInt64.random(in: 0...(.max))
        print("seed \(seed)")
        return SeededGenerator(seed: seed)
    }

    @Test("Int64 comes back as it was sent")
    func int64() async throws {
        var random = generator()
        let values = [Int64.min, -1, 0, 1, .max] + (0..<200).map { _ in Int64(bitPattern: random.next()) }
        try await roundTrip(
            values,
            Statement("tests_int8", "select $1::int8"),
            Statement("tests_int8s", "select $1::int8[]")
        )
    }

    @Test("Int32 comes back as it was sent")
    func int32() async throws {
        var random = generator()
        let values = [Int32.min, -1, 0, .max] + (0..<200).map { _ in Int32(truncatingIfNeeded: random.next()) }
        try await roundTrip(
            values,
            Statement("tests_int4", "select $1::int4"),
            Statement("tests_int4s", "select $1::int4[]")
        )
    }

    @Test("Int16 comes back as it was sent")
    func int16() async throws {
        var random = generator()
        let values = [Int16.min, -1, 0, .max] + (0..<200).map { _ in Int16(truncatingIfNeeded: random.next()) }
        try await roundTrip(
            values,
            Statement("tests_int2", "select $1::int2"),
            Statement("tests_int2s", "select $1::int2[]")
        )
    }

    @Test("Doubles come back bit by bit")
    func doubles() async throws {
        var random = generator()
        let values =
            [0.0, -0.0, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude]
            + (0..<200).map { _ in Double.random(in: -1e300...1e300, using: &random) }
        try await roundTrip(
            values,
            Statement("tests_float8", "select $1::float8"),
            Statement("tests_float8s", "select $1::float8[]")
        )
    }

    @Test("Not-a-number comes back as such")
    func notANumber() async throws {
        try await TestDatabase.withConnection { connection in
            let rows = try await connection.query(Statement("tests_float8", "select $1::float8"), Double.nan)
            #expect(try rows[0].value(0, as: Double.self).isNaN)
        }
    }

    @Test("Bools come back as they were sent")
    func bools() async throws {
        try await roundTrip(
            [true, false],
            Statement("tests_bool", "select $1::bool"),
            Statement("tests_bools", "select $1::bool[]")
        )
    }

    @Test("Text of any script comes back as it was sent")
    func text() async throws {
        var random = generator()
        let scalars = (0..<100).map { _ in
            String(
                String.UnicodeScalarView(
                    (0..<Int.random(in: 0...40, using: &random)).compactMap { _ in
                        Unicode.Scalar(UInt32.random(in: 1...0x10_FFFF, using: &random))
                    }
                )
            )
        }
        let values = ["", " ", "NULL", "{}", "\"quoted\" \\ back", "紧急哨", "👩🏽‍🚒", "e\u{301}", "\u{1}\u{7F}"] + scalars
        try await roundTrip(
            values,
            Statement("tests_text", "select $1::text"),
            Statement("tests_texts", "select $1::text[]")
        )
    }

    @Test(
        "Bytes sent as text are that text",
        arguments: [[], [""], ["", "紧急哨", "e\u{301}", String(repeating: "x", count: 9_000)]]
    )
    func textBytes(texts: [String]) async throws {
        try await TestDatabase.withConnection { connection in
            let sent = texts.map { TextBytes(Array($0.utf8)) }
            let rows = try await connection.query(Statement("tests_text_bytes", "select $1::text[]"), sent)
            let found = try rows[0].value(0, as: [String].self)
            #expect(found.map { Array($0.utf8) } == texts.map { Array($0.utf8) })
        }
    }

    @Test("Byte strings come back as they were sent")
    func bytes() async throws {
        var random = generator()
        let values: [[UInt8]] =
            [[], [0], Array(0...255)]
            + (0..<100).map { _ in (0..<Int.random(in: 0...300, using: &random)).map { _ in .random(in: 0...255) } }
        try await TestDatabase.withConnection { connection in
            for value in values {
                let rows = try await connection.query(Statement("tests_bytea", "select $1::bytea"), value)
                #expect(try rows[0].value(0, as: [UInt8].self) == value)
            }
            let rows = try await connection.query(Statement("tests_byteas", "select $1::bytea[]"), values)
            #expect(try rows[0].value(0, as: [[UInt8]].self) == values)
            let withNull: [[UInt8]?] = [nil, [], [1]]
            let nulls = try await connection.query(Statement("tests_byteas", "select $1::bytea[]"), withNull)
            #expect(try nulls[0].value(0, as: [[UInt8]?].self) == withNull)
        }
    }

    @Test("UUIDs come back as they were sent")
    func uuids() async throws {
        var random = generator()
        let values =
            [UUIDBytes(high: 0, low: 0), UUIDBytes(high: .max, low: .max)]
            + (0..<100).map { _ in UUIDBytes(high: random.next(), low: random.next()) }
        try await roundTrip(
            values,
            Statement("tests_uuid", "select $1::uuid"),
            Statement("tests_uuids", "select $1::uuid[]")
        )
    }

    @Test("A UUID means the same to the server")
    func uuidText() async throws {
        try await TestDatabase.withConnection { connection in
            let uuid = UUIDBytes(high: 0x0011_2233_4455_6677, low: 0x8899_AABB_CCDD_EEFF)
            let rows = try await connection.query(Statement("tests_uuid_text", "select $1::uuid::text"), uuid)
            #expect(try rows[0].value(0, as: String.self) == "00112233-4455-6677-8899-aabbccddeeff")
        }
    }

    @Test("Instants come back to the microsecond, the farthest and infinity too")
    func timestamps() async throws {
        var random = generator()
        // 4714 before Christ and the year 294,276: the ends of the server's range, minus infinity itself.
        let first: Int64 = -210_866_803_200_000_000
        let last: Int64 = 9_223_371_331_199_999_999 - 946_684_800_000_000
        let values =
            ([first, -1, 0, 1, last] + (0..<200).map { _ in Int64.random(in: first...last, using: &random) })
            .map { PostgresTimestamp(microsecondsSince1970: $0) } + [.infinity, .negativeInfinity]
        try await roundTrip(
            values,
            Statement("tests_timestamptz", "select $1::timestamptz"),
            Statement("tests_timestamptzs", "select $1::timestamptz[]")
        )
    }

    @Test("An instant means the same to the server")
    func timestampText() async throws {
        try await TestDatabase.withConnection { connection in
            let rows = try await connection.query(
                Statement("tests_timestamptz_text", "select $1::timestamptz::text"),
                PostgresTimestamp(microsecondsSince1970: 1_000_000_000_000_001)
            )
            #expect(try rows[0].value(0, as: String.self) == "2001-09-09 01:46:40.000001+00")
        }
    }

    @Test("JSON comes back as it was written, jsonb as it is meant")
    func json() async throws {
        try await TestDatabase.withConnection { connection in
            let written = #"{"b": 1,   "a": "哨"}"#
            let rows = try await connection.query(
                Statement("tests_json", "select $1::json, $2::jsonb, $1::jsonb"),
                JSONText(written),
                JSONBText(written)
            )
            let (json, jsonb, cast) = try rows[0].decode(JSONText.self, JSONBText.self, JSONText.self)
            #expect(json.text == written)
            #expect(jsonb.text == #"{"a": "哨", "b": 1}"#)
            #expect(cast.text == jsonb.text)
        }
    }

    @Test("Ten megabytes of text come back whole")
    func largeText() async throws {
        try await TestDatabase.withConnection { connection in
            let text = String(repeating: "紧急哨 ten bytes ", count: 600_000)
            let rows = try await connection.query(Statement("tests_text", "select $1::text"), text)
            #expect(try rows[0].value(0, as: String.self) == text)
        }
    }

    @Test("Narrow integers are read as wide ones")
    func widening() async throws {
        try await TestDatabase.withConnection { connection in
            let rows = try await connection.query(Statement("tests_widen", "select -7::int2, -7::int4, -7::int2"))
            let (first, second, third) = try rows[0].decode(Int64.self, Int64.self, Int32.self)
            #expect((first, second, third) == (-7, -7, -7))
        }
    }

    @Test("A value of another type is refused, naming statement, column and both types")
    func mismatch() async throws {
        try await TestDatabase.withConnection { connection in
            let rows = try await connection.query(Statement("tests_mismatch", "select 'a'::text as note"))
            let error = #expect(throws: PostgresError.self) { try rows[0].value(0, as: Int64.self) }
            #expect(error?.kind == .decoding)
            #expect(
                error?.description == "tests_mismatch: row 0, column 0 (note): expected int8, found text"
            )
        }
    }

    @Test("Null where a value is expected is refused")
    func unexpectedNull() async throws {
        try await TestDatabase.withConnection { connection in
            let rows = try await connection.query(Statement("tests_null", "select null::int8"))
            let error = #expect(throws: PostgresError.self) { try rows[0].value(0, as: Int64.self) }
            #expect(error?.message.hasSuffix("expected int8, found null") == true)
        }
    }

    @Test("A column that does not exist is refused", arguments: [-1, 1, Int.max])
    func noSuchColumn(column: Int) async throws {
        try await TestDatabase.withConnection { connection in
            let rows = try await connection.query(Statement("tests_one_column", "select 1::int8"))
            #expect(throws: PostgresError.self) { try rows[0].value(column, as: Int64.self) }
        }
    }

    @Test("Bytes of a column are lent as the server sent them")
    func lentBytes() async throws {
        try await TestDatabase.withConnection { connection in
            let rows = try await connection.query(Statement("tests_lent", "select 'abc'::text, null::text"))
            #expect(rows[0].withBytes(0) { $0.map(Array.init) } == Array("abc".utf8))
            #expect(rows[0].withBytes(1) { $0 == nil })
        }
    }
}
