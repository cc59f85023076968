import EventSourcing
package import MusterDomain

/// How directives go down: each branch of a cascade with those who acknowledged below it, where it stopped, what was
/// added to the text on the way, the households it has not reached, and directives that contradict each other (S4).
package struct DirectivesBoard: Board {
    package static let name = "directives"
    package static let version = 3

    /// How many that were recalled or superseded, or are over by their date, are kept, so that one sees who has been told.
    private static let endedKept = 20

    private var register = Register()
    private var files: [DirectiveID: DirectiveFile] = [:]
    /// The branches of each row's key.
    private var senders: [String: (directive: DirectiveID, sender: Addressee)] = [:]
    /// In the order in which they were issued.
    private var issued: [DirectiveID] = []
    /// In the order in which they ended.
    private var ended: [DirectiveID] = []
    /// Before this time no date passes.
    private var nextEnd: Timestamp?

    package init() {}

    package mutating func fold(_ fact: Fact, _ clocks: ClockChanges) -> [String] {
        switch fact.event {
        case .directive(let event): return fold(event, fact)
        case .addressedDirective(let event):
            let directive = event.directive
            guard let sender = files[directive]?.fold(event, fact, register) else { return [] }
            return [DirectiveFile.key(directive, sender)]
        case .authority, .territory:
            // Names are on every row; parties and territories are set up before there are many.
            guard register.fold(fact) else { return [] }
            for directive in issued { files[directive]?.forgetFigures() }
            return Array(senders.keys)
        default: return []
        }
    }

    private mutating func fold(_ event: DirectiveEvent, _ fact: Fact) -> [String] {
        let directive = event.directive
        var expired: [String] = []
        if case .issued(let payload) = event {
            // A fold has no clock: what is over by its date is known to be when the next one comes.
            expired = expire(by: fact.origin.recordedAt)
            if files[directive] == nil { issued.append(directive) }
            files[directive] = DirectiveFile(payload, fact)
        }
        let wasEnded = files[directive]?.isEnded ?? true
        let changed = files[directive]?.fold(event, fact, register) ?? []
        if case .contradictionFound(let found) = event { files[found.with]?.contradicts(directive) }
        if let end = files[directive]?.end { nextEnd = min(nextEnd ?? end, end) }
        let keys = changed.map { sender in
            let key = DirectiveFile.key(directive, sender)
            senders[key] = (directive, sender)
            return key
        }
        switch (wasEnded, files[directive]?.isEnded) {
        case (false, true): return expired + keys + end([directive])
        case (true, false): ended.removeAll { $0 == directive }
        default: break
        }
        return expired + keys
    }

    /// - Returns: the keys of the rows that changed or went.
    private mutating func expire(by time: Timestamp) -> [String] {
        guard let nextEnd, nextEnd <= time else { return [] }
        let expired = issued.filter { files[$0]?.expire(by: time) == true }
        self.nextEnd = issued.compactMap { files[$0]?.end }.min()
        return expired.flatMap { files[$0]?.keys ?? [] } + end(expired)
    }

    /// - Returns: the keys of the rows that went.
    private mutating func end(_ directives: [DirectiveID]) -> [String] {
        ended += directives
        var keys: [String] = []
        while ended.count > Self.endedKept { keys += remove(ended.removeFirst()) }
        return keys
    }

    /// - Returns: the keys of the rows that went with it.
    private mutating func remove(_ directive: DirectiveID) -> [String] {
        issued.removeAll { $0 == directive }
        let keys = files.removeValue(forKey: directive)?.keys ?? []
        for key in keys { senders[key] = nil }
        return keys
    }

    package func row(_ key: String) -> DirectiveRow? {
        senders[key].flatMap { files[$0.directive]?.row(of: $0.sender, register) }
    }

    package func rows() -> [DirectiveRow] { senders.keys.compactMap(row).sorted { $0.order < $1.order } }

    package func figures(at moment: BoardMoment) -> DirectivesFigures {
        let now = moment.now
        let binding = Set(issued.filter { files[$0]?.directive.binding(at: now) != nil })
        let figures = issued.reversed().compactMap { files[$0]?.figures(at: now, binding: binding, register) }
        return DirectivesFigures(directives: figures)
    }
}
