/// A named statement of static text.
///
/// It is prepared once per connection, when it is first used, under its name, which also labels metrics and errors.
/// Names are unique in a program: the same name with another text is refused when it is used.
package struct Statement: Sendable, Hashable {
    let nameText: StaticString
    let sqlText: StaticString

    /// Names a statement.
    ///
    /// - Parameters:
    ///   - name: lower case with dots or underscores, at most 63 bytes (the server cuts longer ones).
    ///   - sql: one SQL statement with parameters `$1`, `$2`, …
    package init(_ name: StaticString, _ sql: StaticString) {
        precondition(name.utf8CodeUnitCount < 64, "a statement's name has at most 63 bytes")
        self.nameText = name
        self.sqlText = sql
    }

    package var name: String { nameText.description }
    package var sql: String { sqlText.description }

    package static func == (left: Statement, right: Statement) -> Bool {
        left.nameText.isSame(as: right.nameText) && left.sqlText.isSame(as: right.sqlText)
    }

    package func hash(into hasher: inout Hasher) {
        nameText.withUTF8Buffer { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension StaticString {
    /// Whether both texts are equal byte by byte; the same literal is recognised by its address.
    fileprivate func isSame(as other: StaticString) -> Bool {
        guard utf8CodeUnitCount == other.utf8CodeUnitCount else { return false }
        return withUTF8Buffer { left in
            other.withUTF8Buffer { right in
                unsafe left.baseAddress == right.baseAddress || left.elementsEqual(right)
            }
        }
    }
}
