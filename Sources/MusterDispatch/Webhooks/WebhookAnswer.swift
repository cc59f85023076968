import EventSourcing

/// What came back for one message, and what it says.
struct WebhookAnswer: Hashable, Sendable {
    enum Meaning: Hashable, Sendable {
        case delivered
        /// This message is not taken; others may be.
        case refused
        /// The receiver wants no more of these.
        case gone
        /// The receiver takes nothing just now, whatever it is sent.
        case failing
        /// The receiver takes nothing before so long.
        case busy(Duration)
    }

    /// Nil when there was no answer.
    let status: Int?
    let meaning: Meaning
    /// What went wrong, or was odd, without the address: it may hold a secret of the receiver.
    var words: String?
    /// How much of the answer was read.
    var bytes = 0

    /// A receiver may ask for no longer wait than this.
    static let longestRetryAfter = Duration.seconds(86_400)

    /// No answer.
    init(failing words: String) {
        status = nil
        meaning = .failing
        self.words = words
    }

    /// Judges an answer by its status. Redirects are not followed: the address is a setting of the party, and a redirect
    /// could lead a signed message anywhere. No message is redirected for its own sake, so it is the receiver that fails.
    init(status: Int, retryAfter: String?, now: Timestamp) {
        self.status = status
        switch status {
        case 200..<300:
            meaning = .delivered
        case 410:
            meaning = .gone
            words = "status 410: the receiver wants no more of these"
        case 429, 503:
            meaning = retryAfter.flatMap { Self.wait($0, now: now) }.map { .busy($0) } ?? .failing
            words = "status \(status)"
        case 300..<400:
            meaning = .failing
            words = "status \(status): redirects are not followed"
        case 400..<500 where status != 408:
            meaning = .refused
            words = "status \(status)"
        default:
            meaning = .failing
            words = "status \(status)"
        }
    }

    /// Reads `Retry-After`: seconds, or a date ([RFC 9110 §10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)).
    private static func wait(_ text: String, now: Timestamp) -> Duration? {
        if let seconds = Int64(text) {
            guard seconds >= 0 else { return nil }
            return seconds > longestRetryAfter.components.seconds ? longestRetryAfter : .seconds(seconds)
        }
        guard let date = Timestamp(httpDate: text) else { return nil }
        return min(max(date.since(now), .zero), longestRetryAfter)
    }
}

extension Timestamp {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Reads the date form that HTTP prefers: `Sun, 06 Nov 1994 08:49:37 GMT`; nil for anything else.
    init?(httpDate text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[0].hasSuffix(","), parts[5] == "GMT", parts[1].utf8.count == 2,
            let month = Self.months.firstIndex(of: String(parts[2]))
        else { return nil }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        self.init(rfc3339: "\(parts[3])-\(number)-\(parts[1])T\(parts[4])Z")
    }
}
