import CLibPQ

/// The one owner of a `PGconn`, closed exactly once: by `close()`, or when its owner goes.
///
/// Not safe for concurrent use: it stays inside the actor that owns it. Every function of libpq used here accepts the
/// null pointer a closed handle holds, and fails.
@safe
struct ConnectionHandle: ~Copyable {
    enum Polling {
        case waitForReading
        case waitForWriting
        case connected
        case failed
    }

    enum Flush {
        case done
        case pending
        case failed
    }

    enum TransactionStatus {
        case idle
        case inTransaction
        case inFailedTransaction
        /// A command is under way, or the connection is bad.
        case other
    }

    enum CopyData {
        /// A row was appended to the buffer.
        case taken
        case wouldBlock
        case end
        case failed
    }

    private var pointer: OpaquePointer?
    /// libpq holds an unretained pointer to it: it must live as long as the handle.
    let notices = NoticeCollector()

    /// A closed handle.
    init() {}

    /// Starts to connect without blocking on the network (host names must be resolved before).
    init(starting settings: [(keyword: String, value: String)]) {
        unsafe pointer = withCStrings(settings.map(\.keyword)) { keywords in
            unsafe withCStrings(settings.map(\.value)) { values in
                // The last argument: a connection string is allowed as the value of `dbname`.
                unsafe PQconnectStartParams(keywords, values, 1)
            }
        }
        guard let pointer = unsafe pointer else { return }
        let receiver: PQnoticeReceiver = { context, result in
            guard let context = unsafe context, let result = unsafe result,
                let notice = unsafe ServerDiagnostics(result: result)
            else { return }
            unsafe Unmanaged<NoticeCollector>.fromOpaque(context).takeUnretainedValue().take(notice)
        }
        // Results carry their fields anyway; a failure to connect tells its SQLSTATE only in the verbose text.
        _ = unsafe PQsetErrorVerbosity(pointer, PQERRORS_VERBOSE)
        _ = unsafe PQsetNoticeReceiver(pointer, receiver, Unmanaged.passUnretained(notices).toOpaque())
    }

    deinit {
        unsafe PQfinish(pointer)
    }

    mutating func close() {
        let closing = unsafe pointer
        unsafe pointer = nil
        unsafe PQfinish(closing)
    }

    var isOpen: Bool { unsafe PQstatus(pointer) == CONNECTION_OK }

    /// The socket, which changes while connecting; -1 when there is none.
    var socket: Int32 { unsafe PQsocket(pointer) }

    var serverProcessID: Int32 { unsafe PQbackendPID(pointer) }

    /// The version as a number: 150018 is 15.18.
    var serverVersion: Int { unsafe Int(PQserverVersion(pointer)) }

    var errorMessage: String { unsafe String(cString: PQerrorMessage(pointer)).trimmingLineEnd() }

    var transactionStatus: TransactionStatus {
        switch unsafe PQtransactionStatus(pointer) {
        case PQTRANS_IDLE: .idle
        case PQTRANS_INTRANS: .inTransaction
        case PQTRANS_INERROR: .inFailedTransaction
        default: .other
        }
    }

    /// Takes the next step of connecting.
    func poll() -> Polling {
        switch unsafe PQconnectPoll(pointer) {
        case PGRES_POLLING_READING: .waitForReading
        case PGRES_POLLING_WRITING: .waitForWriting
        case PGRES_POLLING_OK: .connected
        default: .failed
        }
    }

    func makeNonBlocking() -> Bool { unsafe PQsetnonblocking(pointer, 1) == 0 }

    func flush() -> Flush {
        switch unsafe PQflush(pointer) {
        case 0: .done
        case 1: .pending
        default: .failed
        }
    }

    /// Reads what the socket holds, without waiting. False when the connection is lost.
    func consumeInput() -> Bool { unsafe PQconsumeInput(pointer) == 1 }

    /// Whether `takeResult` would block.
    var isBusy: Bool { unsafe PQisBusy(pointer) == 1 }

    /// The next result, or nil at the end of those of one statement.
    func takeResult() -> ResultHandle? {
        guard let result = unsafe PQgetResult(pointer) else { return nil }
        return unsafe ResultHandle(result)
    }

    func sendScript(_ sql: String) -> Bool { unsafe PQsendQuery(pointer, sql) == 1 }

    /// Sends a statement without preparing it, in the extended protocol, without parameters.
    func sendUnprepared(_ statement: Statement) -> Bool {
        statement.sqlText.withUTF8Buffer { sql in
            unsafe PQsendQueryParams(pointer, sql.asCString, 0, nil, nil, nil, nil, 1) == 1
        }
    }

