import Foundation
import MusterDomain
import Testing

/// What people read at the door while it may be away.
extension Door {
    /// A refusal as its receiver reads it.
    struct Refusal: Decodable, Hashable, Sendable {
        let status: Int
        let rule: String?
        let reason: String?
        let detail: String
        let advice: String?
    }

    /// What stands at an address, once the door answers and `isMeant` holds.
    func text(
        at path: String,
        _ what: String,
        when isMeant: (String) throws -> Bool = { _ in true }
    ) async throws -> String {
        try await eventually("\(path) \(what)") { () async throws -> String? in
            guard let answer = try? await get(path), answer.status == 200, try isMeant(answer.body) else { return nil }
            return answer.body
        }
    }

    /// A matter as soon as it has a status.
    @discardableResult
    func matter(_ matter: MatterID, when status: MatterStatus) async throws -> ShownMatter {
        let text = try await text(at: "/v1/matters/\(matter)", "that is \(status.rawValue)") { text in
            try ShownMatter(json: text).status == status.rawValue
        }
        return try ShownMatter(json: text)
    }

    /// A board's JSON once it has taken in a position.
    func board(_ name: String, at position: Int64) async throws -> String {
        try await text(at: "/v1/boards/\(name)", "at position \(position)") { text in
            try BoardPosition(json: text).position >= position
        }
    }

    /// The names of all boards.
    func boardNames() async throws -> [String] {
        let text = try await text(at: "/v1/boards", "with names")
        return try BoardNames(json: text).boards
    }
}

extension Door.Answer {
    func refusal() throws -> Door.Refusal {
        try JSONDecoder().decode(Door.Refusal.self, from: Data(body.utf8))
    }
}

private struct BoardPosition: Decodable {
    let position: Int64
}

private struct BoardNames: Decodable {
    let boards: [String]
}

extension Decodable {
    /// Reads JSON text.
    init(json text: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
    }
}
