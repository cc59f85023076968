import EventSourcing
import Hummingbird
import MusterBoards
import MusterDomain
import Records

extension PastCut {
    /// The parameters that ask for a past.
    static let names = ["asKnownAt", "asTrueAt", "position"]

    /// The past that an address asks for; nil for the present.
    ///
    /// A time without a zone, as browsers send it, is the town's.
    ///
    /// - Throws: `ProblemDetails` that names the parameter.
    init?(_ request: Request, offset: Duration) throws {
        let query = request.uri.queryParameters
        func value(_ name: String) -> String? {
            query[name[...]].map { String($0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        func time(_ name: String) throws -> Timestamp? {
            guard let text = value(name) else { return nil }
            guard let time = Self.time(text, offset: offset) else { throw ProblemDetails.notATime(name) }
            return time
        }
        let (known, happened, position) = (try time("asKnownAt"), try time("asTrueAt"), value("position"))
        switch (known, position) {
        case (nil, nil):
            guard let happened else { return nil }
            self.init(known: .now, asTrueAt: happened)
        case (let known?, nil):
            self.init(known: .at(known), asTrueAt: happened)
        case (nil, let text?):
            guard let position = Int64(text), position > 0 else { throw ProblemDetails.notAPosition }
            self.init(known: .through(Position(position)), asTrueAt: happened)
        case (_?, _?):
            throw ProblemDetails.positionAndTime
        }
    }

    /// The address of the past that was chosen in a page's form; nil when none was.
    ///
    /// - Throws: `ProblemDetails` when the time is none.
    static func address(chosenIn request: Request, offset: Duration) throws -> String? {
        guard let text = request.uri.queryParameters["at"] else { return nil }
        guard let time = time(String(text), offset: offset) else { throw ProblemDetails.notATime("at") }
        let cut =
            request.uri.queryParameters["as"] == "true"
            ? PastCut(known: .now, asTrueAt: time) : PastCut(known: .at(time))
        return "\(request.uri.path)?\(cut.query)"
    }

    /// A time with its zone, or the town's time to the minute or second.
    static func time(_ text: String, offset: Duration) -> Timestamp? {
        // In an address a plus sign may have become a space.
        let text = text.replacing(" ", with: "+")
        if let time = Timestamp(rfc3339: text) { return time }
        let zone = LocalTime(offset: offset, language: .en).zone
        return Timestamp(rfc3339: text + zone) ?? Timestamp(rfc3339: "\(text):00\(zone)")
    }

    /// The parameters that ask for this past, without a question mark; values need no escaping but for the plus sign,
    /// and a time in UTC has none.
    var query: String {
        var parts: [String] = []
        switch known {
        case .now: break
        case .at(let time): parts.append("asKnownAt=\(time.rfc3339)")
        case .through(let position): parts.append("position=\(position)")
        }
        if let asTrueAt { parts.append("asTrueAt=\(asTrueAt.rfc3339)") }
        return parts.joined(separator: "&")
    }
}
