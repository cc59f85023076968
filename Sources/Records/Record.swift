/// A member of a record: its name in JSON, where it sits in the value, its codec, and what people read for it.
@usableFromInline
package struct Field<Owner: Sendable, Value: Sendable>: Sendable {
    let name: String
    let get: @Sendable (Owner) -> Value
    let codec: Codec<Value>
    let words: Words
    let help: Words?
    let isPersonal: Bool

    /// - Parameter isPersonal: whether it says something of a person, who may ask for its erasure.
    package init(
        _ name: String,
        _ get: @escaping @Sendable (Owner) -> Value,
        _ codec: Codec<Value>,
        _ words: Words,
        help: Words? = nil,
        isPersonal: Bool = false
    ) {
        self.name = name
        self.get = get
        self.codec = codec
        self.words = words
        self.help = help
        self.isPersonal = isPersonal
    }

    /// The same member, which reads as that of `standard` where it is missing.
    func orMissing(in standard: Owner) -> Field {
        Field(name, get, codec.orMissing(get(standard)), words, help: help, isPersonal: isPersonal)
    }

    var description: FieldDescription {
        FieldDescription(
            name: name,
            words: words,
            help: help,
            schema: codec.schema,
            isRequired: codec.missing == nil,
            missing: codec.missing.map { $0() }.flatMap { codec.isAbsent($0) ? nil : codec.encode($0) },
            isPersonal: isPersonal
        )
    }
}

/// A value composed of fields, described once: reading, writing, validation, schema, form and help all come from here.
///
/// ```swift
/// static let record = Record(
///     Field("matter", { $0.matter }, .identifier, Words("Matter", zh: "事项")),
///     Field("reason", { $0.reason }, .prose().optional, Words("Reason", zh: "理由")),
///     make: WithdrawWhistle.init(matter:reason:)
/// )
/// ```
@usableFromInline
package struct Record<Value: Sendable>: Sendable {
    package let fields: [FieldDescription]
    @usableFromInline package let codec: Codec<Value>

    /// - Parameters:
    ///   - refusesUnknownMembers: true for what people send (a misspelt name must not be lost silently), false for what
    ///     the log holds (a newer writer may have added members).
    ///   - make: builds the value; usually its memberwise initialiser, in the order of the fields.
    // Inlinable, so that writing, and the way nearly all documents take when they are read, are compiled for the types of
    // each record: otherwise the types of its members are looked up again for every document.
    @inlinable
    package init<each Member: Sendable>(
        refusesUnknownMembers: Bool = true,
        _ members: repeat Field<Value, each Member>,
        make: @escaping @Sendable (repeat each Member) -> Value
    ) {
        let expected = (repeat ExpectedMember(each members))
        let written = (repeat WrittenMember(each members))
        self.init(
            refusesUnknownMembers: refusesUnknownMembers,
            repeat each members,
            make: make,
            readInOrder: { (reader) throws(Problems) in
                var members = MembersInOrder()
                try members.begin(&reader)
                let value = make(repeat try (each expected).read(&reader, in: &members))
                try members.end(&reader)
                return value
            },
            write: { value, writer in
                writer.beginObject()
                repeat (each written).write(value, &writer)
                writer.endObject()
            }
        )
    }

    /// A record of which every member may be missing, and then reads as that of `standard`: for what people configure.
    package init<each Member: Sendable>(
        standard: Value,
        refusesUnknownMembers: Bool = true,
        _ members: repeat Field<Value, each Member>,
        make: @escaping @Sendable (repeat each Member) -> Value
    ) {
        self.init(
            refusesUnknownMembers: refusesUnknownMembers,
            repeat (each members).orMissing(in: standard),
            make: make
        )
    }

    @usableFromInline
    init<each Member: Sendable>(
        refusesUnknownMembers: Bool,
        _ members: repeat Field<Value, each Member>,
        make: @escaping @Sendable (repeat each Member) -> Value,
        readInOrder: @escaping @Sendable (inout JSONReader) throws(Problems) -> Value,
        write: @escaping @Sendable (Value, inout JSONWriter) -> Void
    ) {
        var descriptions: [FieldDescription] = []
        for member in repeat each members { descriptions.append(member.description) }
        let fields = descriptions
        let all = (repeat each members)
        let readByName = { @Sendable (reader: inout JSONReader) throws(Problems) in
            let members = MemberReader(members: try reader.members(), reader: reader)
            var problems: [Problem] = []
            var cursor = 0
            let values = (repeat members.read(each all, at: &cursor, into: &problems))
            if refusesUnknownMembers { problems += members.unknownMembers(besides: fields) }
            guard problems.isEmpty else { throw Problems(problems) }
            return make(repeat try Self.present(each values))
        }
        self.fields = fields
        codec = Codec(
            schema: .record(fields),
            read: { (reader) throws(Problems) in
                // Nearly all documents come as they are written, and are read in one go. Whatever else comes is read
                // again by the names of its members, which finds everything that is wrong with it.
                let start = reader
                do throws(Problems) {
                    return try readInOrder(&reader)
                } catch {
                    reader = start
                    return try readByName(&reader)
                }
            },
            write: write
        )
    }

    @inlinable
    package func decode(_ bytes: [UInt8]) throws(Problems) -> Value { try codec.decode(bytes) }
    package func encode(_ value: Value) -> [UInt8] { codec.encode(value) }

    private static func present<Member>(_ value: Member?) throws(Problems) -> Member {
        guard let value else { throw .required }
        return value
    }
}

