import EventLog
import EventSourcing
import MusterDomain
import Records
import Testing

/// A city of offices, each level with so many below each of the level above: who passes a directive on to whom.
struct CascadeTree: Sendable {
    static let levels: [(TerritoryLevel, Role)] = [
        (.city, .districtCommand), (.district, .districtCommand), (.street, .streetCoordinator),
        (.community, .communityHead), (.grid, .gridWorker),
    ]
    static let city = TerritoryID("city")
    private static let party = PartyID("office")

    /// The places of each level, from the city alone to the grids.
    let places: [[TerritoryID]]
    private(set) var children: [TerritoryID: [TerritoryID]] = [:]
    private var parents: [TerritoryID: TerritoryID] = [:]

    /// - Parameter counts: how many districts, streets, communities and grids there are.
    init(_ counts: [Int]) throws {
        var places = [[Self.city]]
        for (level, count) in counts.enumerated() {
            let above = places[level]
            var below: [TerritoryID] = []
            for number in 0..<count {
                let place = try #require(TerritoryID(rawValue: "p\(level + 1)-\(number)"))
                below.append(place)
                children[above[number % above.count], default: []].append(place)
                parents[place] = above[number % above.count]
            }
            places.append(below)
        }
        self.places = places
    }

    var grids: [TerritoryID] { places[places.count - 1] }

    /// All but the city.
    var addresseeCount: Int { places.dropFirst().reduce(0) { $0 + $1.count } }

    func below(_ place: TerritoryID) -> [Addressee] { children[place, default: []].map { Addressee($0) } }

    /// Who acts for a place of a level, 0 for the city.
    func office(of place: TerritoryID, _ level: Int) throws -> Actor {
        Actor(
            person: try #require(PersonID(rawValue: "\(place)-duty")),
            party: Self.party,
            role: Self.levels[level].1,
            territory: place
        )
    }

    /// Puts the city into a town's log: its places and who acts for each.
    func found(in town: Town) async throws {
        var defined: [TerritoryEvent] = []
        var appointed: [AuthorityEvent] = []
        for (level, places) in places.enumerated() {
            for place in places {
                defined.append(
                    .defined(
                        TerritoryDefined(
                            territory: place,
                            level: Self.levels[level].0,
                            parent: parents[place],
                            nameEN: place.rawValue,
                            nameZH: place.rawValue,
                            households: level == 4 ? 240 : nil
                        )
                    )
                )
                let actor = try office(of: place, level)
                appointed.append(
                    .personAppointed(
                        PersonAppointed(
                            person: actor.person,
                            role: actor.role,
                            party: actor.party,
                            territory: place,
                            from: town.clock.now
                        )
                    )
                )
            }
        }
        try await town.append(defined, to: TerritoryRegister.stream)
        try await town.append(appointed, to: Authority.stream)
    }
}

extension Town {
    /// Appends what nobody's command decides here, a few hundred events at a time.
    fileprivate func append<Event: DomainEvent>(_ events: [Event], to stream: StreamName) async throws {
        let encoded = events.compactMap { Event.table.encode($0) }
        let actor = Actor.system(in: CascadeTree.city)
        for start in stride(from: 0, to: encoded.count, by: 500) {
            let id = CommandID(
                UniqueID(version7At: clock.now, random: (.random(in: 0 ... .max), .random(in: 0 ... .max)))
            )
            let verdict = try await log.append(
                Append(
                    command: id,
                    occurredAt: clock.now,
                    metadata: EventMetadata.record.encode(
                        EventMetadata(actor: actor, correlation: id, causation: nil)
                    ),
                    writes: [
                        StreamWrite(
                            stream: stream,
                            expected: .any,
                            events: Array(encoded[start..<min(start + 500, encoded.count)])
                        )
                    ]
                )
            )
            guard case .appended = verdict else { throw CascadeError.notAppended }
        }
    }
}

private enum CascadeError: Error { case notAppended }
