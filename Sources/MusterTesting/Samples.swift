package import EventSourcing

/// Made-up appends and ids, for tests of anything that stands on a log.
package enum Samples {
    package static let time = Timestamp(microseconds: 1_700_000_000_000_000)

    package static func command(_ generator: inout some RandomNumberGenerator) -> CommandID {
        CommandID(UniqueID(version7At: time, random: (generator.next(), generator.next())))
    }

    /// A command id that is new on each call.
    package static func command() -> CommandID {
        var generator = SystemRandomNumberGenerator()
        return command(&generator)
    }

    package static func stream(_ id: some StringProtocol) -> StreamName {
        StreamName(category: "sample", id: id)
    }

    package static func event(_ number: Int = 1, type: String = "SampleTaken") -> NewEvent {
        NewEvent(type: EventType(type), data: Array(#"{"number":\#(number)}"#.utf8))
    }

    package static func write(
        _ stream: StreamName,
        _ expected: ExpectedVersion = .any,
        count: Int = 1
    ) -> StreamWrite {
        StreamWrite(stream: stream, expected: expected, events: (0..<count).map { event($0) })
    }

    package static func append(_ writes: StreamWrite..., command: CommandID = command()) -> Append {
        Append(command: command, occurredAt: time, metadata: Array(#"{"actor":"tester"}"#.utf8), writes: writes)
    }
}

extension Verdict {
    /// The receipt, when the events are in the log.
    package var receipt: AppendReceipt? {
        switch self {
        case .appended(let receipt), .duplicate(let receipt): receipt
        case .conflict: nil
        }
    }
}