    func sendPrepare(_ statement: Statement, types: [PostgresType]) -> Bool {
        let oids = types.map(\.oid)
        return statement.nameText.withUTF8Buffer { name in
            statement.sqlText.withUTF8Buffer { sql in
                unsafe PQsendPrepare(pointer, name.asCString, sql.asCString, Int32(oids.count), oids) == 1
            }
        }
    }

    /// Sends an execution of a prepared statement, everything binary.
    func sendExecute(_ statement: Statement, _ parameters: Parameters) -> Bool {
        let slots = parameters.slots
        return unsafe parameters.writer.bytes.withUnsafeBytes { bytes in
            unsafe withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: slots.count) { values in
                unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: slots.count * 2) { numbers in
                    // No bytes may have no address, and null would mean SQL's null: any other address will do.
                    let base = unsafe bytes.baseAddress ?? UnsafeRawPointer(values.baseAddress)
                    for (index, slot) in slots.enumerated() {
                        let value = unsafe slot.length.flatMap { _ in unsafe base.map { unsafe $0 + slot.offset } }
                        unsafe values.initializeElement(
                            at: index,
                            to: value?.assumingMemoryBound(to: CChar.self)
                        )
                        unsafe numbers.initializeElement(at: index, to: Int32(clamping: slot.length ?? 0))
                        unsafe numbers.initializeElement(at: slots.count + index, to: 1)
                    }
                    return statement.nameText.withUTF8Buffer { name in
                        unsafe PQsendQueryPrepared(
                            pointer,
                            name.asCString,
                            Int32(slots.count),
                            values.baseAddress,
                            numbers.baseAddress,
                            numbers.baseAddress.map { unsafe $0 + slots.count },
                            1
                        ) == 1
                    }
                }
            }
        }
    }

    func enterPipeline() -> Bool { unsafe PQenterPipelineMode(pointer) == 1 }

    func exitPipeline() -> Bool { unsafe PQexitPipelineMode(pointer) == 1 }

    func sendSync() -> Bool { unsafe PQpipelineSync(pointer) == 1 }

    /// Whether data of COPY goes, or may go, over the connection.
    var isCopying: Bool { unsafe PQtransactionStatus(pointer) == PQTRANS_ACTIVE }

    /// Queues data of COPY. False when the connection is lost.
    ///
    /// Flush before more: in non-blocking mode libpq makes its buffer larger without bound.
    func putCopyData(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let count = Int32(exactly: bytes.count) else { return false }
        return unsafe bytes.withUnsafeBytes { bytes in
            unsafe PQputCopyData(pointer, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), count) == 1
        }
    }

    /// Ends the data of COPY, or makes the server fail it with the reason.
    func putCopyEnd(failure reason: String?) -> Bool { unsafe PQputCopyEnd(pointer, reason) == 1 }

    /// Appends one row of the data of COPY to the buffer, without waiting.
    func takeCopyData(into bytes: inout [UInt8]) -> CopyData {
        var buffer: UnsafeMutablePointer<CChar>?
        let count = unsafe PQgetCopyData(pointer, &buffer, 1)
        defer { unsafe PQfreemem(buffer) }
        switch count {
        case 1...:
            unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: buffer, count: Int(count)))
            return .taken
        case 0: return .wouldBlock
        case -1: return .end
        default: return .failed
        }
    }

    /// Takes one notification that has arrived.
    func takeNotification() -> Notification? {
        guard let notification = unsafe PQnotifies(pointer) else { return nil }
        defer { unsafe PQfreemem(notification) }
        return unsafe Notification(
            channel: String(cString: notification.pointee.relname),
            payload: String(cString: notification.pointee.extra),
            senderProcessID: notification.pointee.be_pid
        )
    }

    /// What is needed to ask the server to cancel; nil when the connection is closed.
    func makeCancelHandle() -> CancelHandle? {
        unsafe PQgetCancel(pointer).map { unsafe CancelHandle($0) }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The bytes of a `StaticString` as C text: it ends in a zero byte.
    fileprivate var asCString: UnsafePointer<CChar>? {
        unsafe UnsafeRawPointer(baseAddress)?.assumingMemoryBound(to: CChar.self)
    }
}

/// Lends texts as an array of C strings that ends in null.
private func withCStrings<T>(
    _ texts: [String],
    _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> T
) -> T {
    var joined: [CChar] = []
    var offsets: [Int] = []
    for text in texts {
        offsets.append(joined.count)
        joined.append(contentsOf: text.utf8CString)
    }
    return unsafe joined.withUnsafeBufferPointer { joined in
        let pointers: [UnsafePointer<CChar>?] =
            unsafe offsets.map { offset in
                unsafe joined.baseAddress.map { unsafe $0 + offset }
            } + [nil]
        return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
    }
}
