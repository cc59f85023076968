import EventSourcing
import MusterDomain

/// The town with a playbook for cases and what its duties ask for.
extension Town {
    static let withPlaybook: Town = {
        var town = Town()
        town.publish("2026-2", from: noon - .seconds(3_600), dutyEntries)
        town.publish(Plans.sickness)
        return town
    }()

    static let dutyEntries = [
        ResponsibilityEntry(
            duty: "case.verify",
            nameEN: "Verify cases",
            nameZH: "核实病例",
            territory: "he",
            responsible: "market"
        ),
        ResponsibilityEntry(
            duty: "case.watch",
            nameEN: "Watch the ground",
            nameZH: "外围值守",
            territory: "he",
            responsible: "police"
        ),
    ]

    mutating func publish(_ playbook: Playbook) {
        playbooks.evolve(.published(PlaybookPublished(playbook: playbook)), from: .test)
    }
}

/// Playbooks that tests use.
enum Plans {
    static let minute = Duration.seconds(60)

    /// Three groups, of which one waits for another in one step.
    static let sickness = plan()

    static func plan(version: Int = 1, _ change: (inout [PlaybookGroup]) -> Void = { _ in }) -> Playbook {
        var groups = [entry, spray, watch]
        change(&groups)
        return Playbook(
            playbook: "sickness",
            version: version,
            kind: "case",
            nameEN: "Case",
            nameZH: "病例",
            verification: PlaybookVerification(within: minute * 90, duty: "case.verify"),
            groupsUpWithin: minute * 30,
            summaryWithin: minute * 1_440,
            checks: [PlaybookCheck(check: "ppe", nameEN: "Protective equipment", nameZH: "防护用品")],
            groups: groups,
            rechecks: [
                PlaybookRecheck(
                    recheck: "two-days",
                    nameEN: "After two days",
                    nameZH: "两日复查",
                    after: minute * 2_880,
                    within: minute * 720,
                    coversSites: true
                ),
                PlaybookRecheck(
                    recheck: "day-14",
                    nameEN: "Day 14",
                    nameZH: "第十四天复查",
                    after: minute * 20_160,
                    within: minute * 1_440
                ),
            ]
        )
    }

    static let entry = PlaybookGroup(
        group: "entry",
        nameEN: "Household entry",
        nameZH: "入户组",
        partyKind: .community,
        steps: [
            PlaybookStep(
                step: "enter",
                nameEN: "Enter",
                nameZH: "入户",
                within: minute * 120,
                requires: ["ppe"],
                evidence: .text,
                canSkip: false
            ),
            PlaybookStep(
                step: "list",
                nameEN: "List",
                nameZH: "登记",
                needs: ["enter"],
                within: minute * 60,
                evidence: .figure("persons", 1...50)
            ),
            PlaybookStep(
                step: "entry-report",
                nameEN: "Report",
                nameZH: "报告",
                needs: ["list"],
                evidence: .text,
                isReport: true
            ),
            PlaybookStep(
                step: "serve",
                nameEN: "Serve",
                nameZH: "服务",
                phase: .followUp,
                needs: ["list"],
                within: minute * 20_160
            ),
        ]
    )

    static let spray = PlaybookGroup(
        group: "spray",
        nameEN: "Disinfection",
        nameZH: "消杀组",
        partyKind: .street,
        steps: [
            PlaybookStep(
                step: "disinfect",
                nameEN: "Disinfect",
                nameZH: "消杀",
                within: minute * 360,
                evidence: .figure("m2", 1...1_000_000),
                coversSites: true
            ),
            PlaybookStep(
                step: "spray-report",
                nameEN: "Report",
                nameZH: "报告",
                needs: ["disinfect"],
                isReport: true
            ),
        ]
    )

    static let watch = PlaybookGroup(
        group: "watch",
        nameEN: "Outdoor monitor",
        nameZH: "室外监控组",
        duty: "case.watch",
        steps: [
            PlaybookStep(step: "post", nameEN: "Post people", nameZH: "值守", evidence: .photo),
            PlaybookStep(
                step: "door",
                nameEN: "Watch the door",
                nameZH: "看门",
                needs: ["enter"],
                within: minute * 30
            ),
            PlaybookStep(
                step: "watch-report",
                nameEN: "Report",
                nameZH: "报告",
                needs: ["post", "door"],
                isReport: true
            ),
        ]
    )

    /// Another kind of incident altogether, of no person.
    static let leak = Playbook(
        playbook: "leak",
        version: 3,
        kind: "gas-leak",
        nameEN: "Gas leak",
        nameZH: "燃气泄漏",
        groupsUpWithin: minute * 15,
        summaryWithin: minute * 240,
        groups: [
            PlaybookGroup(
                group: "shut-off",
                nameEN: "Shut-off",
                nameZH: "关阀组",
                partyKind: .department,
                steps: [
                    PlaybookStep(step: "valve", nameEN: "Close", nameZH: "关阀", within: minute * 30, isReport: true)
                ]
            )
        ],
        rechecks: [
            PlaybookRecheck(
                recheck: "measure",
                nameEN: "Measure",
                nameZH: "复测",
                after: minute * 120,
                within: minute * 120
            )
        ]
    )
}
