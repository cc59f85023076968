import MusterDomain
import Testing

@testable import PersonalData

/// What a process remembers of keys, and for how long.
@Suite struct PersonKeyCacheTests {
    private static func answer(_ persons: [PersonID], destructions: Int64 = 0) -> PersonKeyAnswer {
        var answer = PersonKeyAnswer()
        answer.destructions = destructions
        for person in persons {
            answer.keyrings[person, default: PersonKeyring()].add(1, .living(.random(person, 1)))
        }
        return answer
    }

    private static func person(_ number: Int) -> PersonID { PersonID(rawValue: "p-\(number)") ?? "none" }

    @Test("R16.1 the cache never holds more than its capacity, and keeps what is used")
    func bounded() {
        var cache = PersonKeyCache(capacity: 10, lifetime: .seconds(1))
        cache.take(Self.answer([Self.person(0)]), askedAt: .now)
        for number in 1..<1_000 {
            cache.take(Self.answer([Self.person(number)]), askedAt: .now)
            #expect(cache.count <= 10)
            #expect(cache[Self.person(0)] != nil, "the one that is always used")
        }
        #expect(cache[Self.person(1)] == nil)
    }

    @Test("R16.1 a destruction, whoever's, forgets every key")
    func destruction() {
        var cache = PersonKeyCache(capacity: 10, lifetime: .seconds(1))
        cache.take(Self.answer(["a", "b"]), askedAt: .now)
        cache.take(Self.answer(["b"], destructions: 1), askedAt: .now)
        #expect(cache["a"] == nil)
        #expect(cache["b"] != nil)
    }

    @Test("R16.1 an answer that a younger one has overtaken is not remembered")
    func overtaken() {
        var cache = PersonKeyCache(capacity: 10, lifetime: .seconds(1))
        cache.take(Self.answer([], destructions: 2), askedAt: .now)
        cache.take(Self.answer(["a"], destructions: 1), askedAt: .now)
        #expect(cache["a"] == nil)
    }

    @Test("R16.1 nothing is trusted for longer than its lifetime without asking")
    func lifetime() {
        var cache = PersonKeyCache(capacity: 10, lifetime: .seconds(2))
        let start = ContinuousClock.now
        #expect(!cache.isFresh(at: start))
        cache.take(Self.answer(["a"]), askedAt: start)
        #expect(cache.isFresh(at: start + .seconds(1)))
        #expect(!cache.isFresh(at: start + .seconds(2)))
        cache.take(Self.answer([]), askedAt: start + .seconds(1))
        #expect(cache.isFresh(at: start + .milliseconds(2_900)))
    }
}
