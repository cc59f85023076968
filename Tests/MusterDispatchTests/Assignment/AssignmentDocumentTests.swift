import Foundation
import MusterDispatch
import MusterDomain
import Records
import Testing

@Suite struct AssignmentDocumentTests {
    private static let morning = #""from": "2026-11-27T08:00:00+08:00", "until": "2026-11-27T10:00:00+08:00""#
    private static let territories =
        #"[{"territory": "street", "level": "street"}, "#
        + #"{"territory": "grid", "level": "grid", "parent": "street"}]"#

    private static func plan(people: String, work: String, limits: String = "{}") throws -> AssignmentPlan {
        let json =
            #"{"limits": \#(limits), "territories": \#(territories), "people": [\#(people)], "work": [\#(work)]}"#
        return try AssignmentSolver.solve(try AssignmentDocument.batch(Array(json.utf8)))
    }

    private static func problems(people: String = "", work: String = "", limits: String = "{}") -> [String] {
        do {
            _ = try plan(people: people, work: work, limits: limits)
            return []
        } catch let error as Problems {
            return error.list.map { "\($0.pointer) \($0.code)" }
        } catch {
            return ["\(error)"]
        }
    }

    private static func person(_ name: String, _ more: String = "") -> String {
        #"{"person": "\#(name)", "posts": [{"party": "fire", "territory": "street"}]\#(more)}"#
    }

    private static func work(_ name: String, _ more: String = "") -> String {
        #"{"work": "\#(name)", "territory": "grid", \#(morning)\#(more)}"#
    }

    @Test func `A plan says who, why, and why not another`() throws {
        let near = #", "base": {"latitude": 30.2, "longitude": 120.1}"#
        let far = #", "base": {"latitude": 30.9, "longitude": 120.1}"#
        let plan = try Self.plan(
            people: [Self.person("ann", near), Self.person("bob", far)].joined(separator: ", "),
            work: Self.work("T-1", #", "place": {"latitude": 30.2, "longitude": 120.1}"#)
        )
        #expect(plan.assignments.map(\.person.rawValue) == ["ann"])
        let work = try #require(TaskID(rawValue: "T-1"))
        #expect(plan.text(of: work, .en)?.hasPrefix("ann takes T-1: 0.0 km away") == true)
        #expect(plan.words(whyNot: PersonID("bob"), for: work)?.en.contains("distance +77") == true)
        #expect(plan.text(.zh).hasSuffix("1 项中已派 1 项，启用至第 1 级梯队（常备人员）。"))
        let json = String(decoding: plan.json(.en), as: UTF8.self)
        #expect(json.hasPrefix(#"{"assignments":[{"work":"T-1","person":"ann","tier":1,"kilometres":0"#))
    }

    @Test func `R12.2 R12.3 work that nobody may take stays open, with what is against it`() throws {
        let tired =
            #", "skills": [{"skill": "ppe"}], "duties": [{"shift": "night", "party": "fire", "territory": "street", "#
            + #""from": "2026-11-26T20:00:00+08:00", "until": "2026-11-27T07:00:00+08:00"}]"#
        let plan = try Self.plan(
            people: [Self.person("ann", tired), Self.person("bob")].joined(separator: ", "),
            work: Self.work("T-1", #", "skills": ["ppe"], "urgency": "emergency""#)
        )
        #expect(plan.assignments.isEmpty)
        let text = plan.text(.en)
        #expect(text.contains("Nobody can take T-1:"))
        #expect(text.contains("1 of 2 people would have too little rest (R12.2)."))
        #expect(text.contains("1 of 2 people lack the skill (R12.3)."))
        #expect(String(decoding: plan.json(.en), as: UTF8.self).contains(#""against":[{"people":1,"rule":"R12."#))
        let rested = try Self.plan(
            people: Self.person("ann", tired),
            work: Self.work("T-1"),
            limits: #"{"restHours": 1, "longestSpellHours": 12}"#
        )
        #expect(rested.assignments.count == 1)
    }

    @Test func `R12.4 R12.5 posts, tiers and overrides are read`() throws {
        let home =
            #"{"person": "cai", "tier": 2, "posts": [{"party": "community", "territory": "grid", "#
            + #""basis": "dual-report"}], "overrides": [{"limit": "spell", "value": 16, "reason": "flood", "by": "dan", "#
            + #""from": "2026-11-27T00:00:00+08:00", "until": "2026-11-28T00:00:00+08:00"}]}"#
        let long =
            #"{"work": "T-1", "territory": "grid", "kind": "shift", "#
            + #""from": "2026-11-27T06:00:00+08:00", "until": "2026-11-27T20:00:00+08:00"}"#
        let plan = try Self.plan(people: [Self.person("ann"), home].joined(separator: ", "), work: long)
        #expect(plan.assignments.map(\.person.rawValue) == ["cai"])
        #expect(plan.openedTier == .sunkDown)
    }

    @Test func `Everything that is wrong is said at once, with where it stands`() {
        let people = [
            Self.person(
                "ann",
                #", "duties": [{"shift": "s", "party": "fire", "territory": "street", \#(Self.morning)}, "#
                    + #"{"shift": "s", "party": "fire", "territory": "street", \#(Self.morning)}]"#
            ),
            Self.person(
                "bob",
                #", "overrides": [{"limit": "spell", "value": 13, "reason": "r", "by": "bob", "#
                    + #""from": "2026-11-27T00:00:00+08:00", "until": "2026-11-28T00:00:00+08:00"}]"#
            ),
            #"{"person": "cai", "posts": [{"party": "fire", "territory": "nowhere"}]}"#,
        ]
        let work = [
            #"{"work": "T-1", "territory": "moon", \#(Self.morning)}"#,
            #"{"work": "T-2", "territory": "grid", "from": "2026-11-27T08:00:00+08:00", "#
                + #""until": "2026-11-27T07:00:00+08:00"}"#,
        ]
        let problems = Self.problems(people: people.joined(separator: ", "), work: work.joined(separator: ", "))
        #expect(
            problems == [
                "/people/0 duty-twice", "/people/1/overrides/0 override-for-oneself",
                "/people/2/posts/0/territory territory-unknown", "/work/0/territory territory-unknown",
                "/work/1 end-before-start",
            ]
        )
        #expect(Self.problems(people: Self.person("ann", #", "skils": []"#)) == ["/people/0/skils unknown"])
        #expect(Self.problems(limits: #"{"longestSpellHours": 0}"#) == ["/limits bad-limits"])
        #expect(Self.problems(work: [Self.work("T"), Self.work("T")].joined(separator: ", ")) == [" id-twice"])
    }

    @Test func `The example makes a plan`() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../examples/assignment.json").standardizedFileURL
        let plan = try AssignmentSolver.solve(try AssignmentDocument.batch(Array(try Data(contentsOf: path))))
        #expect(plan.assignments.count == 2)
        #expect(plan.uncovered.map(\.rawValue) == ["tracing-1"])
    }

    @Test func `A territory stands once, after the one that holds it`() {
        let json =
            #"{"territories": [{"territory": "a", "level": "grid", "parent": "b"}, "#
            + #"{"territory": "a", "level": "grid"}], "people": [], "work": []}"#
        #expect(throws: Problems.self) { try AssignmentDocument.batch(Array(json.utf8)) }
    }
}
