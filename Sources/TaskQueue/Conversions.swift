import EventSourcing
import Postgres

extension Timestamp {
    init(_ stored: PostgresTimestamp) { self.init(microseconds: stored.microsecondsSince1970) }
}

extension PostgresTimestamp {
    init(_ timestamp: Timestamp) { self.init(microsecondsSince1970: timestamp.microseconds) }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

extension String {
    /// The text as a column can hold it, without NUL and cut to what is kept of an error.
    var storable: String {
        var bytes = 0
        var kept = String.UnicodeScalarView()
        for scalar in unicodeScalars where scalar != "\0" {
            bytes += UTF8.width(scalar)
            guard bytes <= TaskFailure.maximumErrorBytes else { break }
            kept.append(scalar)
        }
        return String(kept)
    }
}
