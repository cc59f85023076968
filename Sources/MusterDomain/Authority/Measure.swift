package import EventSourcing
package import Records

/// A rule for everybody in a territory, for a time: issued by an office, or by a lower one inside what a measure above
/// allows.
package struct Measure: Hashable, Sendable {
    /// How far it has come.
    package enum Stage: Hashable, Sendable {
        /// Stricter than lower levels may be, so its parent's issuer is asked; of no force until then.
        case proposed(approveBy: Timestamp)
        /// In force within its time.
        case standing
        case refused
        /// Nobody approved it in time, or its parent ended before.
        case lapsed
        case repealed(at: Timestamp)
        case expired
    }

    package let id: MeasureID
    package let kind: MeasureKind
    package let territory: TerritoryID
    package let legalBasis: String
    package internal(set) var from: Timestamp
    /// The first instant at which it no longer holds.
    package let to: Timestamp
    /// How strict it is; nil where nobody said so.
    package let figure: Int?
    /// The mildest and the strictest that lower levels may choose; the figure itself where nothing else was said.
    package let mildest: Int?
    package let strictest: Int?
    /// Who issued or proposed it.
    package let issuer: Actor
    /// The measure whose range it uses; nil for one that was issued.
    package let parent: MeasureID?
    package internal(set) var stage: Stage
    /// The event that brought it.
    package let startedBy: EventID?

    init(_ payload: MeasureIssued, from origin: Origin) {
        id = payload.measure
        kind = payload.kind
        territory = payload.territory
        legalBasis = payload.legalBasis
        from = payload.from
        to = payload.to
        figure = payload.figure
        mildest = payload.mildest ?? payload.figure
        strictest = payload.strictest ?? payload.figure
        issuer = origin.actor
        parent = nil
        stage = .standing
        startedBy = origin.event
    }

    init(_ payload: LocalMeasureProposed, from origin: Origin) {
        id = payload.measure
        kind = payload.kind
        territory = payload.territory
        legalBasis = payload.legalBasis
        from = payload.from
        to = payload.to
        figure = payload.figure
        mildest = payload.figure
        strictest = payload.figure
        issuer = origin.actor
        parent = payload.parent
        stage = payload.approveBy.map { .proposed(approveBy: $0) } ?? .standing
        startedBy = origin.event
    }

    /// Whether people must keep it at a time.
    package func isInForce(at time: Timestamp) -> Bool {
        switch stage {
        case .standing, .expired: from <= time && time < to
        case .repealed(let end): from <= time && time < min(to, end)
        case .proposed, .refused, .lapsed: false
        }
    }

    /// Whether it holds at a time or will hold later, as far as is known now.
    package func isInForceOrAhead(at time: Timestamp) -> Bool { stage == .standing && time < to }

    /// Whether it is over for good.
    var isSettled: Bool {
        switch stage {
        case .proposed, .standing: false
        case .refused, .lapsed, .repealed, .expired: true
        }
    }

    /// Whether some instant lies in both times.
    func overlaps(_ from: Timestamp, _ to: Timestamp) -> Bool { self.from < to && from < self.to }

    /// What it says, as "Limit on gatherings, at most 50 people".
    package var words: Words { kind.words(with: figure) }
}
