import EventSourcing
import Records

/// Tells those who look into things that something was reported: the inspectors of the place, or else the command above it,
/// and never whom it is about (R14.4).
package struct InquiryDeliveryPolicy: Policy {
    package static let name = "inquiry-deliveries"

    private var offices = Offices()

    package init() {}

    package mutating func evolve(_ fact: Fact) { offices.evolve(fact) }

    package func reactions(to fact: Fact) -> [Reaction] {
        guard case .inquiry(.concealmentReported(let report)) = fact.event,
            let party = investigator(of: report, at: fact.origin.recordedAt)
        else { return [] }
        let words = report.kind.words
        let task = InquiryDelivery(inquiry: report.inquiry, kind: .inquiry, text: words.inBoth)
        return [.deliver(TaskDelivery(.inquiry(task), to: party, because: fact, line: words))]
    }

    private func investigator(of report: ConcealmentReported, at time: Timestamp) -> PartyID? {
        let ground = [report.territory] + offices.territories.ancestors(of: report.territory)
        for role in [Role.inspector, .districtCommand] {
            for place in ground {
                let party = offices.parties(of: role, in: place, at: time).first { $0 != report.accused }
                if let party { return party }
            }
        }
        return nil
    }
}
