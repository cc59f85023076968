import EventSourcing
import FoundationEssentials
import MusterDomain
import Records

/// Encrypts and decrypts the personal fields of one event. Pure: the keys are given.
enum PersonalEvent {
    /// The same data with its personal fields encrypted.
    ///
    /// - Throws: when it is not the text of an object.
    static func encrypt(
        _ data: [UInt8],
        _ fields: PersonalFields,
        of event: EventID,
        with key: PersonKey
    ) throws(Problems) -> [UInt8] {
        var reader = JSONReader(data)
        var stored: [UInt8] = []
        var copied = 0
        for member in try reader.members() where fields.erased[member.name] != nil {
            var value = reader.at(member.start)
            guard value.peek() != .null else { continue }
            try value.skipValue()
            guard
                let text = key.encrypt(
                    data[member.start..<value.index],
                    at: ValuePlace(event: event, field: member.name)
                )
            else { throw Problems("encryption", Words("cannot be encrypted", zh: "无法加密")) }
            if stored.isEmpty { stored.reserveCapacity(data.count * 2 + 128) }
            stored += data[copied..<member.start]
            EncryptedValue.write(text, key.id, to: &stored)
            copied = value.index
        }
        guard copied > 0 else { return data }
        stored += data[copied...]
        return stored
    }

    /// What became of an event's encrypted values.
    struct Decrypted {
        var data: [UInt8]
        /// Values of destroyed keys: they read as erased.
        var erased = 0
        /// Values that nobody encrypted at that place with that key. They stay as they are, so that whoever decodes the
        /// event finds that it cannot be read.
        var unreadable = 0
    }

    /// The same data with its encrypted values in clear.
    ///
    /// - Parameter keys: what has become of a key; nil for one that does not exist.
    static func decrypt(
        _ data: [UInt8],
        _ values: [EncryptedValue],
        of event: EventID,
        _ type: EventType,
        with keys: (PersonKeyID) -> PersonKeyring.State?
    ) -> Decrypted {
        var result = Decrypted(data: [])
        result.data.reserveCapacity(data.count)
        var copied = 0
        for value in values {
            let field = String(decoding: data[value.field], as: UTF8.self)
            let clear: Data?
            switch keys(value.key) {
            case .living(let key): clear = key.decrypt(data[value.text], at: ValuePlace(event: event, field: field))
            case .destroyed:
                result.erased += 1
                clear = Data(PersonalFields.of(type)?.erased[field] ?? Array("null".utf8))
            case .damaged, nil: clear = nil
            }
            guard let clear else {
                result.unreadable += 1
                continue
            }
            result.data += data[copied..<value.range.lowerBound]
            result.data += clear
            copied = value.range.upperBound
        }
        result.data += data[copied...]
        return result
    }
}
