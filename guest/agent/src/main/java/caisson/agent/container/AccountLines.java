package caisson.agent.container;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The lines of /etc/passwd or /etc/group, whose bytes come in pieces. */
final class AccountLines {
  /** Longer lines are passed over. */
  static final int MAX_LENGTH = 64 << 10;

  private final Consumer<String> reader;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean tooLong;

  AccountLines(Consumer<String> reader) {
    this.reader = reader;
  }

  void accept(byte[] bytes, int length) {
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        add(bytes, start, i);
        finish();
        start = i + 1;
      }
    }
    add(bytes, start, length);
  }

  private void add(byte[] bytes, int start, int end) {
    if (line.size() + end - start > MAX_LENGTH) {
      tooLong = true;
      line.reset();
    } else if (!tooLong) {
      line.write(bytes, start, end - start);
    }
  }

  /** The last line may lack its end. */
  void finish() {
    if (!tooLong && line.size() > 0) {
      reader.accept(line.toString(StandardCharsets.UTF_8));
    }
    line.reset();
    tooLong = false;
  }
}
