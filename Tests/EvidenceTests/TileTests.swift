import Evidence
import Testing

struct TileTests {
    @Test(
        arguments: [
            (0, 256, "000"), (1, 5, "001.p/5"), (67, 256, "067"), (1_000, 256, "x001/000"),
            (1_234_067, 256, "x001/x234/067"), (1_234_067, 255, "x001/x234/067.p/255"),
            (123_456_078, 2, "x123/x456/078.p/2"),
        ]
    )
    func `A slot is written in groups of three digits and read again`(index: Int, width: Int, path: String) {
        let slot = TileSlot(index: index, width: width)
        #expect(slot.path == path)
        #expect(TileSlot(path: path) == slot)
    }

    @Test(
        arguments: [
            "", "0", "00", "0000", "x000/001", "123/456", "x123/x456", "x1/234", "X001/234", "001.p/0", "001.p/256",
            "001.p/05", "001.p/", "001.p", "001.p/5/6", "-12", "+12", "x-01/234", " 01", "001/", "/001", "x001//234",
            "x001/x001/x001/x001/x001/x001/x001/001", "\u{0660}01", "001.p/-1", "001.p/+5",
        ]
    )
    func `No other text names a slot`(path: String) {
        #expect(TileSlot(path: path) == nil)
    }

    @Test
    func `A tile's path is its level and slot`() {
        let tile = Tile(level: 2, slot: TileSlot(index: 1_067, width: 9))
        #expect(tile.path == "tile/2/x001/067.p/9")
        #expect(Tile(pathBelowTile: "2/x001/067.p/9") == tile)
        for path in ["02/001", "8/001", "-1/001", "entries/001", "data/001", "2", "2/", "", "2/1"] {
            #expect(Tile(pathBelowTile: path) == nil)
        }
        #expect(EntryBundle.path(TileSlot(index: 1_067, width: 9)) == "tile/entries/x001/067.p/9")
    }

    /// The example of the specification: 273 full tiles and one of 112 hashes, one full and one of 17, one of 1.
    @Test
    func `A tree of 70,000 leaves has the tiles of the specification's example`() {
        #expect(
            Tile.partial(ofTreeOf: 70_000).map(\.path) == [
                "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1",
            ]
        )
        #expect(Tile.partial(ofTreeOf: 256).map(\.path) == ["tile/1/000.p/1"])
        #expect(Tile.partial(ofTreeOf: 0).isEmpty)
        #expect(Tile.partial(ofTreeOf: 65_536).map(\.path) == ["tile/2/000.p/1"])
    }

    @Test
    func `A tree has no tile past its edge`() {
        func exists(_ path: String) -> Bool { Tile(pathBelowTile: path)?.exists(inTreeOf: 70_000) ?? false }
        #expect(exists("0/272"))
        #expect(exists("0/273.p/112"))
        #expect(exists("0/273.p/1"))
        #expect(!exists("0/273.p/113"))
        #expect(!exists("0/273"))
        #expect(!exists("0/274.p/1"))
        #expect(exists("1/000"))
        #expect(exists("1/001.p/17"))
        #expect(exists("2/000.p/1"))
        #expect(!exists("2/000.p/2"))
        #expect(!exists("3/000.p/1"))
        #expect(!exists("0/x999/x999/x999/x999/x999/999"))
    }
}
