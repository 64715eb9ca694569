package caisson.testkit;

import java.nio.file.Path;

/** A tree of real files with everything that GNU tar can put into an archive. Needs root. */
public final class SampleTree {
  private static final String FILES =
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

  private static final String ATTRIBUTES =
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

  /** How many paths there are, the top included. */
  public static final int PATHS = 22;

  private SampleTree() {}

  /** Fills an empty directory. */
  public static void make(Path directory) {
    Command.run("sh", "-c", FILES, "sh", directory.toString());
  }

  /** Gives files of a tree that {@link #make} has made extended attributes and access lists. */
  public static void addAttributes(Path directory) {
    Command.run("sh", "-c", ATTRIBUTES, "sh", directory.toString());
  }
}
