import Testing

@testable import MusterHistory

/// What holds for any work, on random ones with fixed seeds.
@Suite("Replay: properties", .timeLimit(.minutes(20)))
struct ReplayPropertyTests {
    private static let minute: Int64 = 60_000_000

    private struct Sample {
        var work = ReplayWork()
        var roster: CrewRoster
        let agencies: Int

        func run(_ roster: CrewRoster? = nil) -> ReplayRun {
            ReplaySimulation.run(work, roster ?? self.roster, agencies: agencies, zone: .utc)
        }
    }

    private func sample(
        _ seed: UInt64,
        agencies: Int,
        chains: Bool,
        isEven: Bool = false,
        steps: Int = 300
    ) -> Sample {
        var random = SeededRandom(seed: seed)
        var sample = Sample(roster: CrewRoster(agencies: agencies), agencies: agencies)
        for agency in 0..<agencies {
            let even = Int.random(in: 1...3, using: &random)
            for hour in 0..<24 {
                sample.roster[agency, hour] = isEven ? even : Int.random(in: 0...3, using: &random)
            }
            if sample.roster.hoursADay(agency) == 0 { sample.roster[agency, 0] = 1 }
        }
        for step in 0..<steps {
            let needs: [Int32] =
                chains && step > 0 && Int.random(in: 0..<3, using: &random) > 0
                ? [Int32(Int.random(in: max(0, step - 5)..<step, using: &random))] : []
            sample.work.append(
                agency: Int32(Int.random(in: 0..<agencies, using: &random)),
                // Many equal times, and some work that takes none.
                work: Int64(Int.random(in: 0...12, using: &random)) * 10 * Self.minute,
                arrival: Int64(Int.random(in: 0..<3_000, using: &random)) * 5 * Self.minute,
                rank: 0,
                needs: needs
            )
        }
        return sample
    }

    private func waited(_ sample: Sample, _ run: ReplayRun) -> Int64 {
        (0..<sample.work.count).reduce(0) { $0 + run.begins[$1] - run.readies[$1] }
    }

    @Test("more crews of one agency never make the waiting longer, of nobody", arguments: 0..<40 as Range<UInt64>)
    func moreCrews(seed: UInt64) {
        let sample = sample(seed, agencies: 1, chains: false)
        let before = sample.run()
        var roster = sample.roster
        var random = SeededRandom(seed: seed &+ 1_000)
        for _ in 0..<4 { roster[0, Int.random(in: 0..<24, using: &random)] += 1 }
        let after = sample.run(roster)
        #expect(waited(sample, after) <= waited(sample, before))
    }

    @Test(
        "every step is done once, takes as long as its work, and begins when it can",
        arguments: 0..<20 as Range<UInt64>
    )
    func conserved(seed: UInt64) {
        let sample = sample(seed, agencies: 3, chains: true)
        let run = sample.run()
        for step in 0..<sample.work.count {
            #expect(run.ends[step] - run.begins[step] == sample.work.works[step])
            #expect(run.begins[step] >= run.readies[step])
            let base = sample.work.needs(of: step).map { run.ends[Int($0)] }.max() ?? sample.work.arrivals[step]
            #expect(run.bases[step] == base)
        }
    }

    @Test(
        "no work is begun beyond the crews on duty, and none is left while one is free",
        arguments: 0..<20 as Range<UInt64>
    )
    func crews(seed: UInt64) {
        let sample = sample(seed, agencies: 2, chains: true)
        let (work, run) = (sample.work, sample.run())
        for step in 0..<work.count where work.works[step] > 0 {
            let (agency, now) = (work.agencies[step], run.begins[step])
            let busy = (0..<work.count).count {
                work.agencies[$0] == agency && run.begins[$0] <= now && run.ends[$0] > now
            }
            let crews = sample.roster[Int(agency), ZoneOffsets.utc.hour(now)]
            // Others that began earlier may still be at work from a larger shift, but then nobody begins.
            #expect(busy <= crews)
            if run.readies[step] < now {
                let before = now - 1
                let atWork = (0..<work.count).count {
                    work.agencies[$0] == agency && run.begins[$0] <= before && run.ends[$0] > before
                }
                #expect(atWork >= sample.roster[Int(agency), ZoneOffsets.utc.hour(before)])
            }
        }
    }

    @Test(
        "a history that the simulation made comes back exactly, whatever its roster was",
        arguments: 0..<40 as Range<UInt64>
    )
    func identity(seed: UInt64) {
        let sample = sample(seed, agencies: 3, chains: true)
        let history = sample.run()
        var again = ReplayWork()
        for step in 0..<sample.work.count {
            again.append(
                agency: sample.work.agencies[step],
                work: history.ends[step] - history.begins[step],
                arrival: history.bases[step],
                rank: history.begins[step],
                needs: Array(sample.work.needs(of: step))
            )
        }
        let roster = CrewRoster.observed(again, history, agencies: 3, zone: .utc)
        again.delays = CrewShortage.delays(again, history, roster, agencies: 3, zone: .utc)
        let run = ReplaySimulation.run(again, roster, agencies: 3, zone: .utc)
        #expect(run.bases == history.bases)
        #expect(run.begins == history.begins)
        #expect(run.ends == history.ends)
    }

    @Test("with as many crews at every hour all waiting is known to be for a crew", arguments: 0..<20 as Range<UInt64>)
    func shortage(seed: UInt64) {
        let sample = sample(seed, agencies: 2, chains: false, isEven: true, steps: 600)
        let history = sample.run()
        let delays = CrewShortage.delays(sample.work, history, sample.roster, agencies: 2, zone: .utc)
        #expect(delays.allSatisfy { $0 == 0 })
        #expect(waited(sample, history) > 0)
    }

    @Test("one crew more in the log than there was: then a crew was always free, and no waiting was for one")
    func free() {
        let sample = sample(7, agencies: 1, chains: false, isEven: true)
        var roster = sample.roster
        for hour in 0..<24 { roster[0, hour] += 1 }
        let history = sample.run()
        let delays = CrewShortage.delays(sample.work, history, roster, agencies: 1, zone: .utc)
        let waits = (0..<sample.work.count).map { history.begins[$0] - history.bases[$0] }
        #expect(delays == waits)
        #expect(waits.contains { $0 > 0 })
    }
}
