import EventSourcing

/// An append that waits for its verdict. It is copied from queue to batch to plan, so what never changes of it stands in one
/// place for all copies.
struct AppendTicket: Sendable {
    private final class Order: Sendable {
        let append: Append
        let bytes: Int
        let request: AppendRequest
        let index: Int

        init(append: Append, bytes: Int, request: AppendRequest, index: Int) {
            self.append = append
            self.bytes = bytes
            self.request = request
            self.index = index
        }
    }

    private let order: Order
    /// Whether what is remembered is not enough: the database is asked about its command and streams first.
    var mustAsk: Bool
    /// Whether it was sent before and the outcome is unknown, so that finding its command id means that it succeeded.
    var mayBeWritten: Bool

    init(
        append: Append,
        bytes: Int,
        request: AppendRequest,
        index: Int,
        mustAsk: Bool = false,
        mayBeWritten: Bool = false
    ) {
        order = Order(append: append, bytes: bytes, request: request, index: index)
        self.mustAsk = mustAsk
        self.mayBeWritten = mayBeWritten
    }

    var append: Append { order.append }
    /// Bytes of payload and metadata.
    var bytes: Int { order.bytes }
    /// Who waits for its verdict.
    var request: AppendRequest { order.request }
    /// Its place among the appends of its request.
    var index: Int { order.index }

    func answer(_ answer: Result<Verdict, AppendError>) {
        order.request.answer(CollectionOfOne((order.index, answer)))
    }
}
