package import Records

/// What stands beside the measures.
package struct AuthorityFigures: BoardFigures {
    /// The responsibility list in force; nil without one.
    package let list: ListFigures?
    /// What holds where.
    package let grounds: [GroundMeasures]
    package let capacity: Capacity
    /// Duties that the list gives to nobody in some communities, by identifier.
    package let uncovered: [UncoveredDuty]
    /// The latest first.
    package let addOns: [AddOn]
    /// What was taken and not given back, the next to be given back first.
    package let assets: [AssetInUse]
    /// By the name of the person.
    package let multiHatted: [MultiHattedPerson]

    package func write(since previous: AuthorityFigures?, to writer: inout JSONWriter) {
        if previous == nil || list != previous?.list {
            writer.name("list")
            if let list { list.write(to: &writer) } else { writer.null() }
        }
        if grounds != previous?.grounds {
            writer.list("grounds", grounds) { ground, writer in ground.write(to: &writer) }
        }
        if capacity != previous?.capacity {
            writer.name("capacity")
            capacity.write(to: &writer)
        }
        if uncovered != previous?.uncovered {
            writer.list("uncovered", uncovered) { duty, writer in duty.write(to: &writer) }
        }
        if addOns != previous?.addOns {
            writer.list("addOns", addOns) { addOn, writer in addOn.write(to: &writer) }
        }
        if assets != previous?.assets {
            writer.list("assets", assets) { asset, writer in asset.write(to: &writer) }
        }
        if multiHatted != previous?.multiHatted {
            writer.list("multiHatted", multiHatted) { person, writer in person.write(to: &writer) }
        }
    }
}
