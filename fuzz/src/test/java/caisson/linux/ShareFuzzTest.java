package caisson.linux;

import static caisson.fuzz.Refusals.demand;

import caisson.fuzz.Scratch;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Names that a guest makes in a share by 9p: any bytes but zero and the slash, as deep as it likes.
 * The host can remove all of them, and removes nothing else.
 */
final class ShareFuzzTest {
  private static final Path ROOT = Scratch.make().directory();
  private static final Path SHARE = ROOT.resolve("share");
  private static final Path OUTSIDE = ROOT.resolve("outside");

  @FuzzTest
  void names(byte[] names) throws IOException {
    Files.createDirectories(OUTSIDE);
    make(names);
    DurableFiles.deleteTree(SHARE);
    try (var left = Files.list(ROOT)) {
      demand(left.toList().equals(List.of(OUTSIDE)), "something else is left");
    }
  }

  /** Zero bytes end names: an odd length makes a directory and enters it, an even one a file. */
  private static void make(byte[] names) throws IOException {
    Files.createDirectory(SHARE);
    Files.createSymbolicLink(SHARE.resolve("link"), OUTSIDE);
    var here = RawDirectory.of(SHARE);
    try {
      for (int start = 0; start < names.length; ) {
        int end = start;
        while (end < names.length && names[end] != 0) {
          end++;
        }
        here = make(here, Arrays.copyOfRange(names, start, end));
        start = end + 1;
      }
    } finally {
      here.close();
    }
  }

  private static RawDirectory make(RawDirectory here, byte[] text) {
    byte[] name = name(text);
    try {
      if (text.length % 2 == 0) {
        here.touch(name);
        return here;
      }
      var inner = here.enter(name);
      here.close();
      return inner;
    } catch (IOException e) {
      return here; // too long, or another kind of file's name
    }
  }

  /** No slash, and a first letter that keeps "." and ".." from being what they are. */
  private static byte[] name(byte[] text) {
    byte[] name = new byte[text.length + 1];
    name[0] = 'n';
    for (int i = 0; i < text.length; i++) {
      name[i + 1] = text[i] == '/' ? (byte) '_' : text[i];
    }
    return name;
  }
}
