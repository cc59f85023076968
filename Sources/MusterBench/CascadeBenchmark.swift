import AsyncHTTPClient
import EventLog
import EventSourcing
import Foundation
import MusterDomain
import MusterRuntime
import NIOCore
import NIOHTTP1
import Records

/// One directive of a city, through one daemon in all its roles: each office passes it on to all right below it, Muster
/// brings it there, and each grid acknowledges it once the board shows that it has come. It is over when the board shows
/// that everybody has acknowledged.
struct CascadeBenchmark: Benchmark {
    let ids = ["directive.cascade"]

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        let sizes = bench.isQuick ? [1, 3, 6, 12, 60] : [1, 12, 47, 243, 4_000]
        var runs: [Cascade.Figures] = []
        for run in 1...bench.runCount {
            let shape = sizes.map { "\($0)" }.joined(separator: " → ")
            BenchCluster.say("directive.cascade: \(shape), run \(run) of \(bench.runCount)")
            runs.append(
                try await BenchGateway.with(log: "cascade-\(run)", on: bench, hasAllRoles: true) { gateway in
                    let city = CascadeCity(sizes: sizes, since: .now() - .seconds(60))
                    return try await Cascade.with(gateway, city) { cascade in
                        let tail = { try await bench.database.withLog(gateway.log) { try await $0.tail() } }
                        let before = try await tail()
                        var figures = try await cascade.run()
                        figures.events = Double(try await tail().rawValue - before.rawValue)
                        return figures
                    }
                }
            )
        }
        return [
            Measurement(
                id: ids[0],
                unit: "s",
                runs: runs.map { $0.time / .seconds(1) },
                beside: [
                    ("passed on everywhere after, s", Measurement.median(runs.map { $0.relayed / .seconds(1) })),
                    ("commands of the offices a second", Measurement.median(runs.map(\.commandsPerSecond))),
                    (
                        "events of them and of what Muster did about them, appended a second",
                        Measurement.median(runs.map { $0.events / ($0.time / .seconds(1)) })
                    ),
                ]
            )
        ]
    }
}

/// The offices of a city at work on one directive.
private struct Cascade: Sendable {
    struct Figures: Sendable {
        /// From the issue until the board shows the last acknowledgement.
        var time = Duration.zero
        /// From the issue until the last office has passed it on.
        var relayed = Duration.zero
        var commands = 0
        var events = 0.0

        var commandsPerSecond: Double { Double(commands) / (time / .seconds(1)) }
    }

    private static let directive = DirectiveID("D-BENCH")
    private static let text = "Whoever has come back stays at home for fourteen days, and is visited daily."
    /// How often somebody looks at the board.
    private static let look = Duration.milliseconds(100)
    private static let deadline = Duration.seconds(600)

    let gateway: BenchGateway
    let city: CascadeCity
    let client: HTTPClient
    let tokens: [PersonID: String]

