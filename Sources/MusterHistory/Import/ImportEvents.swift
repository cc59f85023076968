import Crypto
import EventSourcing
import Records

/// The names of the events of imports. They are stored, and never change.
enum ImportEventType {
    static let started = EventType("ImportStarted")
    static let finished = EventType("ImportFinished")
    static let row = EventType("RowImported")
}

/// An import begins: which file, and the whole mapping it is read with (R16.5).
struct ImportStarted: Hashable, Sendable {
    let source: String
    let byteCount: Int
    let sha256: String
    let mapping: String
    let mappingVersion: Int
    /// The mapping's YAML.
    let mappingText: String
    /// What the mapping calls personal, for who reads the log in SQL and no YAML. Nil in imports of before.
    let personal: [String]?
    /// The attributes that tell which case a row is of. Nil in imports of before, which did not tell whether their cases
    /// and keys say something of a person: where anything does, these are taken to do so too.
    let ofCase: [String]?

    static let record = Record<ImportStarted>(
        refusesUnknownMembers: false,
        Field("source", { $0.source }, .fileName, Words("File", zh: "文件")),
        Field("bytes", { $0.byteCount }, .count, Words("Bytes", zh: "字节数")),
        Field("sha256", { $0.sha256 }, .line(64), Words("SHA-256", zh: "SHA-256")),
        Field("mapping", { $0.mapping }, .line(40), Words("Mapping", zh: "映射")),
        Field("mappingVersion", { $0.mappingVersion }, .count, Words("Mapping version", zh: "映射版本")),
        Field(
            "mappingText",
            { $0.mappingText },
            .prose(MappingNode.maximumTextBytes),
            Words("Mapping text", zh: "映射内容")
        ),
        Field(
            "personal",
            { $0.personal },
            Codec<[String]>.list(of: Codec<String>.line(40), count: 0...252).optional,
            Words("What is personal", zh: "个人信息")
        ),
        Field(
            "ofCase",
            { $0.ofCase },
            Codec<[String]>.list(of: Codec<String>.line(40), count: 0...250).optional,
            Words("Attributes that tell the case", zh: "标识案件的属性")
        ),
        make: ImportStarted.init
    )
}

/// An import came to its end. A run that went on after an interruption counts what the earlier run added as duplicates.
struct ImportFinished: Hashable, Sendable {
    struct Reject: Hashable, Sendable {
        let reason: String
        let rows: Int

        static let record = Record<Reject>(
            refusesUnknownMembers: false,
            Field("reason", { $0.reason }, .line(40), Words("Reason", zh: "原因")),
            Field("rows", { $0.rows }, .count, Words("Rows", zh: "行数")),
            make: Reject.init
        )
    }

    let sha256: String
    let mapping: String
    let mappingVersion: Int
    let rows: Int
    let added: Int
    let duplicates: Int
    let changed: Int
    let negativeIntervals: Int
    let rejects: [Reject]

    static let record = Record<ImportFinished>(
        refusesUnknownMembers: false,
        Field("sha256", { $0.sha256 }, .line(64), Words("SHA-256", zh: "SHA-256")),
        Field("mapping", { $0.mapping }, .line(40), Words("Mapping", zh: "映射")),
        Field("mappingVersion", { $0.mappingVersion }, .count, Words("Mapping version", zh: "映射版本")),
        Field("rows", { $0.rows }, .count, Words("Rows", zh: "行数")),
        Field("added", { $0.added }, .count, Words("Added", zh: "新增")),
        Field("duplicates", { $0.duplicates }, .count, Words("Already there", zh: "已有")),
        Field("changed", { $0.changed }, .count, Words("Changed", zh: "有变化")),
        Field("negativeIntervals", { $0.negativeIntervals }, .count, Words("Negative intervals", zh: "时间倒置")),
        Field("rejects", { $0.rejects }, .list(of: Reject.record.codec, count: 0...100), Words("Rejected", zh: "被拒绝")),
        make: ImportFinished.init
    )
}

extension Codec where Value == Int {
    fileprivate static var count: Codec { .integer(0...Int(Int64.max)) }
}

extension Codec where Value == String {
    /// A file's name may be any bytes that name a file, so only its length is bounded.
    fileprivate static var fileName: Codec {
        Codec(
            schema: .text(maximum: 1_000, isMultiline: false),
            read: { (reader) throws(Problems) in String(try reader.string().prefix(1_000)) },
            write: { value, writer in writer.string(value.prefix(1_000)) }
        )
    }
}

/// The command ids of imports. They are made of what is imported, so that the same row is never taken twice, whichever
/// file brings it and however often.
enum ImportID {
    /// The id of a row: of the mapping's name and the row's key.
    static func row(mapping: String, key: [UInt8]) -> CommandID { row(begun: beginning(ofRowsOf: mapping), key: key) }

    /// What the ids of a mapping's rows have in common, to be hashed once.
    static func beginning(ofRowsOf mapping: String) -> SHA256 {
        var hash = SHA256()
        hash.update(data: Array("row\0\(mapping)\0".utf8))
        return hash
    }

    /// The number that the key counts with stands before the hash. The keys of a file mostly count upwards, so that their
    /// ids are neighbours in the log's index over command ids; ids without order would touch a page of it each.
    ///
    /// - Parameter begun: the beginning of the ids of the row's mapping.
    static func row(begun: SHA256, key: [UInt8]) -> CommandID {
        var hash = begun
        hash.update(data: key)
        let id = hash.finalize().identifier
        return CommandID(UniqueID(high: UInt64(number(in: key)) << 32 | id.high & 0xFFFF_FFFF, low: id.low))
    }

    /// The longest run of digits in a key, the first of equal ones, modulo 2³².
    private static func number(in key: [UInt8]) -> UInt32 {
        var longest: (length: Int, number: UInt32) = (0, 0)
        var run: (length: Int, number: UInt32) = (0, 0)
        for byte in key {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
                run = (0, 0)
                continue
            }
            run = (run.length + 1, run.number &* 10 &+ UInt32(byte - UInt8(ascii: "0")))
            if run.length > longest.length { longest = run }
        }
        return longest.number
    }

    /// The id of a later revision of a row: of the row's id and the revision's number, from 2.
    static func revision(_ number: Int, of row: CommandID) -> CommandID {
        CommandID(SHA256.hash(data: Array("revision\0\(row)\0\(number)".utf8)).identifier)
    }

    static func start(sha256: String, mapping: Mapping) -> CommandID { file("start", sha256, mapping) }
    static func finish(sha256: String, mapping: Mapping) -> CommandID { file("finish", sha256, mapping) }

    private static func file(_ step: String, _ sha256: String, _ mapping: Mapping) -> CommandID {
        CommandID(SHA256.hash(data: Array("\(step)\0\(sha256)\0\(mapping.name)\0\(mapping.text)".utf8)).identifier)
    }
}

/// The metadata of everything an import appends, in the form of the domain's events.
enum ImportMetadata {
    /// - Parameter start: the command id of the import's start, which its rows have in common.
    static func bytes(start: CommandID) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("person", "importer")
        writer.member("party", "muster")
        writer.member("role", "system")
        writer.member("territory", "all")
        writer.member("correlation", start.description)
        writer.endObject()
        return writer.bytes
    }
}
