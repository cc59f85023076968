import Foundation
import MusterDomain
import Testing

extension Processes {
    @Suite("Clocks over restarts") struct TimerTests {
        @Test("A limit that passes while nobody runs is recorded once, with its own deadline", .timeLimit(.minutes(20)))
        func limitPassesInTheDark() async throws {
            try await House.with { house in
                // Ten seconds to accept instead of ten minutes.
                var daemon = try await house.upFounded("--speed", "60")
                let worker = try await house.token(for: Neighbourhood.gridWorker)
                try await daemon.door.post(
                    [Posting(Neighbourhood.matter("M-1")), Posting(Neighbourhood.whistle("M-1"))],
                    token: worker
                )
                daemon.child.send(SIGKILL)
                _ = try await daemon.child.end()
                #expect(try await noShows(in: house) == [], "killed before the limit")
                try await eventually("passing of the limit") {
                    try await house.number(
                        """
                        select count(*) from recorded_events
                        where type = 'WhistleBlown' and (data->>'acceptBy')::timestamptz < clock_timestamp()
                        """
                    ) == 1
                }

                daemon = try await house.up("--speed", "60")
                let expected = [["fire", "t", "t"], ["police", "t", "t"]]
                try await eventually("no-shows of both departments") { try await noShows(in: house) == expected }

                // Neither another start nor the policies' second reading of the log repeats it.
                daemon.child.send(SIGKILL)
                _ = try await daemon.child.end()
                daemon = try await house.up("--speed", "60")
                let token = try await house.token(for: Neighbourhood.resident)
                #expect(try await daemon.door.post(Posting(Neighbourhood.report("R-1")), token: token).status == 201)
                try await eventually("reaction to a later event") {
                    try await house.number("select count(*) from recorded_events where type = 'MatterRaised'") == 2
                }
                #expect(try await noShows(in: house) == expected)
            }
        }

        /// Department; whether the deadline is the one of the whistle; whether it was recorded after it.
        private func noShows(in house: House) async throws -> [[String]] {
            try await house.sql(
                """
                select n.data->>'department', n.data->>'dueAt' = w.data->>'acceptBy',
                    n.recorded_at >= (w.data->>'acceptBy')::timestamptz
                from recorded_events as n join recorded_events as w on w.stream = n.stream and w.type = 'WhistleBlown'
                where n.type = 'DepartmentNoShow' order by 1
                """
            )
        }
    }
}
