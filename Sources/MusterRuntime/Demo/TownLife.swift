package import EventSourcing
import MusterDomain

/// What people of the town send in seven of its systems around a blocked passage, one after the other and without a
/// pause: a load whose every command is accepted.
package struct TownLife: Sendable {
    /// A lane has a grid, a building and people of its own; lives of one lane come one after the other.
    package static let lanes = 64

    private let lane: Lane
    private let name: String
    private let now: Timestamp

    /// - Parameter name: of this life, in all its ids: another for each, of letters, digits and `-`.
    package init(lane: Int, name: String, now: Timestamp) {
        self.lane = Lane(lane)
        self.name = name
        self.now = now
    }

    /// What must be on record before the first life: the town, and a building in each lane.
    package static var setup: [TownCommand] {
        Town.setup
            + (0..<lanes).flatMap { number -> [TownCommand] in
                let lane = Lane(number)
                let building = RegisterBuilding(
                    building: lane.building,
                    parent: lane.grid,
                    nameEN: "Building \(number + 1)",
                    nameZH: "\(number + 1) 号楼"
                )
                let unit = RegisterUnit(building: lane.building, unit: UnitID("u1"), floors: 6)
                return [
                    TownCommand(lane.worker, building, key: "life/\(number)/building"),
                    TownCommand(lane.worker, unit, key: "life/\(number)/unit"),
                ]
            }
    }

    /// In the order in which they must be sent.
    package var commands: [TownCommand] {
        (intake + whistle + filings + settled + households + requisition + directive + incident + concealment)
            .enumerated()
            .map { number, deed in TownCommand(deed.0, deed.1, key: "life/\(name)/\(number)") }
    }

    private typealias Deed = (Actor, any Command)

    private func id<Kind: IdentifierKind>(_ kind: String) -> Identifier<Kind> {
        guard let id = Identifier<Kind>(rawValue: "\(kind)-\(name)") else {
            preconditionFailure("a life's name is part of its ids")
        }
        return id
    }

    private var matter: MatterID { id("M") }

    private var intake: [Deed] {
        let report: ReportID = id("R")
        return [
            (
                lane.resident,
                SubmitReport(
                    report: report,
                    channel: .app,
                    kind: .rubbish,
                    territory: lane.grid,
                    place: "东桥路 \(lane.number + 1) 号",
                    text: "门口垃圾没有人清。"
                )
            ),
            (lane.worker, AnswerImmediately(report: report, text: "Taken away this morning.", isSolved: true)),
            (
                lane.worker,
                RaiseMatter(
                    matter: matter,
                    kind: .blockedPassage,
                    territory: lane.grid,
                    place: "东桥路 \(lane.number + 1) 号",
                    title: "消防通道被堵",
                    text: "两辆车堵住消防通道，车主联系不上，请尽快处理。",
                    reporter: lane.resident.person,
                    urgency: .emergency
                )
            ),
        ]
    }

    private var whistle: [Deed] {
        let duty = DutyID("passage.enforce")
        var deeds: [Deed] = [
            (lane.head, AssignInvestigator(matter: matter, person: lane.worker.person)),
            (
                lane.worker,
                RecordFindings(matter: matter, text: "Two cars, nobody answers the phone.", needsDepartment: true)
            ),
            (
                lane.head,
                BlowWhistle(
                    matter: matter,
                    kind: .emergency,
                    urgency: .emergency,
                    duty: duty,
                    departments: [Town.fire, Town.police],
                    lead: .party(Town.fire),
                    basis: "Responsibility list 2026-1"
                )
            ),
        ]
        let officers = [Town.fire, Town.police].compactMap(Town.duty)
        deeds += officers.map { ($0, AcceptWhistle(matter: matter, department: $0.party)) }
        deeds += officers.map { ($0, ReportOnScene(matter: matter, department: $0.party)) }
        deeds += officers.prefix(1).map { ($0, AgreeJointPlan(matter: matter, text: "The cars are towed away.")) }
        deeds += officers.map { officer in
            let text = "Our part is done; the place is clear."
            return (
                officer, CompleteAction(matter: matter, department: officer.party, result: .solved, text: text)
            )
        }
        return deeds
    }

    private var filings: [Deed] {
        func filing(_ side: FilingSide, _ superior: String) -> FileWithSuperior {
            FileWithSuperior(matter: matter, side: side, superior: superior, text: "Done; the passage is open.")
        }
        return [(lane.head, filing(.community, "Qingshi street office"))]
            + [Town.duty(of: Town.fire)].compactMap(\.self).map { ($0, filing(.department, "District fire brigade")) }
    }

    /// Another matter, which the community settles by itself. Of both it is Muster who asks the resident, in its own time.
    private var settled: [Deed] {
        let matter: MatterID = id("L")
        let raised = RaiseMatter(
            matter: matter,
            kind: .noise,
            territory: lane.grid,
            place: "东桥路 \(lane.number + 1) 号",
            title: "夜间噪声",
            text: "Music until two in the morning.",
            reporter: lane.resident.person,
            urgency: .normal
        )
        let seen = RecordFindings(matter: matter, text: "A birthday; they are sorry.", needsDepartment: false)
        return [
            (lane.worker, raised),
            (lane.head, AssignInvestigator(matter: matter, person: lane.worker.person)),
            (lane.worker, seen),
            (lane.worker, ResolveLocally(matter: matter, text: "It was a single evening.")),
        ]
    }

    private var households: [Deed] {
        let household: HouseholdID = id("H")
        return [
            (
                lane.worker,
                RegisterHousehold(
                    building: lane.building,
                    household: household,
                    unit: UnitID("u1"),
                    door: String(name.suffix(12))
                )
            ),
            (lane.worker, RecordVisit(building: lane.building, household: household, outcome: .met)),
        ]
    }

    private var requisition: [Deed] {
        let asset: AssetID = id("A")
        let taken = RequisitionAsset(
            asset: asset,
            what: "A tow truck",
            owner: Town.anju,
            territory: Town.town,
            legalBasis: "Emergency Response Law, article 12",
            from: now,
            to: now + .seconds(86_400)
        )
        return [
            (Town.districtDuty, taken), (Town.districtDuty, ReturnAsset(asset: asset, condition: .intact)),
        ]
    }

    private var directive: [Deed] {
        let order = IssueDirective(
            directive: id("D"),
            subject: id("subject"),
            title: "Keep the passage open",
            body: "Nobody parks in front of building \(lane.number + 1).",
            audience: [Addressee(lane.grid)],
            effectiveFrom: now
        )
        return [(lane.head, order)]
    }

    private var incident: [Deed] {
        let incident: IncidentID = id("I")
        let day = CaseDay(rawValue: String((now + .seconds(8 * 3_600)).rfc3339.prefix(10)))
        guard let day, let gas = Town.duty(of: Town.gas) else { return [] }
        let suspicion = ReportSuspectedCase(
            incident: incident,
            kind: Town.gasLeakKind,
            day: day,
            territory: lane.grid,
            sites: [SiteID("stairwell")],
            places: ["Building \(lane.number + 1)"],
            text: "It smells of gas in the stairwell."
        )
        return [(lane.worker, suspicion), (gas, RuleOutCase(incident: incident, text: "It was paint."))]
    }

    private var concealment: [Deed] {
        let report = Whistleblow(
            inquiry: id("Q"),
            accused: lane.community.property,
            territory: lane.grid,
            kind: .late,
            text: "They knew of the cars since yesterday."
        )
        return [(lane.resident, report)]
    }

    /// Who acts where.
    private struct Lane {
        let number: Int
        let community: Town.Community
        let grid: TerritoryID
        let building: TerritoryID
        let resident: Actor
        let worker: Actor
        let head: Actor

        init(_ number: Int) {
            let places = Town.communities.flatMap { community in community.grids.map { (community, $0) } }
            let (community, grid) = places[number % places.count]
            guard let building = TerritoryID(rawValue: "building-\(number)"),
                let resident = Town.resident(number / places.count, of: grid),
                let worker = Town.worker(of: grid, in: community),
                let head = Town.head(of: community)
            else { preconditionFailure("the town has people for every grid") }
            self.number = number
            self.community = community
            self.grid = grid
            self.building = building
            self.resident = resident
            self.worker = worker
            self.head = head
        }
    }
}
