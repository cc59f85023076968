/// What a plan weighs, and how hard it is sought. All figures are proposals and so configuration.
package struct AssignmentConfiguration: Hashable, Sendable {
    package var weights = AssignmentWeights()
    /// For each piece of work, how many people of a tier are looked at closely: those that would cost least by
    /// themselves. Whatever stays open is held against everybody before it is given up.
    package var candidates = 32
    /// How often some work is taken off and given out anew, in search of something better. A count and not a time, so
    /// that the answer does not depend on the machine.
    package var trials = 3_000
    /// Chooses which work a trial takes off.
    package var seed: UInt64 = 12

    package init() {}
}

/// What the parts of a plan's cost count, in the unit of one kilometre.
package struct AssignmentWeights: Hashable, Sendable {
    /// Each kilometre between a person's base and the work.
    package var kilometre = 1.0
    /// The distance that is taken when base or place is unknown, in kilometres.
    package var unknownDistance = 3.0
    /// The square of a person's load: 1 is a week's work of the limit. Squares make uneven loads dearer than even ones.
    package var load = 100.0
    /// How much load it is to serve as many residents as the alarm's figure (R12.7).
    package var residents = 0.5
    /// Each skill that a person has beyond those needed, so that the rarely trained stay free.
    package var surplusSkill = 0.5

    package init() {}

    var isSound: Bool {
        [kilometre, unknownDistance, load, residents, surplusSkill].allSatisfy { $0.isFinite && $0 >= 0 && $0 <= 1e6 }
    }
}
