import AsyncHTTPClient
import Evidence
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MusterTesting
import NIOCore
import Synchronization
import Testing

@testable import MusterRuntime

@Suite(.timeLimit(.minutes(20))) struct WitnessClientTests {
    private static let origin = "log.example"

    /// A witness over HTTP, at the port of a live server.
    private static func router(of witness: TestWitness) -> Router<BasicRequestContext> {
        let router = Router()
        router.post("/w/add-checkpoint") { request, _ in
            let body = try await request.body.collect(upTo: 1 << 20)
            guard let asked = WitnessRequest(encoded: String(buffer: body)) else {
                return Response(status: .badRequest)
            }
            do {
                switch try witness.answer(asked, atSecond: 1_700_000_000) {
                case .cosigned(let signatures):
                    let lines = signatures.map { "\($0.line)\n" }.joined()
                    return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: lines)))
                case .standsAt(let size):
                    return Response(status: .conflict, body: ResponseBody(byteBuffer: ByteBuffer(string: "\(size)\n")))
                }
            } catch TestWitness.Refusal.unknownLog {
                return Response(status: .notFound)
            } catch {
                return Response(status: .unprocessableContent)
            }
        }
        return router
    }

    /// Checkpoints over growing trees, and the proof from one to the other.
    private static func checkpoints() throws -> (signer: NoteSigner, first: SignedCheckpoint, second: SignedCheckpoint)
    {
        let signer = try #require(NoteSigner(name: origin, seed: Array(1...32)))
        let leaves = [TreeHash.leaf([1]), TreeHash.leaf([2])]
        let heads = [
            TreeHead(size: 1, root: leaves[0]), TreeHead(size: 2, root: .node(leaves[0], leaves[1])),
        ]
        let signed = try heads.map { try SignedCheckpoint(Checkpoint(origin: origin, head: $0), signers: [signer]) }
        return (signer, signed[0], signed[1])
    }

    private static func withWitness(
        _ body:
            @escaping @Sendable (TestWitness, @escaping @Sendable (WitnessRequest) async throws -> WitnessAnswer)
            async throws -> Void
    ) async throws {
        let witness = try #require(TestWitness())
        try await Application(router: router(of: witness)).test(.live) { server in
            let port = try #require(server.port)
            let address = try #require(WitnessAddress("\(witness.key.text) http://127.0.0.1:\(port)/w/"))
            #expect(address.key == witness.key)
            let client = HTTPClient(eventLoopGroupProvider: .singleton)
            let asking = WitnessClient(client: client, url: address.url)
            do {
                try await body(witness) { try await asking.ask($0) }
            } catch {
                try await client.shutdown()
                throw error
            }
            try await client.shutdown()
        }
    }

    @Test func `A witness cosigns over HTTP, and what continues it`() async throws {
        try await Self.withWitness { witness, ask in
            let (signer, first, second) = try Self.checkpoints()
            witness.trust(KeyRing([signer.key]))
            var signed = first
            guard
                case .cosigned(let signatures) = try await ask(
                    WitnessRequest(oldSize: 0, proof: ConsistencyProof(hashes: []), checkpoint: first)
                )
            else { throw ImpossibleAnswer() }
            for signature in signatures { signed.add(signature) }
            #expect(try signed.witnesses(in: KeyRing([witness.key])) == [witness.key])
            // It stands at 1 now: who begins from 0 is told so, who continues is signed for.
            let proof = ConsistencyProof(hashes: [.leaf([2])])
            #expect(
                try await ask(WitnessRequest(oldSize: 0, proof: ConsistencyProof(hashes: []), checkpoint: second))
                    == .standsAt(1)
            )
            guard case .cosigned = try await ask(WitnessRequest(oldSize: 1, proof: proof, checkpoint: second)) else {
                throw ImpossibleAnswer()
            }
            #expect(witness.size == 2)
        }
    }

    private struct ImpossibleAnswer: Error {}

    @Test func `A witness that refuses is an error that says how`() async throws {
        try await Self.withWitness { witness, ask in
            let (signer, first, second) = try Self.checkpoints()
            let empty = ConsistencyProof(hashes: [])
            await #expect {
                _ = try await ask(WitnessRequest(oldSize: 0, proof: empty, checkpoint: first))
            } throws: { error in
                (error as? WitnessError)?.status == 404
            }
            witness.trust(KeyRing([signer.key]))
            _ = try await ask(WitnessRequest(oldSize: 0, proof: empty, checkpoint: first))
            await #expect {
                _ = try await ask(WitnessRequest(oldSize: 1, proof: empty, checkpoint: second))
            } throws: { error in
                (error as? WitnessError)?.status == 422
            }
        }
    }

    @Test(
        arguments: [
            "", "http://127.0.0.1", "witness.example/w1+eb762cc2+BNdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea",
            "witness.example/w1+eb762cc2+BNdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea ftp://witness.example",
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW https://witness.example",
        ]
    )
    func `What is no witness's key and URL is refused`(text: String) {
        #expect(WitnessAddress(text) == nil)
    }
}
