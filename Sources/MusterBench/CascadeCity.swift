import EventSourcing
import MusterDomain

/// A city with an office on each ground of it, as many as DOMAIN.md counts: 1 city, 12 districts, 47 streets, 243
/// communities, 4,000 grids.
struct CascadeCity: Sendable {
    /// One ground with whoever runs it.
    struct Office: Sendable {
        let actor: Actor
        let children: [TerritoryID]

        var territory: TerritoryID { actor.territory }
    }

    /// From the city down; each office's children stand in the next level.
    let levels: [[Office]]
    private let commands: [any Command]

    /// The city's territory is there already.
    init(sizes: [Int], since time: Timestamp) {
        let kinds: [(level: TerritoryLevel, role: Role, kind: PartyKind)] = [
            (.city, .districtCommand, .district), (.district, .districtCommand, .district),
            (.street, .streetCoordinator, .street), (.community, .communityHead, .community),
            (.grid, .gridWorker, .community),
        ]
        var levels: [[Office]] = []
        var commands: [any Command] = []
        for (depth, (size, kind)) in zip(sizes, kinds).enumerated() {
            let below = depth + 1 < sizes.count ? sizes[depth + 1] : 0
            let offices = (0..<size).map { number in
                let parent = depth > 0 ? levels[depth - 1][number * sizes[depth - 1] / size].actor : nil
                let territory = Self.territory(depth, number)
                // Grid workers belong to their community.
                let party = kind.level == .grid ? parent?.party : PartyID(rawValue: "office-\(territory)")
                let actor = Actor(
                    person: PersonID(rawValue: "duty-\(territory)") ?? PersonID("duty"),
                    party: party ?? PartyID("office"),
                    role: kind.role,
                    territory: territory
                )
                if let parent { commands.append(Self.define(territory, kind.level, in: parent.territory)) }
                if kind.level != .grid { commands.append(Self.register(actor.party, kind.kind)) }
                commands.append(Self.appoint(actor, since: time))
                let children = (0..<below).filter { $0 * size / below == number }
                return Office(actor: actor, children: children.map { Self.territory(depth + 1, $0) })
            }
            levels.append(offices)
        }
        self.levels = levels
        self.commands = commands
    }

    /// Everybody but the city, which issues.
    var addressees: Int { levels.dropFirst().reduce(0) { $0 + $1.count } }

    /// What sets it up, in the order in which it must come.
    var setup: [any Command] { commands }

    private static func territory(_ depth: Int, _ number: Int) -> TerritoryID {
        if depth == 0 { return BenchGateway.territory }
        return TerritoryID(rawValue: "bench-\(depth)-\(number)") ?? BenchGateway.territory
    }

    private static func define(_ territory: TerritoryID, _ level: TerritoryLevel, in parent: TerritoryID) -> any Command
    {
        DefineTerritory(
            territory: territory,
            level: level,
            parent: parent,
            nameEN: territory.rawValue,
            nameZH: territory.rawValue,
            households: level == .grid ? 240 : nil
        )
    }

    private static func register(_ party: PartyID, _ kind: PartyKind) -> any Command {
        RegisterParty(party: party, nameEN: party.rawValue, nameZH: party.rawValue, kind: kind, channel: .desk)
    }

    private static func appoint(_ actor: Actor, since time: Timestamp) -> any Command {
        AppointPerson(
            person: actor.person,
            role: actor.role,
            party: actor.party,
            territory: actor.territory,
            from: time
        )
    }
}
