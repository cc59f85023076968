import EventSourcing
import MusterDomain
import Records

/// What a town writes: the lives of matters, from the report to the resident's answer. The same number gives the same
/// events.
struct TownTraffic {
    /// How many people there are.
    static let residents = 5_000

    private static let start = Timestamp(microseconds: 1_795_258_800_000_000)

    /// Appends the lives of so many matters, some of them at the same time as on a busy day, each command by command.
    static func write(matters: Int, to store: any EventStore, atOnce: Int = 64) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<atOnce {
                group.addTask {
                    for number in stride(from: lane, to: matters, by: atOnce) {
                        for append in life(of: number) {
                            guard case .appended = try await store.append(append) else {
                                throw BenchError("an append of the town was not appended")
                            }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// One matter, command by command.
    private static func life(of number: Int) -> [Append] {
        let matter = MatterID(identifier: number, in: 0x4D)
        let report = ReportID(identifier: number, in: 0x52)
        let urgency: Urgency = number.isMultiple(of: 3) ? .emergency : .urgent
        let begin = start + .seconds(number * 20)
        var life = Life(number: number, begin: begin)
        life.tell(5, .resident(resident(number)), report, .submitted(submitted(report, number, of: resident(number))))
        life.tell(
            50,
            .clerk,
            report,
            .triaged(ReportTriaged(report: report, urgency: urgency, duty: DutyID("passage.clear")))
        )
        life.tell(51, .system(in: TerritoryID("dq-02")), matter, [.raised(raised(matter, report, number, urgency))])
        life.tell(
            200,
            .head,
            matter,
            [.investigatorAssigned(InvestigatorAssigned(matter: matter, person: PersonID("grid-worker-dq02")))]
        )
        life.tell(
            900,
            .gridWorker,
            matter,
            [.findingsRecorded(FindingsRecorded(matter: matter, text: text(number), needsDepartment: true))]
        )
        life.tell(960, .head, matter, [.whistleBlown(blown(matter, urgency, at: begin + .seconds(960)))])
        for (party, actor) in [(PartyID("fire"), Actor.fire), (PartyID("police"), .police)] {
            let isLead = party == PartyID("fire")
            life.tell(
                1_100,
                actor,
                matter,
                [
                    .whistleAccepted(
                        WhistleAccepted(
                            matter: matter,
                            round: 1,
                            department: party,
                            becomesLead: isLead,
                            isLate: false,
                            onSceneBy: begin + .seconds(2_900),
                            limit: .seconds(1_800)
                        )
                    )
                ]
            )
            life.tell(
                2_000,
                actor,
                matter,
                [.departmentArrived(DepartmentArrived(matter: matter, round: 1, department: party, isLate: false))]
            )
            life.tell(
                3_600,
                actor,
                matter,
                [.actionCompleted(ActionCompleted(matter: matter, round: 1, department: party, text: text(number + 1)))]
            )
        }
        let answerBy = begin + .seconds(270_000)
        life.tell(
            4_000,
            .head,
            matter,
            [
                .filedWithSuperior(
                    FiledWithSuperior(
                        matter: matter,
                        side: .community,
                        party: PartyID("dongqiao"),
                        superior: "河沿街道办事处",
                        text: text(number + 2)
                    )
                ),
                .feedbackAsked(
                    FeedbackAsked(
                        matter: matter,
                        reporter: resident(number),
                        answerBy: answerBy,
                        limit: .seconds(259_200)
                    )
                ),
            ]
        )
        life.tell(
            9_000,
            .resident(resident(number)),
            matter,
            [
                .feedbackGiven(FeedbackGiven(matter: matter, solved: true, score: 1 + number % 5)),
                .closed(MatterClosed(matter: matter)),
            ]
        )
        return life.appends
    }

    /// One of the people of the town, each of whom reports something now and then.
    static func resident(_ number: Int) -> PersonID {
        PersonID(rawValue: "resident-\(1_000 + number % residents)") ?? PersonID("resident-1000")
    }

    /// A resident's report alone, as it is appended; the number tells reports apart.
    static func report(_ number: Int, of person: PersonID) -> Append {
        let report = ReportID(identifier: number, in: 0x52)
        var life = Life(number: number, begin: start + .seconds(number))
        life.tell(5, .resident(person), report, .submitted(submitted(report, number, of: person)))
        return life.appends[0]
    }

    private static func submitted(_ report: ReportID, _ number: Int, of person: PersonID) -> ReportSubmitted {
        ReportSubmitted(
            report: report,
            channel: number.isMultiple(of: 2) ? .phone : .app,
            kind: .blockedPassage,
            territory: TerritoryID("dq-02"),
            place: "东桥路 \(number % 90 + 1) 号楼",
            text: text(number),
            latitude: Double(31_234_567 + number % 1_000) / 1_000_000,
            longitude: Double(121_467_891 - number % 770) / 1_000_000,
            reporter: person,
            isUrgent: number.isMultiple(of: 3)
        )
    }

    private static func raised(
        _ matter: MatterID,
        _ report: ReportID,
        _ number: Int,
        _ urgency: Urgency
    ) -> MatterRaised {
        MatterRaised(
            matter: matter,
            report: report,
            kind: .blockedPassage,
            territory: TerritoryID("dq-02"),
            place: "东桥路 \(number % 90 + 1) 号楼",
            title: "消防通道被堵",
            text: text(number),
            reporter: resident(number),
            urgency: urgency
        )
    }

    private static func blown(_ matter: MatterID, _ urgency: Urgency, at time: Timestamp) -> WhistleBlown {
        WhistleBlown(
            matter: matter,
            round: 1,
            kind: .emergency,
            urgency: urgency,
            duty: DutyID("passage.clear"),
            departments: [PartyID("fire"), PartyID("police")],
            lead: PartyID("fire"),
            basis: "The fire lane is blocked; the cars have no owners here.",
            listVersion: "2026-1",
            needsRatification: false,
            acceptBy: time + .seconds(600),
            limit: .seconds(600)
        )
    }

    /// What people write: half in Chinese, half in English.
    private static func text(_ number: Int) -> String {
        number.isMultiple(of: 2)
            ? "两辆车堵住消防通道，车主联系不上，请尽快处理。编号 \(number)"
            : "Two cars block the fire lane behind building \(number % 90 + 1); nobody answers the phone numbers on them."
    }
}

/// The appends of one matter's commands.
private struct Life {
    private(set) var appends: [Append] = []
    private let number: Int
    private let begin: Timestamp
    private let correlation: CommandID
    private var causation: EventID?

    init(number: Int, begin: Timestamp) {
        self.number = number
        self.begin = begin
        correlation = Self.command(number, 0, at: begin)
    }

    mutating func tell(_ seconds: Int, _ actor: Actor, _ report: ReportID, _ event: ReportEvent) {
        guard let new = ReportEvent.table.encode(event) else { return }
        append(seconds, actor, StreamName(category: "report", id: report.rawValue), [new])
    }

    mutating func tell(_ seconds: Int, _ actor: Actor, _ matter: MatterID, _ events: [MatterEvent]) {
        append(seconds, actor, Matter.stream(matter), events.compactMap { MatterEvent.table.encode($0) })
    }

    private mutating func append(_ seconds: Int, _ actor: Actor, _ stream: StreamName, _ events: [NewEvent]) {
        let time = begin + .seconds(seconds)
        let command = Self.command(number, appends.count, at: time)
        // Muster's own commands follow from an event; people's do not.
        let metadata = EventMetadata(
            actor: actor,
            correlation: correlation,
            causation: actor.role == .system ? causation : nil
        )
        appends.append(
            Append(
                command: command,
                occurredAt: time,
                metadata: EventMetadata.record.encode(metadata),
                writes: [StreamWrite(stream: stream, expected: .any, events: events)]
            )
        )
        causation = EventID(command: command, ordinal: 0)
    }

    private static func command(_ number: Int, _ step: Int, at time: Timestamp) -> CommandID {
        let mixed = UInt64(number * 64 + step) &* 0x9E37_79B9_7F4A_7C15
        return CommandID(UniqueID(version7At: time, random: (mixed >> 20, mixed)))
    }
}

extension Identifier {
    /// An identifier as Muster makes them: the text of a UUID.
    fileprivate init(identifier number: Int, in kind: UInt64) {
        self.init(UniqueID(high: 0x0193_88f2_6c1a_7000 | kind, low: 0x8000_0000_0000_0000 | UInt64(number)))
    }
}

extension Actor {
    fileprivate static func resident(_ person: PersonID) -> Actor {
        Actor(person: person, party: PartyID("residents"), role: .resident, territory: TerritoryID("dq-02"))
    }
    fileprivate static let clerk = actor("hotline-clerk-3", "hotline", .hotlineClerk, "heyan")
    fileprivate static let gridWorker = actor("grid-worker-dq02", "dongqiao", .gridWorker, "dq-02")
    fileprivate static let head = actor("head-dq", "dongqiao", .communityHead, "dongqiao")
    fileprivate static let fire = actor("fire-officer-2", "fire", .departmentOfficer, "heyan")
    fileprivate static let police = actor("police-officer-4", "police", .departmentOfficer, "heyan")

    private static func actor(
        _ person: StaticString,
        _ party: StaticString,
        _ role: Role,
        _ territory: StaticString
    ) -> Actor {
        Actor(person: PersonID(person), party: PartyID(party), role: role, territory: TerritoryID(territory))
    }
}
