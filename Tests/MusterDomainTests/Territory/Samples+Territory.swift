import EventSourcing
import MusterDomain

extension Samples {
    private static let time = Timestamp(microseconds: 1_795_233_600_123_456)
    private static let nasty = "\"\\ \u{1F692} 火\n\tend </script> \u{2028}"
    private static let event = EventID(command: CommandID(UniqueID(high: 1, low: 2)), ordinal: 3)
    private static let day = Duration.seconds(86_400)

    static let tree: [TerritoryEvent] = [
        .defined(
            TerritoryDefined(
                territory: "dq-02",
                level: .grid,
                parent: "dq",
                nameEN: "DQ-02",
                nameZH: "东桥二",
                households: 3_000,
                code: "230717001001",
                size: .tooLarge
            )
        ),
        .moved(TerritoryMoved(territory: "dq", parent: "he-s2", code: "230717002001", from: time, reason: nasty)),
        .moved(TerritoryMoved(territory: "dq", parent: "he-s2", from: time, reason: "x")),
        .retired(TerritoryRetired(territory: "he-s1", successors: ["he-s2"], from: time, reason: nasty)),
        .buildingRegistered(
            BuildingRegistered(
                building: "b1",
                parent: "dq-02",
                nameEN: "Block 1",
                nameZH: "一号楼",
                households: 80,
                size: .tooSmall
            )
        ),
        .buildingRegistered(BuildingRegistered(building: "b1", parent: "dq", nameEN: "Block 1", nameZH: "一号楼")),
        .gridDrawn(GridDrawn(community: "dq", grid: part, from: time)),
        .gridSplit(
            GridSplit(grid: "dq-02", parts: [part, GridPart(grid: "dq-04", nameEN: "4", nameZH: "四")], from: time)
        ),
        .gridMerged(GridMerged(grids: ["dq-03", "dq-04"], into: part, from: time)),
        .threeNoFlagged(ThreeNoFlagged(territory: "b1", missing: [.propertyFirm, .guardOrAlarm, .enclosure])),
        .alerted(TerritoryAlerted(incident: "I-1", territory: "dq", checkBy: time, limit: day)),
        .alertLifted(TerritoryAlertLifted(incident: "I-1")),
    ]

    private static let part = GridPart(
        grid: "dq-03",
        nameEN: "3",
        nameZH: "三",
        households: 250,
        buildings: ["b1"],
        size: .wanted,
        worker: "gw-02"
    )

    static let gridWorker: [GridWorkerEvent] = [
        .assigned(GridWorkerAssigned(grid: "dq-02", person: "gw-02", kind: .primary)),
        .relieved(
            GridWorkerRelieved(grid: "dq-02", person: "gw-02", kind: .primary, replacedBy: "gw-03", reason: "Leave.")
        ),
        .relieved(GridWorkerRelieved(grid: "dq-02", person: "gw-02", kind: .support)),
    ]

    static let household: [HouseholdEvent] = [
        .unitRegistered(UnitRegistered(building: "b1", unit: "u1", floors: 6)),
        .registered(
            HouseholdRegistered(
                building: "b1",
                household: "h1",
                unit: "u1",
                door: "101",
                contact: "resident-1",
                name: "王五",
                phone: "138 0000 0000",
                grid: "dq-02",
                staleBy: time,
                limit: day,
                tally: tally
            )
        ),
        .visited(
            VisitRecorded(
                building: "b1",
                household: "h1",
                outcome: .met,
                contact: "resident-1",
                undeclared: ["resident-2"],
                note: nasty,
                grid: "dq-02",
                isOvertaken: false,
                attempt: 0,
                staleBy: time,
                checkBy: time,
                tally: tally
            )
        ),
        .visited(
            VisitRecorded(
                building: "b1",
                household: "h1",
                outcome: .refused,
                isOvertaken: true,
                attempt: 2,
                revisitBy: time,
                limit: day,
                tally: tally
            )
        ),
        .referred(
            HouseholdReferred(
                building: "b1",
                household: "h1",
                attempt: 2,
                duty: "household.check",
                party: "police",
                basis: event
            )
        ),
        .memberDeclared(
            MemberDeclared(
                building: "b1",
                household: "h1",
                person: "resident-2",
                relation: .spouse,
                presence: .away,
                name: "李四",
                phone: "139",
                place: "武汉",
                backBy: time,
                staleBy: time,
                tally: tally
            )
        ),
        .vulnerableFlagged(
            VulnerableFlagged(
                building: "b1",
                household: "h1",
                person: "resident-2",
                reason: .aloneAndOld,
                note: nasty,
                reviewBy: time,
                checkBy: time,
                tally: tally
            )
        ),
        .corrected(
            RecordCorrected(
                building: "b1",
                household: "h1",
                corrects: event,
                part: .visit,
                person: "resident-1",
                outcome: .noAnswer,
                attempt: 1,
                revisitBy: time,
                reason: nasty,
                tally: tally
            )
        ),
        .corrected(
            RecordCorrected(
                building: "b1",
                household: "h1",
                corrects: event,
                part: .address,
                unit: "u2",
                door: "202",
                reason: "x",
                tally: tally
            )
        ),
        .swept(
            RegistrySwept(
                building: "b1",
                dueBy: time,
                unvisited: ["h1"],
                unchecked: ["h2"],
                stale: ["h3"],
                reviewsDue: [],
                checkBy: time,
                nextBy: time,
                tally: tally
            )
        ),
    ]

    private static let tally: HouseholdTally = {
        var tally = HouseholdTally()
        tally.households = 80
        tally.covered = 40
        tally.vulnerable = 3
        tally.open = 2
        tally.referred = 1
        tally.stale = 4
        tally.undeclared = 5
        return tally
    }()
}
