import EventLog
import EventSourcing
import Foundation
import MusterDomain
import MusterRuntime
import PostgresServer
import Records

/// A gateway in a process of its own, on a new log in which one territory is defined.
struct BenchGateway: Sendable {
    static let territory = TerritoryID("bench-city")

    let process: ServerProcess
    let log: LogName
    /// Of a resident, who may report.
    let token: String
    let signer: TokenSigner

    var url: String { process.url }

    /// Opens the log, starts the gateway, runs `body`, and ends the gateway.
    static func with<Result: Sendable>(
        log name: String,
        on bench: BenchCluster,
        hasAllRoles: Bool = false,
        _ body: @Sendable (BenchGateway) async throws -> Result
    ) async throws -> Result {
        guard let log = LogName(name) else { throw BenchError("'\(name)' is no name for a log") }
        try await bench.database.createLog(log, mode: .live)
        let keys = NSTemporaryDirectory() + "muster-bench-keys-\(UUID().uuidString)"
        let signer = try await TokenSigner(keyDirectory: keys)
        let arguments =
            ["serve-gateway", "--database", bench.cluster.conninfo, "--log", name, "--keys", keys]
            + (hasAllRoles ? ["--all-roles"] : [])
        let result = try await ServerProcess.with(arguments) { process in
            let resident = Actor(
                person: PersonID("resident"),
                party: PartyID("residents"),
                role: .resident,
                territory: territory
            )
            let token = try await signer.token(for: resident, log: log, lifetime: .seconds(3_600))
            try await define(territory, in: log, at: process.url, signer)
            return try await body(BenchGateway(process: process, log: log, token: token, signer: signer))
        }
        try FileManager.default.removeItem(atPath: keys)
        return result
    }

    private static func define(
        _ territory: TerritoryID,
        in log: LogName,
        at url: String,
        _ signer: TokenSigner
    ) async throws {
        let administrator = Actor(
            person: PersonID("administrator"),
            party: PartyID("bench"),
            role: .administrator,
            territory: territory
        )
        let command = DefineTerritory(
            territory: territory,
            level: .city,
            parent: nil,
            nameEN: "Bench",
            nameZH: "测试",
            households: nil
        )
        let sender = CommandSender(
            url: url,
            token: try await signer.token(for: administrator, log: log, lifetime: .seconds(3_600)),
            language: .en
        )
        let answer = try await sender.send("DefineTerritory", data: command.data, id: nil, log: log)
        guard answer.isAccepted else { throw BenchError("set-up was refused: \(answer.body)") }
    }

    /// A report of one kind of thing; only its id is another each time.
    static func report(_ id: UniqueID) -> SubmitReport {
        SubmitReport(
            report: ReportID(id),
            channel: .app,
            kind: .lighting,
            territory: territory,
            place: "Bench Street 1",
            text: "The street light is out."
        )
    }

    /// The command that submits it, as the text of a request's body; both bear the id.
    func command(_ id: UniqueID) -> String {
        let data = String(decoding: Self.report(id).data, as: UTF8.self)
        return #"{"command":"SubmitReport","id":"\#(id)","log":"\#(log)","data":\#(data)}"#
    }
}

extension UniqueID {
    /// A new id of this moment.
    static func new() -> UniqueID {
        var random = SystemRandomNumberGenerator()
        return UniqueID(version7At: .now(), random: (random.next(), random.next()))
    }
}
