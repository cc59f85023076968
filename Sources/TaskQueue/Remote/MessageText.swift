import EventSourcing

/// Writes the parts of a message one after the other: numbers with a space behind them, texts with their length before.
/// Processes say thousands of messages a second to each other, and Codable would take most of their time.
struct MessageWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ number: some BinaryInteger) {
        bytes += String(number).utf8
        bytes.append(UInt8(ascii: " "))
    }

    mutating func write(_ flag: Bool) { write(flag ? 1 : 0) }

    mutating func write(_ text: String) {
        write(text.utf8.count)
        bytes += text.utf8
    }

    mutating func write(_ numbers: [some BinaryInteger]) { write(numbers) { $0.write($1) } }

    mutating func write<Element>(_ list: [Element], _ one: (inout MessageWriter, Element) -> Void) {
        write(list.count)
        for element in list { one(&self, element) }
    }

    mutating func write<Value>(_ value: Value?, _ one: (inout MessageWriter, Value) -> Void) {
        write(value != nil)
        if let value { one(&self, value) }
    }
}

/// Reads what `MessageWriter` wrote, in the same order.
struct MessageReader {
    /// The message is none, or another version's.
    struct Unreadable: Error {}

    private var rest: Substring.UTF8View

    var isAtEnd: Bool { rest.isEmpty }

    init(_ text: String) { rest = Substring(text).utf8 }

    mutating func number<Number: FixedWidthInteger>(_: Number.Type = Number.self) throws(Unreadable) -> Number {
        guard let end = rest.firstIndex(of: UInt8(ascii: " ")), let number = Number(Substring(rest[..<end])) else {
            throw Unreadable()
        }
        rest = rest[rest.index(after: end)...]
        return number
    }

    mutating func flag() throws(Unreadable) -> Bool { try number(Int.self) != 0 }

    mutating func text() throws(Unreadable) -> String {
        let length = try number(Int.self)
        guard length >= 0, let end = rest.index(rest.startIndex, offsetBy: length, limitedBy: rest.endIndex),
            let text = String(rest[..<end])
        else { throw Unreadable() }
        rest = rest[end...]
        return text
    }

    mutating func numbers<Number: FixedWidthInteger>() throws(Unreadable) -> [Number] {
        try list { reader throws(Unreadable) in try reader.number() }
    }

    mutating func list<Element>(
        _ one: (inout MessageReader) throws(Unreadable) -> Element
    ) throws(Unreadable) -> [Element] {
        let count = try number(Int.self)
        // Each takes two bytes at least.
        guard count >= 0, count <= rest.count else { throw Unreadable() }
        var list: [Element] = []
        list.reserveCapacity(count)
        for _ in 0..<count { list.append(try one(&self)) }
        return list
    }

    mutating func optional<Value>(
        _ one: (inout MessageReader) throws(Unreadable) -> Value
    ) throws(Unreadable) -> Value? {
        try flag() ? try one(&self) : nil
    }
}

extension QueueMessage {
    /// The server takes no longer ones.
    static let maximumBytes = 7_900

    /// As many of the first messages as fit into one notification, as its payload: each one is a transaction that wakes
    /// every listener.
    ///
    /// - Returns: also how many they are; without a payload when the first is too long by itself.
    static func payload(of messages: some Collection<QueueMessage>) -> (payload: String?, count: Int) {
        var writer = MessageWriter()
        var (length, count) = (0, 0)
        for message in messages {
            message.write(to: &writer)
            guard writer.bytes.count <= maximumBytes else { break }
            (length, count) = (writer.bytes.count, count + 1)
        }
        guard count > 0 else { return (nil, 1) }
        return (String(decoding: writer.bytes.prefix(length), as: UTF8.self), count)
    }

    /// The messages of a notification's payload, up to one that cannot be read.
    static func all(in payload: String) -> [QueueMessage] {
        var reader = MessageReader(payload)
        var messages: [QueueMessage] = []
        while !reader.isAtEnd, let message = try? read(&reader) { messages.append(message) }
        return messages
    }

    private func write(to writer: inout MessageWriter) {
        switch self {
        case .turn(let turn):
            writer.write(1)
            turn.write(to: &writer)
        case .unclaimed(let token):
            writer.write(2)
            writer.write(token)
        case .withdraw(let process, let id):
            writer.write(3)
            writer.write(process)
            writer.write(id)
        case .alive(let process):
            writer.write(4)
            writer.write(process)
        case .holds(let holding):
            writer.write(5)
            holding.write(to: &writer)
        case .look: writer.write(6)
        case .report: writer.write(7)
        case .answer(let answer):
            writer.write(8)
            answer.write(to: &writer)
        case .leads(let leading):
            writer.write(9)
            writer.write(leading.epoch)
            writer.write(leading.line)
        }
    }

