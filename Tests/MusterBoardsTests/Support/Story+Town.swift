import EventSourcing
import MusterDomain

extension Story {
    /// Heyan: a street of two communities with one grid each, five parties.
    static func town(on day: Int = 20) -> Story {
        var story = Story()
        let start = at("08:00:00", day: day)
        for territory in [
            TerritoryDefined(
                territory: "heyan",
                level: .street,
                parent: nil,
                nameEN: "Heyan",
                nameZH: "河沿",
                households: nil
            ),
            TerritoryDefined(
                territory: "dongqiao",
                level: .community,
                parent: "heyan",
                nameEN: "Dongqiao",
                nameZH: "东桥",
                households: 1_000
            ),
            TerritoryDefined(
                territory: "xinwei-c",
                level: .community,
                parent: "heyan",
                nameEN: "Xinwei",
                nameZH: "新圩",
                households: nil
            ),
            TerritoryDefined(
                territory: "dq-02",
                level: .grid,
                parent: "dongqiao",
                nameEN: "DQ-02",
                nameZH: "DQ-02",
                households: 250
            ),
        ] { story.tell(start, .defined(territory)) }
        let parties: [(PartyID, String, String, PartyKind)] = [
            ("fire", "Fire", "消防", .department), ("police", "Police", "公安", .department),
            ("gas", "Gas & power", "燃气供电", .department), ("dongqiao", "Dongqiao community", "东桥社区", .community),
            ("xinwei", "Xinwei Property", "新圩物业", .property),
        ]
        for (id, en, zh, kind) in parties {
            story.tell(
                start,
                .partyRegistered(
                    PartyRegistered(
                        party: id,
                        nameEN: en,
                        nameZH: zh,
                        kind: kind,
                        channel: .desk,
                        webhookURL: nil
                    )
                )
            )
        }
        story.tell(
            start,
            .personAppointed(
                PersonAppointed(
                    person: "head-dq",
                    role: .communityHead,
                    party: "dongqiao",
                    territory: "dongqiao",
                    from: start,
                    to: nil
                )
            )
        )
        return story
    }

    mutating func raise(
        _ matter: MatterID,
        _ time: Timestamp,
        title: String = "Blocked fire lane",
        by: Actor = .gridWorker,
        learned: Timestamp? = nil
    ) {
        tell(
            time,
            .raised(
                MatterRaised(
                    matter: matter,
                    report: nil,
                    kind: .blockedPassage,
                    territory: "dq-02",
                    place: "Dongqiao 7",
                    title: title,
                    text: "Two cars block the lane.",
                    reporter: "resident-7731",
                    urgency: .emergency
                )
            ),
            of: matter,
            by: by,
            learned: learned
        )
    }

    @discardableResult
    mutating func blow(
        _ matter: MatterID,
        _ time: Timestamp,
        to departments: [PartyID],
        lead: PartyID?,
        round: Int = 1,
        limit: Duration = .seconds(600),
        needsRatification: Bool = false,
        learned: Timestamp? = nil
    ) -> Position {
        tell(
            time,
            .whistleBlown(
                WhistleBlown(
                    matter: matter,
                    round: round,
                    kind: .emergency,
                    urgency: .emergency,
                    duty: "passage.clear",
                    departments: departments,
                    lead: lead,
                    basis: "The lane is blocked.",
                    listVersion: "2026-1",
                    needsRatification: needsRatification,
                    acceptBy: time + limit,
                    limit: limit
                )
            ),
            of: matter,
            by: .communityHead,
            learned: learned
        )
    }

    @discardableResult
    mutating func accept(
        _ matter: MatterID,
        _ time: Timestamp,
        by department: PartyID,
        becomesLead: Bool = false,
        limit: Duration = .seconds(1_800)
    ) -> Position {
        tell(
            time,
            .whistleAccepted(
                WhistleAccepted(
                    matter: matter,
                    round: 1,
                    department: department,
                    becomesLead: becomesLead,
                    isLate: false,
                    onSceneBy: time + limit,
                    limit: limit
                )
            ),
            of: matter,
            by: Actor(person: "officer", party: department, role: .departmentOfficer, territory: "heyan")
        )
    }

