package caisson.engine.log;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.LogReader;
import caisson.engine.Output.Source;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of a log file in Docker's json-file form: {@code
 * {"log":"text\n","stream":"stdout","time":"…Z","offsets":[123,0]}}. {@code offsets} is ours: how
 * many bytes of standard output and of standard error the container had written with this entry
 * included, from which a restarted daemon resumes. Bytes that are not UTF-8, such as half of a
 * character, become U+FFFD in {@code log}, as with Docker, and are kept as they are in {@code raw},
 * in base64. Readers of Docker's form ignore both.
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record LogLine(LogReader.Entry entry, long[] offsets) {
  private static final JsonFactory JSON = new JsonFactory();

  /** What takes the place of what is no UTF-8, or stands there itself. */
  private static final char REPLACEMENT = '\ufffd';

  static byte[] encode(Source source, byte[] bytes, int from, int to, String time, long[] offsets) {
    var text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream(to - from + 96);
    put(out, "{\"log\":\"");
    out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(text));
    if (text.indexOf(REPLACEMENT) >= 0) {
      var raw = Arrays.copyOfRange(bytes, from, to);
      put(out, "\",\"raw\":\"" + Base64.getEncoder().encodeToString(raw));
    }
    put(out, "\",\"stream\":\"" + source.name().toLowerCase(Locale.ROOT));
    put(out, "\",\"time\":\"" + time);
    put(out, "\",\"offsets\":[" + offsets[0] + "," + offsets[1] + "]}\n");
    return out.toByteArray();
  }

  private static void put(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  static LogLine decode(byte[] line, int length) {
    try (var parser = JSON.createParser(line, 0, length)) {
      var text = "";
      var raw = Optional.<byte[]>empty();
      var source = Source.STDOUT;
      var time = Instant.EPOCH;
      var offsets = new long[Source.values().length];
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw damaged(line, length);
      }
      for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        switch (name) {
          case "log" -> text = parser.getText();
          case "raw" -> raw = Optional.of(parser.getBinaryValue());
          case "stream" -> source = Source.valueOf(parser.getText().toUpperCase(Locale.ROOT));
          case "time" -> time = Instant.parse(parser.getText());
          case "offsets" -> {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
              offsets[i] = parser.getLongValue();
            }
          }
          default -> parser.skipChildren();
        }
      }
      var bytes = raw.orElse(text.getBytes(StandardCharsets.UTF_8));
      return new LogLine(new LogReader.Entry(time, source, bytes), offsets);
    } catch (IOException | RuntimeException e) {
      throw damaged(line, length);
    }
  }

  private static CaissonException damaged(byte[] line, int length) {
    var start = new String(line, 0, Math.min(length, 80), StandardCharsets.UTF_8);
    return new CaissonException(ErrorCode.CORRUPT, "a log file holds a damaged line: " + start);
  }
}
