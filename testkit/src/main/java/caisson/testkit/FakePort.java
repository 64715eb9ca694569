package caisson.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** What lies between a fake agent and its socket. */
public interface FakePort {
  /** Passes everything. */
  FakePort FAITHFUL =
      channel ->
          new Bytes() {
            @Override
            public int read(ByteBuffer into) throws IOException {
              return channel.read(into);
            }

            @Override
            public void write(ByteBuffer from) throws IOException {
              while (from.hasRemaining()) {
                channel.write(from);
              }
            }
          };

  /** A connection is made. */
  Bytes connect(SocketChannel channel);

  /** The bytes of one connection; an {@link IOException} cuts it. */
  interface Bytes {
    /** Reads some bytes from the host; -1 when it has gone. */
    int read(ByteBuffer into) throws IOException;

    /** Writes all bytes to the host. */
    void write(ByteBuffer from) throws IOException;
  }
}
