import EventSourcing
import MusterDomain
import Records

/// A house of the town and those who live there, as far as the log tells.
struct TownBuilding: Sendable {
    /// Nil before it was registered.
    private(set) var id: TerritoryID?
    private(set) var register = HouseholdRegister()
    /// When something was last said of it.
    private(set) var at: Timestamp?

    mutating func begin(_ building: TerritoryID, _ origin: Origin) {
        id = building
        at = origin.recordedAt
    }

    mutating func evolve(_ event: HouseholdEvent, _ origin: Origin) {
        register.evolve(event, from: origin)
        at = origin.recordedAt
    }
}

/// How grid workers register who lives in their houses, and go from door to door: most people they meet, some they do not,
/// and where nobody opens twice the police goes. Who needs looking after is visited more often; here and there somebody
/// comes too late.
extension TownStory {
    func deeds(in building: TownBuilding) -> [TownDeed] {
        guard let id = building.id, let at = building.at, let house = Town.building(id),
            let community = Town.community(holding: house.grid),
            let worker = Town.worker(of: house.grid, in: community)
        else { return [] }
        let door = Door(house: house, worker: worker, register: building.register, at: at)
        return [registration(door)].compactMap(\.self)
            + building.register.households.sorted { $0.key < $1.key }.flatMap { name, household in
                household.hasMoved ? [] : care(for: household, name, door)
            }
    }

    private struct Door {
        let house: Town.Building
        let worker: Actor
        let register: HouseholdRegister
        let at: Timestamp

        var id: TerritoryID { house.id }
    }

    private func deed(_ key: String, _ actor: Actor, _ command: any Command, _ mean: Duration) -> TownDeed {
        TownDeed(key: key, actor: actor, command: command, after: dice.delay(key, mean: mean))
    }

    // MARK: - Registering

    /// One household after another, by floor and door.
    private func registration(_ door: Door) -> TownDeed? {
        guard door.register.units.contains(Town.unit) else {
            let unit = RegisterUnit(building: door.id, unit: Town.unit, floors: 6)
            return deed("\(door.id)/unit", door.worker, unit, .seconds(300))
        }
        let number = door.register.households.count
        guard number < 4 + Int(dice.fraction("\(door.id)/households") * 5) else { return nil }
        let name = "\((number / 2 + 1) * 100 + number % 2 + 1)"
        let key = "\(door.id)/\(name)"
        guard let household = HouseholdID(rawValue: "1-\(name)") else { return nil }
        let contact = contact(number, door)
        let command = RegisterHousehold(
            building: door.id,
            household: household,
            unit: Town.unit,
            door: name,
            contact: contact,
            name: contact == nil ? nil : Town.name(dice, key)
        )
        return deed(key, door.worker, command, .seconds(120))
    }

    /// The resident of the grid who speaks for the household; the others have none.
    private func contact(_ number: Int, _ door: Door) -> PersonID? {
        guard number % 2 == 0 || isVulnerable(number, door) else { return nil }
        return Town.resident(door.house.number * 20 + number, of: door.house.grid)?.person
    }

    private func isVulnerable(_ number: Int, _ door: Door) -> Bool {
        dice.isTrue("\(door.id)/\(number)/vulnerable", chance: 0.22)
    }

    // MARK: - Going there

    private func care(for household: Household, _ name: HouseholdID, _ door: Door) -> [TownDeed] {
        let key = "\(door.id)/\(name)"
        var deeds = [visit(household, name, door)].compactMap(\.self)
        let number = number(of: household)
        if household.vulnerability == nil, isVulnerable(number, door) {
            let reasons: [VulnerableReason] = [.aloneAndOld, .aloneAndOld, .disabled, .ill, .pregnant, .inNeed]
            let flag = FlagVulnerable(
                building: door.id,
                household: name,
                reason: dice.pick(reasons, "\(key)/reason") ?? .inNeed,
                reviewBy: door.at + .seconds(60 * 86_400)
            )
            deeds.append(deed("\(key)/flag", door.worker, flag, .seconds(900)))
        }
        if household.members.isEmpty, dice.isTrue("\(key)/member", chance: 0.4),
            let person = PersonID(rawValue: "\(door.id)-\(name)-2")
        {
            let isAway = dice.isTrue("\(key)/away", chance: 0.2)
            let member = DeclareMember(
                building: door.id,
                household: name,
                person: person,
                relation: dice.pick([.spouse, .parent, .tenant], "\(key)/relation") ?? .spouse,
                presence: isAway ? .away : .home,
                name: Town.name(dice, "\(key)/member"),
                place: isAway ? "外地务工 · working away" : nil
            )
            deeds.append(deed("\(key)/declare", door.worker, member, .seconds(1_200)))
        }
        return deeds
    }

    /// Counted from 0 by floor and door, as it was registered.
    private func number(of household: Household) -> Int {
        guard let door = Int(household.address.door) else { return 0 }
        return (door / 100 - 1) * 2 + door % 100 - 1
    }

    private func visit(_ household: Household, _ name: HouseholdID, _ door: Door) -> TownDeed? {
        let key = "\(door.id)/\(name)/visit/\(household.lastVisit?.at.microseconds ?? 0)"
        // Who met nobody often tries again on the same day; the police comes where that failed too.
        let isAgain = household.isOpen
        let isSoon = isAgain && dice.isTrue("\(key)/soon", chance: 0.5)
        let mean: Duration =
            if household.isReferred {
                .seconds(4 * 3_600)
            } else if isAgain {
                isSoon ? .seconds(2 * 3_600) : .seconds(18 * 3_600)
            } else if household.lastVisit == nil {
                .seconds(5_400)
            } else {
                household.vulnerability == nil ? .seconds(20 * 3_600) : .seconds(8 * 3_600)
            }
        guard let actor = household.isReferred ? Town.duty(of: Town.police) : door.worker else { return nil }
        // Once there, the police finds everybody.
        let result = household.isReferred ? .met : outcome(key)
        let isSomebodyMissing = result == .met && dice.isTrue("\(key)/absent", chance: 0.15)
        let absent = isSomebodyMissing ? household.members.filter { $0.value.presence == .home }.keys.sorted() : []
        let command = RecordVisit(building: door.id, household: name, outcome: result, absent: absent)
        return deed(key, actor, command, mean)
    }

    private func outcome(_ key: String) -> VisitOutcome {
        switch dice.fraction("\(key)/outcome") {
        case ..<0.74: .met
        case ..<0.92: .noAnswer
        case ..<0.995: .refused
        default: .moved
        }
    }
}
