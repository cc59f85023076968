import Hummingbird
import Logging
import NIOCore
import Records

/// A batch of commands, one a line, answered by one verdict a line, in order. One bad line never harms the others.
///
/// Lines are handled one after another, because later ones may rest on earlier ones: a phone that was offline sends what
/// its owner did, in that order. Verdicts go out while lines still come in. A sender that reads nothing until it has sent
/// everything is served too: verdicts wait in memory, and the bound on lines bounds them.
struct CommandBatch: Sendable {
    let door: CommandDoor
    let limits: GatewayConfiguration.Limits
    let identity: Identity
    let language: Language
    let requestID: String
    let logger: Logger

    /// The answer's body, written while `request`'s body is read.
    func body(of request: Request) -> ResponseBody {
        let lines = request.body
        return ResponseBody { writer in
            let (verdicts, feed) = AsyncStream.makeStream(of: [UInt8].self, bufferingPolicy: .unbounded)
            // Unbounded in type only: `handle` ends after `limits.batchLines` verdicts.
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    defer { feed.finish() }
                    await handle(lines) { feed.yield($0) }
                }
                for await verdict in verdicts { try await writer.write(ByteBuffer(bytes: verdict)) }
                try await group.waitForAll()
            }
            try await writer.finish(nil)
        }
    }

    /// Reads lines and gives a verdict each; ends at the end of the body, at the first bound that is broken, or when the
    /// sender is too slow.
    private func handle(_ lines: RequestBody, _ yield: @escaping @Sendable ([UInt8]) -> Void) async {
        let ordinal = LineOrdinal()
        do {
            try await BodyReader.within(limits.batchTime) {
                try await read(lines, ordinal, yield)
            }
        } catch let problem as ProblemDetails {
            yield(verdict(.refused(problem), line: ordinal.next()))
        } catch {
            // The connection broke: nobody is left to be told.
            logger.debug("batch ended early", metadata: ["error": "\(error)"])
        }
    }

    private func read(
        _ lines: RequestBody,
        _ ordinal: LineOrdinal,
        _ yield: @Sendable ([UInt8]) -> Void
    ) async throws {
        var splitter = LineSplitter(maximumBytes: limits.batchLineBytes)
        var size = 0
        for try await chunk in lines {
            size += chunk.readableBytes
            guard size <= limits.batchBytes else { throw ProblemDetails.tooLarge(limits.batchBytes) }
            for line in splitter.append(chunk.readableBytesView) { try await take(line, ordinal, yield) }
        }
        if let last = splitter.finish() { try await take(last, ordinal, yield) }
    }

    private func take(
        _ line: LineSplitter.Line,
        _ ordinal: LineOrdinal,
        _ yield: @Sendable ([UInt8]) -> Void
    ) async throws {
        guard ordinal.count < limits.batchLines else { throw Self.tooManyLines(limits.batchLines) }
        let answer: CommandAnswer
        switch line {
        case .tooLong:
            answer = .refused(.tooLarge(limits.batchLineBytes))
        case .line(let bytes):
            // A blank line is nothing, as at the end of a file.
            if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return ordinal.skip() }
            answer = await door.answer(bytes, from: identity, wait: nil, logger: logger)
        }
        try Task.checkCancellation()
        yield(verdict(answer, line: ordinal.next()))
    }

    private func verdict(_ answer: CommandAnswer, line: Int) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("line")
        writer.integer(line)
        writer.name("status")
        writer.integer(answer.status.code)
        switch answer {
        case .accepted(let id, let outcome, let isOnBoards):
            CommandAnswer.write(id, outcome, isOnBoards, to: &writer)
        case .refused(let problem):
            writer.name("problem")
            problem.write(to: &writer, in: language, requestID: requestID)
        }
        writer.endObject()
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    private static func tooManyLines(_ maximum: Int) -> ProblemDetails {
        ProblemDetails(
            status: .contentTooLarge,
            code: "too-many-lines",
            title: Words("The batch has too many lines", zh: "批次行数过多"),
            detail: Words(
                "At most \(maximum) lines are taken; from this line on nothing was recorded. Send them as another batch.",
                zh: "最多接受 \(maximum) 行；从本行起未作记录，请另发一批。"
            )
        )
    }
}
