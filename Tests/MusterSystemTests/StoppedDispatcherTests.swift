import Foundation
import MusterTesting
import PostgresServer
import Testing

extension Processes {
    @Suite("A worker that stands still") struct StoppedDispatcherTests {
        @Test("is led past, and harms nothing when it goes on", .timeLimit(.minutes(20)))
        func stopped() async throws {
            try await House.with { house in
                let fleet = try await Fleet(in: house)
                let other = try house.start(
                    "musterd",
                    ["worker"],
                    environment: ["MUSTER_DATABASE_URL": house.cluster.conninfo, "MUSTER_KEYS_DIRECTORY": fleet.keys]
                )
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
                let epoch = "select epoch from queue_state"
                let first = try await house.number(epoch)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { await workers.run(on: fleet.door, tokens: tokens) }
                    group.addTask {
                        while !Task.isCancelled {
                            await load.run(on: fleet.door, clients: 2)
                            try? await Task.sleep(for: .milliseconds(300))
                        }
                    }
                    defer { group.cancelAll() }
                    // Whichever leads, one of these two stops it; the one that was stopped first wakes as a zombie.
                    for isFirst in [true, false] {
                        let known = await workers.acknowledged.count
                        if isFirst { try await fleet.send(SIGSTOP, to: .worker) } else { other.send(SIGSTOP) }
                        try await eventually("tasks that are acknowledged meanwhile") {
                            await workers.acknowledged.count >= known + 20
                        }
                        if isFirst { try await fleet.send(SIGCONT, to: .worker) } else { other.send(SIGCONT) }
                    }
                    #expect(try await house.number(epoch) > first)
                }
                try await load.repeatAll(on: fleet.door)
                let whistles = try await house.number(
                    "select count(*) from recorded_events where type = 'WhistleBlown'"
                )
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { await workers.run(on: fleet.door, tokens: tokens) }
                    defer { group.cancelAll() }
                    try await eventually("acknowledgement of every task") {
                        await workers.acknowledged.count >= 2 * Int(whistles)
                    }
                }
                #expect(await workers.surprises == [])
                #expect(await workers.acknowledged.count == 2 * Int(whistles))
                #expect(
                    try await house.number("select count(*) from task_standings where state = 'done'") == 2 * whistles
                )
                other.send(SIGTERM)
                #expect(try await other.end().status == 0)
                try await fleet.stop()
            }
        }
    }
}
