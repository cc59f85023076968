package import Records

/// How an appraisal weighs what became of a party's matters. A formula never changes; another one has another name (R14.7).
package enum AppraisalFormula: String, Choice {
    /// Six parts being on time (R14.3), four parts what reporters say (R14.2).
    case timeAndAnswers = "2026-1"

    package var words: Words {
        switch self {
        case .timeAndAnswers:
            Words("60 % closed on time, 40 % solved as reporters say", zh: "按时办结占 60 %，反映人认可占 40 %")
        }
    }

    /// From 0 to 100, rounded down; nil for a party that led nothing. Without an answer being on time counts alone.
    package func score(_ outcomes: PartyOutcomes, overdueOpen: Int) -> Int? {
        let due = outcomes.closed + overdueOpen
        guard due > 0 else { return nil }
        switch self {
        case .timeAndAnswers:
            guard outcomes.answers > 0 else { return outcomes.closedOnTime * 100 / due }
            // One fraction, so that nothing is rounded twice; products of two counts that a sender names do not fit in 64 bits.
            let (due, answers) = (Int128(due), Int128(outcomes.answers))
            let onTime = 60 * Int128(outcomes.closedOnTime) * answers
            return Int((onTime + 40 * Int128(outcomes.solved) * due) / (due * answers))
        }
    }
}
