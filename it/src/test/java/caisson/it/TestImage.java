package caisson.it;

import caisson.testkit.ImageArchives;
import caisson.testkit.Tar;
import caisson.testkit.Tar.Header;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A small image of Debian's busybox-static, with a few users and a program of these tests. */
final class TestImage {
  static final String NAME = "busybox:test";

  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final String PASSWD =
      "root:x:0:0:root:/root:/bin/sh\nworker:x:1000:1000:a worker:/home/worker:/bin/sh\n";
  private static final String GROUP = "root:x:0:\nstaff:x:50:worker\nworker:x:1000:\n";

  private TestImage() {}

  /** Loads the image with the command line. */
  static void load(Cli caisson) {
    try {
      var file = Files.createTempFile("busybox", ".tar");
      try {
        Files.write(file, archive());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        caisson.out("load", "-i", file.toString());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The image as a docker-archive. */
  static byte[] archive() throws IOException {
    return ImageArchives.docker(
        NAME, "{\"Cmd\":[\"sh\"],\"Env\":[\"PATH=/usr/bin:/bin\"]}", List.of(layer()));
  }

  private static byte[] layer() throws IOException {
    var tar = new Tar();
    for (var directory : List.of("bin", "etc", "home", "proc", "sys", "dev", "usr", "usr/bin")) {
      tar.directory(directory, 0755);
    }
    tar.directory("root", 0700).directory("tmp", 01777);
    tar.member(Header.of("home/worker", '5').withMode(0755).withOwner(1000, 1000));
    tar.file("etc/passwd", PASSWD).file("etc/group", GROUP);
    executable(tar, "bin/busybox", Files.readAllBytes(BUSYBOX));
    for (var program : List.of("syscalls", "identity", "datagrams")) {
      executable(tar, "usr/bin/" + program, Files.readAllBytes(CProgram.built(program)));
    }
    Command.of(BUSYBOX.toString(), "--list")
        .run()
        .ok()
        .out()
        .lines()
        .filter(applet -> !applet.equals("busybox"))
        .forEach(applet -> tar.symlink("bin/" + applet, "busybox"));
    return tar.end();
  }

  private static void executable(Tar tar, String name, byte[] content) {
    tar.member(Header.of(name, '0').withMode(0755), content);
  }
}