    /// Sets the city up, and signs everybody in.
    static func with<Result: Sendable>(
        _ gateway: BenchGateway,
        _ city: CascadeCity,
        _ body: @Sendable (Cascade) async throws -> Result
    ) async throws -> Result {
        func token(of actor: Actor) async throws -> String {
            try await gateway.signer.token(for: actor, log: gateway.log, lifetime: .seconds(3_600))
        }
        let administrator = Actor(
            person: PersonID("administrator"),
            party: PartyID("bench"),
            role: .administrator,
            territory: BenchGateway.territory
        )
        let sender = CommandSender(url: gateway.url, token: try await token(of: administrator), language: .en)
        let lines = city.setup.map { command in
            let name = CommandCatalogue.entry(of: command).name
            return CommandSender.body(name, data: command.data, id: CommandID(.new()), log: gateway.log)
        }
        for start in stride(from: 0, to: lines.count, by: 1_000) {
            let answer = try await sender.send(lines: Array(lines[start..<min(start + 1_000, lines.count)]))
            let refused = answer.body.split(separator: "\n").first { !$0.contains(#""first":"#) }
            if let refused { throw BenchError("the city's set-up was refused: \(refused)") }
        }
        var tokens: [PersonID: String] = [:]
        for office in city.levels.joined() { tokens[office.actor.person] = try await token(of: office.actor) }
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        let client = HTTPClient(configuration: configuration)
        do {
            let result = try await body(Cascade(gateway: gateway, city: city, client: client, tokens: tokens))
            try await client.shutdown()
            return result
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    func run() async throws -> Figures {
        let begin = ContinuousClock.now
        var figures = Figures()
        try await issue()
        try await withThrowingTaskGroup(of: ContinuousClock.Instant?.self) { offices in
            offices.addTask {
                try await relay(from: 1)
                return .now
            }
            var waiting = city.levels[3]
            while true {
                let board = try await board()
                let come = board.come
                let released = waiting.filter { come.contains($0.territory.rawValue) }
                waiting.removeAll { come.contains($0.territory.rawValue) }
                for office in released.flatMap(grids) {
                    offices.addTask {
                        try await acknowledge(office)
                        return nil
                    }
                }
                if board.acknowledged == city.addressees { break }
                guard begin.duration(to: .now) < Self.deadline else {
                    throw BenchError("\(board.acknowledged) of \(city.addressees) have acknowledged in ten minutes")
                }
                try await Task.sleep(for: Self.look)
            }
            figures.time = begin.duration(to: .now)
            for try await end in offices { if let end { figures.relayed = begin.duration(to: end) } }
        }
        figures.commands = 1 + city.levels[1...3].reduce(0) { $0 + $1.count } + city.levels[4].count
        return figures
    }

    // MARK: - What offices do

    private func issue() async throws {
        let issuer = city.levels[0][0]
        let command = IssueDirective(
            directive: Self.directive,
            subject: DirectiveSubjectID("returnee.isolation"),
            title: "Those who come back stay at home",
            body: Self.text,
            audience: issuer.children.map { Addressee($0) },
            isDirect: false,
            downTo: .grid,
            response: nil,
            effectiveFrom: .now(),
            effectiveTo: nil,
            replyBy: nil,
            supersedes: nil
        )
        try await send(command, by: issuer.actor)
    }

    /// Passes it on from a level, each office on its own, and then from the levels below.
    private func relay(from level: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for office in city.levels[level] { group.addTask { try await relay(by: office, at: level) } }
            try await group.waitForAll()
        }
    }

    /// An office passes it on as soon as it may; those below it do when it has.
    private func relay(by office: CascadeCity.Office, at level: Int) async throws {
        let command = RelayDirective(
            directive: Self.directive,
            version: 1,
            hash: TextHash(of: Self.text),
            to: office.children.map { Addressee($0) }
        )
        try await send(command, by: office.actor)
        guard level < 3 else { return }
        let below = Set(office.children)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for child in city.levels[level + 1] where below.contains(child.territory) {
                group.addTask { try await relay(by: child, at: level + 1) }
            }
            try await group.waitForAll()
        }
    }

    private func grids(of community: CascadeCity.Office) -> [CascadeCity.Office] {
        let below = Set(community.children)
        return city.levels[4].filter { below.contains($0.territory) }
    }

    private func acknowledge(_ office: CascadeCity.Office) async throws {
        let command = AcknowledgeReceipt(directive: Self.directive, territory: office.territory, version: 1)
        try await send(command, by: office.actor)
    }

    /// Sends until it is taken: many pass on the same directive at once, and whoever meets others is asked to try again.
    private func send(_ command: any Command, by actor: Actor) async throws {
        let name = CommandCatalogue.entry(of: command).name
        let body = CommandSender.body(name, data: command.data, id: CommandID(.new()), log: gateway.log)
        while true {
            var request = HTTPClientRequest(url: gateway.url + "/v1/commands")
            request.method = .POST
            request.headers.add(name: "Authorization", value: "Bearer \(tokens[actor.person] ?? "")")
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body))
            let response = try await client.execute(request, timeout: .seconds(300))
            let text = String(buffer: try await response.body.collect(upTo: 1 << 20))
            switch response.status.code {
            case 200...201: return
            case 409, 429, 503: try await Task.sleep(for: .milliseconds(20))
            default: throw BenchError("\(name) by \(actor.person) was answered \(response.status.code): \(text)")
            }
        }
    }

    // MARK: - What the board shows

    private struct Board: Decodable {
        struct Tally: Decodable {
            let addressees: Int
            let received: Int
            let acknowledged: Int
        }
        struct Row: Decodable {
            let territory: String
            let below: Tally
        }
        struct Directive: Decodable {
            let total: Tally
        }

        let rows: [Row]
        let directives: [Directive]

        /// Where all right below have it.
        var come: Set<String> {
            Set(rows.filter { $0.below.received == $0.below.addressees }.map(\.territory))
        }
        var acknowledged: Int { directives.first?.total.acknowledged ?? 0 }
    }

    private func board() async throws -> Board {
        var request = HTTPClientRequest(url: gateway.url + "/v1/boards/directives")
        request.headers.add(name: "Authorization", value: "Bearer \(gateway.token)")
        let response = try await client.execute(request, timeout: .seconds(300))
        let body = try await response.body.collect(upTo: 1 << 26)
        guard response.status == .ok else { throw BenchError("the board was answered \(response.status)") }
        return try JSONDecoder().decode(Board.self, from: Data(body.readableBytesView))
    }
}
