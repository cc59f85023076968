import Records

/// A point on the ground, in degrees of WGS 84.
package struct Coordinates: Hashable, Sendable {
    package let latitude: Double
    package let longitude: Double

    /// Refused when a figure is not a number or lies outside ±90 and ±180.
    package init(latitude: Double, longitude: Double) throws(Rejection) {
        // NaN and infinity are in no range.
        guard (-90.0...90).contains(latitude), (-180.0...180).contains(longitude) else {
            throw Rejection(
                rule: "S12",
                reason: "no-such-place",
                Words(
                    "Latitude must be a number from -90 to 90, longitude from -180 to 180.",
                    zh: "纬度须为 -90 至 90 之间的数字，经度须为 -180 至 180 之间的数字。"
                )
            )
        }
        self.latitude = latitude
        self.longitude = longitude
    }
}
