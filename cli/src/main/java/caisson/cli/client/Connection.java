package caisson.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ChunkedOutputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestWriter;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** One connection to the daemon, for one request: HttpCore's syntax over a channel's streams. */
final class Connection implements AutoCloseable {
  private static final int BUFFER = 8192;
  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxLineLength(32 * 1024).setMaxHeaderCount(100).build();

  private final SocketChannel channel;
  private final ChannelInput input;
  private final ChannelOutput output;
  private final SessionInputBufferImpl incoming =
      new SessionInputBufferImpl(BUFFER, LIMITS.getMaxLineLength());
  private final SessionOutputBufferImpl outgoing = new SessionOutputBufferImpl(BUFFER);

  Connection(SocketChannel channel) {
    this.channel = channel;
    input = new ChannelInput(channel);
    output = new ChannelOutput(channel);
  }

  void write(BasicClassicHttpRequest request) throws IOException {
    try {
      new DefaultHttpRequestWriter().write(request, outgoing, output);
    } catch (HttpException e) {
      throw new IOException(e);
    }
  }

  void write(byte[] body) throws IOException {
    outgoing.write(body, output);
  }

  void flush() throws IOException {
    outgoing.flush(output);
  }

  OutputStream chunkedBody() {
    return new ChunkedOutputStream(outgoing, output, BUFFER);
  }

  /** Waits for the head of the response. */
  ClassicHttpResponse head() throws IOException {
    try {
      var head = new DefaultHttpResponseParser(LIMITS).parse(incoming, input);
      if (head == null) {
        throw new IOException("the daemon closed the connection without an answer");
      }
      return head;
    } catch (HttpException e) {
      throw new IOException("the daemon's answer is not HTTP: " + e.getMessage(), e);
    }
  }

  /** The body that belongs to {@code head}. */
  InputStream body(ClassicHttpResponse head) {
    if (head.containsHeader("Transfer-Encoding")) {
      return new ChunkedInputStream(incoming, input, LIMITS);
    }
    var length = head.getFirstHeader("Content-Length");
    if (length != null) {
      return new ContentLengthInputStream(incoming, input, Long.parseLong(length.getValue()));
    }
    return head.getCode() == 204 || head.getCode() == 304
        ? InputStream.nullInputStream()
        : rawInput();
  }

  /** Everything that follows. */
  InputStream rawInput() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return incoming.read(input);
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return length == 0 ? 0 : incoming.read(target, offset, length, input);
      }
    };
  }

  OutputStream rawOutput() {
    return output;
  }

  /** Tells the daemon that nothing more will be sent; it may go on sending. */
  void endOutput() {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      // A connection that is gone has no output to end.
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Whatever was to be read or written has been, or its failure has been reported.
    }
  }
}
