import CZlib
import Records

/// What is wrong with a gzip file, or with what is in it.
package enum GzipFault: Error, Hashable, Sendable {
    /// It does not unpack to what was packed.
    case corrupt
    /// It ends before what was packed does.
    case cut
    /// Something that is no gzip comes behind the packed text.
    case trailing
    /// So many bytes come out for each byte that the file makes harm, not sense.
    case ratio(Int)
    /// More bytes come out than are read.
    case tooLarge(Int)

    var words: Words {
        switch self {
        case .corrupt: Words("is damaged gzip; get it again", zh: "是已损坏的 gzip 文件；请重新获取")
        case .cut:
            Words(
                "is gzip that ends in the middle; get the whole file and import it again",
                zh: "是不完整的 gzip 文件；请取得完整的文件后重新导入"
            )
        case .trailing:
            Words(
                "has something behind the gzip in it; unpack it with gunzip first",
                zh: "gzip 内容之后还有其他数据；请先用 gunzip 解压"
            )
        case .ratio(let limit):
            Words(
                "unpacks to more than \(limit) times its size, as a decompression bomb does; unpack it yourself if you"
                    + " trust it",
                zh: "解压后超过原大小的 \(limit) 倍，疑似解压炸弹；若确信无误，请自行解压后导入"
            )
        case .tooLarge(let limit):
            Words("unpacks to more than \(limit >> 30) GiB", zh: "解压后超过 \(limit >> 30) GiB")
        }
    }
}

/// Unpacks gzip ([RFC 1952](https://www.rfc-editor.org/rfc/rfc1952)), chunk by chunk, one member after another.
struct Inflater: ~Copyable {
    struct Limits: Hashable, Sendable {
        /// Bytes out for each byte in. Text of logs has 5 to 60; no honest text comes near.
        var maximumRatio = 250
        /// So many bytes may come out at any ratio.
        var freeBytes = 64 << 20
        var maximumBytes = 1 << 40
    }

    private enum Place {
        case member
        /// The file may end here.
        case betweenMembers
    }

    private let limits: Limits
    /// Its state points back to it, so that it must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var place = Place.member
    private var input: [UInt8] = []
    private var next = 0
    private var bytesIn = 0
    private var bytesOut = 0

    init(limits: Limits = Limits()) throws(GzipFault) {
        self.limits = limits
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 16 more than the size of the window: gzip, and nothing else.
        let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { throw .corrupt }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Gives the next bytes of the file; those before them are unpacked.
    mutating func feed(_ chunk: [UInt8]) {
        input = chunk
        next = 0
        bytesIn += chunk.count
    }

    /// The next bytes of the text, at most `count`; empty when the file must go on.
    mutating func read(_ count: Int) throws(GzipFault) -> [UInt8] {
        while next < input.count {
            if place == .betweenMembers { try beginMember() }
            guard next < input.count else { break }
            let text = try inflate(count)
            if !text.isEmpty {
                bytesOut += text.count
                try checkLimits()
                return text
            }
        }
        return []
    }

    /// Throws unless the file may end here.
    func finish() throws(GzipFault) {
        guard place == .betweenMembers else { throw .cut }
    }

    private mutating func beginMember() throws(GzipFault) {
        // Tapes and some tools fill up with zeros.
        while next < input.count, input[next] == 0 { next += 1 }
        guard next < input.count else { return }
        guard input[next] == 0x1F else { throw .trailing }
        guard inflateReset(stream) == Z_OK else { throw .corrupt }
        place = .member
    }

    private mutating func inflate(_ count: Int) throws(GzipFault) -> [UInt8] {
        let (stream, from) = (stream, next)
        var status = Z_OK
        var used = 0
        let text = [UInt8](unsafeUninitializedCapacity: count) { output, written in
            input.withUnsafeMutableBufferPointer { input in
                let available = input.count - from
                stream.pointee.next_in = input.baseAddress.map { $0 + from }
                stream.pointee.avail_in = UInt32(clamping: available)
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(clamping: output.count)
                status = CZlib.inflate(stream, Z_NO_FLUSH)
                used = available - Int(stream.pointee.avail_in)
                written = output.count - Int(stream.pointee.avail_out)
            }
        }
        next += used
        switch status {
        case Z_STREAM_END: place = .betweenMembers
        case Z_OK: break
        // It neither took nor gave anything: it wants more of the file, or would go round forever.
        case Z_BUF_ERROR where next == input.count: break
        default: throw .corrupt
        }
        return text
    }

    private func checkLimits() throws(GzipFault) {
        guard bytesOut <= limits.maximumBytes else { throw .tooLarge(limits.maximumBytes) }
        guard bytesOut <= limits.freeBytes || bytesOut / limits.maximumRatio <= bytesIn else {
            throw .ratio(limits.maximumRatio)
        }
    }
}
