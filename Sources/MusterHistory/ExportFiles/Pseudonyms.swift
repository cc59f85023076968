import Crypto
import EventSourcing

/// Names for people that are the same wherever a person appears in a log's exports and views, and that nobody without the
/// log's key can undo. The views compute the same in SQL.
final class Pseudonyms {
    private static let maximumKept = 100_000

    private let key: [UInt8]
    private var known: [ExactText: String] = [:]

    init(key: [UInt8]) { self.key = key }

    func pseudonym(of person: String) -> String {
        let name = ExactText(person)
        if let known = known[name] { return known }
        let inner = SHA256.hash(data: key + Array(person.utf8))
        let pseudonym = "p-" + SHA256.hash(data: key + Array(inner)).hexadecimal.prefix(16)
        if known.count >= Self.maximumKept { known.removeAll(keepingCapacity: true) }
        known[name] = pseudonym
        return pseudonym
    }
}
