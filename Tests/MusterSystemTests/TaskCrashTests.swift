import Foundation
import MusterTesting
import Testing

extension Processes {
    @Suite("Tasks, whatever is killed") struct TaskCrashTests {
        @Test(
            "Each task is handed over, and none again that was acknowledged",
            .timeLimit(roundsWithin: 20),
            .namesSeed
        )
        func kills() async throws {
            try await Rounds.run("killed task roles", share: 0.4) { try await kills(seed: $0) }
        }

        private func kills(seed: UInt64) async throws {
            var generator = SeededGenerator(seed: seed)
            try await House.with { house in
                let fleet = try await Fleet(in: house)
                let administrator = try await house.token(for: Neighbourhood.administrator, keys: fleet.keys)
                try await fleet.door.post(Neighbourhood.founding, token: administrator)
                let load = Load(
                    resident: try await house.token(for: Neighbourhood.resident, keys: fleet.keys),
                    worker: try await house.token(for: Neighbourhood.gridWorker, keys: fleet.keys)
                )
                let tokens = [
                    try await house.token(for: Neighbourhood.fire, keys: fleet.keys),
                    try await house.token(for: Neighbourhood.police, keys: fleet.keys),
                ]
                let workers = AgencyWorkers()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { await workers.run(on: fleet.door, tokens: tokens) }
                    group.addTask {
                        while !Task.isCancelled {
                            await load.run(on: fleet.door, clients: 4)
                            try? await Task.sleep(for: .milliseconds(200))
                        }
                    }
                    defer { group.cancelAll() }
                    let parts: [Fleet.Part] = [.worker, .gateway, .server, .worker]
                    for part in parts.shuffled(using: &generator) {
                        let target = await workers.acknowledged.count + Int.random(in: 5...40, using: &generator)
                        try await eventually("acknowledged tasks") {
                            try await fleet.startEnded()
                            return await workers.acknowledged.count >= target
                        }
                        let pause = Duration.milliseconds(Int.random(in: 0...500, using: &generator))
                        try await fleet.kill([(part, pause)])
                    }
                    try await fleet.isReady()
                }
                try await load.repeatAll(on: fleet.door)
                let whistles = try await house.number(
                    "select count(*) from recorded_events where type = 'WhistleBlown'"
                )
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { await workers.run(on: fleet.door, tokens: tokens) }
                    defer { group.cancelAll() }
                    try await eventually("acknowledgement of every task") {
                        try await fleet.startEnded()
                        return await workers.acknowledged.count >= 2 * Int(whistles)
                    }
                }
                #expect(await workers.surprises == [])
                #expect(await workers.acknowledged.count == 2 * Int(whistles))
                let effects = await workers.effects
                #expect(Set(effects.keys) == (await workers.acknowledged))
                // The tables say the same.
                let done = "select count(*) from task_standings where state = 'done'"
                #expect(try await house.number(done) == 2 * whistles)
                try await fleet.stop()
            }
        }
    }
}
