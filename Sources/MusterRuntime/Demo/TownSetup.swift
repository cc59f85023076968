import Crypto
package import EventSourcing
package import MusterDomain
import Records

/// A command that somebody of the town sends, under an id that is the same after every restart.
package struct TownCommand: Sendable {
    package let actor: Actor
    package let command: any Command
    package let id: CommandID
    /// The rule that says no, where somebody tries what nobody may; nil for all that is to be accepted.
    let refusedUnder: String?

    init(_ actor: Actor, _ command: any Command, key: String, refusedUnder: String? = nil) {
        self.actor = actor
        self.command = command
        self.refusedUnder = refusedUnder
        id = CommandID(UniqueID(hashing: "demo/\(key)"))
    }

    init(_ deed: TownDeed) {
        self.init(deed.actor, deed.command, key: deed.key, refusedUnder: deed.refusedUnder)
    }
}

extension UniqueID {
    /// The same id for the same text, always.
    init(hashing text: String) {
        let digest = Array(SHA256.hash(data: Array(text.utf8)).prefix(16))
        let half = { (range: Range<Int>) in digest[range].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        self.init(version8From: (half(0..<8), half(8..<16)))
    }
}

extension Town {
    /// Posts and lists hold from here on.
    private static let foundation = Timestamp(microseconds: 1_767_225_600_000_000)

    /// Everything that must be on record before anybody can act. Sent again at each start; the log takes it once.
    static var setup: [TownCommand] {
        territories + registrations + appointments + gridWorkers
            + [list, TownCommand(districtDuty, PublishPlaybook(playbook: playbook), key: "playbook/\(gasLeak)")]
            + buildings.map(register) + threeNoCompounds
    }

    private static var territories: [TownCommand] {
        var commands = [
            define(city, .city, nil, "Jianghe city", "江河市"),
            define(district, .district, city, "Jianghe district", "江河区"),
            define(town, .street, district, "Qingshi town", "青石镇"),
        ]
        for community in communities {
            commands.append(
                define(community.id, .community, town, community.words.en, community.words.zh, community.households)
            )
            for (index, grid) in community.grids.enumerated() {
                commands.append(
                    define(
                        grid,
                        .grid,
                        community.id,
                        "\(community.words.en) \(index + 1)",
                        "\(community.words.zh) \(index + 1) 网格",
                        community.households / community.grids.count
                    )
                )
            }
        }
        return commands
    }

    private static func define(
        _ id: TerritoryID,
        _ level: TerritoryLevel,
        _ parent: TerritoryID?,
        _ en: String,
        _ zh: String,
        _ households: Int? = nil
    ) -> TownCommand {
        TownCommand(
            administrator,
            DefineTerritory(
                territory: id,
                level: level,
                parent: parent,
                nameEN: en,
                nameZH: zh,
                households: households
            ),
            key: "territory/\(id)"
        )
    }

    private static var registrations: [TownCommand] {
        parties.map { party in
            TownCommand(
                administrator,
                RegisterParty(
                    party: party.id,
                    nameEN: party.words.en,
                    nameZH: party.words.zh,
                    kind: party.kind,
                    channel: party.channel,
                    webhookURL: nil
                ),
                key: "party/\(party.id)"
            )
        }
    }

    private static var appointments: [TownCommand] {
        (posts + [secondPost].compactMap(\.self)).map { actor in
            TownCommand(
                administrator,
                AppointPerson(
                    person: actor.person,
                    role: actor.role,
                    party: actor.party,
                    territory: actor.territory,
                    from: foundation,
                    to: nil
                ),
                key: "post/\(actor.person)" + (actor == secondPost ? "/2" : "")
            )
        }
    }

    private static func register(_ building: Building) -> TownCommand {
        TownCommand(
            administrator,
            RegisterBuilding(
                building: building.id,
                parent: building.grid,
                nameEN: building.words.en,
                nameZH: building.words.zh
            ),
            key: "building/\(building.id)"
        )
    }

    /// Old houses without a property company, a guard or a wall.
    private static var threeNoCompounds: [TownCommand] {
        buildings.filter(\.isThreeNo).compactMap { building in
            guard let community = community(holding: building.grid), let head = head(of: community) else { return nil }
            return TownCommand(
                head,
                FlagThreeNo(territory: building.id, missing: [.propertyFirm, .guardOrAlarm, .enclosure]),
                key: "three-no/\(building.id)"
            )
        }
    }

    private static var gridWorkers: [TownCommand] {
        communities.flatMap { community in
            community.grids.compactMap { grid in
                guard let head = head(of: community), let worker = worker(of: grid, in: community) else { return nil }
                return TownCommand(head, AssignGridWorker(grid: grid, person: worker.person), key: "worker/\(grid)")
            }
        }
    }

    private static var list: TownCommand {
        let town = duties.map { duty in
            ResponsibilityEntry(
                duty: duty.id,
                nameEN: duty.words.en,
                nameZH: duty.words.zh,
                territory: Town.town,
                responsible: duty.responsible,
                supporting: duty.supporting
            )
        }
        let local = communities.flatMap { community in
            [
                ResponsibilityEntry(
                    duty: clearing,
                    nameEN: "Clear passages and corridors",
                    nameZH: "清理通道和楼道",
                    territory: community.id,
                    responsible: community.property,
                    supporting: [volunteers]
                ),
                ResponsibilityEntry(
                    duty: cleaning,
                    nameEN: "Keep the compound clean",
                    nameZH: "保持小区清洁",
                    territory: community.id,
                    responsible: community.property,
                    supporting: [volunteers]
                ),
            ]
        }
        // Not everywhere: the board shows where nobody has it.
        let lifts = communities.prefix(4).map { community in
            ResponsibilityEntry(
                duty: liftChecking,
                nameEN: "Check the lifts",
                nameZH: "检查电梯",
                territory: community.id,
                responsible: community.property,
                supporting: [market]
            )
        }
        return TownCommand(
            districtDuty,
            PublishResponsibilityList(version: "2026-1", effectiveFrom: foundation, entries: town + local + lifts),
            key: "list/2026-1"
        )
    }

    static let clearing = DutyID("passage.clear")
    static let cleaning = DutyID("compound.clean")
    private static let liftChecking = DutyID("lift.check")
}
