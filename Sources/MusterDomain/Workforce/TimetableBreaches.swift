/// Why some work does not fit into a timetable; instants and lengths in microseconds, days since 1970-01-01 local.
package struct TimetableBreaches: Hashable, Sendable {
    package struct Spell: Hashable, Sendable {
        package let start: Int64
        package let end: Int64
        /// The work just before and just after within the same spell; `Timetable.none` without any.
        package let before: Int32
        package let after: Int32
    }

    package struct Week: Hashable, Sendable {
        package let lastDay: Int
        package let microseconds: Int64
    }

    package struct RestDay: Hashable, Sendable {
        package let lastDay: Int
        package let days: Int
    }

    /// The work at the same time.
    package internal(set) var overlap: Int32?
    package internal(set) var spell: Spell?
    package internal(set) var week: Week?
    package internal(set) var restDay: RestDay?

    package var isClear: Bool { overlap == nil && spell == nil && week == nil && restDay == nil }
}
