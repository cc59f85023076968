import EventSourcing
import TaskQueue

/// What a receiver answered, and what follows from it.
enum WebhookAnswer: Hashable, Sendable {
    case delivered
    case failed(String, TaskFailure.Consequence)

    /// A receiver may ask for no longer wait than this.
    static let longestRetryAfter = Duration.seconds(86_400)

    /// Judges an answer by its status. Redirects are not followed: the address is a setting of the party, and a redirect
    /// could lead a signed message anywhere.
    init(status: Int, retryAfter: String?, now: Timestamp) {
        switch status {
        case 200..<300:
            self = .delivered
        case 410:
            self = .failed("status 410: the receiver wants no more of these", .bury)
        case 429, 503:
            let wait = retryAfter.flatMap { Self.wait($0, now: now) }
            self = .failed("status \(status)", wait.map { .retry(after: $0) } ?? .backOff)
        case 300..<400:
            self = .failed("status \(status): redirects are not followed", .backOff)
        default:
            self = .failed("status \(status)", .backOff)
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
