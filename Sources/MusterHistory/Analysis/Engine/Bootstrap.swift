import Glibc

/// What chance could have done to a figure: how it comes out when as many cases are drawn again from the same cases.
///
/// Nothing is drawn one by one. The k-th of n values drawn with replacement from n sorted ones stands at the rank which
/// the k-th of n uniform numbers points at, and that number has a Beta distribution; how many of n draws have a property
/// has a binomial one. Both are drawn exactly, so that a million cases cost no more than a hundred.
struct Bootstrap: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// The index in a sorted list of `count` values of the one which has the rank among `count` draws from it.
    ///
    /// - Parameter rank: from 1 to `count`.
    mutating func index(ofRank rank: Int, of count: Int) -> Int {
        let place = beta(Double(rank), Double(count - rank + 1))
        return min(count - 1, Int(place * Double(count)))
    }

    /// How many of `count` draws have a property that this share of the cases has.
    mutating func hits(share: Double, of count: Int) -> Int {
        var (count, share, sum) = (count, share, 0)
        // The middle one of the draws in order tells on which side of the share half of them lie.
        while count > 16 {
            let rank = count / 2 + 1
            let middle = beta(Double(rank), Double(count - rank + 1))
            if middle <= share {
                sum += rank
                share = middle >= 1 ? 0 : (share - middle) / (1 - middle)
                count -= rank
            } else {
                share /= middle
                count = rank - 1
            }
        }
        for _ in 0..<count where uniform() < share { sum += 1 }
        return sum
    }

    /// The mean of `count` draws from values of this mean and deviation, which is normal for all but the smallest counts.
    mutating func mean(_ mean: Double, deviation: Double, of count: Int) -> Double {
        mean + normal() * deviation / Double(count).squareRoot()
    }

    private mutating func beta(_ a: Double, _ b: Double) -> Double {
        let x = gamma(a)
        return x / (x + gamma(b))
    }

    /// By Marsaglia and Tsang's method (ACM Transactions on Mathematical Software 26, 2000); for shapes from 1 on.
    private mutating func gamma(_ shape: Double) -> Double {
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let v = 1 + c * x
            guard v > 0 else { continue }
            let cube = v * v * v
            let u = uniform()
            if log(u) < 0.5 * x * x + d - d * cube + d * log(cube) { return d * cube }
        }
    }

    /// By Box and Muller's method.
    private mutating func normal() -> Double {
        (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
    }

    /// Above 0 and below 1.
    private mutating func uniform() -> Double { (Double(next() >> 11) + 0.5) / 9_007_199_254_740_992 }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
