import EventSourcing
import MusterDomain
import Records
import Testing

/// The rules of S12 about one person and one piece of work, by their ids.
@Suite struct WorkRuleTests {
    @Test("R12.1 nobody works at two of their posts at a time")
    func otherPost() throws {
        let duty = try Crew.duty("gate-3", 0, 8...12, party: "jindi")
        let worker = try Crew.worker(duties: [duty])
        #expect(worker.codes(for: try Crew.work(0, 11...13)) == ["R12.1 occupied"])
        #expect(worker.codes(for: try Crew.work(0, 12...14)) == [])
    }

    @Test("R12.1 the hours of all posts count together")
    func hoursOverPosts() throws {
        let mornings = try (0..<5).map {
            try Crew.duty(ShiftID(stringLiteral: "m-\($0)"), $0, 7...13, party: "dq-committee")
        }
        let evenings = try (0..<5).map {
            try Crew.duty(ShiftID(stringLiteral: "e-\($0)"), $0, 13...18.5, party: "jindi")
        }
        let both = try Crew.worker(duties: mornings + evenings)
        #expect(both.codes(for: try Crew.work(5, 8...11)) == ["R12.2 no-hours-left"])
        let one = try Crew.worker(duties: mornings)
        #expect(one.codes(for: try Crew.work(5, 8...11)) == [])
    }

    @Test("R12.1 a roster with two duties at a time is refused")
    func overlappingRoster() throws {
        let duties = [try Crew.duty("a", 0, 8...12), try Crew.duty("b", 0, 11.75...14)]
        #expect(code { () throws(Rejection) in _ = try Crew.worker(duties: duties) } == "R12.1 overlapping-duties")
    }

    @Test("R12.2 twelve hours are the longest shift", arguments: [(20.0, []), (20.25, ["R12.2 shift-too-long"])])
    func longestShift(end: Double, codes: [String]) throws {
        #expect(try Crew.worker().codes(for: try Crew.work(0, 8...end)) == codes)
    }

    @Test("R12.2 breaks do not make a long day shorter")
    func splitDay() throws {
        let worker = try Crew.worker(duties: [try Crew.duty("morning", 0, 6...10)])
        #expect(worker.codes(for: try Crew.work(0, 16...20)) == ["R12.2 too-little-rest"])
        #expect(worker.codes(for: try Crew.work(0, 16...18)) == [])
    }

    @Test("R12.2 between two spells are eleven hours", arguments: [(11.0, []), (10.75, ["R12.2 too-little-rest"])])
    func rest(rest: Double, codes: [String]) throws {
        let worker = try Crew.worker(duties: [try Crew.duty("late", 0, 12...22)])
        #expect(worker.codes(for: try Crew.work(0, (22 + rest)...(30 + rest))) == codes)
        let before = try Crew.worker(duties: [try Crew.duty("early", 1, 6...14)])
        #expect(before.codes(for: try Crew.work(0, (20 - rest)...(30 - rest))) == codes)
    }

    @Test(
        "R12.2 a week has sixty hours, any seven days of it",
        arguments: [(10.0, []), (10.5, ["R12.2 no-hours-left"])]
    )
    func week(hours: Double, codes: [String]) throws {
        let duties = try [0, 1, 2, 4, 5].map { try Crew.duty(ShiftID(stringLiteral: "d-\($0)"), $0, 8...18) }
        #expect(try Crew.worker(duties: duties).codes(for: try Crew.work(3, 8...(8 + hours))) == codes)
        #expect(try Crew.worker(duties: duties).codes(for: try Crew.work(7, 8...18)) == [])
    }

    @Test("R12.2 one day in seven is free of work")
    func restDay() throws {
        let duties = try (0..<6).map { try Crew.duty(ShiftID(stringLiteral: "d-\($0)"), $0, 8...10) }
        let worker = try Crew.worker(duties: duties)
        #expect(worker.codes(for: try Crew.work(6, 8...9)) == ["R12.2 no-rest-day"])
        #expect(worker.codes(for: try Crew.work(7, 8...9)) == [])
        // It counts for the days after it as well.
        #expect(worker.codes(for: try Crew.work(-1, 8...9)) == ["R12.2 no-rest-day"])
    }

