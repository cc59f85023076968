import MusterDomain

@testable import PersonalData

extension PersonKey {
    static func random(_ person: PersonID, _ number: Int32) -> PersonKey {
        let bytes = (0..<byteCount).map { _ in UInt8.random(in: .min ... .max) }
        guard let key = PersonKey(PersonKeyID(person: person, number: number), bytes: bytes) else {
            preconditionFailure("a key has \(byteCount) bytes")
        }
        return key
    }
}
