import EventSourcing
import MusterDomain
import Records

/// What a policy tells parties in a town, fact by fact.
struct Deliveries {
    private(set) var policy: any Policy
    private(set) var sent: [TaskDelivery] = []
    private(set) var forgotten: [ErasedDeliveries] = []

    init(of policy: some Policy, in town: Town = Town()) {
        var policy = policy
        for fact in town.founding { policy.evolve(fact) }
        self.policy = policy
    }

    /// Takes facts in, as the worker does: each is folded, then reacted to.
    ///
    /// - Returns: what was told because of them, as `directive street-1`.
    @discardableResult
    mutating func take(_ facts: some Sequence<Fact>) -> [String] {
        var told: [TaskDelivery] = []
        for fact in facts {
            policy.evolve(fact)
            for reaction in policy.reactions(to: fact) {
                switch reaction {
                case .deliver(let delivery): told.append(delivery)
                case .forget(let erased): forgotten.append(erased)
                case .issue: break
                }
            }
        }
        sent += told
        return told.map { "\($0.kind.rawValue) \($0.party)" }
    }

    /// How much of what it was told a policy holds in a stored property of this name.
    func held(in property: String) -> Int? {
        Mirror(reflecting: policy).descendant(property).map { Mirror(reflecting: $0).children.count }
    }
}

extension Town {
    /// The events that make the town what it is, as the log would give them back.
    var founding: [Fact] {
        var events: [AnyEvent] = []
        // From the top, as they must have been defined.
        for level in TerritoryLevel.allCases {
            let places = territories.territories.values.filter { $0.level == level }
            for place in places.sorted(by: { $0.id < $1.id }) {
                let defined = TerritoryDefined(
                    territory: place.id,
                    level: level,
                    parent: place.parent,
                    nameEN: place.words.en,
                    nameZH: place.words.zh
                )
                events.append(.territory(.defined(defined)))
            }
        }
        for party in authority.parties.values.sorted(by: { $0.id < $1.id }) {
            let registered = PartyRegistered(
                party: party.id,
                nameEN: party.words.en,
                nameZH: party.words.zh,
                kind: party.kind,
                channel: party.channel
            )
            events.append(.authority(.partyRegistered(registered)))
        }
        for post in authority.appointments.sorted(by: { $0.key < $1.key }).flatMap(\.value) {
            let appointed = PersonAppointed(
                person: post.person,
                role: post.role,
                party: post.party,
                territory: post.territory,
                from: post.from,
                to: post.to
            )
            events.append(.authority(.personAppointed(appointed)))
        }
        for list in authority.lists {
            let published = ResponsibilityListPublished(
                version: list.version,
                effectiveFrom: list.effectiveFrom,
                entries: list.lines
            )
            events.append(.authority(.responsibilityListPublished(published)))
        }
        return events.map { Fact.test($0) }
    }
}

extension Fact {
    /// An event on its own; its id is of no other one.
    static func test(
        _ event: AnyEvent,
        by actor: Actor = Town.administrator,
        at time: Timestamp = Town.noon,
        number: UInt64 = 1
    ) -> Fact {
        let id = CommandID(UniqueID(high: 7, low: number))
        return Fact(
            position: Position(1),
            stream: StreamName("test"),
            version: StreamVersion(1),
            id: EventID(command: id, ordinal: 0),
            type: EventType("Test"),
            origin: Origin(
                event: EventID(command: id, ordinal: 0),
                actor: actor,
                occurredAt: time,
                recordedAt: time,
                correlation: id
            ),
            event: event
        )
    }
}
