extension Array {
    /// The index of the first element that is not `before`, where all that are stand in front of all that are not.
    func partitionPoint(_ before: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = low + (high - low) / 2
            if before(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
