package caisson.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a guest that scripts make: the initramfs and the demo image. */
final class GuestFilesTest {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path directory;

  private Path make(String script, String... arguments) {
    var words = new String[arguments.length + 1];
    words[0] = CHECKOUT.resolve(script).toString();
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    Command.of(words).run().ok();
    return Path.of(arguments[arguments.length - 1]);
  }

  private Path initramfs(String agent, String name) throws IOException {
    var file = Files.writeString(directory.resolve("agent"), agent);
    return make("guest/initramfs/build", file.toString(), directory.resolve(name).toString());
  }

  @Test
  void initramfsHoldsTheAgentAndAConsole() throws IOException {
    // Lengths of every remainder by four: each needs other padding.
    for (var agent : new String[] {"", "a", "ab", "abc", "abcd", "abcde"}) {
      var archive = Files.readString(initramfs(agent, "cpio"), UTF_8);
      var entries = Cpio.read(archive);
      assertThat(entries)
          .containsExactly(
              new Cpio("dev", 0040755, 0, 0, ""),
              new Cpio("dev/console", 0020600, 5, 1, ""),
              new Cpio("init", 0100755, 0, 0, agent));
    }
  }

  @Test
  void sameAgentGivesTheSameInitramfs() throws IOException {
    var first = initramfs("agent", "first");
    assertThat(initramfs("agent", "second")).hasSameBinaryContentAs(first);
  }

  @Test
  void sameBusyboxGivesTheSameDemoImage() {
    var first = make("demo/build", directory.resolve("first").toString());
    assertThat(make("demo/build", directory.resolve("second").toString()))
        .hasSameBinaryContentAs(first);
  }
}
