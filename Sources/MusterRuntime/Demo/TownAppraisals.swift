import EventSourcing
import MusterDomain

/// How parties stood in each period of the town, computed from the log as `muster appraise` does it.
struct TownAppraisals: Sendable {
    /// A period that is over and that nobody has published yet.
    struct Finished: Sendable {
        let number: Int
        let from: Timestamp
        let to: Timestamp
        let through: Position
        let lines: [AppraisalLine]
    }

    private let period: Duration
    private var fold: AppraisalFold?
    private var from: Timestamp?
    private var number = 0
    private var readThrough = Position.origin
    private(set) var due: Finished?

    init(period: Duration) {
        self.period = period
    }

    mutating func follow(_ fact: Fact) {
        if case .appraisal(.published(let payload)) = fact.event, payload.appraisal == due.flatMap(TownAppraisals.name)
        {
            due = nil
        }
        let time = fact.origin.recordedAt
        var start = from ?? time
        var current = fold ?? AppraisalFold(.timeAndAnswers, from: start, to: start + period)
        var finished: Finished?
        while time >= start + period {
            let end = start + period
            // Of several that passed while the town stood still, the first holds whatever happened.
            finished =
                finished
                ?? Finished(number: number, from: start, to: end, through: readThrough, lines: current.lines)
            number += 1
            start = end
            current = current.following(to: end + period)
        }
        current.fold(fact)
        (from, fold, readThrough) = (start, current, fact.position)
        if let finished { due = finished }
    }

    static func name(_ appraisal: Finished) -> AppraisalID? { AppraisalID(rawValue: "A-\(appraisal.number + 1)") }
}

extension TownStory {
    func publish(_ appraisal: TownAppraisals.Finished) -> TownCommand? {
        guard let name = TownAppraisals.name(appraisal), let inspector = Town.duty(of: Town.inspectorate) else {
            return nil
        }
        let command = PublishAppraisal(
            appraisal: name,
            formula: .timeAndAnswers,
            from: appraisal.from,
            to: appraisal.to,
            through: Int(appraisal.through.rawValue),
            lines: appraisal.lines
        )
        return TownCommand(inspector, command, key: "appraisal/\(appraisal.number)")
    }
}
