import MusterDomain

extension Identifier: ExpressibleByStringLiteral {
    /// Tests name things in place.
    public init(stringLiteral value: StaticString) { self.init(value) }
}
