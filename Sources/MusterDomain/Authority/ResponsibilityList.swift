package import EventSourcing

/// A version of the responsibility list (权责清单).
package struct ResponsibilityList: Hashable, Sendable {
    package let version: String
    package let effectiveFrom: Timestamp
    private let entries: [DutyID: [ResponsibilityEntry]]

    init(version: String, effectiveFrom: Timestamp, entries: [ResponsibilityEntry]) {
        self.version = version
        self.effectiveFrom = effectiveFrom
        self.entries = Dictionary(grouping: entries, by: \.duty)
    }

    /// Every duty once, by its first entry, in the order of identifiers.
    package var duties: [ResponsibilityEntry] {
        entries.values.compactMap(\.first).sorted { $0.duty < $1.duty }
    }

    /// Who has a duty in a territory; nil when nobody has.
    package func entry(
        for duty: DutyID,
        in territory: TerritoryID,
        of territories: TerritoryRegister
    ) -> ResponsibilityEntry? {
        entries[duty]?.first { territories.contains($0.territory, territory) }
    }
}
