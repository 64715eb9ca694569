package caisson.testkit;

import caisson.testkit.Tar.Header;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An image made of Debian's busybox-static: every applet under {@code /bin}, a few users and
 * groups, and the directories that a container's mounts need.
 */
public final class BusyboxImage {
  /** What a container of the image does by default. */
  public static final String DEFAULTS =
      "{\"Cmd\":[\"sh\"],\"Env\":[\"PATH=/usr/local/bin:/usr/bin:/bin\"]}";

  private static final Path PROGRAM = Path.of("/bin/busybox");

  private static final String PASSWD =
      """
      root:x:0:0:root:/root:/bin/sh
      daemon:x:1:1:daemon:/usr/sbin:/bin/false
      alice:x:1000:1000:Alice:/home/alice:/bin/sh
      bob:x:1001:1001:Bob:/home/bob:/bin/sh
      nobody:x:65534:65534:nobody:/:/bin/false
      """;

  /** alice is in two groups beside her own. */
  private static final String GROUP =
      """
      root:x:0:
      daemon:x:1:
      wheel:x:10:root,alice
      staff:x:50:alice,bob
      alice:x:1000:
      bob:x:1001:
      nogroup:x:65534:
      """;

  private BusyboxImage() {}

  /** The one layer, an uncompressed archive: always the same bytes for the same busybox. */
  public static byte[] layer() {
    try {
      return members().end();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + PROGRAM + ": install busybox-static", e);
    }
  }

  private static Tar members() throws IOException {
    var tar = new Tar();
    for (var directory :
        List.of("bin/", "dev/", "etc/", "home/", "proc/", "sys/", "usr/", "var/")) {
      tar.directory(directory, 0755);
    }
    tar.directory("root/", 0700).directory("tmp/", 01777);
    tar.member(Header.of("home/alice/", '5').withMode(0755).withOwner(1000, 1000));
    tar.member(Header.of("home/bob/", '5').withMode(0700).withOwner(1001, 1001));
    tar.file("etc/passwd", PASSWD).file("etc/group", GROUP);
    tar.member(Header.of("bin/busybox", '0').withMode(0755), Files.readAllBytes(PROGRAM));
    for (var applet : Command.run(PROGRAM.toString(), "--list").lines().toList()) {
      if (!applet.equals("busybox")) {
        tar.symlink("bin/" + applet, "busybox");
      }
    }
    return tar;
  }

  /**
   * A docker-archive with the image.
   *
   * @param more further layers on top, uncompressed archives
   */
  public static byte[] archive(String name, byte[]... more) {
    var layers = new ArrayList<byte[]>(List.of(layer()));
    layers.addAll(List.of(more));
    return ImageArchives.docker(name, DEFAULTS, layers);
  }
}
