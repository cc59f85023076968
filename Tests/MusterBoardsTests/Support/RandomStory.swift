import EventSourcing
import MusterDomain
import MusterTesting

extension Story {
    /// Events of a few matters in any order, also in orders that no decider would allow: a fold must live through all.
    static func random(_ count: Int, seed: UInt64) -> Story {
        var generator = SeededGenerator(seed: seed)
        var story = town()
        var time = at("06:00:00")
        let matters: [MatterID] = ["M-1", "M-2", "M-3", "M-4"]
        for _ in 0..<count {
            time = time + .seconds(Int.random(in: 0...120, using: &generator))
            story.tellAnything(time, of: matters.randomElement(using: &generator) ?? "M-1", &generator)
        }
        return story
    }

    private mutating func tellAnything(_ time: Timestamp, of matter: MatterID, _ generator: inout SeededGenerator) {
        let parties: [PartyID] = ["fire", "police", "gas"]
        let party = parties.randomElement(using: &generator) ?? "fire"
        let due = time + .seconds(Int.random(in: -600...3_600, using: &generator))
        switch Int.random(in: 0..<25, using: &generator) {
        case 0, 1: raise(matter, time)
        case 2, 3, 4:
            let called = Array(parties.shuffled(using: &generator).prefix(Int.random(in: 1...3, using: &generator)))
            blow(matter, time, to: called, lead: Bool.random(using: &generator) ? called.first : nil, round: 2)
        case 5, 6: accept(matter, time, by: party, becomesLead: Bool.random(using: &generator))
        case 7: arrive(matter, time, party, isLate: Bool.random(using: &generator))
        case 8: miss(matter, due, party)
        case 9: escalate(matter, time, party, to: .street, due: due)
        case 10: dispute(matter, time, party, clockRuns: Bool.random(using: &generator))
        case 11: complete(matter, time, party)
        case 12: file(matter, time, .community)
        case 13: file(matter, time, .department)
        case 14: askFeedback(matter, time)
        case 15: answer(matter, time, solved: Bool.random(using: &generator))
        case 16: close(matter, time)
        case 17:
            tell(
                time,
                .reopened(
                    MatterReopened(
                        matter: matter,
                        reason: "Again",
                        round: 1,
                        lead: party,
                        onSceneBy: due,
                        limit: .seconds(600)
                    )
                ),
                of: matter
            )
        case 18:
            tell(
                time,
                .whistleWithdrawn(
                    WhistleWithdrawn(matter: matter, round: 1, departments: [party], reason: "Gone")
                ),
                of: matter
            )
        case 19: rename(time, party)
        case 20:
            tell(
                time,
                .competenceRuled(
                    CompetenceRuled(
                        matter: matter,
                        round: 1,
                        department: party,
                        upheld: Bool.random(using: &generator),
                        replacement: parties.randomElement(using: &generator),
                        lead: party,
                        text: "Ruled.",
                        acceptBy: due,
                        limit: .seconds(600)
                    )
                ),
                of: matter
            )
        case 21:
            tell(
                time,
                .taskCompleted(
                    TaskCompleted(matter: matter, task: "clear-1", party: "xinwei", text: "Moved.", isLate: false)
                ),
                of: matter
            )
        case 22: request(matter, time)
        case 23: refuse(matter, time)
        default:
            tell(
                time,
                .taskDelegated(
                    TaskDelegated(
                        matter: matter,
                        task: "clear-1",
                        party: "xinwei",
                        duty: "passage.clear",
                        text: "Move.",
                        dueBy: due,
                        limit: .seconds(600)
                    )
                ),
                of: matter
            )
        }
    }

    /// Another name for a party, for the grid where matters are, or another head for its community.
    private mutating func rename(_ time: Timestamp, _ party: PartyID) {
        let number = events.count
        switch number % 3 {
        case 0:
            tell(
                time,
                .partyRegistered(
                    PartyRegistered(
                        party: party,
                        nameEN: "Department no. \(number)",
                        nameZH: "\(number) 号部门",
                        kind: .department,
                        channel: .desk,
                        webhookURL: nil
                    )
                )
            )
        case 1:
            tell(
                time,
                .defined(
                    TerritoryDefined(
                        territory: "dq-02",
                        level: .grid,
                        parent: number % 2 == 0 ? "dongqiao" : "xinwei-c",
                        nameEN: "Grid no. \(number)",
                        nameZH: "\(number) 号网格",
                        households: 250
                    )
                )
            )
        default:
            tell(
                time,
                .personAppointed(
                    PersonAppointed(
                        person: "head",
                        role: .communityHead,
                        party: number % 2 == 0 ? "dongqiao" : "xinwei",
                        territory: "dongqiao",
                        from: time,
                        to: nil
                    )
                )
            )
        }
    }
}
