import Foundation
import MusterDomain
import Testing

/// Several clients that send commands, and a ledger of what they were told.
actor Load {
    /// One command as it was sent, by whose token, and the first answer if one came.
    struct Entry: Sendable {
        let posting: Posting
        let token: String
        /// The furthest position that anybody was told before it was sent.
        let sentAfter: Int64
        var receipt: Door.Receipt?
    }

    /// In the order of sending, which is also the order in which they can be repeated.
    private(set) var entries: [Entry] = []
    private(set) var acknowledged = 0
    /// Answers that a sound server does not give.
    private(set) var surprises: [String] = []
    /// Answers of a server that could take nothing just then.
    private(set) var refusals: [Door.Answer] = []
    /// How many reports were sent, acknowledged or not.
    private(set) var reports = 0
    private var matters = 0
    private var furthest: Int64 = 0
    private let residentToken: String
    private let workerToken: String

    init(resident: String, worker: String) {
        residentToken = resident
        workerToken = worker
    }

    /// Sends until the task is cancelled or the door no longer answers.
    ///
    /// - Parameter clients: half of them report, half raise matters and blow whistles.
    nonisolated func run(on door: Door, clients: Int = 8) async {
        await withTaskGroup(of: Void.self) { group in
            for client in 0..<clients {
                group.addTask {
                    while !Task.isCancelled {
                        guard await client.isMultiple(of: 2) ? self.report(to: door) : self.blow(at: door) else {
                            return
                        }
                    }
                }
            }
        }
    }

    private func report(to door: Door) async -> Bool {
        reports += 1
        return await send(Posting(Neighbourhood.report("R-\(reports)")), residentToken, to: door)
    }

    private func blow(at door: Door) async -> Bool {
        matters += 1
        let matter = "M-\(matters)"
        guard await send(Posting(Neighbourhood.matter(matter)), workerToken, to: door) else { return false }
        return await send(Posting(Neighbourhood.whistle(matter)), workerToken, to: door)
    }

    private func send(_ posting: Posting, _ token: String, to door: Door) async -> Bool {
        let index = entries.count
        entries.append(Entry(posting: posting, token: token, sentAfter: furthest))
        guard let answer = try? await door.post(posting, token: token) else { return false }
        switch answer.status {
        case 201:
            do {
                let receipt = try answer.receipt()
                entries[index].receipt = receipt
                furthest = max(furthest, receipt.last)
                acknowledged += 1
            } catch {
                surprises.append("201 without a receipt: \(answer.body)")
            }
            return true
        case 503:
            refusals.append(answer)
            return false
        default:
            surprises.append("\(answer.status) \(answer.body)")
            return false
        }
    }

    /// Sends everything once more, in order: what was acknowledged must get the first answer again, the rest is done now.
    func repeatAll(on door: Door) async throws {
        for index in entries.indices {
            let entry = entries[index]
            let answer = try await door.post(entry.posting, token: entry.token)
            let receipt = try answer.receipt()
            // Where its connection was cut meanwhile, the gateway cannot tell whether it wrote the command just now.
            #expect([200, 201].contains(answer.status), "\(answer.body)")
            if let first = entry.receipt {
                #expect(receipt == first)
            } else {
                entries[index].receipt = receipt
            }
        }
    }
}
