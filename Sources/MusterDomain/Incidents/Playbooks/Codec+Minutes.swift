import Records

extension Codec where Value == Duration {
    /// A length of time in whole minutes, from one minute to 366 days.
    static var wholeMinutes: Codec {
        Codec<Int>.integer(1...527_040).map(
            { Duration.seconds($0 * 60) },
            back: { Int($0.components.seconds / 60) },
            orElse: { _ in Problems("range", Words("must be a number of minutes", zh: "必须是分钟数")) }
        )
    }
}