/// Steps through an object whose members come in the order of the fields, in compact text, with no other among them.
@usableFromInline
struct MembersInOrder {
    /// What stands before the next member: the object's bracket, then commas.
    private var separator = UInt8(ascii: "{")

    @usableFromInline
    init() {}

    @usableFromInline
    func begin(_ reader: inout JSONReader) throws(Problems) {
        reader.skipSpace()
        try reader.enter()
    }

    mutating func take(_ opening: [UInt8], _ reader: inout JSONReader) -> Bool {
        guard reader.take(separator, opening) else { return false }
        separator = UInt8(ascii: ",")
        return true
    }

    @usableFromInline
    func end(_ reader: inout JSONReader) throws(Problems) {
        guard separator == UInt8(ascii: ",") || reader.take(separator), reader.take(UInt8(ascii: "}")) else {
            throw reader.malformed()
        }
        reader.leave()
    }
}

/// What the fast way needs of a field. An object, since one of these is all of a field that it costs nothing to hand on.
@usableFromInline
final class ExpectedMember<Value: Sendable>: Sendable {
    private let name: QuotedName
    private let missing: (@Sendable () -> Value)?
    private let readValue: @Sendable (inout JSONReader) throws(Problems) -> Value

    @usableFromInline
    init<Owner>(_ field: Field<Owner, Value>) {
        name = QuotedName(field.name)
        missing = field.codec.missing
        readValue = field.codec.read
    }

    /// - Throws: when something else comes next, or a value that the field does not take.
    @usableFromInline
    func read(_ reader: inout JSONReader, in members: inout MembersInOrder) throws(Problems) -> Value {
        if members.take(name.bytes, &reader) { return try readValue(&reader) }
        guard let missing else { throw .required }
        return missing()
    }
}

/// What writing needs of a field.
@usableFromInline
final class WrittenMember<Owner: Sendable, Value: Sendable>: Sendable {
    private let name: QuotedName
    private let get: @Sendable (Owner) -> Value
    private let isAbsent: @Sendable (Value) -> Bool
    private let writeValue: @Sendable (Value, inout JSONWriter) -> Void

    @usableFromInline
    init(_ field: Field<Owner, Value>) {
        name = QuotedName(field.name)
        get = field.get
        isAbsent = field.codec.isAbsent
        writeValue = field.codec.write
    }

    @usableFromInline
    func write(_ owner: Owner, _ writer: inout JSONWriter) {
        let value = get(owner)
        if isAbsent(value) { return }
        writer.name(name)
        writeValue(value, &writer)
    }
}

/// Finds members by name. They mostly come in the order of the fields, so the search begins after the last one found.
struct MemberReader {
    /// Whoever sends more unknown members than this hears of the first ones only.
    private static let unknownMembersNamed = 20

    let members: [JSONMember]
    let reader: JSONReader

    func read<Owner, Value>(
        _ field: Field<Owner, Value>,
        at cursor: inout Int,
        into problems: inout [Problem]
    ) -> Value? {
        do throws(Problems) {
            guard let start = start(of: field.name, at: &cursor) else {
                if let missing = field.codec.missing { return missing() }
                throw .required
            }
            var value = reader.at(start)
            return try field.codec.read(&value)
        } catch {
            problems += error.under(field.name).list
            return nil
        }
    }

    private func start(of name: String, at cursor: inout Int) -> Int? {
        for offset in members.indices {
            let index = (cursor + offset) % members.count
            if members[index].name == name {
                cursor = index + 1
                return members[index].start
            }
        }
        return nil
    }

    func unknownMembers(besides fields: [FieldDescription]) -> [Problem] {
        var problems: [Problem] = []
        var seen: Set<String> = []
        for member in members where problems.count < Self.unknownMembersNamed {
            if !seen.insert(member.name).inserted {
                problems += Problems("repeated", Words("is given twice", zh: "重复给出")).under(member.name).list
            } else if !fields.contains(where: { $0.name == member.name }) {
                let known = fields.map(\.name).joined(separator: ", ")
                problems +=
                    Problems("unknown", Words("is not known here; known are: \(known)", zh: "不是已知字段；可用：\(known)"))
                    .under(String(member.name.prefix(100))).list
            }
        }
        return problems
    }
}

extension Problems {
    @usableFromInline static let required = Problems("required", Words("is required", zh: "必填"))
}
