import MusterDomain
import Records

extension PersonalFields {
    /// Whose the fields of an event are; nil when they are nobody's and stay in clear.
    ///
    /// - Throws: when the data or the metadata cannot be read.
    func person(_ data: [UInt8], actor: Actor) throws(Problems) -> PersonID? {
        switch subject {
        case .actor: return actor.person
        case .resident: return actor.role == .resident ? actor.person : nil
        case .member(let name):
            var reader = JSONReader(data)
            for member in try reader.members() where member.name == name {
                return try Codec<PersonID?>.person(reader.at(member.start)) ?? actor.person
            }
            return actor.person
        }
    }
}

extension Codec where Value == PersonID? {
    fileprivate static func person(_ reader: JSONReader) throws(Problems) -> PersonID? {
        var reader = reader
        return try Codec<PersonID>.identifier().optional.read(&reader)
    }
}
