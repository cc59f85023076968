import EventSourcing

/// A mark on a due strip: one open clock, placed by its deadline. The script moves it by the same geometry.
struct DueMark {
    enum Shape: String, CaseIterable {
        case late, soon, running

        /// Drawn around the origin.
        var path: String {
            switch self {
            case .late: "M0-6.5 6.5 5.5h-13z"
            case .soon: "M0-6 6 0 0 6-6 0z"
            case .running: "M-3.6 0a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0-7.2 0"
            }
        }

        /// Its style; the plain one has none of its own.
        var className: String { self == .running ? "" : rawValue }
    }

    let due: Timestamp
    let shape: Shape
    /// From 6 to 246; now is at 46, half an hour is 50.
    let x: Double

    init(due: Timestamp, now: Timestamp, soon: Duration) {
        let left = due.since(now)
        self.due = due
        shape = left < .zero ? .late : left <= soon ? .soon : .running
        let minutes = Double(left.wholeMicroseconds) / 60_000_000
        x = max(6, min(246, 46 + minutes * 5 / 3))
    }

    var fields: Fields {
        ["millis": due.microseconds / 1_000, "shape": shape.className, "path": shape.path, "x": Self.text(x)]
    }

    /// One digit after the point.
    static func text(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return "\(tenths / 10).\(abs(tenths % 10))"
    }
}
