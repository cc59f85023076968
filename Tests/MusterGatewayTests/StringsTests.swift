import Records
import Testing

@testable import MusterGateway

@Suite struct StringsTests {
    @Test func `Every word that a template asks for is there in both languages`() {
        for (name, bytes) in Templates.sources {
            let template = String(decoding: bytes, as: UTF8.self)
            for part in template.split(separator: "{{t.").dropFirst() where template.contains("{{t.") {
                let word = String(part.prefix { $0 != "}" })
                guard part.dropFirst(word.count).hasPrefix("}}") else { continue }
                #expect(Strings.words[word] != nil || template.hasPrefix(String(part)), "\(word) in \(name)")
            }
        }
    }

    @Test func `No word is empty`() {
        for (name, words) in Strings.words {
            #expect(!words.en.isEmpty && !words.zh.isEmpty, "\(name)")
        }
    }

    @Test func `Every template can be parsed`() throws {
        _ = try Templates()
    }
}
