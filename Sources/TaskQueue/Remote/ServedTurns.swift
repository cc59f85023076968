import DequeModule

/// The turns of other processes that a dispatcher took, so that one that is said again is not carried out again: who says it
/// may not have heard the answer, or not yet.
struct ServedTurns: Sendable {
    enum Standing: Sendable {
        case new
        /// The answer will come.
        case underWay
        case answered(RemoteAnswer)
    }

    /// Of all processes together. A turn that is said again after so many others is carried out again: what it leases then
    /// is what its process has got.
    static let rememberedAnswers = 4_000

    private struct Name: Sendable, Hashable {
        let process: String
        let id: Int
    }

    private struct Turn: Sendable {
        /// In the inbox.
        var request: Int?
        var answer: RemoteAnswer?
    }

    private var turns: [Name: Turn] = [:]
    private var answered: Deque<Name> = []

    /// Notes that a turn is carried out, if it is new.
    mutating func take(_ turn: RemoteTurn) -> Standing {
        let name = Name(process: turn.process, id: turn.id)
        guard let known = turns[name] else {
            turns[name] = Turn()
            return .new
        }
        return known.answer.map { .answered($0) } ?? .underWay
    }

    /// Notes which request of the inbox a turn is.
    mutating func note(_ turn: RemoteTurn, is request: Int) {
        turns[Name(process: turn.process, id: turn.id)]?.request = request
    }

    mutating func answer(_ turn: RemoteTurn, _ answer: RemoteAnswer) {
        let name = Name(process: turn.process, id: turn.id)
        // What went wrong may go well when it is said again.
        guard answer.error == nil else {
            turns[name] = nil
            return
        }
        turns[name]?.answer = answer
        answered.append(name)
        if answered.count > Self.rememberedAnswers { turns[answered.removeFirst()] = nil }
    }

    /// The request that a turn became.
    func request(of id: Int, from process: String) -> Int? { turns[Name(process: process, id: id)]?.request }
}
