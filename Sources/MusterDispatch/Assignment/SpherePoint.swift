import Foundation
import MusterDomain

/// A point of the globe as a unit vector, so that a distance costs one square root and one arc sine.
struct SpherePoint: Hashable, Sendable {
    let x: Double
    let y: Double
    let z: Double

    init(_ coordinates: Coordinates) {
        let latitude = coordinates.latitude * .pi / 180
        let longitude = coordinates.longitude * .pi / 180
        x = cos(latitude) * cos(longitude)
        y = cos(latitude) * sin(longitude)
        z = sin(latitude)
    }

    private static let earthRadius = 6_371.0088

    /// Kilometres along the great circle: the haversine formula, half the chord being the root of the haversine.
    func kilometres(to other: SpherePoint) -> Double {
        let (dx, dy, dz) = (x - other.x, y - other.y, z - other.z)
        let halfChord = (dx * dx + dy * dy + dz * dz).squareRoot() / 2
        return 2 * Self.earthRadius * asin(min(1, halfChord))
    }
}
