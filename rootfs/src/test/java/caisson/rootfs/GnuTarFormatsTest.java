package caisson.rootfs;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.testkit.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of every format that GNU tar writes, made of real files. */
final class GnuTarFormatsTest {
  /** Makes a tree of everything that GNU tar can put into an archive. */
  private static final String MAKE_TREE =
      """
      set -e
      cd "$1"
      mkdir -p dir/$(printf 'long%.0s' $(seq 50))/$(printf 'deep%.0s' $(seq 40)) empty
      echo text > dir/file
      cd dir/long*/deep*; echo long > $(printf 'x%.0s' $(seq 150)); cd "$1"
      printf 'a\\nb' > "$(printf 'new\\nline')"
      : > zero
      head -c 100000 /dev/urandom > random
      ln random dir/hard
      ln random dir/harder
      ln -s random soft
      ln -s /absolute/path/that/dangles dangling
      ln -s ../../../up $(printf 'y%.0s' $(seq 120))
      ln -s $(printf 'target/%.0s' $(seq 40)) far
      ln -s . dot
      mknod character c 5 1
      mknod block b 259 70000
      mkfifo fifo
      truncate -s 3000001 hole
      printf start > sparse; truncate -s 5000000 sparse
      for i in $(seq 40); do printf "$i" | dd of=sparse bs=1 seek=$((i * 100000)) conv=notrunc; done
      chown 1000:2000 dir/file
      chown -h 70000:80000 soft
      chown 2097151:2097152 zero
      chmod 4755 random; chmod 2770 dir; chmod 1777 empty; chmod 0 zero
      touch -d '2001-02-03 04:05:06.789012345 UTC' dir/file
      touch -d '1960-01-01 00:00:00.5 UTC' dir/hard
      touch -h -d '2100-01-01 UTC' soft
      touch -d '1999-09-09 UTC' dir
      """;

  private static final String ADD_ATTRIBUTES =
      """
      set -e
      cd "$1"
      setfattr -n user.text -v hello dir/file
      setfattr -n user.binary -v 0x00ff0a3d00 dir/file
      setfattr -n user.empty dir/file
      setfattr -n trusted.some -v 0x80 dir
      setfattr -n security.capability -v 0x0100000200200000000000000000000000000000 random
      setfacl -m u:1234:rw,g:5678:r,m::rwx dir/file
      setfacl -d -m u:77:rwx dir
      """;

  @TempDir private static Path source;
  private static final Trees TREES = Trees.create();

  @BeforeAll
  static void makeTree() {
    Command.run("sh", "-c", MAKE_TREE, "sh", source.toString());
  }

  @AfterAll
  static void close() {
    TREES.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--format=gnu",
        "--format=oldgnu",
        "--format=pax",
        "--format=pax --pax-option=exthdr.name=%d/x/%f,delete=atime,delete=ctime",
        "--format=gnu --sparse",
        "--format=oldgnu --sparse",
        "--format=pax --sparse --sparse-version=0.0",
        "--format=pax --sparse --sparse-version=0.1",
        "--format=pax --sparse --sparse-version=1.0",
        "--format=gnu --blocking-factor=1",
        "--format=gnu --label=volume"
      })
  void seesWhatTarUnpacks(String options) throws IOException {
    byte[] archive = TREES.archive(source, List.of(options.split(" ")));
    TREES.assertSame(archive);
    assertThat(TREES.converted(archive).lines()).hasSize(22);
  }

  /** These formats cannot say everything; tar leaves out the rest and fails. */
  @ParameterizedTest
  @ValueSource(strings = {"--format=ustar", "--format=v7"})
  void seesWhatTarUnpacksOfOldFormats(String format) throws IOException {
    TREES.assertSame(
        TREES.archive(
            source.resolve("dir"), List.of(format, "--exclude=long*", "--mtime=2001-01-01")));
  }

  @Test
  void keepsAttributesOfEveryKind(@TempDir Path tree) throws IOException {
    Command.run("cp", "--archive", source + "/.", tree.toString());
    Command.run("sh", "-c", ADD_ATTRIBUTES, "sh", tree.toString());
    byte[] archive = TREES.archive(tree, List.of("--format=pax", "--xattrs", "--acls"));
    TREES.assertSame(archive);
    assertThat(TREES.converted(archive).differences(TREES.list(tree))).isEmpty();
  }
}
