import EventSourcing
import MusterDomain
import Records

/// A command as it comes through the door: `{command, id, log, occurredAt?, data}`.
struct CommandRequest: Sendable {
    let entry: CommandEntry
    let command: any Command
    let id: CommandID
    let log: LogName
    let occurredAt: Timestamp?

    init(entry: CommandEntry, command: any Command, id: CommandID, log: LogName, occurredAt: Timestamp? = nil) {
        self.entry = entry
        self.command = command
        self.id = id
        self.log = log
        self.occurredAt = occurredAt
    }

    /// Reads a whole document.
    ///
    /// - Throws: everything that is wrong with it, with pointers from the document's root.
    init(_ bytes: [UInt8]) throws(Problems) {
        let head = try CommandHead.record.decode(bytes)
        guard let entry = CommandCatalogue.entry(named: head.command) else {
            throw Problems("unknown", Words("is not a command", zh: "没有这个命令")).under("command")
        }
        var reader = JSONReader(bytes, at: head.dataStart)
        do throws(Problems) {
            command = try entry.decode(&reader)
        } catch {
            throw error.under("data")
        }
        self.entry = entry
        id = head.id
        log = head.log
        occurredAt = head.occurredAt
    }
}

/// The members around a command's data. `data` itself is read by the command's own description.
struct CommandHead: Sendable {
    let command: String
    let id: CommandID
    let log: LogName
    let occurredAt: Timestamp?
    /// The index of the first byte of `data`.
    let dataStart: Int

    static let record = Record<CommandHead>(
        Field("command", { $0.command }, .line(100), Words("Command", zh: "命令")),
        Field(
            "id",
            { $0.id },
            .commandID,
            Words("Id", zh: "编号"),
            help: Words(
                "Made by the sender. The same id again gets the first answer again.",
                zh: "由发送方生成；同一编号重发得到首次答复。"
            )
        ),
        Field("log", { $0.log }, .logName, Words("Log", zh: "日志")),
        Field(
            "occurredAt",
            { $0.occurredAt },
            Codec.timestamp.optional,
            Words("When it happened", zh: "发生时间"),
            help: Words("Left out: now.", zh: "不填则为当前时间。")
        ),
        Field("data", { $0.dataStart }, .objectStart, Words("Data", zh: "内容")),
        make: { CommandHead(command: $0, id: $1, log: $2, occurredAt: $3, dataStart: $4) }
    )
}

extension Codec where Value == LogName {
    static var logName: Codec {
        Codec<String>.line(40).map(
            { LogName($0) },
            back: { $0.rawValue },
            schema: .formatted(format: nil, pattern: "^[a-z][a-z0-9-]*$", maximum: 40, hint: "heyan"),
            orElse: { _ in
                Problems(
                    "log-name",
                    Words("must be lower-case letters, digits or hyphens, as heyan", zh: "只能用小写字母、数字或连字符，例如 heyan")
                )
            }
        )
    }
}

extension Codec where Value == Int {
    /// Where an object begins in the text; it is stepped over, its form is checked.
    fileprivate static var objectStart: Codec {
        Codec(
            schema: .record([]),
            read: { (reader) throws(Problems) in
                _ = reader.peek()
                let start = reader.index
                _ = try reader.members()
                return start
            },
            write: { _, writer in
                writer.beginObject()
                writer.endObject()
            }
        )
    }
}
