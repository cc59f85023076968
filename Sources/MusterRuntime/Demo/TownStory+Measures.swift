import EventSourcing
import MusterDomain
import Records

/// A measure of the street, with what became of it below.
struct TownMeasure: Sendable {
    struct Adoption: Hashable, Sendable {
        let party: PartyID
        let territory: TerritoryID
    }

    /// Nil before it was issued.
    private(set) var issued: MeasureIssued?
    private(set) var issuer: Actor?
    private(set) var isOver = false
    private(set) var adoptions: Set<Adoption> = []
    private(set) var challenges: Set<ChallengeID> = []
    /// Local measures that were put forward under it.
    private(set) var locals: Set<MeasureID> = []
    /// Of those, the ones that wait for a yes or no.
    private(set) var waiting: Set<MeasureID> = []

    mutating func evolve(_ event: AuthorityEvent, _ origin: Origin) {
        switch event {
        case .measureIssued(let payload): (issued, issuer) = (payload, origin.actor)
        case .localMeasureProposed(let payload):
            locals.insert(payload.measure)
            if payload.approveBy != nil { waiting.insert(payload.measure) }
        case .localMeasureApproved(let payload): waiting.remove(payload.measure)
        case .localMeasureRefused(let payload): waiting.remove(payload.measure)
        case .localMeasureLapsed(let payload): waiting.remove(payload.measure)
        case .measureRepealed(let payload): end(payload.measure)
        case .measureExpired(let payload): end(payload.measure)
        case .measureAdopted(let payload):
            adoptions.insert(Adoption(party: payload.party, territory: payload.territory))
        case .measureChallenged(let payload): challenges.insert(payload.challenge)
        case .partyRegistered, .personAppointed, .appointmentEnded, .responsibilityListPublished, .listReviewDue,
            .escalationDetected, .assetRequisitioned, .assetReturned:
            break
        }
    }

    private mutating func end(_ measure: MeasureID) {
        if measure == issued?.measure { isOver = true }
    }

    /// The measure that an event is about, or that from above on which it rests; nil for none.
    static func measure(of event: AuthorityEvent) -> MeasureID? {
        switch event {
        case .measureIssued(let payload): payload.measure
        case .localMeasureProposed(let payload): payload.parent
        case .localMeasureApproved(let payload): parent(of: payload.measure)
        case .localMeasureRefused(let payload): parent(of: payload.measure)
        case .localMeasureLapsed(let payload): parent(of: payload.measure)
        case .measureRepealed(let payload): parent(of: payload.measure)
        case .measureExpired(let payload): parent(of: payload.measure)
        case .measureAdopted(let payload): parent(of: payload.measure)
        case .measureChallenged(let payload): parent(of: payload.measure)
        case .partyRegistered, .personAppointed, .appointmentEnded, .responsibilityListPublished, .listReviewDue,
            .escalationDetected, .assetRequisitioned, .assetReturned:
            nil
        }
    }

    static func stream(_ measure: MeasureID) -> StreamName {
        StreamName(category: "town-measure", id: measure.rawValue)
    }

    static func local(of measure: MeasureID, in community: Town.Community) -> MeasureID? {
        MeasureID(rawValue: "\(measure).\(community.id)")
    }

    /// A local measure bears the name of the one on which it rests, and that of its community.
    private static func parent(of measure: MeasureID) -> MeasureID {
        MeasureID(rawValue: String(measure.rawValue.prefix { $0 != "." })) ?? measure
    }
}

/// What the street orders for a while, and what others make of it: property companies carry it out, and one tries to give
/// orders of its own and may not; communities want more than is allowed; residents challenge it.
extension TownStory {
    private struct Order {
        let kind: MeasureKind
        let figure: Int
        let mildest: Int
        let strictest: Int
        /// Stricter than anybody below may be.
        let tooStrict: Int
    }

    private static let orders = [
        Order(kind: .gatheringLimit, figure: 50, mildest: 100, strictest: 30, tooStrict: 10),
        Order(kind: .entryCheck, figure: 1, mildest: 0, strictest: 1, tooStrict: 2),
        Order(kind: .disinfection, figure: 2, mildest: 1, strictest: 3, tooStrict: 6),
        Order(kind: .venueClosure, figure: 8, mildest: 6, strictest: 10, tooStrict: 16),
    ]
    private static let basis = "《突发事件应对法》第四十九条 · Emergency Response Law, art. 49"

    /// The street's next measure; each of the kinds is over before it comes again.
    func measure(_ number: Int, at now: Timestamp) -> TownCommand? {
        let order = Self.orders[number % Self.orders.count]
        guard let measure = MeasureID(rawValue: "M-\(number + 1)") else { return nil }
        return TownCommand(
            Town.streetDuty,
            IssueMeasure(
                measure: measure,
                kind: order.kind,
                territory: Town.town,
                legalBasis: Self.basis,
                from: now,
                to: now + Duration.seconds(10 * 3_600) / speed,
                figure: order.figure,
                mildest: order.mildest,
                strictest: order.strictest
            ),
            key: "measure/\(number)"
        )
    }

