import Testing

@testable import MusterHistory

/// Small queues worked out by hand. Times are minutes.
@Suite("Replay: simulation")
struct ReplaySimulationTests {
    private static let minute: Int64 = 60_000_000

    private func work(_ steps: [(agency: Int32, work: Int64, at: Int64, needs: [Int32])]) -> ReplayWork {
        var work = ReplayWork()
        for step in steps {
            work.append(
                agency: step.agency,
                work: step.work * Self.minute,
                arrival: step.at * Self.minute,
                rank: 0,
                needs: step.needs
            )
        }
        return work
    }

    private func roster(_ crews: [[Int]]) -> CrewRoster {
        var roster = CrewRoster(agencies: crews.count)
        for (agency, hours) in crews.enumerated() {
            for hour in 0..<24 { roster[agency, hour] = hours.count == 1 ? hours[0] : hours[hour] }
        }
        return roster
    }

    private func run(_ work: ReplayWork, _ crews: [[Int]], zone: ZoneOffsets = .utc) -> (begins: [Int64], ends: [Int64])
    {
        let run = ReplaySimulation.run(work, roster(crews), agencies: crews.count, zone: zone)
        return (run.begins.map { $0 / Self.minute }, run.ends.map { $0 / Self.minute })
    }

    @Test("one crew, three cases: each waits for the one before")
    func oneCrew() {
        let found = run(work([(0, 30, 0, []), (0, 20, 10, []), (0, 10, 15, [])]), [[1]])
        #expect(found.begins == [0, 30, 50])
        #expect(found.ends == [30, 50, 60])
    }

    @Test("two crews take the first two at once, and who is free first takes the third")
    func twoCrews() {
        let found = run(work([(0, 30, 0, []), (0, 10, 5, []), (0, 10, 6, [])]), [[2]])
        #expect(found.begins == [0, 5, 15])
    }

    @Test(
        "first come, first served: of equal arrivals the one that was taken first then, and then the first in the log"
    )
    func order() {
        var equal = ReplayWork()
        for rank: Int64 in [9, 3, 3] { equal.append(agency: 0, work: 60 * Self.minute, arrival: 0, rank: rank) }
        #expect(run(equal, [[1]]).begins == [120, 0, 60])
    }

    @Test("crews come and go on the hour; one that goes off duty finishes what it does")
    func shift() {
        // Two crews until 1:00, none until 3:00, one from then on.
        var hours = Array(repeating: 1, count: 24)
        (hours[0], hours[1], hours[2]) = (2, 0, 0)
        let found = run(work([(0, 90, 30, []), (0, 20, 30, []), (0, 5, 45, []), (0, 5, 61, [])]), [hours])
        #expect(found.begins == [30, 30, 50, 180])
        #expect(found.ends == [120, 50, 55, 185])
    }

    @Test("a crew that is still at work when a smaller shift begins counts among it")
    func smallerShift() {
        var hours = Array(repeating: 1, count: 24)
        hours[0] = 2
        let found = run(work([(0, 100, 10, []), (0, 70, 20, []), (0, 10, 65, [])]), [hours])
        // At 1:30 one of the two is done; the other one is the only crew on duty until 1:50.
        #expect(found.begins == [10, 20, 110])
    }

    @Test("hours are those of the zone, also when clocks change")
    func zone() throws {
        // 2020-03-29: in Berlin 2:00 becomes 3:00, at 1:00 UTC.
        let midnight: Int64 = 1_585_440_000 / 60
        let zone = try #require(ZoneOffsets(zone: "Europe/Berlin", over: 1_585_000_000_000_000...1_586_000_000_000_000))
        var hours = Array(repeating: 0, count: 24)
        hours[4] = 1
        let found = run(work([(0, 10, midnight, [])]), [hours], zone: zone)
        #expect(found.begins == [midnight + 120])
    }

    @Test("two agencies in sequence: the second begins when the first is done, and not before its own crew is free")
    func sequence() {
        let found = run(
            work([(0, 10, 0, []), (1, 40, 0, [0]), (0, 10, 5, []), (1, 5, 0, [2])]),
            [[1], [1]]
        )
        #expect(found.begins == [0, 10, 10, 50])
        #expect(found.ends == [10, 50, 20, 55])
    }

    @Test("a step that needs several waits for the last, and for what else it waited for then")
    func needs() {
        var work = work([(0, 10, 0, []), (1, 25, 0, [])])
        work.append(agency: 0, work: 5 * Self.minute, arrival: 0, delay: 7 * Self.minute, rank: 0, needs: [0, 1])
        #expect(run(work, [[1], [1]]).begins == [0, 0, 32])
    }

    @Test("what takes no crew is never waited for")
    func nobody() {
        let found = run(work([(0, 60, 0, []), (ReplayWork.nobody, 0, 10, []), (0, 5, 0, [1])]), [[1]])
        #expect(found.begins == [0, 10, 60])
    }

    @Test("work that takes no time passes through one crew at one moment, one after the other")
    func noTime() {
        let found = run(work([(0, 0, 5, []), (0, 0, 5, []), (0, 10, 5, []), (0, 0, 5, [])]), [[1]])
        #expect(found.begins == [5, 5, 5, 15])
    }
}