    @Test("R12.2 an override with reason and expiry lifts a limit for its time")
    func override() throws {
        let raised = try Crew.override(.spell(.seconds(14 * 3_600)), from: Crew.at(0, 0), until: Crew.at(1, 0))
        let worker = try Crew.worker(overrides: [raised])
        #expect(worker.codes(for: try Crew.work(0, 8...21)) == [])
        #expect(worker.codes(for: try Crew.work(0, 8...22.5)) == ["R12.2 shift-too-long"])
        #expect(worker.codes(for: try Crew.work(1, 8...21)) == ["R12.2 shift-too-long"])
    }

    @Test("R12.2 each limit has its own override")
    func otherOverrides() throws {
        let sixDays = try (0..<6).map { try Crew.duty(ShiftID(stringLiteral: "d-\($0)"), $0, 8...18) }
        let (from, until) = (Crew.at(6, 0), Crew.at(7, 0))
        let hours = try Crew.override(.weeklyWork(.seconds(70 * 3_600)), from: from, until: until)
        let day = try Crew.override(.restDays(0), from: from, until: until)
        let rest = try Crew.override(.rest(.seconds(8 * 3_600)), from: Crew.at(0, 0), until: Crew.at(7, 0))
        let work = try Crew.work(6, 8...12)
        #expect(try Crew.worker(duties: sixDays, overrides: [hours]).codes(for: work) == ["R12.2 no-rest-day"])
        #expect(try Crew.worker(duties: sixDays, overrides: [day]).codes(for: work) == ["R12.2 no-hours-left"])
        #expect(try Crew.worker(duties: sixDays, overrides: [hours, day]).codes(for: work) == [])
        let late = [try Crew.duty("late", 0, 12...22)]
        #expect(try Crew.worker(duties: late).codes(for: try Crew.work(1, 7...12)) == ["R12.2 too-little-rest"])
        #expect(try Crew.worker(duties: late, overrides: [rest]).codes(for: try Crew.work(1, 7...12)) == [])
    }

