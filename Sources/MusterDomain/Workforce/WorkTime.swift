package import Records

/// How lengths of work are said.
package enum WorkTime {
    /// As `11 h 30 min`; a minute that has begun counts as one.
    package static func words(_ duration: Duration) -> Words {
        let seconds = max(0, duration.components.seconds)
        let fraction: Int64 = seconds % 60 > 0 || duration.components.attoseconds > 0 ? 1 : 0
        let minutes = seconds / 60 + fraction
        let (hours, rest) = (minutes / 60, minutes % 60)
        if hours == 0 { return Words("\(rest) min", zh: "\(rest) 分钟") }
        if rest == 0 { return Words("\(hours) h", zh: "\(hours) 小时") }
        return Words("\(hours) h \(rest) min", zh: "\(hours) 小时 \(rest) 分钟")
    }
}
