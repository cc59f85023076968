import HTTPTypes
import Hummingbird
import Records

/// Which language a caller is answered in: `?lang`, then the cookie of an earlier choice, then `Accept-Language`.
enum LanguageChoice {
    static let cookie = "muster-lang"

    static func language(of request: Request) -> Language {
        if let query = request.uri.queryParameters["lang"].flatMap({ Language(rawValue: String($0)) }) { return query }
        if let chosen = request.cookies[cookie].flatMap({ Language(rawValue: $0.value) }) { return chosen }
        return request.headers[.acceptLanguage].map(preferred) ?? .en
    }

    /// The best supported language of an `Accept-Language` field ([RFC 9110 §12.5.4](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4)).
    static func preferred(_ field: String) -> Language {
        var best: (language: Language, quality: Double) = (.en, 0)
        for part in field.prefix(1_000).split(separator: ",").prefix(20) {
            let pieces = part.split(separator: ";", omittingEmptySubsequences: true)
            guard let tag = pieces.first.map({ $0.filter { $0 != " " }.lowercased() }) else { continue }
            guard
                let language = Language.allCases.first(where: { tag == $0.rawValue || tag.hasPrefix("\($0.rawValue)-") }
                )
            else { continue }
            let quality =
                pieces.dropFirst().compactMap { piece -> Double? in
                    let text = piece.filter { $0 != " " }
                    return text.hasPrefix("q=") ? Double(text.dropFirst(2)) : nil
                }.first ?? 1
            if quality > best.quality { best = (language, quality) }
        }
        return best.language
    }
}
