import Synchronization
import TaskQueue

/// How many messages are under way, per party and in all.
final class DeliverySlots: Sendable {
    private struct State {
        var total = 0
        var perParty: [String: Int] = [:]
    }

    private let perParty: Int
    private let total: Int
    private let state = Mutex(State())
    /// Set whenever a slot was given back.
    let freed = Signal()

    init(perParty: Int, total: Int) {
        self.perParty = max(1, perParty)
        self.total = max(1, total)
    }

    /// How many more may be sent to each of these parties, those with nothing under way first, and never more in all than
    /// are free. Parties without a free slot are left out.
    func free(for parties: [String]) -> [(party: String, amount: Int)] {
        state.withLock { state in
            var left = total - state.total
            var free: [(party: String, amount: Int)] = []
            let ordered = parties.sorted {
                (state.perParty[$0, default: 0], $0) < (state.perParty[$1, default: 0], $1)
            }
            for party in ordered {
                let amount = min(left, perParty - state.perParty[party, default: 0])
                guard amount > 0 else { continue }
                left -= amount
                free.append((party, amount))
            }
            return free
        }
    }

    /// How many more may be sent in all.
    var left: Int { state.withLock { total - $0.total } }

    func take(_ party: String) {
        state.withLock { state in
            state.total += 1
            state.perParty[party, default: 0] += 1
        }
    }

    func giveBack(_ party: String) {
        state.withLock { state in
            state.total -= 1
            let left = state.perParty[party, default: 1] - 1
            state.perParty[party] = left > 0 ? left : nil
        }
        freed.set()
    }
}
