/// What became of the matters that a party led.
package struct PartyOutcomes: Hashable, Sendable {
    package private(set) var closedOnTime = 0
    package private(set) var closedLate = 0
    package private(set) var solved = 0
    package private(set) var notSolved = 0
    /// The reporter did not answer in time.
    package private(set) var silent = 0
    package private(set) var appealsUpheld = 0

    package init() {}

    package init(
        closedOnTime: Int,
        closedLate: Int,
        solved: Int,
        notSolved: Int,
        silent: Int,
        appealsUpheld: Int
    ) {
        self.closedOnTime = closedOnTime
        self.closedLate = closedLate
        self.solved = solved
        self.notSolved = notSolved
        self.silent = silent
        self.appealsUpheld = appealsUpheld
    }

    package var closed: Int { closedOnTime + closedLate }
    package var answers: Int { solved + notSolved }

    /// In percent, over those who answered (R14.2); nil when nobody did.
    package var satisfaction: Int? { answers == 0 ? nil : solved * 100 / answers }

    /// In percent: closed on time over all that were closed or should be (R14.3); nil when there were none.
    ///
    /// - Parameter overdueOpen: how many are open and should be further.
    package func onTime(overdueOpen: Int) -> Int? {
        let all = closed + overdueOpen
        return all == 0 ? nil : closedOnTime * 100 / all
    }

    /// Takes in one event of a matter that the party led.
    ///
    /// - Parameter wasLate: whether the party was late since the matter was opened last.
    package mutating func take(_ event: MatterEvent, wasLate: Bool) {
        switch event {
        case .closed: if wasLate { closedLate += 1 } else { closedOnTime += 1 }
        case .feedbackGiven(let answer): if answer.solved { solved += 1 } else { notSolved += 1 }
        case .feedbackMissing: silent += 1
        case .reviewDecided(let decision): if decision.isUpheld { appealsUpheld += 1 }
        default: break
        }
    }
}
