package import EventSourcing
import Records

/// What somebody hid or made up, from the first word of it to the decision. Whoever spoke is shielded from whom it is about
/// (R14.4): the state holds no reporter, and no board shows one.
package struct Inquiry: Aggregate, Hashable {
    package enum Stage: Hashable, Sendable {
        case unreported
        case reported
        /// By the party that looks into it.
        case open(PartyID)
        case decided
    }

    package private(set) var stage = Stage.unreported
    /// Whom it is about; nil before it is reported.
    package private(set) var accused: PartyID?
    package private(set) var territory: TerritoryID?
    /// How many records were found to be false.
    package private(set) var falsified = 0

    package init() {}

    package static func stream(_ inquiry: InquiryID) -> StreamName {
        StreamName(category: "inquiry", id: inquiry.rawValue)
    }

    package mutating func evolve(_ event: InquiryEvent, from origin: Origin) {
        switch event {
        case .concealmentReported(let payload):
            stage = .reported
            accused = payload.accused
            territory = payload.territory
        case .investigationOpened: stage = .open(origin.actor.party)
        case .falsifiedRecordFound: falsified += 1
        case .liabilityDecided: stage = .decided
        }
    }
}

package enum InquiryTag: IdentifierKind { package static let hint = "Q-0007" }

package typealias InquiryID = Identifier<InquiryTag>

extension Inquiry {
    /// Whom it is about never takes part in it, whatever the role (R14.4).
    func requireShield(in context: Context) throws(Rejection) -> PartyID {
        guard let accused, let territory else {
            throw Rejection(
                kind: .notFound,
                rule: "S14",
                reason: "inquiry-unknown",
                Words("There is no such inquiry.", zh: "没有该线索。")
            )
        }
        guard context.actor.party != accused else {
            // As if there were none: that there is one is not for them to know.
            throw Rejection(
                kind: .notFound,
                rule: "S14",
                reason: "inquiry-unknown",
                Words("There is no such inquiry.", zh: "没有该线索。")
            )
        }
        try context.requireCovers(territory)
        return accused
    }

    /// The party that looks into it is the one that acts.
    func requireInvestigator(in context: Context) throws(Rejection) {
        _ = try requireShield(in: context)
        switch stage {
        case .open(let party):
            guard context.actor.party == party else {
                throw Rejection(
                    kind: .forbidden,
                    rule: "S14",
                    reason: "not-your-investigation",
                    Words("\(party) looks into it.", zh: "该线索由 \(party) 调查。")
                )
            }
        case .unreported, .reported:
            throw Rejection(
                rule: "S14",
                reason: "not-opened",
                Words("The investigation has not been opened.", zh: "尚未立案调查。"),
                advice: Words("Open the investigation first.", zh: "请先立案。")
            )
        case .decided: throw .inquiryDecided
        }
    }
}

extension Rejection {
    static let inquiryDecided = Rejection(
        rule: "S14",
        reason: "decided-already",
        Words("It was decided already.", zh: "该线索已作出决定。")
    )
}
