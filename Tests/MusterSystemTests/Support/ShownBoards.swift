/// `GET /v1/boards/feedback`, as far as tests look.
struct ShownFeedback: Decodable, Sendable {
    struct Row: Decodable, Sendable {
        let matter: String
        let state: String
        let due: String?
    }

    struct Counts: Decodable, Hashable, Sendable {
        var asked = 0
        var appeals = 0
        var reopened = 0
        var inquiries = 0
        var liable = 0
    }

    /// How one party stands.
    struct Line: Decodable, Hashable, Sendable {
        let party: String
        var closedOnTime = 0
        var closedLate = 0
        var solved = 0
        var notSolved = 0
        var silent = 0
    }

    let rows: [Row]
    let counts: Counts
    let parties: [Line]
}

/// `GET /v1/boards/whistles`, as far as tests look.
struct ShownWhistles: Decodable, Sendable {
    struct Department: Decodable, Sendable {
        let party: String
        let rows: [ShownRow]
    }

    struct HalfFiled: Decodable, Sendable {
        let matter: String
    }

    let departments: [Department]
    let halfFiled: [HalfFiled]

    /// What each department has open, without those that have nothing.
    var open: [String: [String]] {
        Dictionary(grouping: departments.flatMap(\.rows)) { $0.holder.party ?? "" }.mapValues { $0.map(\.key) }
    }
}

/// `GET /v1/boards/operations`, as far as tests look.
struct ShownOperations: Decodable, Sendable {
    let rows: [ShownRow]
}

/// `GET /v1/boards/authority`, as far as tests look.
struct ShownAuthority: Decodable, Sendable {
    struct Measure: Decodable, Hashable, Sendable {
        let measure: String
        let kind: String
        let territory: String
        let issuer: String
        let approveBy: String?
        let adopters: Int
        let challenges: Int
    }

    struct AddOn: Decodable, Hashable, Sendable {
        let measure: String
        let parent: String
        let party: String
        let kind: String
    }

    let rows: [Measure]
    let addOns: [AddOn]
}
