package import Records

extension Codec where Value == Duration {
    /// A length of time in whole seconds, from one second to 366 days.
    package static var seconds: Codec {
        Codec<Int>.integer(1...31_622_400).map(
            { Duration.seconds($0) },
            back: { Int($0.components.seconds) },
            orElse: { _ in Problems("range", Words("must be a number of seconds", zh: "必须是秒数")) }
        )
    }
}

extension Duration {
    /// Whole seconds, rounded, never below one.
    func scaled(by factor: Double) -> Duration {
        let seconds = (Double(components.seconds) * factor).rounded()
        return .seconds(Int64(min(max(seconds, 1), 31_622_400)))
    }

    /// A share of this length.
    func percent(_ percent: Int) -> Duration { self * percent / 100 }
}
