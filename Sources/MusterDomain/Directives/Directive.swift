package import EventSourcing

/// A directive at its source: its versions, its end, and who was given it. What each of them did with it is a stream of its
/// own, so that thousands acknowledge without getting in each other's way.
///
/// Relays are decided here, where a recall is decided too: whichever comes first in the log, the other knows of it.
package struct Directive: Aggregate, Hashable {
    /// What was said when it was issued, without the prose.
    package struct Subject: Hashable, Sendable {
        package let directive: DirectiveID
        package let subject: DirectiveSubjectID
        /// The territory and party for which it was issued.
        package let issuer: Addressee
        /// The deepest level that is to get it.
        package let downTo: TerritoryLevel
        package let response: ResponseLevel?
        /// Where it applies: the territories that were named first, with all that lies in them.
        package let area: [TerritoryID]
        package let supersedes: DirectiveID?
        package let cascadeBy: Timestamp
    }

    /// How somebody came to have it.
    package struct Holder: Hashable, Sendable {
        package let from: Addressee
        /// 1 for those who have it from the issuer.
        package let hop: Int
        /// For information only, because a level was skipped (R4.2).
        package let isCopy: Bool
        /// Until when to pass it on; nil for a copy.
        package let relayBy: Timestamp?
        /// Whether it is on record that it stopped here.
        package internal(set) var isBroken = false
    }

    /// What came in its place, and when.
    package struct Succession: Hashable, Sendable {
        package let by: DirectiveID
        package let from: Timestamp
    }

    /// Nil before it is issued.
    package private(set) var subject: Subject?
    /// In their order; the last one is the current text.
    package private(set) var versions: [DirectiveVersion] = []
    package private(set) var replyBy: Timestamp?
    package private(set) var recalledAt: Timestamp?
    package private(set) var succession: Succession?
    package private(set) var holders: [Addressee: Holder] = [:]
    /// The territories in which somebody has it for more than information.
    package private(set) var reached: Set<TerritoryID> = []
    /// Those with which it is known to be at odds.
    package private(set) var contradictions: Set<DirectiveID> = []

    package init() {}

    package static func stream(_ directive: DirectiveID) -> StreamName {
        StreamName(category: "directive", id: directive.rawValue)
    }

    package var current: DirectiveVersion? { versions.last }

    /// The version that binds an act done at a time; nil when none did, as after a recall (R4.4).
    package func binding(at time: Timestamp) -> DirectiveVersion? {
        if let recalledAt, recalledAt <= time { return nil }
        if let succession, succession.from <= time { return nil }
        return versions.binding(at: time)
    }

    package mutating func evolve(_ event: DirectiveEvent, from origin: Origin) {
        switch event {
        case .issued(let payload): issue(payload)
        case .relayed(let payload):
            hand(payload.to, from: payload.from, hop: payload.hop, relayBy: payload.relayBy)
            copy(payload.copies, from: payload.from, hop: payload.hop)
        case .amended(let payload):
            versions.append(payload.inForce)
            replyBy = payload.replyBy
        case .recalled(let payload): recalledAt = payload.at
        case .superseded(let payload): succession = Succession(by: payload.by, from: payload.from)
        case .relayBroken(let payload): holders[payload.addressee]?.isBroken = true
        case .contradictionFound(let payload): contradictions.insert(payload.with)
        }
    }

    private mutating func issue(_ payload: DirectiveIssued) {
        subject = Subject(
            directive: payload.directive,
            subject: payload.subject,
            issuer: payload.issuer,
            downTo: payload.downTo,
            response: payload.response,
            area: payload.audience.map(\.territory),
            supersedes: payload.supersedes,
            cascadeBy: payload.cascadeBy
        )
        versions = [
            DirectiveVersion(
                version: 1,
                hash: payload.hash,
                bindsFrom: payload.bindsFrom,
                effectiveTo: payload.effectiveTo
            )
        ]
        replyBy = payload.replyBy
        hand(payload.audience, from: payload.issuer, hop: 1, relayBy: payload.relayBy)
        copy(payload.copies, from: payload.issuer, hop: 1)
    }

    private mutating func hand(_ addressees: [Addressee], from: Addressee, hop: Int, relayBy: Timestamp) {
        for addressee in addressees {
            holders[addressee] = Holder(from: from, hop: hop, isCopy: false, relayBy: relayBy)
            reached.insert(addressee.territory)
        }
    }

    private mutating func copy(_ addressees: [Addressee], from: Addressee, hop: Int) {
        for addressee in addressees where holders[addressee] == nil {
            holders[addressee] = Holder(from: from, hop: hop, isCopy: true, relayBy: nil)
        }
    }
}
