import EventSourcing

/// An append that waits for its verdict.
struct AppendTicket: Sendable {
    let append: Append
    /// Bytes of payload and metadata.
    let bytes: Int
    let request: AppendRequest
    /// Its place among the appends of its request.
    let index: Int
    /// Whether what is remembered is not enough: the database is asked about its command and streams first.
    var mustAsk = false
    /// Whether it was sent before and the outcome is unknown, so that finding its command id means that it succeeded.
    var mayBeWritten = false

    func answer(_ answer: Result<Verdict, AppendError>) {
        request.answer(index, answer)
    }
}
