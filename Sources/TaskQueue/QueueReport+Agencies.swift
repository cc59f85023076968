package import EventSourcing

extension QueueReport {
    /// The tasks of one agency, of all its kinds.
    package struct Agency: Sendable, Hashable {
        package let agency: String
        /// By kind.
        package let lanes: [Lane]
        package let deadLetters: Int64
        /// What bounds all its kinds together, be it its own limit or that of all agencies.
        package let limit: QueueLimit
        package let hasOwnLimit: Bool
        /// How many were done in each part of the period, the oldest first.
        package let pace: [Int64]

        package var ready: Int64 { sum(\.ready) }
        package var scheduled: Int64 { sum(\.scheduled) }
        package var leased: Int64 { sum(\.leased) }
        package var done: Int64 { sum(\.done) }
        package var retried: Int64 { sum(\.retried) }
        package var buried: Int64 { sum(\.buried) }
        package var oldest: Timestamp? { lanes.compactMap(\.oldest).min() }

        private func sum(_ count: KeyPath<Lane, Int64>) -> Int64 { lanes.reduce(0) { $0 + $1[keyPath: count] } }
    }

    /// Every agency for which something waits, is worked on, happened or was given up, or that has a limit of its own; by
    /// name.
    package var agencies: [Agency] {
        let lanes = Dictionary(grouping: lanes) { $0.agency }
        let names = Set(lanes.keys).union(dead.keys).union(limits.limits.keys.compactMap(\.agency))
        return names.sorted().map { name in
            Agency(
                agency: name,
                lanes: lanes[name] ?? [],
                deadLetters: dead[name] ?? 0,
                limit: limits.limit(of: name),
                hasOwnLimit: limits[.init(agency: name, kind: nil)] != nil,
                pace: paces[name] ?? Array(repeating: 0, count: Self.paceParts)
            )
        }
    }

    /// The parts of the period for which it is told what was done.
    package static let paceParts = 12
}
