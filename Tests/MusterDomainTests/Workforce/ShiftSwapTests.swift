import EventSourcing
import MusterDomain
import Testing

/// Swaps of shifts, and what the next at a post must do.
@Suite struct ShiftSwapTests {
    private static let tracing = [SkillProof(skill: "tracer", from: Crew.at(-9, 0))]

    private func check(
        proofs: [SkillProof] = tracing,
        otherDuties: [RosteredDuty] = [],
        agreed: Set<PersonID> = ["gw-02", "gw-03"],
        gives: ShiftID = "call-centre",
        at time: Timestamp = Crew.at(-1, 0)
    ) throws -> [String] {
        let calls = try Crew.duty("call-centre", 0, 8...14, skills: ["tracer"])
        let gate = try Crew.duty("gate-3", 1, 8...16)
        let one = try Crew.worker("gw-02", proofs: Self.tracing, duties: [calls])
        let other = try Crew.worker("gw-03", proofs: proofs, duties: [gate] + otherDuties)
        let swap = ShiftSwap(
            ShiftSwap.Side(worker: one, gives: gives),
            ShiftSwap.Side(worker: other, gives: "gate-3"),
            agreed: agreed
        )
        return swap.check(at: time, in: Town().territories, limits: Crew.limits).map(\.code)
    }

    @Test("R12.6 two people who agree and can both do it swap their shifts")
    func swap() throws {
        #expect(try check() == [])
    }

    @Test("R12.6 a swap needs both sides", arguments: [(["gw-02"], 1), (["gw-03"], 1), ([], 2)])
    func bothSides(agreed: [PersonID], missing: Int) throws {
        let codes = try check(agreed: Set(agreed))
        #expect(codes == Array(repeating: "R12.6 consent-missing", count: missing))
    }

    @Test("R12.6 nobody swaps with somebody untrained")
    func untrained() throws {
        #expect(try check(proofs: []) == ["R12.6 skill-missing"])
        let expired = SkillProof(skill: "tracer", from: Crew.at(-9, 0), until: Crew.at(0, 12))
        #expect(try check(proofs: [expired]) == ["R12.6 skill-expired"])
    }

    @Test("R12.2 hours and rest hold after a swap as before, and the shift that is given away does not count")
    func hoursAfterSwap() throws {
        let night = try Crew.duty("night", -1, 20...28)
        #expect(try check(otherDuties: [night]) == ["R12.2 too-little-rest"])
        // Rostered on the day of their own gate, six days in all: only giving the gate away leaves room.
        let days = try (2..<7).map { try Crew.duty(ShiftID(stringLiteral: "d-\($0)"), $0, 8...16) }
        #expect(try check(otherDuties: days) == [])
    }

    @Test("R12.6 a shift that nobody has, or that has begun, is not swapped")
    func noShift() throws {
        #expect(try check(gives: "gate-9") == ["R12.6 no-such-shift"])
        #expect(try check(at: Crew.at(0, 8)) == ["R12.6 shift-started"])
    }

    @Test("R12.6 nobody swaps with themselves")
    func oneself() throws {
        let worker = try Crew.worker(duties: [try Crew.duty("a", 0, 8...10), try Crew.duty("b", 1, 8...10)])
        let swap = ShiftSwap(
            ShiftSwap.Side(worker: worker, gives: "a"),
            ShiftSwap.Side(worker: worker, gives: "b"),
            agreed: ["gw-02"]
        )
        let codes = swap.check(at: Crew.at(-1, 0), in: Town().territories, limits: Crew.limits).map(\.code)
        #expect(codes == ["R12.6 swap-with-oneself"])
    }

    @Test("S12 who comes and who goes are together for fifteen minutes", arguments: [(13.75, []), (14.0, [short])])
    func handover(start: Double, codes: [String]) throws {
        let leaving = try Crew.period(0, 8...14)
        let handover = Handover(from: "gw-02", leaving, to: "gw-03", try Crew.period(0, start...20))
        #expect(handover.check(Crew.limits).map(\.code) == codes)
    }

    private static let short = "S12 handover-too-short"

    @Test("S12 nobody hands over to themselves, or to somebody who leaves earlier")
    func badHandover() throws {
        let leaving = try Crew.period(0, 8...14)
        let oneself = Handover(from: "gw-02", leaving, to: "gw-02", try Crew.period(0, 13...20))
        #expect(oneself.check(Crew.limits).map(\.code) == ["S12 handover-to-oneself"])
        let inside = Handover(from: "gw-02", leaving, to: "gw-03", try Crew.period(0, 9...12))
        #expect(inside.check(Crew.limits).map(\.code) == ["S12 handover-out-of-order"])
    }
}
