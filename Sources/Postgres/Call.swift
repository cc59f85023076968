/// A statement with the parameters of one execution, encoded and ready to send.
package struct Call: Sendable {
    package let statement: Statement
    package let parameters: Parameters

    /// Encodes the parameters of one execution.
    package init<each Parameter: PostgresEncodable>(_ statement: Statement, _ parameter: repeat each Parameter) {
        self.statement = statement
        self.parameters = Parameters(repeat each parameter)
    }

    /// Takes parameters that were encoded before.
    package init(_ statement: Statement, parameters: Parameters) {
        self.statement = statement
        self.parameters = parameters
    }
}
