import MusterTesting

/// What is killed while people go on, and when: in each stretch of a flow a part of the fleet, now and then another one
/// with it, and each part before any comes again.
struct Blows: Sendable {
    private struct Blow {
        let part: Fleet.Part
        /// From the beginning of the stretch.
        let delay: Duration
        /// Until the part is started again.
        let pause: Duration
    }

    private let stretches: [[Blow]]

    init(seed: UInt64, stretches count: Int) {
        var generator = SeededGenerator(seed: seed)
        var parts: [Fleet.Part] = []
        while parts.count < count { parts += Fleet.Part.allCases.shuffled(using: &generator) }
        var stretches: [[Blow]] = []
        for part in parts.prefix(count) {
            var struck = [part]
            if Int.random(in: 0..<3, using: &generator) == 0 {
                struck += Fleet.Part.allCases.filter { $0 != part }.shuffled(using: &generator).prefix(1)
            }
            stretches.append(
                struck.map { part in
                    Blow(
                        part: part,
                        delay: .milliseconds(Int.random(in: 0...1_000, using: &generator)),
                        pause: .milliseconds(Int.random(in: 0...500, using: &generator))
                    )
                }
            )
        }
        self.stretches = stretches
    }

    /// Runs one stretch of a flow while its parts are killed. Afterwards the fleet is whole again.
    func fall(
        in stretch: Int,
        on fleet: Fleet,
        while body: @Sendable @escaping () async throws -> Void
    ) async throws {
        let blows = stretches[stretch]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for blow in blows {
                group.addTask {
                    try await Task.sleep(for: blow.delay)
                    try await fleet.kill([(blow.part, blow.pause)])
                }
            }
            group.addTask { try await body() }
            // A role that comes back before the server ends again, and its unit starts it anew.
            group.addTask {
                while !Task.isCancelled {
                    try await fleet.startEnded()
                    try? await Task.sleep(for: .milliseconds(50))
                }
            }
            defer { group.cancelAll() }
            for _ in 0...blows.count { _ = try await group.next() }
        }
        try await fleet.isReady()
    }
}
