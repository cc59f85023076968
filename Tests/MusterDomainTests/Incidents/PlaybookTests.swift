import EventSourcing
import MusterDomain
import Records
import Testing

/// What keeps a playbook from being published, and how versions follow each other.
@Suite struct PlaybookTests {
    @Test("R6.7 a good playbook has no problems")
    func good() {
        #expect(Plans.sickness.problems.isEmpty)
        #expect(Plans.leak.problems.isEmpty)
    }

    @Test("R6.7 what is wrong is told with its place")
    func problems() {
        #expect(places { $0[1] = group("entry", Plans.spray.steps) } == ["/groups/1/group repeated"])
        #expect(places { $0[2] = group("watch", []) } == ["/groups/2/steps too-few"])
        #expect(
            places { $0[1] = group("spray", [step("enter", isReport: true)]) } == ["/groups/1/steps/0/step repeated"]
        )
        #expect(
            places { $0[1] = group("spray", [step("a", needs: ["b"], isReport: true)]) } == [
                "/groups/1/steps/0/needs/0 unknown-step"
            ]
        )
        #expect(places { $0[1] = group("spray", [step("a")]) } == ["/groups/1/steps report-missing"])
        #expect(
            places { $0[1] = group("spray", [step("a", isReport: true), step("b", isReport: true)]) } == [
                "/groups/1/steps/1/report repeated"
            ]
        )
        #expect(
            places { $0[1] = group("spray", [step("a", requires: ["gloves"], isReport: true)]) } == [
                "/groups/1/steps/0/requires/0 unknown-check"
            ]
        )
        #expect(
            places { $0[1] = group("spray", [step("a", needs: ["serve"], isReport: true)]) } == [
                "/groups/1/steps/0/needs/0 later-phase"
            ]
        )
        #expect(
            places { $0[1] = group("spray", [step("a", within: Plans.minute * 1_441, isReport: true)]) } == [
                "/groups/1/steps/0/withinMinutes too-long"
            ]
        )
        #expect(
            places {
                $0[1] = PlaybookGroup(group: "spray", nameEN: "S", nameZH: "消", steps: [step("a", isReport: true)])
            } == ["/groups/1 party-missing"]
        )
    }

    @Test("R6.7 steps that wait for each other are found, each circle once")
    func cycles() {
        let circle = [step("a", needs: ["b"]), step("b", needs: ["c"]), step("c", needs: ["a"], isReport: true)]
        let found = Plans.plan { $0[1] = group("spray", circle) }.problems
        #expect(found.map(\.pointer) == ["/groups/1/steps/0/needs"])
        #expect(found.first?.words.en == "waits for itself: a → b → c → a")
        #expect(places { $0[1] = group("spray", [step("a", needs: ["a"], isReport: true)]) }.count == 1)
    }

    @Test(
        "R6.7 a figure has a unit and a range, and nothing else has",
        arguments: [
            (StepEvidence(kind: .figure, minimum: 1, maximum: 2), "/unit required"),
            (StepEvidence(kind: .figure, unit: "m2", minimum: 1), " range"),
            (StepEvidence(kind: .figure, unit: "m2", minimum: 3, maximum: 2), "/minimum range"),
            (StepEvidence(kind: .photo, unit: "m2"), " not-a-figure"),
        ]
    )
    func evidence(evidence: StepEvidence, code: String) {
        let found = places { $0[1] = group("spray", [step("a", isReport: true, evidence: evidence)]) }
        #expect(found == ["/groups/1/steps/0/evidence\(code)"])
    }

    @Test("R6.7 a playbook with problems is refused where it is read, with pointers")
    func door() throws {
        let broken = Plans.plan { $0[1] = group("spray", [step("a")]) }
        let problems = #expect(throws: Problems.self) {
            try PublishPlaybook.description.record.decode(PublishPlaybook(playbook: broken).data)
        }
        #expect(problems?.list.map(\.pointer) == ["/playbook/groups/1/steps"])
        let good = PublishPlaybook(playbook: Plans.sickness)
        #expect(try PublishPlaybook.description.record.decode(good.data) == good)
        let spec = DecisionSpec(PlaybookRegister.self)
        let refusal = spec.refusal(of: PublishPlaybook(playbook: broken), by: Town.district)
        #expect(refusal?.code == "R6.7 playbook-broken")
    }

    @Test("R6.7 a version is published once; the next one is higher, and of the same kind")
    func versions() throws {
        let spec = DecisionSpec(
            PlaybookRegister.self,
            given: [.published(PlaybookPublished(playbook: Plans.plan(version: 3)))]
        )
        #expect(try spec.when(PublishPlaybook(playbook: Plans.plan(version: 3)), by: Town.district).isEmpty)
        let changed = Plans.plan(version: 3) { groups in groups.removeAll { $0.group == "watch" } }
        #expect(
            spec.refusal(of: PublishPlaybook(playbook: changed), by: Town.district)?.code == "R6.7 version-not-higher"
        )
        #expect(
            spec.refusal(of: PublishPlaybook(playbook: Plans.plan(version: 2)), by: Town.district)?.code
                == "R6.7 version-not-higher"
        )
        let next = PublishPlaybook(playbook: Plans.plan(version: 4))
        #expect(try spec.when(next, by: Town.administrator).count == 1)
        #expect(spec.refusal(of: next, by: Town.property)?.code == "R1.1 property-orders")
        #expect(spec.refusal(of: next, by: Town.head)?.code == "S6 role-not-allowed")
        let other = Playbook(
            playbook: "sickness",
            version: 5,
            kind: "gas-leak",
            nameEN: "x",
            nameZH: "x",
            groupsUpWithin: Plans.minute,
            summaryWithin: Plans.minute * 240,
            groups: Plans.leak.groups,
            rechecks: Plans.leak.rechecks
        )
        #expect(spec.refusal(of: PublishPlaybook(playbook: other), by: Town.district)?.code == "R6.7 kind-changed")
    }

    @Test("R6.7 the register keeps every version")
    func register() {
        var town = Town()
        town.publish(Plans.plan(version: 1))
        town.publish(Plans.plan(version: 2))
        #expect(town.playbooks.playbook("sickness", version: 1)?.version == 1)
        #expect(town.playbooks.newest(of: "sickness")?.version == 2)
        #expect(town.playbooks.latest(for: "case")?.version == 2)
        #expect(town.playbooks.latest(for: "flood") == nil)
        #expect(town.playbooks.all.map(\.version) == [2])
    }

    /// What is wrong with the case's playbook after a change, as `pointer code`.
    private func places(_ change: (inout [PlaybookGroup]) -> Void) -> [String] {
        Plans.plan(change).problems.map { "\($0.pointer) \($0.code)" }
    }

    private func group(_ group: GroupID, _ steps: [PlaybookStep]) -> PlaybookGroup {
        PlaybookGroup(group: group, nameEN: "G", nameZH: "组", partyKind: .street, steps: steps)
    }

    private func step(
        _ step: StepID,
        needs: [StepID] = [],
        within: Duration? = nil,
        requires: [CheckID] = [],
        isReport: Bool = false,
        evidence: StepEvidence = .none
    ) -> PlaybookStep {
        PlaybookStep(
            step: step,
            nameEN: "S",
            nameZH: "步",
            needs: needs,
            within: within,
            requires: requires,
            evidence: evidence,
            isReport: isReport
        )
    }
}
