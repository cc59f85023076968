import EventSourcing
import MusterDomain

/// Every matter of a log and the rows that are open in it: the fold that boards of clocks share.
struct ClockBook: Sendable {
    private(set) var register = Register()
    private(set) var files: [MatterID: MatterFile] = [:]
    /// Which matter a row belongs to.
    private var owners: [String: MatterID] = [:]

    /// Takes in one fact.
    ///
    /// - Returns: the rows that were inserted, altered or removed, as they were before and as they are now.
    mutating func fold(_ fact: Fact) -> [RowChange] {
        switch fact.event {
        case .matter(let event):
            guard let matter = Self.matter(of: fact) else { return [] }
            files[matter, default: MatterFile()].evolve(event, fact)
            return refresh(matter)
        case .authority, .territory:
            guard register.fold(fact) else { return [] }
            // Names are on every row; parties and territories are set up before there are many.
            return owners.isEmpty ? [] : Set(owners.values).flatMap { refresh($0) }
        case .report, .unknown:
            return []
        }
    }

    /// The matter whose stream a fact is in; nil for other streams.
    static func matter(of fact: Fact) -> MatterID? {
        fact.stream.category == "matter" ? MatterID(rawValue: String(fact.stream.id)) : nil
    }

    func row(_ key: String) -> ClockRow? {
        owners[key].flatMap { files[$0] }?.rows.first { $0.key == key }
    }

    /// Every row, in no order.
    var rows: some Sequence<ClockRow> {
        Set(owners.values).lazy.flatMap { files[$0]?.rows ?? [] }
    }

    /// What is on the boards of one matter.
    func rows(of matter: MatterID) -> [ClockRow] { files[matter]?.rows ?? [] }

    private mutating func refresh(_ matter: MatterID) -> [RowChange] {
        guard let file = files[matter] else { return [] }
        let before = file.rows
        let after = file.openRows(register)
        guard before != after else { return [] }
        files[matter]?.rows = after
        var changes: [RowChange] = []
        for row in before where !after.contains(where: { $0.key == row.key }) {
            owners[row.key] = nil
            changes.append(RowChange(before: row, after: nil))
        }
        for row in after {
            let old = before.first { $0.key == row.key }
            if old == row { continue }
            owners[row.key] = matter
            changes.append(RowChange(before: old, after: row))
        }
        return changes
    }
}

/// A row before and after a fact; one of them may be missing, never both.
struct RowChange: Sendable {
    let before: ClockRow?
    let after: ClockRow?

    var key: String { after?.key ?? before?.key ?? "" }
}