    func deeds(in measure: TownMeasure) -> [TownDeed] {
        guard let issued = measure.issued, !measure.isOver, issued.territory == Town.town,
            measure.issuer == Town.streetDuty, let order = Self.orders.first(where: { $0.kind == issued.kind })
        else { return [] }
        return Town.communities.flatMap { below($0, issued, order, measure) }
            + refusals(issued, order) + answers(to: measure, issued)
    }

    private func deed(
        _ key: String,
        _ actor: Actor,
        _ command: any Command,
        _ mean: Duration,
        refusedUnder rule: String? = nil
    ) -> TownDeed {
        TownDeed(key: key, actor: actor, command: command, after: dice.delay(key, mean: mean), refusedUnder: rule)
    }

    /// What a community and its property company do.
    private func below(
        _ community: Town.Community,
        _ issued: MeasureIssued,
        _ order: Order,
        _ measure: TownMeasure
    ) -> [TownDeed] {
        let key = "\(issued.measure)/\(community.id)"
        var deeds: [TownDeed] = []
        let adoption = TownMeasure.Adoption(party: community.property, territory: community.id)
        if !measure.adoptions.contains(adoption), dice.isTrue("\(key)/adopts", chance: 0.85),
            let property = Town.duty(of: community.property)
        {
            let adopt = AdoptMeasure(measure: issued.measure, party: community.property, territory: community.id)
            deeds.append(deed("\(key)/adopt", property, adopt, .seconds(2_400)))
        }
        let wants: Int? =
            switch dice.fraction("\(key)/wants") {
            case ..<0.16: order.tooStrict
            case ..<0.3: order.strictest
            default: nil
            }
        if let wants, let local = TownMeasure.local(of: issued.measure, in: community),
            !measure.locals.contains(local), let head = Town.head(of: community)
        {
            let proposal = ProposeLocalMeasure(
                measure: local,
                parent: issued.measure,
                kind: issued.kind,
                territory: community.id,
                from: issued.from,
                to: issued.to,
                figure: wants,
                reason: "老人多、出入口多。Many old people, many entrances."
            )
            deeds.append(deed("\(key)/propose", head, proposal, .seconds(1_800)))
        }
        if dice.isTrue("\(key)/challenges", chance: 0.3),
            let challenge = ChallengeID(rawValue: "C-\(issued.measure)-\(community.id)"),
            !measure.challenges.contains(challenge), let resident = Town.resident(7, of: community.grids[0])
        {
            let word = ChallengeMeasure(
                challenge: challenge,
                measure: issued.measure,
                text: "我们这里没有必要。There is no need for it here."
            )
            deeds.append(deed("\(key)/challenge", resident, word, .seconds(5_400)))
        }
        return deeds
    }

    /// What nobody may, and somebody tries all the same (R1.1, R1.4).
    private func refusals(_ issued: MeasureIssued, _ order: Order) -> [TownDeed] {
        let key = "\(issued.measure)/refused"
        guard let community = dice.pick(Town.communities, key), let property = Town.duty(of: community.property),
            let head = Town.head(of: community), let name = TownMeasure.local(of: issued.measure, in: community)
        else { return [] }
        switch dice.fraction("\(key)/what") {
        case ..<0.4:
            let own = IssueMeasure(
                measure: name,
                kind: .barringTenants,
                territory: community.id,
                legalBasis: Self.basis,
                from: issued.from,
                to: issued.to
            )
            return [deed("\(key)/order", property, own, .seconds(3_000), refusedUnder: "R1.1")]
        case ..<0.7:
            let tighter = AdoptMeasure(
                measure: issued.measure,
                party: community.property,
                territory: community.id,
                figure: order.tooStrict
            )
            return [deed("\(key)/tighten", property, tighter, .seconds(3_000), refusedUnder: "R1.1")]
        case ..<0.85:
            let welding = IssueMeasure(
                measure: name,
                kind: .weldingDoors,
                territory: community.id,
                legalBasis: Self.basis,
                from: issued.from,
                to: issued.to
            )
            return [deed("\(key)/weld", head, welding, .seconds(3_000), refusedUnder: "R1.4")]
        default: return []
        }
    }

    /// What the street says to those below: most of what goes too far is refused, some lapses unanswered; a measure that
    /// many challenge may be repealed.
    private func answers(to measure: TownMeasure, _ issued: MeasureIssued) -> [TownDeed] {
        var deeds = measure.waiting.sorted().compactMap { local -> TownDeed? in
            let key = "\(local)/decide"
            switch dice.fraction(key) {
            case ..<0.2: return nil
            case ..<0.35:
                let yes = ApproveLocalMeasure(measure: local, text: "可以，到上级措施结束为止。Yes, until the measure above ends.")
                return deed(key, Town.streetDuty, yes, .seconds(5_400))
            default:
                let no = RefuseLocalMeasure(measure: local, reason: "不得层层加码。No level adds on to this.")
                return deed(key, Town.streetDuty, no, .seconds(5_400))
            }
        }
        if measure.challenges.count > 1, dice.isTrue("\(issued.measure)/repeals", chance: 0.5) {
            let repeal = RepealMeasure(measure: issued.measure, reason: "情况好转，提前解除。Things are better; it ends early.")
            deeds.append(deed("\(issued.measure)/repeal", Town.streetDuty, repeal, .seconds(5_400)))
        }
        return deeds
    }
}
