import Crypto
import EventSourcing
import MusterDomain
import Records

/// What a replay's log was made of, kept in its first event.
struct ReplayOrigin: Hashable, Sendable {
    let log: String
    /// The last event of the log that was replayed.
    let position: Int
    /// Of the computation.
    let version: Int
    /// Of `muster replay`: which cases, and what was changed.
    let arguments: [String]
    /// The SHA-256 of another playbook; nil without one.
    let playbook: String?

    static let record = Record<ReplayOrigin>(
        refusesUnknownMembers: false,
        Field("log", { $0.log }, .line(40), Words("Log", zh: "日志")),
        Field("position", { $0.position }, .integer(0...Int(Int64.max)), Words("Position", zh: "位置")),
        Field("version", { $0.version }, .integer(1...1_000_000), Words("Version", zh: "版本")),
        Field(
            "arguments",
            { $0.arguments },
            .list(of: .line(1_000), count: 0...1_000),
            Words("Arguments", zh: "参数")
        ),
        Field("playbook", { $0.playbook }, Codec<String>.line(64).optional, Words("Playbook", zh: "预案")),
        make: ReplayOrigin.init
    )

    /// The same wherever the history stands.
    func isSame(as other: ReplayOrigin) -> Bool {
        log == other.log && version == other.version && arguments == other.arguments && playbook == other.playbook
    }

    var description: String {
        "the replay of \(log) up to position \(position) with \(arguments.isEmpty ? "no change" : arguments.joined(separator: " "))"
    }

    init(log: LogName, position: Position, _ choice: AnalysisChoice, _ changes: ReplayChanges) {
        self.init(
            log: log.rawValue,
            position: Int(position.rawValue),
            version: HistoryReplay.version,
            arguments: choice.arguments + changes.arguments,
            playbook: changes.playbook.map { SHA256.hash(data: Playbook.stored.encode($0)).hexadecimal }
        )
    }

    private init(log: String, position: Int, version: Int, arguments: [String], playbook: String?) {
        self.log = log
        self.position = position
        self.version = version
        self.arguments = arguments
        self.playbook = playbook
    }
}

/// The ids of the events of a replay's log: made of what was replayed, so that the same command again adds nothing.
struct ReplayIdentity: Hashable, Sendable {
    let origin: ReplayOrigin
    let sha256: String

    init(_ replay: HistoryReplay) {
        origin = ReplayOrigin(
            log: replay.source.log,
            position: replay.source.position,
            replay.choice,
            replay.changes
        )
        sha256 = SHA256.hash(data: ReplayOrigin.record.encode(origin)).hexadecimal
    }

    /// What rows name as their file.
    var source: String { "replay of \(origin.log)@\(origin.position)" }

    func command(_ step: String) -> CommandID {
        CommandID(SHA256.hash(data: Array("replay\0\(sha256)\0\(step)".utf8)).identifier)
    }
}
