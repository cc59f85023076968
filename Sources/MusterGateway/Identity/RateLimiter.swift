import EventSourcing
import Synchronization

/// A token bucket per address: `burst` requests at once, then `perMinute`.
///
/// At most `capacity` addresses are remembered; when there are more, those whose bucket is full again are forgotten first,
/// and if none is, all share one bucket.
final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var filledAt: Timestamp
    }

    private static let capacity = 10_000
    private static let everybody = ""

    private let burst: Double
    private let perSecond: Double
    private let buckets = Mutex<[String: Bucket]>([:])

    init(burst: Int, perMinute: Int) {
        self.burst = Double(max(1, burst))
        perSecond = Double(max(1, perMinute)) / 60
    }

    /// Nil when the request may go on, else the time after which it may.
    func admit(_ address: String, now: Timestamp) -> Duration? {
        buckets.withLock { buckets in
            var key = address
            if buckets[key] == nil, buckets.count >= Self.capacity {
                buckets = buckets.filter { filled($0.value, at: now) < burst }
                if buckets.count >= Self.capacity { key = Self.everybody }
            }
            let tokens = buckets[key].map { filled($0, at: now) } ?? burst
            guard tokens >= 1 else {
                return .milliseconds(Int64(((1 - tokens) / perSecond * 1_000).rounded(.up)))
            }
            buckets[key] = Bucket(tokens: tokens - 1, filledAt: now)
            return nil
        }
    }

    private func filled(_ bucket: Bucket, at now: Timestamp) -> Double {
        let seconds = Double(max(0, now.since(bucket.filledAt).wholeMicroseconds)) / 1_000_000
        return min(burst, bucket.tokens + seconds * perSecond)
    }
}
