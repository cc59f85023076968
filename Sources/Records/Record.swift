/// A member of a record: its name in JSON, where it sits in the value, its codec, and what people read for it.
package struct Field<Owner: Sendable, Value: Sendable>: Sendable {
    let name: String
    let get: @Sendable (Owner) -> Value
    let codec: Codec<Value>
    let words: Words
    let help: Words?

    package init(
        _ name: String,
        _ get: @escaping @Sendable (Owner) -> Value,
        _ codec: Codec<Value>,
        _ words: Words,
        help: Words? = nil
    ) {
        self.name = name
        self.get = get
        self.codec = codec
        self.words = words
        self.help = help
    }

    var description: FieldDescription {
        FieldDescription(name: name, words: words, help: help, schema: codec.schema, isRequired: codec.missing == nil)
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
package struct Record<Value: Sendable>: Sendable {
    package let fields: [FieldDescription]
    private let readMembers: @Sendable (borrowing MemberReader) throws(Problems) -> Value
    private let writeMembers: @Sendable (Value, inout JSONWriter) -> Void
    private let refusesUnknownMembers: Bool

    /// - Parameters:
    ///   - refusesUnknownMembers: true for what people send (a misspelt name must not be lost silently), false for what
    ///     the log holds (a newer writer may have added members).
    ///   - make: builds the value; usually its memberwise initialiser, in the order of the fields.
    package init<each Member: Sendable>(
        refusesUnknownMembers: Bool = true,
        _ members: repeat Field<Value, each Member>,
        make: @escaping @Sendable (repeat each Member) -> Value
    ) {
        var descriptions: [FieldDescription] = []
        for member in repeat each members { descriptions.append(member.description) }
        fields = descriptions
        self.refusesUnknownMembers = refusesUnknownMembers
        let all = (repeat each members)
        readMembers = { (reader) throws(Problems) in
            var problems: [Problem] = []
            var cursor = 0
            let values = (repeat reader.read(each all, at: &cursor, into: &problems))
            guard problems.isEmpty else { throw Problems(problems) }
            return make(repeat try Self.present(each values))
        }
        writeMembers = { value, writer in
            for member in repeat each all {
                let content = member.get(value)
                if member.codec.isAbsent(content) { continue }
                writer.name(member.name)
                member.codec.write(content, &writer)
            }
        }
    }

    package var codec: Codec<Value> {
        Codec(
            schema: .record(fields),
            read: { (reader) throws(Problems) in try read(&reader) },
            write: { value, writer in write(value, to: &writer) }
        )
    }

    package func decode(_ bytes: [UInt8]) throws(Problems) -> Value { try codec.decode(bytes) }
    package func encode(_ value: Value) -> [UInt8] { codec.encode(value) }

    private func read(_ reader: inout JSONReader) throws(Problems) -> Value {
        let members = try reader.members()
        let source = MemberReader(reader: reader, members: members)
        var unknown: [Problem] = []
        if refusesUnknownMembers { unknown = source.unknownMembers(besides: fields) }
        do throws(Problems) {
            let value = try readMembers(source)
            guard unknown.isEmpty else { throw Problems(unknown) }
            return value
        } catch {
            throw unknown.isEmpty || error.list == unknown ? error : Problems(error.list + unknown)
        }
    }

    private func write(_ value: Value, to writer: inout JSONWriter) {
        writer.beginObject()
        writeMembers(value, &writer)
        writer.endObject()
    }

    private static func present<Member>(_ value: Member?) throws(Problems) -> Member {
        guard let value else { throw Problems("required", MemberReader.required) }
        return value
    }
}

/// Finds members by name. They mostly come in the order of the fields, so the search begins after the last one found.
struct MemberReader {
    /// Whoever sends more unknown members than this hears of the first ones only.
    private static let unknownMembersNamed = 20

    static let required = Words("is required", zh: "必填")

    let reader: JSONReader
    let members: [JSONMember]

    func read<Owner, Value>(
        _ field: Field<Owner, Value>,
        at cursor: inout Int,
        into problems: inout [Problem]
    ) -> Value? {
        do throws(Problems) {
            guard let start = start(of: field.name, at: &cursor) else {
                if let missing = field.codec.missing { return missing }
                throw Problems("required", Self.required)
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
