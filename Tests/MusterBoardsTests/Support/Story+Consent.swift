import EventSourcing
import MusterDomain

extension Story {
    /// Somebody raises a matter and asks for consent to a whistle.
    mutating func ask(_ matter: MatterID, _ time: Timestamp, limit: Duration? = .seconds(14_400)) {
        raise(matter, time)
        request(matter, time, limit: limit)
    }

    /// Somebody asks for consent to a whistle for a matter that was raised.
    mutating func request(_ matter: MatterID, _ time: Timestamp, limit: Duration? = .seconds(14_400)) {
        let asked = ConsentRequested(
            matter: matter,
            reason: "Two cars.",
            answerBy: limit.map { time + $0 },
            limit: limit
        )
        tell(time, .consentRequested(asked), of: matter, by: .gridWorker)
    }

    mutating func refuse(_ matter: MatterID, _ time: Timestamp, by actor: Actor = .communityHead) {
        let refused = ConsentRefused(matter: matter, text: "Settle it yourselves.", isRatification: false)
        tell(time, .consentRefused(refused), of: matter, by: actor)
    }
}
