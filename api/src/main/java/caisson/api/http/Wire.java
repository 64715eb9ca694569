package caisson.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ChunkedOutputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParser;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseWriter;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl;

/**
 * One connection's HTTP/1.1 syntax: HttpCore's parsers and writers over the channel's two streams.
 * Buffers are small, because thousands of connections only wait.
 */
final class Wire {
  private static final int BUFFER = 2048;
  private static final int CHUNK = 8192;
  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxLineLength(32 * 1024).setMaxHeaderCount(100).build();
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ChannelInput input;
  private final ChannelOutput output;
  private final SessionInputBufferImpl incoming;
  private final SessionOutputBufferImpl outgoing = new SessionOutputBufferImpl(BUFFER);
  private final DefaultHttpRequestParser parser = new DefaultHttpRequestParser(LIMITS);
  private final DefaultHttpResponseWriter writer = new DefaultHttpResponseWriter();

  Wire(SocketChannel channel) {
    input = new ChannelInput(channel);
    output = new ChannelOutput(channel);
    incoming = new SessionInputBufferImpl(BUFFER, LIMITS.getMaxLineLength());
  }

  /** The next request's head, or nothing when the client has ended the connection. */
  Optional<ClassicHttpRequest> head() throws IOException, HttpException {
    return Optional.ofNullable(parser.parse(incoming, input));
  }

  InputStream chunkedBody() {
    return new ChunkedInputStream(incoming, input, LIMITS);
  }

  InputStream body(long length) {
    return new ContentLengthInputStream(incoming, input, length);
  }

  /** Everything that follows, without end of message: for hijacked connections. */
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

  void continueRequest() throws IOException {
    output.write(CONTINUE);
  }

  void write(ClassicHttpResponse response) throws IOException {
    try {
      writer.write(response, outgoing, output);
    } catch (HttpException e) {
      throw new IOException("a response could not be written", e);
    }
  }

  void write(byte[] body) throws IOException {
    outgoing.write(body, output);
  }

  void flush() throws IOException {
    outgoing.flush(output);
  }

  ChunkedOutputStream chunkedOutput() {
    return new ChunkedOutputStream(outgoing, output, CHUNK);
  }

  /** Watches the connection for the calling thread; see {@link HangupWatch}. */
  HangupWatch watch() {
    return HangupWatch.start(input);
  }
}
