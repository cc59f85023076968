package import EventLog
import EventSourcing
package import Evidence
import Logging
import Testing

/// Tells when checkpoints have been stored: a witness that looks on and signs nothing.
package struct SealWatch: Sendable {
    package static let origin = "muster.example/test"
    package static let seed = [UInt8](1...32)
    package static let otherSeed = [UInt8](101...132)

    private let sizes: AsyncStream<Int>
    private let size: AsyncStream<Int>.Continuation

    package init() { (sizes, size) = AsyncStream.makeStream(of: Int.self) }

    /// A sealer that hurries.
    ///
    /// - Parameter witnesses: besides the one that looks on.
    package func sealer(
        of log: Log,
        seeds: [[UInt8]] = [seed],
        holder: String = "test",
        leaseTime: Duration = .seconds(5),
        witnesses: [Witness] = []
    ) throws -> Sealer {
        var configuration = Sealer.Configuration()
        configuration.interval = .milliseconds(2)
        configuration.leaseTime = leaseTime
        let key = try #require(NoteKey(name: "watch", algorithm: .cosignature, publicKey: Self.seed))
        let watch = Witness(key: key) { [size] request in
            size.yield(request.checkpoint.head.size)
            return .cosigned([])
        }
        return Sealer(
            log: log,
            keys: try #require(SigningKeys(seeds: seeds)),
            origin: Self.origin,
            holder: holder,
            witnesses: witnesses + [watch],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            configuration: configuration
        )
    }

    /// Returns when so many events are sealed.
    package func sealed(_ count: Int) async {
        for await size in sizes where size >= count { return }
    }

    /// Runs a sealer until so many events are sealed.
    package func seal(_ log: Log, to count: Int, seeds: [[UInt8]] = [seed], witnesses: [Witness] = []) async throws {
        let sealer = try sealer(of: log, seeds: seeds, witnesses: witnesses)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await sealer.run() }
            await sealed(count)
            group.cancelAll()
        }
    }

    package static func ring(_ seeds: [UInt8]...) throws -> KeyRing {
        KeyRing(try #require(SigningKeys(seeds: seeds)).signers(named: origin).map(\.key))
    }
}

extension Log {
    /// The hashes of all events as they stand in the log.
    package func leafHashes() async throws -> [TreeHash] {
        var hashes: [TreeHash] = []
        while true {
            let page = try await events(after: Position(Int64(hashes.count)), limit: 1_000)
            if page.isEmpty { return hashes }
            hashes += page.map { EventEntry($0).leafHash }
        }
    }

    /// Appends events, some of them several by one command.
    package func appendSamples(_ count: Int) async throws {
        var appends: [Append] = []
        var rest = count
        while rest > 0 {
            let events = min(rest, 1 + rest % 3)
            appends.append(Samples.append(Samples.write(Samples.stream("s-\(rest % 7)"), count: events)))
            rest -= events
        }
        for verdict in try await append(contentsOf: appends) { _ = try #require(verdict.receipt) }
    }
}
