import Records

extension Words {
    /// In both languages, for texts that people of either read: `Re-check · 复查`.
    var inBoth: String { "\(en) · \(zh)" }
}
