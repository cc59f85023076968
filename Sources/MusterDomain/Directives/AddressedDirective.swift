package import EventSourcing

/// A directive as one addressee has it: what they need to decide on came with the relay, so that this stream alone
/// decides. A recall or amendment reaches it some moments after it was made; what was done until then is a fact and stays.
package struct AddressedDirective: Aggregate, Hashable {
    /// How it came here.
    package struct Receipt: Hashable, Sendable {
        package let addressee: Addressee
        package let from: Addressee
        package let issuer: Addressee
        package let hop: Int
        package let isCopy: Bool
        package let receivedAt: Timestamp
    }

    /// Why there is nothing to be done any more, and since when: not before the addressee was told.
    package enum Ending: Hashable, Sendable {
        case recalled(at: Timestamp)
        case superseded(by: DirectiveID, from: Timestamp)
    }

    /// A total that was reported, and the event that says so.
    package struct Total: Hashable, Sendable {
        package let count: Int
        package let isFull: Bool
        package let event: EventID?
    }

    /// Nil before it arrives.
    package private(set) var receipt: Receipt?
    /// In their order; the last one is the current text.
    package private(set) var versions: [DirectiveVersion] = []
    package private(set) var ackBy: Timestamp?
    package private(set) var replyBy: Timestamp?
    /// The latest version whose receipt was acknowledged; 0 for none.
    package private(set) var acknowledged = 0
    package private(set) var hasRelayed = false
    package private(set) var isInapplicable = false
    /// Households that got it, of the current version.
    package private(set) var households: Total?
    /// What was done, by the version that bound it.
    package private(set) var executions: [Int: Total] = [:]
    package private(set) var isAckOverdue = false
    package private(set) var isReplyOverdue = false
    package private(set) var questionCount = 0
    package private(set) var openQuestions: Set<Int> = []
    package private(set) var ending: Ending?

    package init() {}

    package static func stream(_ directive: DirectiveID, _ addressee: Addressee) -> StreamName {
        StreamName(category: "addressed", id: "\(directive)/\(addressee.text)")
    }

    package var current: DirectiveVersion? { versions.last }

    /// Where it stands; nil before it arrives.
    package var status: AddresseeStatus? {
        guard let receipt, let current else { return nil }
        switch ending {
        case .recalled: return .recalled
        case .superseded: return .superseded
        case nil: break
        }
        if receipt.isCopy { return .copied }
        if isInapplicable { return .inapplicable }
        guard acknowledged == current.version else { return .received }
        guard let done = executions[current.version] else { return .acknowledged }
        return done.isFull ? .executed : .partlyExecuted
    }

    /// Whether anything was answered to the current version: done, or said not to apply.
    package var hasReplied: Bool {
        isInapplicable || current.map { executions[$0.version] != nil } ?? false
    }

    package mutating func evolve(_ event: AddressedDirectiveEvent, from origin: Origin) {
        switch event {
        case .received(let payload):
            receipt = Receipt(
                addressee: payload.addressee,
                from: payload.from,
                issuer: payload.issuer,
                hop: payload.hop,
                isCopy: payload.isCopy,
                receivedAt: origin.occurredAt
            )
            versions = payload.versions
            ackBy = payload.ackBy
            replyBy = payload.replyBy
            isAckOverdue = false
            isReplyOverdue = false
        case .acknowledged(let payload): acknowledge(payload, origin)
        case .executed(let payload):
            executions[payload.version] = Total(count: payload.count, isFull: payload.isFull, event: origin.event)
        case .declaredInapplicable: isInapplicable = true
        case .clarificationAsked(let payload):
            questionCount = payload.question
            openQuestions.insert(payload.question)
        case .clarificationAnswered(let payload): openQuestions.remove(payload.question)
        case .amended(let payload): amend(payload)
        case .recalled: ending = .recalled(at: origin.occurredAt)
        case .superseded(let payload):
            let told = max(payload.from, origin.occurredAt)
            if ending == nil { ending = .superseded(by: payload.by, from: told) }
        case .ackOverdue: isAckOverdue = true
        case .replyOverdue: isReplyOverdue = true
        }
    }

    private mutating func acknowledge(_ payload: ReceiptAcknowledged, _ origin: Origin) {
        if let count = payload.households {
            households = Total(count: count, isFull: count == payload.inScope, event: origin.event)
            return
        }
        acknowledged = max(acknowledged, payload.version)
        if payload.manner == .relay {
            hasRelayed = true
            // Whoever passes it on takes back that it does not apply.
            isInapplicable = false
        }
    }

    /// Opens the acknowledgement anew, of the households too (R4.5).
    private mutating func amend(_ payload: AmendmentReceived) {
        versions.append(payload.inForce)
        ackBy = payload.ackBy
        replyBy = payload.replyBy
        isInapplicable = false
        isAckOverdue = false
        isReplyOverdue = false
        households = nil
    }
}
