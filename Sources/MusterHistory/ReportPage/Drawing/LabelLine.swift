/// Labels in one line, each as near to what it stands for as the others and the line's ends let it.
enum LabelLine {
    /// - Parameters:
    ///   - labels: from left to right, what each stands for and half of its width.
    ///   - gap: how far labels stay apart.
    /// - Returns: the centre of each. Where there is no room for all, the first reach over the left end.
    static func centres(
        of labels: [(place: Double, half: Double)],
        within ends: ClosedRange<Double>,
        gap: Double = 8
    ) -> [Double] {
        var centres: [Double] = []
        var left = ends.lowerBound - gap
        for (place, half) in labels {
            centres.append(max(place, left + gap + half))
            left = centres[centres.count - 1] + half
        }
        var right = ends.upperBound + gap
        for (index, label) in labels.enumerated().reversed() {
            centres[index] = min(centres[index], right - gap - label.half)
            right = centres[index] - label.half
        }
        return centres
    }
}
