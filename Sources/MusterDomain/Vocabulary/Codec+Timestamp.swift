package import EventSourcing
package import Records

extension Codec where Value == Timestamp {
    /// An RFC 3339 time with an offset, from 1900 to 2199: wide enough for every record, and far from the ends of the
    /// calendar, where a time plus a limit could no longer be written.
    package static var timestamp: Codec {
        .word(
            35,
            parse: { text in Timestamp(rfc3339: text).flatMap { Timestamp.plausible.contains($0) ? $0 : nil } },
            text: { $0.rfc3339 },
            schema: .formatted(format: "date-time", pattern: nil, maximum: 35, hint: "2026-11-21T18:42:07+08:00"),
            orElse: {
                Problems(
                    "date-time",
                    Words(
                        "must be a time from 1900 to 2199 with an offset, as 2026-11-21T18:42:07+08:00",
                        zh: "必须是 1900 年到 2199 年之间带时区的时间，例如 2026-11-21T18:42:07+08:00"
                    )
                )
            }
        )
    }
}

extension Timestamp {
    /// From 1900 to 2199: the times that records may hold.
    package static let plausible =
        Timestamp(microseconds: -2_208_988_800_000_000)..<Timestamp(microseconds: 7_258_118_400_000_000)
}
