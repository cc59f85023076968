import CZlib

/// Compresses a stream of bytes as gzip ([RFC 1952](https://www.rfc-editor.org/rfc/rfc1952)). It writes neither a time nor a
/// name, so that equal bytes give equal bytes.
final class GzipStream {
    private static let chunkBytes = 64 << 10
    /// 15 is the largest window; 16 more ask for gzip instead of zlib's own form.
    private static let windowBits: Int32 = 15 + 16

    /// At an address of its own, which zlib remembers.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Nil when there is no memory for it.
    init?() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let result = deflateInit2_(
            stream,
            Z_DEFAULT_COMPRESSION,
            Z_DEFLATED,
            Self.windowBits,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard result == Z_OK else { return nil }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// What is ready of the compressed bytes.
    func compress(_ bytes: [UInt8]) -> [UInt8] { run(bytes, Z_NO_FLUSH) }

    /// The rest. Nothing may follow.
    func finish() -> [UInt8] { run([], Z_FINISH) }

    private func run(_ bytes: [UInt8], _ flush: Int32) -> [UInt8] {
        var input = bytes
        var output: [UInt8] = []
        input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            var isFull = true
            while isFull {
                let chunk = [UInt8](unsafeUninitializedCapacity: Self.chunkBytes) { buffer, count in
                    stream.pointee.next_out = buffer.baseAddress
                    stream.pointee.avail_out = UInt32(buffer.count)
                    deflate(stream, flush)
                    count = buffer.count - Int(stream.pointee.avail_out)
                }
                output += chunk
                isFull = chunk.count == Self.chunkBytes
            }
            stream.pointee.next_in = nil
        }
        return output
    }
}
