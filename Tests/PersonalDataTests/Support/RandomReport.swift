import MusterDomain

/// Reports of random people who say random things.
enum RandomReport {
    private static let pieces = [
        "火", "\u{1F692}", "a", " ", "\n", "\t", "\"", "\\", "/", "{", "}", ":", ",", "[", "]", "enc1", #"":{"enc1":""#,
        "\u{2028}", "é", "e\u{301}", "null", "0",
    ]

    static func make(using random: inout some RandomNumberGenerator) -> ReportEvent {
        .submitted(
            ReportSubmitted(
                report: "R-1",
                channel: .app,
                kind: .noise,
                territory: "dq-02",
                place: "x" + text(using: &random).filter { !$0.isNewline && $0 != "\t" },
                text: "x" + text(using: &random),
                latitude: Bool.random(using: &random) ? Double.random(in: -90...90, using: &random) : nil,
                longitude: Bool.random(using: &random) ? Double.random(in: -180...180, using: &random) : nil,
                reporter: Bool.random(using: &random) ? "resident-1" : nil,
                isUrgent: Bool.random(using: &random)
            )
        )
    }

    private static func text(using random: inout some RandomNumberGenerator) -> String {
        let count = Int.random(in: 1...40, using: &random)
        return (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }
}
