package import EventSourcing
import Glibc

extension Timestamp {
    /// The machine's clock. Only doors and services read it; the domain is given its times.
    package static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}