    private static func read(_ reader: inout MessageReader) throws(MessageReader.Unreadable) -> QueueMessage {
        switch try reader.number(Int.self) {
        case 1: .turn(try RemoteTurn(from: &reader))
        case 2: .unclaimed(token: try reader.number())
        case 3: .withdraw(process: try reader.text(), id: try reader.number())
        case 4: .alive(process: try reader.text())
        case 5: .holds(try RemoteHolding(from: &reader))
        case 6: .look
        case 7: .report
        case 8: .answer(try RemoteAnswer(from: &reader))
        case 9: .leads(Leading(epoch: try reader.number(), line: try reader.number()))
        default: throw MessageReader.Unreadable()
        }
    }
}

extension RemoteTurn {
    fileprivate func write(to writer: inout MessageWriter) {
        writer.write(process)
        writer.write(id)
        writer.write(worker)
        writer.write(agency) { $0.write($1) }
        writer.write(done)
        writer.write(withheld)
        writer.write(reason) { $0.write($1) }
        writer.write(failed) { writer, failure in
            writer.write(failure.grant)
            writer.write(failure.error)
            writer.write(failure.wait) { $0.write($1) }
        }
        writer.write(extended)
        writer.write(extensionTerm)
        writer.write(demand) { writer, demand in
            writer.write(demand.agencies) { $0.write($1) }
            writer.write(demand.amounts)
            writer.write(demand.amount)
            writer.write(demand.term)
            writer.write(demand.isBound)
        }
        writer.write(patience)
    }

    fileprivate init(from reader: inout MessageReader) throws(MessageReader.Unreadable) {
        process = try reader.text()
        id = try reader.number()
        worker = try reader.text()
        agency = try reader.optional { reader throws(MessageReader.Unreadable) in try reader.text() }
        done = try reader.numbers()
        withheld = try reader.numbers()
        reason = try reader.optional { reader throws(MessageReader.Unreadable) in try reader.text() }
        failed = try reader.list { reader throws(MessageReader.Unreadable) in
            Failure(
                grant: try reader.numbers(),
                error: try reader.text(),
                wait: try reader.optional { reader throws(MessageReader.Unreadable) in try reader.number() }
            )
        }
        extended = try reader.numbers()
        extensionTerm = try reader.number()
        demand = try reader.optional { reader throws(MessageReader.Unreadable) in
            Demand(
                agencies: try reader.list { reader throws(MessageReader.Unreadable) in try reader.text() },
                amounts: try reader.numbers(),
                amount: try reader.number(),
                term: try reader.number(),
                isBound: try reader.flag()
            )
        }
        patience = try reader.number()
    }
}

extension RemoteHolding {
    fileprivate func write(to writer: inout MessageWriter) {
        writer.write(process)
        writer.write(epoch)
        writer.write(tokens)
        writer.write(awaited)
    }

    fileprivate init(from reader: inout MessageReader) throws(MessageReader.Unreadable) {
        process = try reader.text()
        epoch = try reader.number()
        tokens = try reader.numbers()
        awaited = try reader.numbers()
    }
}

extension RemoteAnswer {
    fileprivate func write(to writer: inout MessageWriter) {
        writer.write(id)
        writer.write(epoch)
        writer.write(refused)
        writer.write(tasks)
        writer.write(segments)
        writer.write(attempts)
        writer.write(token)
        writer.write(deadline)
        writer.write(contents) { writer, content in
            writer.write(content.agency)
            writer.write(content.kind)
            writer.write(content.uniqueKey) { $0.write($1) }
            writer.write(content.priority)
            writer.write(content.enqueued)
            writer.write(content.payload)
        }
        writer.write(error) { $0.write($1) }
        writer.write(isOverloaded)
    }

    fileprivate init(from reader: inout MessageReader) throws(MessageReader.Unreadable) {
        id = try reader.number()
        epoch = try reader.number()
        refused = try reader.numbers()
        tasks = try reader.numbers()
        segments = try reader.numbers()
        attempts = try reader.numbers()
        token = try reader.number()
        deadline = try reader.number()
        contents = try reader.list { reader throws(MessageReader.Unreadable) in
            Content(
                agency: try reader.text(),
                kind: try reader.text(),
                uniqueKey: try reader.optional { reader throws(MessageReader.Unreadable) in try reader.text() },
                priority: try reader.number(),
                enqueued: try reader.number(),
                payload: try reader.text()
            )
        }
        error = try reader.optional { reader throws(MessageReader.Unreadable) in try reader.text() }
        isOverloaded = try reader.flag()
    }
}
