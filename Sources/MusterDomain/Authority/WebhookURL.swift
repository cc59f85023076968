package import Records

/// Where a party's system takes tasks: an absolute `https` or `http` address of printable ASCII, without user or
/// fragment, at most 500 bytes.
package struct WebhookURL: RawRepresentable, Hashable, Sendable {
    package static let maximumLength = 500

    package let rawValue: String

    /// Nil unless the text has the form above.
    package init?(rawValue: String) {
        let scheme = ["https://", "http://"].first { rawValue.hasPrefix($0) }
        guard let scheme, rawValue.utf8.count <= Self.maximumLength else { return nil }
        let rest = rawValue.dropFirst(scheme.count)
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        guard !host.isEmpty, !host.contains("@"), !host.hasPrefix(":"),
            rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "\\") })
        else { return nil }
        self.rawValue = rawValue
    }
}

extension WebhookURL: CustomStringConvertible {
    package var description: String { rawValue }
}

extension Codec where Value == WebhookURL {
    package static var webhookURL: Codec {
        Codec<String>.line(WebhookURL.maximumLength).map(
            { WebhookURL(rawValue: $0) },
            back: { $0.rawValue },
            schema: .formatted(
                format: "uri",
                pattern: "^https?://",
                maximum: WebhookURL.maximumLength,
                hint: "https://fire.example.org/muster"
            ),
            orElse: { _ in
                Problems(
                    "uri",
                    Words(
                        "must be an address that begins with https:// or http://",
                        zh: "必须是以 https:// 或 http:// 开头的地址"
                    )
                )
            }
        )
    }
}