    mutating func arrive(_ matter: MatterID, _ time: Timestamp, _ department: PartyID, isLate: Bool = false) {
        tell(
            time,
            .departmentArrived(DepartmentArrived(matter: matter, round: 1, department: department, isLate: isLate)),
            of: matter,
            by: Actor(person: "officer", party: department, role: .departmentOfficer, territory: "heyan")
        )
    }

    mutating func miss(_ matter: MatterID, _ due: Timestamp, _ department: PartyID, _ step: WhistleStep = .onScene) {
        tell(
            due,
            .departmentNoShow(
                DepartmentNoShow(matter: matter, round: 1, department: department, step: step, dueAt: due)
            ),
            of: matter
        )
    }

    mutating func escalate(
        _ matter: MatterID,
        _ time: Timestamp,
        _ department: PartyID,
        to level: EscalationLevel,
        due: Timestamp,
        _ step: WhistleStep = .onScene
    ) {
        tell(
            time,
            .whistleEscalated(
                WhistleEscalated(
                    matter: matter,
                    round: 1,
                    department: department,
                    step: step,
                    level: level,
                    dueAt: due
                )
            ),
            of: matter
        )
    }

    mutating func dispute(_ matter: MatterID, _ time: Timestamp, _ department: PartyID, clockRuns: Bool) {
        tell(
            time,
            .competenceDisputed(
                CompetenceDisputed(
                    matter: matter,
                    round: 1,
                    department: department,
                    duty: "burning.open",
                    argument: "List 4.2: open burning belongs to urban management.",
                    clockRuns: clockRuns
                )
            ),
            of: matter,
            by: Actor(person: "officer", party: department, role: .departmentOfficer, territory: "heyan")
        )
    }

    mutating func complete(_ matter: MatterID, _ time: Timestamp, _ department: PartyID) {
        tell(
            time,
            .actionCompleted(
                ActionCompleted(matter: matter, round: 1, department: department, text: "The lane is clear.")
            ),
            of: matter,
            by: Actor(person: "officer", party: department, role: .departmentOfficer, territory: "heyan")
        )
    }

    mutating func file(_ matter: MatterID, _ time: Timestamp, _ side: FilingSide) {
        let isCommunity = side == .community
        tell(
            time,
            .filedWithSuperior(
                FiledWithSuperior(
                    matter: matter,
                    side: side,
                    party: isCommunity ? "dongqiao" : "fire",
                    superior: isCommunity ? "Heyan street office" : "Fire brigade",
                    text: "Filed."
                )
            ),
            of: matter,
            by: isCommunity ? .communityHead : .fire
        )
    }

    mutating func askFeedback(_ matter: MatterID, _ time: Timestamp) {
        let limit = Duration.seconds(259_200)
        tell(
            time,
            .feedbackAsked(
                FeedbackAsked(matter: matter, reporter: "resident-7731", answerBy: time + limit, limit: limit)
            ),
            of: matter,
            by: .communityHead
        )
    }

    mutating func answer(_ matter: MatterID, _ time: Timestamp, solved: Bool) {
        tell(
            time,
            .feedbackGiven(FeedbackGiven(matter: matter, solved: solved, score: nil, text: nil)),
            of: matter,
            by: .resident
        )
    }

    mutating func close(_ matter: MatterID, _ time: Timestamp) {
        tell(time, .closed(MatterClosed(matter: matter, text: nil)), of: matter, by: .communityHead)
    }

    /// The blocked lane of the reference pages: Fire is 12:40 late at 18:42:07.
    static func blockedLane() -> Story {
        var story = town()
        let due = at("18:29:27")
        story.raise("W-0412", at("17:31:09"))
        story.blow("W-0412", at("17:52:40"), to: ["fire", "police"], lead: "fire")
        story.accept("W-0412", at("17:59:27"), by: "fire")
        story.accept("W-0412", at("18:01:15"), by: "police")
        story.arrive("W-0412", at("18:11:48"), "police")
        story.escalate("W-0412", at("18:14:27"), "fire", to: .street, due: due)
        story.miss("W-0412", due, "fire")
        story.escalate("W-0412", due, "fire", to: .district, due: due)
        story.file("W-0412", at("18:31:40"), .community)
        return story
    }
}