    @Test("R12.2 an override without reason or expiry is refused, and one for oneself, for too long or for nothing")
    func badOverrides() throws {
        let (from, until) = (Crew.at(0, 0), Crew.at(1, 0))
        let spell = RaisedLimit.spell(.seconds(14 * 3_600))
        func refusal(_ body: () throws(Rejection) -> LimitOverride) -> String? {
            code { () throws(Rejection) in _ = try body() }
        }
        #expect(
            refusal { () throws(Rejection) in try Crew.override(spell, reason: " \n", from: from, until: until) }
                == "R12.2 override-without-reason"
        )
        #expect(
            refusal { () throws(Rejection) in try Crew.override(spell, from: from, until: nil) }
                == "R12.2 override-without-expiry"
        )
        #expect(
            refusal { () throws(Rejection) in try Crew.override(spell, by: "gw-02", from: from, until: until) }
                == "R12.2 override-for-oneself"
        )
        #expect(
            refusal { () throws(Rejection) in try Crew.override(spell, from: from, until: Crew.at(8, 0)) }
                == "R12.2 override-too-long"
        )
        #expect(
            refusal { () throws(Rejection) in try Crew.override(spell, from: until, until: from) }
                == "S12 end-before-start"
        )
        #expect(
            refusal { () throws(Rejection) in try Crew.override(.rest(.seconds(43_200)), from: from, until: until) }
                == "R12.2 override-changes-nothing"
        )
    }

    @Test("R12.2 a shift of thirty hours is refused whatever is overridden")
    func thirtyHours() throws {
        let raised = try Crew.override(.spell(.seconds(86_400)), from: Crew.at(0, 0), until: Crew.at(2, 0))
        let worker = try Crew.worker(overrides: [raised])
        #expect(worker.codes(for: try Crew.work(0, 1...31)) == ["R12.2 shift-too-long"])
        let duty = try Crew.duty("long", 0, 1...31)
        #expect(code { () throws(Rejection) in _ = try Crew.worker(duties: [duty]) } == "R12.2 shift-impossible")
    }

    @Test("R12.2 work that was longer than allowed still counts as it was")
    func workedFact() throws {
        let duty = try Crew.duty("flood", 0, 0...55, state: .worked)
        let worker = try Crew.worker(duties: [duty])
        #expect(worker.codes(for: try Crew.work(4, 8...14)) == ["R12.2 no-hours-left"])
    }

    @Test("R12.3 every skill of every step is needed")
    func skills() throws {
        let proofs = [SkillProof(skill: "tracer", from: Crew.at(-90, 0))]
        let worker = try Crew.worker(proofs: proofs)
        #expect(worker.codes(for: try Crew.work(0, 8...10, skills: ["tracer"])) == [])
        #expect(worker.codes(for: try Crew.work(0, 8...10, skills: ["tracer", "ppe"])) == ["R12.3 skill-missing"])
    }

    @Test("R12.3 training must hold for the whole time")
    func validity() throws {
        let proofs = [SkillProof(skill: "ppe", from: Crew.at(0, 9), until: Crew.at(1, 9))]
        let worker = try Crew.worker(proofs: proofs)
        #expect(worker.codes(for: try Crew.work(0, 8...10, skills: ["ppe"])) == ["R12.3 skill-missing"])
        #expect(worker.codes(for: try Crew.work(0, 9...12, skills: ["ppe"])) == [])
        #expect(worker.codes(for: try Crew.work(1, 7...9, skills: ["ppe"])) == [])
        #expect(worker.codes(for: try Crew.work(1, 7...9.5, skills: ["ppe"])) == ["R12.3 skill-expired"])
    }

    @Test("R12.3 who is not fit does not work, or not with that skill")
    func fitness() throws {
        let proofs = [SkillProof(skill: "ppe", from: Crew.at(-9, 0))]
        let asthma = [Unfitness(skill: "ppe", from: Crew.at(0, 0), until: Crew.at(3, 0))]
        let worker = try Crew.worker(proofs: proofs, unfitness: asthma)
        #expect(worker.codes(for: try Crew.work(0, 8...10, skills: ["ppe"])) == ["R12.3 unfit"])
        #expect(worker.codes(for: try Crew.work(0, 8...10)) == [])
        #expect(worker.codes(for: try Crew.work(3, 8...10, skills: ["ppe"])) == [])
        let ill = try Crew.worker(unfitness: [Unfitness(from: Crew.at(0, 0))])
        #expect(ill.codes(for: try Crew.work(0, 8...10)) == ["R12.3 unfit"])
    }

    @Test("R12.4 there is one home community")
    func oneHome() throws {
        let home = Post(party: "dq-committee", territory: "dq", basis: .dualReport, from: Crew.at(-9, 0))
        let second = Post(party: "xw-committee", territory: "xw", basis: .dualReport, from: Crew.at(-3, 0))
        #expect(code { () throws(Rejection) in _ = try Crew.worker(posts: [home, second]) } == "R12.4 second-home")
        let moved = Post(
            party: "dq-committee",
            territory: "dq",
            basis: .dualReport,
            from: Crew.at(-9, 0),
            until: Crew.at(-3, 0)
        )
        #expect(code { () throws(Rejection) in _ = try Crew.worker(posts: [moved, second]) } == nil)
    }

    @Test("R12.4 who reports to one community does not work for another")
    func outsideHome() throws {
        let unit = Post(party: "market", territory: "dq-02", from: Crew.at(-60, 0))
        let home = Post(party: "dq-committee", territory: "dq", basis: .dualReport, from: Crew.at(-9, 0))
        let worker = try Crew.worker(posts: [unit, home])
        #expect(worker.codes(for: try Crew.work(0, 8...10, in: "xw")) == ["R12.4 outside-home"])
        #expect(worker.codes(for: try Crew.work(0, 8...10, in: "dq")) == [])
    }

    @Test("R12.4 a task in the home community does not remove unit duty")
    func unitDuty() throws {
        let unit = Post(party: "market", territory: "xw", from: Crew.at(-60, 0))
        let home = Post(party: "dq-committee", territory: "dq", basis: .dualReport, from: Crew.at(-9, 0))
        let duty = try Crew.duty("inspection", 0, 8...12, party: "market")
        let worker = try Crew.worker(posts: [unit, home], duties: [duty])
        #expect(worker.codes(for: try Crew.work(0, 10...13, in: "dq-02")) == ["R12.4 unit-duty"])
        #expect(worker.codes(for: try Crew.work(0, 12...14, in: "dq-02")) == [])
        // And its hours count for the home community's tasks.
        #expect(worker.codes(for: try Crew.work(0, 16...21, in: "dq-02")) == ["R12.2 too-little-rest"])
    }

    @Test("R12.5 the roster expands by tiers and shrinks back")
    func surge() {
        #expect(SurgeChange(open: .standing, needed: .lent) == .expanded(from: .standing, to: .lent))
        #expect(SurgeChange(open: .lent, needed: .standing) == .shrunk(from: .lent, to: .standing))
        #expect(SurgeChange(open: .lent, needed: .lent) == .unchanged(.lent))
        #expect(RosterTier.allCases == RosterTier.allCases.sorted())
        #expect(RosterTier.standing.next == .sunkDown && RosterTier.reinforcement.next == nil)
    }

    @Test("R12.7 350 residents per worker are overload", arguments: [(349, ResidentLoad.bearable), (350, .overload)])
    func overload(residents: Int, load: ResidentLoad) {
        #expect(ResidentLoad(residents: residents * 2, workers: ["a", "b"], limits: Crew.limits) == load)
    }

    @Test("R12.7 residents that nobody has counted are unknown, and residents without workers overload")
    func unknownResidents() {
        #expect(ResidentLoad(residents: nil, workers: ["a"], limits: Crew.limits) == .unknown)
        #expect(ResidentLoad(residents: 1, workers: [], limits: Crew.limits) == .overload)
        #expect(ResidentLoad(residents: 0, workers: [], limits: Crew.limits) == .bearable)
        let negative = code { () throws(Rejection) in _ = try Crew.worker(residents: -1) }
        #expect(negative == "R12.7 negative-residents")
    }

    @Test("S12 lent staff work for the borrower alone until they are recalled")
    func lending() throws {
        let lent = Post(
            party: "xw-committee",
            territory: "xw",
            basis: .lent(by: "dq-committee"),
            from: Crew.at(0, 0),
            until: Crew.at(2, 0)
        )
        let worker = try Crew.worker(posts: [Crew.unit, lent])
        #expect(worker.codes(for: try Crew.work(0, 8...10, in: "xw")) == [])
        #expect(worker.codes(for: try Crew.work(0, 8...10, in: "dq")) == ["S12 lent-away"])
        #expect(worker.codes(for: try Crew.work(2, 8...10, in: "dq")) == [])
        #expect(worker.codes(for: try Crew.work(2, 8...10, in: "xw")) == ["S12 no-post"])
    }

    @Test("S12 work of a party is for people with a post for it, and there")
    func posts() throws {
        let worker = try Crew.worker()
        #expect(worker.codes(for: try Crew.work(0, 8...10, party: "dq-committee")) == [])
        #expect(worker.codes(for: try Crew.work(0, 8...10, party: "jindi")) == ["S12 no-post"])
        #expect(worker.codes(for: try Crew.work(0, 8...10, in: "he-s1")) == ["S12 no-post"])
        #expect(worker.codes(for: try Crew.work(0, 8...10, in: "nowhere")) == ["S12 no-post"])
    }

    @Test("S12 who is released or has not reported yet has no work")
    func presence() throws {
        let worker = try Crew.worker(released: Crew.at(1, 0))
        #expect(worker.codes(for: try Crew.work(0, 20...24)) == [])
        #expect(worker.codes(for: try Crew.work(0, 20...25)) == ["S12 released"])
        #expect(worker.codes(for: try Crew.work(-31, 8...10)) == ["S12 not-yet-reported"])
    }

    @Test("every refusal says why in both languages")
    func words() throws {
        let duties = try (0..<6).map { try Crew.duty(ShiftID(stringLiteral: "d-\($0)"), $0, 8...18) }
        let worker = try Crew.worker(duties: duties, released: Crew.at(6, 20))
        let work = try Crew.work(6, 4...22, in: "xw", skills: ["ppe"])
        let rejections = worker.check(work, in: Town().territories, limits: Crew.limits)
        #expect(
            rejections.map(\.code) == [
                "S12 released", "S12 no-post", "R12.3 skill-missing", "R12.2 too-little-rest", "R12.2 no-hours-left",
                "R12.2 no-rest-day",
            ]
        )
        for rejection in rejections {
            #expect(!rejection.words.en.isEmpty && rejection.words.zh.unicodeScalars.contains { $0.value > 0x4E00 })
        }
        #expect(rejections[4].words.en.contains("over all posts in the seven days to 2026-11-29"))
    }
}
