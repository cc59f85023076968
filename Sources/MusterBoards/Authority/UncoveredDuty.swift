package import MusterDomain
package import Records

/// A duty of the list that nobody has in some communities: there its tasks cannot be dispatched (R1.5).
package struct UncoveredDuty: Hashable, Sendable {
    package let duty: DutyID
    package let words: Words
    /// By identifier.
    package let communities: [TerritoryID]
    /// In the same order.
    let communityNames: [Words]

    static func find(in list: ResponsibilityList, _ register: Register) -> [UncoveredDuty] {
        let territories = register.territories
        // A line for the top of a tree covers all of it, as most do.
        let tops = Set(territories.territories.values.lazy.filter { $0.parent == nil }.map(\.id))
        let whole = Set(list.lines.lazy.filter { tops.contains($0.territory) }.map(\.duty))
        let open = tops.count > 1 ? list.duties : list.duties.filter { !whole.contains($0.duty) }
        guard !open.isEmpty else { return [] }
        let communities = territories.territories.values.filter { $0.level == .community }.map(\.id).sorted()
        return open.compactMap { duty in
            let uncovered = communities.filter { list.entry(for: duty.duty, in: $0, of: territories) == nil }
            guard !uncovered.isEmpty else { return nil }
            return UncoveredDuty(
                duty: duty.duty,
                words: duty.words,
                communities: uncovered,
                communityNames: uncovered.map(register.name(of:))
            )
        }
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("duty", duty.rawValue)
        writer.member("words", words)
        writer.list("communities", communities) { community, writer in writer.string(community.rawValue) }
        writer.endObject()
    }
}
