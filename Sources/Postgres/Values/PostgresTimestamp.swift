/// An instant as `timestamptz` keeps it: microseconds, here since 1970-01-01 00:00 UTC.
///
/// `Int64.max` and `Int64.min` stand for the server's `infinity` and `-infinity`. Instants the server's 64 bits cannot
/// hold become `-infinity`.
package struct PostgresTimestamp: Sendable, Hashable, Comparable {
    package var microsecondsSince1970: Int64

    package init(microsecondsSince1970: Int64) {
        self.microsecondsSince1970 = microsecondsSince1970
    }

    package static let infinity = PostgresTimestamp(microsecondsSince1970: .max)
    package static let negativeInfinity = PostgresTimestamp(microsecondsSince1970: .min)

    package static func < (left: PostgresTimestamp, right: PostgresTimestamp) -> Bool {
        left.microsecondsSince1970 < right.microsecondsSince1970
    }

    /// The server counts from 2000-01-01 00:00 UTC.
    private static let serverEpoch: Int64 = 946_684_800_000_000

    fileprivate var serverValue: Int64 {
        if microsecondsSince1970 == .max { return .max }
        let (value, overflow) = microsecondsSince1970.subtractingReportingOverflow(Self.serverEpoch)
        return overflow ? .min : value
    }

    fileprivate init(serverValue: Int64) {
        switch serverValue {
        case .min: self = .negativeInfinity
        default:
            // Past the year 294,246, where the server's own range ends too: only infinity is there.
            let (value, overflow) = serverValue.addingReportingOverflow(Self.serverEpoch)
            self.init(microsecondsSince1970: overflow ? .max : value)
        }
    }
}

extension PostgresTimestamp: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    package static var postgresType: PostgresType { .timestamptz }
    package static var postgresName: String { "timestamptz" }
    package static var postgresArrayType: PostgresType { .timestamptzArray }

    package func encode(into writer: inout BinaryWriter) {
        writer.write(serverValue)
    }

    package static func accepts(_ type: PostgresType) -> Bool { type == .timestamptz }

    package init(bytes: RawSpan, of type: PostgresType) throws(DecodingFailure) {
        self.init(serverValue: try bytes.wholeInteger())
    }

    package static func encodeArray(_ elements: [PostgresTimestamp], into writer: inout BinaryWriter) {
        writer.writeArray(elements, of: .timestamptz, bytesPerElement: 8) { $1.write($0.serverValue) }
    }

    package static func acceptsArray(_ type: PostgresType) -> Bool { type == .timestamptzArray }
}
