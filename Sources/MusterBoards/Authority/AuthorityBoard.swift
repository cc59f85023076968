import EventSourcing
package import MusterDomain

/// Which measures hold or wait for approval, and beside them: what binds each community, the list in force as a matrix,
/// duties that nobody has somewhere, what lower levels tightened, how many people each party has, and who wears several
/// hats.
package struct AuthorityBoard: Board {
    package static let name = "authority"
    package static let version = 2

    /// Older add-ons are only in the log.
    private static let addOnsKept = 200

    private var register = Register()
    /// Where the log tells of each measure that is not over.
    private var positions: [MeasureID: Position] = [:]
    private var adopters: [MeasureID: Set<PartyID>] = [:]
    private var challenges: [MeasureID: Int] = [:]
    /// What was taken from its owner and is not given back.
    private var assets: [AssetID: AssetInUse] = [:]
    /// In the order in which they were found.
    private var addOns: [AddOn] = []
    /// Whoever was ever appointed more than once.
    private var perhapsMultiHatted: Set<PersonID> = []
    /// What the lists say in this register: looked up at each batch of events, made anew when the register has changed.
    private var lists = Memo<String, (figures: ListFigures, uncovered: [UncoveredDuty])>()
    /// The same of what holds where, by the measures that are in force.
    private var grounds = Memo<[MeasureID], [GroundMeasures]>()
    /// The same of how many people there are, by the span of `postTimes`.
    private var capacities = Memo<Int, Capacity>()
    private var postTimes = PostTimes()

    package init() {}

    package mutating func fold(_ fact: Fact, _ clocks: ClockChanges) -> [String] {
        guard case .authority(let event) = fact.event else {
            guard register.fold(fact) else { return [] }
            forget()
            return positions.keys.map(\.rawValue)
        }
        forget()
        let touched = touched(by: event)
        let isRenamed = register.fold(fact)
        note(event, fact)
        for measure in touched {
            let isOpen = register.authority.measures[measure]?.isOpen ?? false
            if !isOpen {
                positions[measure] = nil
                adopters[measure] = nil
                challenges[measure] = nil
            } else if positions[measure] == nil {
                positions[measure] = fact.position
            }
        }
        return (isRenamed ? Array(positions.keys) : touched).map(\.rawValue)
    }

    private mutating func forget() {
        lists = Memo()
        grounds = Memo()
        capacities = Memo()
    }

    private mutating func note(_ event: AuthorityEvent, _ fact: Fact) {
        switch event {
        case .personAppointed(let payload):
            postTimes.insert(payload.from)
            postTimes.insert(payload.to)
            if register.authority.appointments[payload.person, default: []].count > 1 {
                perhapsMultiHatted.insert(payload.person)
            }
        case .appointmentEnded(let payload): postTimes.insert(payload.at)
        case .measureAdopted(let payload):
            if positions[payload.measure] != nil { adopters[payload.measure, default: []].insert(payload.party) }
        case .measureChallenged(let payload):
            if positions[payload.measure] != nil { challenges[payload.measure, default: 0] += 1 }
        case .escalationDetected(let payload):
            addOns.append(AddOn(payload, at: fact.origin.occurredAt, register))
            if addOns.count > Self.addOnsKept { addOns.removeFirst() }
        case .assetRequisitioned(let payload): assets[payload.asset] = AssetInUse(payload, fact.origin, register)
        case .assetReturned(let payload): assets[payload.asset] = nil
        case .partyRegistered, .responsibilityListPublished, .listReviewDue, .measureIssued, .localMeasureProposed,
            .localMeasureApproved, .localMeasureRefused, .localMeasureLapsed, .measureRepealed, .measureExpired:
            break
        }
    }

    /// The measures whose rows an event may change; asked before it is folded, while what a repeal ends still runs.
    private func touched(by event: AuthorityEvent) -> [MeasureID] {
        switch event {
        case .measureIssued(let payload): [payload.measure]
        case .localMeasureProposed(let payload): [payload.measure]
        case .localMeasureApproved(let payload): [payload.measure]
        case .localMeasureRefused(let payload): [payload.measure]
        case .localMeasureLapsed(let payload): [payload.measure]
        case .measureExpired(let payload): [payload.measure]
        case .measureAdopted(let payload): [payload.measure]
        case .measureChallenged(let payload): [payload.measure]
        case .measureRepealed(let payload):
            [payload.measure] + register.authority.measures.runningLocals(of: payload.measure).map(\.id)
        case .partyRegistered, .personAppointed, .appointmentEnded, .responsibilityListPublished, .listReviewDue,
            .escalationDetected, .assetRequisitioned, .assetReturned:
            []
        }
    }

    package func row(_ key: String) -> MeasureRow? { MeasureID(rawValue: key).flatMap(row(of:)) }

    package func rows() -> [MeasureRow] { positions.keys.compactMap(row(of:)).sorted { $0.order < $1.order } }

    private func row(of id: MeasureID) -> MeasureRow? {
        guard let position = positions[id], let measure = register.authority.measures[id] else { return nil }
        return MeasureRow(
            measure: measure,
            territoryName: register.name(of: measure.territory),
            issuerName: register.name(of: measure.issuer.party),
            adopters: adopters[id]?.count ?? 0,
            challenges: challenges[id] ?? 0,
            position: position
        )
    }

    package func figures(at moment: BoardMoment) -> AuthorityFigures {
        let list = register.authority.list(at: moment.now)
        let known = list.map { list in
            lists.value(for: "\(list.effectiveFrom) \(list.version)") {
                (ListFigures(list, register), UncoveredDuty.find(in: list, register))
            }
        }
        let inForce = positions.keys.filter { register.authority.measures[$0]?.isInForce(at: moment.now) ?? false }
        return AuthorityFigures(
            list: known?.figures,
            grounds: grounds.value(for: inForce.sorted()) { GroundMeasures.find(in: register, at: moment.now) },
            capacity: capacities.value(for: postTimes.span(of: moment.now)) { Capacity(register, at: moment.now) },
            uncovered: known?.uncovered ?? [],
            addOns: addOns.reversed(),
            assets: assets.values.sorted { ($0.to, $0.asset) < ($1.to, $1.asset) }.map { $0.at(moment.now) },
            multiHatted: perhapsMultiHatted.sorted().compactMap { person in
                let posts = register.authority.posts(of: person, at: moment.now)
                return posts.count > 1 ? MultiHattedPerson(person, posts, register) : nil
            }
        )
    }
}

extension Measure {
    /// Whether people look for it on the board: it holds, will hold, or waits for approval.
    fileprivate var isOpen: Bool {
        switch stage {
        case .proposed, .standing: true
        case .refused, .lapsed, .repealed, .expired: false
        }
    }
}
