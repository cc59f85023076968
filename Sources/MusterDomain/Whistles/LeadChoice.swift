package import Records

/// Who is to lead, as whoever blows the whistle says (R3.3).
package enum LeadChoice: Hashable, Sendable {
    case party(PartyID)
    /// Whoever accepts first leads (首接负责).
    case firstReceiver

    /// How the first receiver is written; no party may have this name.
    static let firstReceiverText = "first-receiver"

    package init(_ party: PartyID) {
        self = party.rawValue == Self.firstReceiverText ? .firstReceiver : .party(party)
    }

    package var party: PartyID? {
        switch self {
        case .party(let party): party
        case .firstReceiver: nil
        }
    }
}

extension Codec where Value == LeadChoice {
    /// A party's identifier, or `first-receiver`.
    package static var leadChoice: Codec {
        Codec<PartyID>.identifier().map(
            { LeadChoice($0) },
            back: { $0.party ?? PartyID("first-receiver") },
            orElse: { _ in Problems("lead", Words("must be a party or first-receiver", zh: "必须是单位或 first-receiver")) }
        )
    }
}
