/// A matter as its page's JSON tells of it, as far as tests look.
struct ShownMatter: Decodable, Sendable {
    struct Event: Decodable, Sendable {
        let type: String
        let party: String?
        let role: String
        let due: String?
        let text: String?
        /// In each language.
        let detail: [String: String]?
    }

    struct Filing: Decodable, Sendable {
        let side: String
        let party: String?
        let superior: String?
    }

    struct Ladder: Decodable, Sendable {
        let row: String
        let due: String
    }

    let status: String
    let title: String
    let events: [Event]
    /// What is open in it.
    let clocks: [ShownRow]
    let ladders: [Ladder]
    let filings: [Filing]

    func events(_ type: String) -> [Event] { events.filter { $0.type == type } }
}

/// A row of the boards of clocks.
struct ShownRow: Decodable, Sendable {
    struct Holder: Decodable, Sendable {
        let party: String?
        let isLead: Bool
    }

    struct Clock: Decodable, Sendable {
        struct Mark: Decodable, Sendable {
            let type: String
        }

        let state: String
        let due: String?
        let startedBy: Mark?
    }

    struct Tag: Decodable, Sendable {
        let kind: String
    }

    let key: String
    let matter: String
    let holder: Holder
    let step: String
    let clock: Clock
    let tags: [Tag]
}
