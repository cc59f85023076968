import Foundation

/// The systems of some agencies, which lease tasks through the door, and a ledger of what they were told.
actor AgencyWorkers {
    private struct Answer: Decodable {
        struct Task: Decodable {
            let id: Int
            let token: Int
            let key: String
        }

        struct Grant: Decodable, Hashable {
            let id: Int
            let token: Int
        }

        let tasks: [Task]
        let refused: [Grant]
    }

    /// How often each task was handed over.
    private(set) var effects: [Int: Int] = [:]
    /// Whose acknowledgement was accepted, with the token that it was accepted under.
    private var ends: [Int: Int] = [:]
    private(set) var surprises: [String] = []
    /// What workers had done and were not told about when they were stopped: those after them say it.
    private var unsaid: [String: [Answer.Grant]] = [:]

    /// Whose acknowledgement was accepted.
    var acknowledged: Set<Int> { Set(ends.keys) }

    /// Leases and acknowledges until the task is cancelled, whatever becomes of the door meanwhile.
    nonisolated func run(on door: Door, tokens: [String], each count: Int = 2) async {
        await withTaskGroup(of: Void.self) { group in
            for token in tokens {
                for _ in 0..<count { group.addTask { await self.work(at: door, token) } }
            }
        }
    }

    private nonisolated func work(at door: Door, _ token: String) async {
        var done = await takeUnsaid(token)
        while !Task.isCancelled {
            let acknowledge = done.map { #"{"id":\#($0.id),"token":\#($0.token)}"# }.joined(separator: ",")
            let json = #"{"max":5,"waitSeconds":1,"leaseSeconds":5,"acknowledge":[\#(acknowledge)]}"#
            guard let response = try? await door.post("/v1/tasks/lease", json: json, token: token) else {
                // Said again, as the door's papers ask: what was done is done.
                try? await Task.sleep(for: .milliseconds(100))
                continue
            }
            guard response.status == 200,
                let answer = try? JSONDecoder().decode(Answer.self, from: Data(response.body.utf8))
            else {
                if response.status != 503 { await note(surprise: "\(response.status) \(response.body)") }
                try? await Task.sleep(for: .milliseconds(100))
                continue
            }
            await note(acknowledged: Set(done).subtracting(answer.refused))
            done = answer.tasks.map { Answer.Grant(id: $0.id, token: $0.token) }
            await take(done)
        }
        await leave(done, token)
    }

    private func leave(_ done: [Answer.Grant], _ token: String) { unsaid[token, default: []] += done }

    private func takeUnsaid(_ token: String) -> [Answer.Grant] { unsaid.removeValue(forKey: token) ?? [] }

    private func note(surprise: String) { surprises.append(surprise) }

    private func note(acknowledged grants: Set<Answer.Grant>) {
        for grant in grants { ends[grant.id] = grant.token }
    }

    private func take(_ grants: [Answer.Grant]) {
        for grant in grants {
            effects[grant.id, default: 0] += 1
            // One that came late may be of a lease before the one that was acknowledged.
            if let token = ends[grant.id], grant.token >= token {
                surprises.append("task \(grant.id) was handed over after its acknowledgement")
            }
        }
    }
}
