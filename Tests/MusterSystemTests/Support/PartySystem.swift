import Foundation
import MusterDomain
import Records
import Testing

/// The system of one party: it takes tasks at the door, keeps a ledger of what it was told, and sends commands until they
/// are answered, whatever becomes of the door meanwhile.
actor PartySystem {
    /// What a task said.
    struct Told: Sendable {
        let key: String
        let kind: String
        let payload: [UInt8]
    }

    private struct Grant: Decodable {
        let id: Int
        let token: Int
    }

    private nonisolated let fleet: Fleet
    private nonisolated let token: String
    /// Each key once, however often it came.
    private(set) var told: [Told] = []
    /// Every command with its first answer.
    private(set) var sent: [(posting: Posting, receipt: Door.Receipt)] = []
    /// Every command that was refused.
    private(set) var refused: [Posting] = []
    /// Tasks that came again after it was accepted that they are done.
    private(set) var surprises: [String] = []
    private var done: [Grant] = []
    private var acknowledged: Set<Int> = []

    init(of actor: MusterDomain.Actor, in fleet: Fleet) async throws {
        self.fleet = fleet
        token = try await fleet.house.token(for: actor, keys: fleet.keys)
    }

    /// Takes tasks until there is one of a kind; the first of them.
    nonisolated func take(_ kind: TaskDeliveryKind) async throws -> Told {
        try #require(try await take(1, of: kind).first)
    }

    /// Takes tasks until there are so many of a kind.
    nonisolated func take(_ count: Int, of kind: TaskDeliveryKind) async throws -> [Told] {
        try await eventually("\(count) tasks \(kind.rawValue)") { () async throws -> [Told]? in
            try await exchange()
            let told = await told.filter { $0.kind == kind.rawValue }
            return told.count >= count ? told : nil
        }
    }

    /// Says what is done and takes what there is, waiting so many seconds for it.
    func exchange(wait: Int = 1) async throws {
        let grants = done.map { #"{"id":\#($0.id),"token":\#($0.token)}"# }.joined(separator: ",")
        let json = #"{"max":10,"waitSeconds":\#(wait),"leaseSeconds":10,"acknowledge":[\#(grants)]}"#
        guard let answer = try? await fleet.door.post("/v1/tasks/lease", json: json, token: token),
            answer.status == 200
        else { return }
        let object = try #require(try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
        let tasks = try #require(object["tasks"] as? [[String: Any]])
        let unheard = try #require(object["refused"] as? [[String: Any]]).compactMap { $0["id"] as? Int }
        acknowledged.formUnion(Set(done.map(\.id)).subtracting(unheard))
        done = []
        for task in tasks {
            let key = try #require(task["key"] as? String)
            let id = try #require(task["id"] as? Int)
            if acknowledged.contains(id) { surprises.append("task \(id) came again: \(key)") }
            done.append(Grant(id: id, token: try #require(task["token"] as? Int)))
            if told.contains(where: { $0.key == key }) { continue }
            let payload = try JSONSerialization.data(withJSONObject: try #require(task["payload"]))
            told.append(Told(key: key, kind: try #require(task["kind"] as? String), payload: Array(payload)))
        }
    }

    /// Sends a command until it is taken.
    ///
    /// - Parameter isEarly: it may be refused before it is taken, since what it answers is on its way.
    nonisolated func send(_ command: any Command, isEarly: Bool = false) async throws {
        let posting = Posting(command)
        let receipt = try await eventually("answer to \(posting.json)") { () async throws -> Door.Receipt? in
            guard let answer = try? await fleet.door.post(posting, token: token), ![409, 503].contains(answer.status)
            else { return nil }
            if isEarly, answer.status == 422 || answer.status == 404 { return nil }
            try #require([200, 201].contains(answer.status), "\(answer.body)")
            return try answer.receipt()
        }
        await note(posting, receipt)
    }

    private func note(_ posting: Posting, _ receipt: Door.Receipt) { sent.append((posting, receipt)) }

    /// What is answered to a command that is refused, as soon as the door answers.
    nonisolated func refusal(of command: any Command, in language: Language = .en) async throws -> Door.Answer {
        let posting = Posting(command)
        let path = "/v1/commands?lang=\(language.rawValue)"
        let answer = try await eventually("answer to \(posting.json)") { () async throws -> Door.Answer? in
            let answer = try? await fleet.door.post(path, json: posting.json, token: token)
            return answer?.status == 503 ? nil : answer
        }
        await note(refused: posting)
        return answer
    }

    private func note(refused posting: Posting) { refused.append(posting) }

    /// Sends everything again: it must get its first answer again.
    func repeatAll() async throws {
        for entry in sent {
            let answer = try await fleet.door.post(entry.posting, token: token)
            // Where its connection was cut meanwhile, the gateway cannot tell whether it wrote the command just now.
            #expect([200, 201].contains(answer.status), "\(answer.body)")
            #expect(try answer.receipt() == entry.receipt)
        }
    }
}
