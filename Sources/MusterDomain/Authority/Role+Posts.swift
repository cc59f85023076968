extension Role {
    /// Whether one person at a time holds the post in a territory. A community has one head; desks of streets, districts
    /// and departments are held in turns, and a grid has workers beside its primary one (R2.3).
    var isHeldByOne: Bool {
        switch self {
        case .communityHead: true
        case .resident, .hotlineClerk, .gridWorker, .streetCoordinator, .districtCommand, .departmentOfficer,
            .propertyManager, .ngoCoordinator, .ownersDelegate, .inspector, .administrator, .system:
            false
        }
    }
}
