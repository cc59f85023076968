/// A text that a person reads, in every language Muster speaks.
package struct Words: Hashable, Sendable {
    package let en: String
    package let zh: String

    package init(_ en: String, zh: String) {
        self.en = en
        self.zh = zh
    }

    package subscript(language: Language) -> String {
        switch language {
        case .en: en
        case .zh: zh
        }
    }
}

/// A language that pages, errors and the terminal speak.
package enum Language: String, Hashable, Sendable, CaseIterable {
    case en
    case zh

    /// The BCP 47 tag for `lang` attributes and `Content-Language`.
    package var tag: String {
        switch self {
        case .en: "en"
        case .zh: "zh-Hans"
        }
    }
}
