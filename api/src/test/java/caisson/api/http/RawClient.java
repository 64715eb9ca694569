package caisson.api.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client that sends and sees single bytes. */
public final class RawClient implements AutoCloseable {
  private final SocketChannel channel;

  private RawClient(SocketChannel channel) {
    this.channel = channel;
  }

  public static RawClient connect(Path socket) {
    try {
      return new RawClient(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends text in which a line break stands for CR LF. */
  public RawClient send(String text) {
    return sendRaw(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawClient sendRaw(byte[] bytes) {
    try {
      var buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public RawClient endInput() {
    try {
      channel.shutdownOutput();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything up to and with the first {@code end}; CR is left out. */
  public String readUntil(String end) {
    var seen = new StringBuilder();
    while (seen.indexOf(end) < 0) {
      int next = read();
      if (next < 0) {
        throw new AssertionError("the connection ended after: " + seen);
      }
      if (next != '\r') {
        seen.append((char) next);
      }
    }
    return seen.toString();
  }

  public String readHead() {
    return readUntil("\n\n");
  }

  public byte[] readBytes(int count) {
    var bytes = new ByteArrayOutputStream();
    while (bytes.size() < count) {
      int next = read();
      if (next < 0) {
        throw new AssertionError("the connection ended after " + bytes.size() + " bytes");
      }
      bytes.write(next);
    }
    return bytes.toByteArray();
  }

  /** Everything up to the end of the connection. */
  public String readAll() {
    var bytes = new ByteArrayOutputStream();
    for (int next = read(); next >= 0; next = read()) {
      bytes.write(next);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  public int read() {
    try {
      var one = ByteBuffer.allocate(1);
      return channel.read(one) < 0 ? -1 : one.get(0) & 0xff;
    } catch (SocketException e) {
      // Where the server left bytes unread, the end of its answer is followed by a reset.
      return -1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
