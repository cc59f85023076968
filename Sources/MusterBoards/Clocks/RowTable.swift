import MusterDomain

/// The open rows of a board: by key, and in order under the party that holds them.
struct RowTable: Sendable {
    private var byKey: [String: ClockRow] = [:]
    /// Never with an empty list.
    private(set) var byParty: [PartyID: [ClockRow]] = [:]
    /// How many rows have a clock that does not run.
    private(set) var waiting = 0

    mutating func apply(_ change: RowChange) {
        let (before, after) = (change.before, change.after)
        byKey[change.key] = after
        if let before, before.order.group != .running { waiting -= 1 }
        if let after, after.order.group != .running { waiting += 1 }
        let (old, new) = (before?.content.holder.party, after?.content.holder.party)
        if let new {
            // Most rows stay with their holder.
            byParty[new, default: []].replace(old == new ? before : nil, with: after)
        }
        if let old, old != new {
            byParty[old]?.replace(before, with: nil)
            if byParty[old]?.isEmpty == true { byParty[old] = nil }
        }
    }

    func row(_ key: String) -> ClockRow? { byKey[key] }

    /// Every row, in order.
    var rows: [ClockRow] { byKey.values.sorted { $0.order < $1.order } }
}

extension Array where Element == ClockRow {
    /// Puts one row in the place of another, in order.
    fileprivate mutating func replace(_ old: ClockRow?, with new: ClockRow?) {
        if let old {
            let place = partitionPoint { $0.order < old.order }
            if place < count, self[place] === old {
                if let new, new.order == old.order {
                    self[place] = new
                    return
                }
                remove(at: place)
            }
        }
        if let new { insert(new, at: partitionPoint { $0.order < new.order }) }
    }
}
