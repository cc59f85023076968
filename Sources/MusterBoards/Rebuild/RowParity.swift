import Crypto
import Records

/// Two sets of rows beside each other: what people read, and what the events give.
package struct RowParity: Sendable, Equatable {
    /// A row that is not the same on both sides.
    package struct Difference: Sendable, Equatable {
        package enum Kind: Sendable, Equatable {
            /// People read it, the events do not give it.
            case onlyStored
            /// The events give it, people do not read it.
            case onlyMade
            /// It stands at another place.
            case order
            /// These members are not the same.
            case members([String])
        }

        package let key: String
        package let kind: Kind
    }

    /// In the order of their keys.
    package let differences: [Difference]
    package let storedCount: Int
    package let madeCount: Int
    /// SHA-256 over all rows in the order of their keys, in hexadecimal.
    package let storedDigest: String
    package let madeDigest: String

    package var isEqual: Bool { differences.isEmpty }

    init(stored: [BoardChange.Row], made: [BoardChange.Row]) {
        let old = Dictionary(stored.map { ($0.key, $0) }) { first, _ in first }
        let new = Dictionary(made.map { ($0.key, $0) }) { first, _ in first }
        let keys = Set(old.keys).union(new.keys).sorted()
        var differences: [Difference] = []
        for key in keys {
            if let kind = Self.difference(old[key], new[key]) { differences.append(Difference(key: key, kind: kind)) }
        }
        self.differences = differences
        storedCount = stored.count
        madeCount = made.count
        storedDigest = Self.digest(keys.compactMap { old[$0] })
        madeDigest = Self.digest(keys.compactMap { new[$0] })
    }

    private static func difference(_ old: BoardChange.Row?, _ new: BoardChange.Row?) -> Difference.Kind? {
        guard let old else { return .onlyMade }
        guard let new else { return .onlyStored }
        if old.json != new.json {
            let names = members(old.json, new.json)
            // The place is in the row as well; it is named only where nothing else says why.
            return .members(names.count > 1 ? names.filter { $0 != "order" } : names)
        }
        return old.order == new.order ? nil : .order
    }

    /// The names of the members that are not the same; empty when one of them is no object.
    private static func members(_ old: [UInt8], _ new: [UInt8]) -> [String] {
        guard let old = values(old), let new = values(new) else { return [] }
        return Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }.sorted()
    }

    private static func values(_ json: [UInt8]) -> [String: ArraySlice<UInt8>]? {
        var values: [String: ArraySlice<UInt8>] = [:]
        var reader = JSONReader(json)
        guard let members = try? reader.members() else { return nil }
        for member in members {
            var value = reader.at(member.start)
            guard (try? value.skipValue()) != nil else { return nil }
            values[member.name] = json[member.start..<value.index]
        }
        return values
    }

    private static func digest(_ rows: [BoardChange.Row]) -> String {
        var hash = SHA256()
        for row in rows {
            for text in [Array(row.key.utf8), Array(row.order.utf8), row.json] {
                // Lengths keep one text from running into the next.
                withUnsafeBytes(of: UInt64(text.count).littleEndian) { hash.update(bufferPointer: $0) }
                hash.update(data: text)
            }
        }
        return hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
