package caisson.launch.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Everything caisson-launch has to know to start one VM's QEMU.
 *
 * @param directory the VM's directory, which exists; its sockets and error log are made in it
 * @param sockets passed first, from descriptor {@link #FIRST_DESCRIPTOR} on
 * @param files passed next; the taps follow
 * @param errorLog the file in the directory that the program's standard error goes to; it is cut
 *     off after {@link #ERROR_LOG_BYTES} bytes if RLIMIT_FSIZE is set
 */
public record LaunchSpec(
    String directory,
    Program program,
    List<ListeningSocket> sockets,
    List<PassedFile> files,
    String errorLog,
    Jail jail,
    Network network,
    Confinement confinement) {
  /** What an encoded description may measure. */
  public static final int MAX_BYTES = 128 * 1024;

  /** The number of the first descriptor that is passed. */
  public static final int FIRST_DESCRIPTOR = 3;

  /** How much of standard error is kept. */
  public static final int ERROR_LOG_BYTES = 64 * 1024;

  private static final int MAGIC = 0x43534e4c;
  private static final int FORMAT = 3;
  private static final int MAX_DESCRIPTORS = 128;
  private static final int MAX_SOCKET_PATH = 107;

  public LaunchSpec {
    Check.path("the VM's directory", directory);
    sockets = Check.list("the sockets", sockets);
    files = Check.list("the files", files);
    Check.fileName("the error log", errorLog);
    for (ListeningSocket socket : sockets) {
      int length = directory.length() + 1 + socket.file().length();
      Check.that(
          length <= MAX_SOCKET_PATH, "the path of the socket " + socket.file() + " is too long");
    }
    List<String> names = names(sockets, files, network);
    Check.that(names.size() <= MAX_DESCRIPTORS, "there are too many descriptors");
    Check.that(new HashSet<>(names).size() == names.size(), "a name is used twice in " + names);
    for (String argument : program.arguments()) {
      Placeholders.resolve(argument, names, FIRST_DESCRIPTOR);
    }
  }

  /** The names of the descriptors that are passed, in the order of their numbers. */
  public List<String> descriptors() {
    return names(sockets, files, network);
  }

  /** The program's arguments with the descriptors' numbers in their places. */
  public List<String> resolvedArguments() {
    List<String> names = descriptors();
    List<String> resolved = new ArrayList<>();
    for (String argument : program.arguments()) {
      resolved.add(Placeholders.resolve(argument, names, FIRST_DESCRIPTOR));
    }
    return resolved;
  }

  /**
   * Where the text of the error log begins, in bytes. The log is a sparse file that ends {@link
   * #ERROR_LOG_BYTES} below the limit of file sizes: there the kernel cuts it off, whatever the
   * program, which holds nothing but a descriptor to append to, goes on writing.
   */
  public long errorLogStart() {
    for (ResourceLimit limit : confinement.limits()) {
      if (limit.resource() == ResourceLimit.Resource.RLIMIT_FSIZE) {
        return Math.max(0, limit.value() - ERROR_LOG_BYTES);
      }
    }
    return 0;
  }

  private static List<String> names(
      List<ListeningSocket> sockets, List<PassedFile> files, Network network) {
    List<String> names = new ArrayList<>();
    for (ListeningSocket socket : sockets) {
      names.add(socket.name());
    }
    for (PassedFile file : files) {
      names.add(file.name());
    }
    for (int tap = 0; tap < network.taps(); tap++) {
      names.add(Network.tap(tap));
    }
    return names;
  }

  static void checkLength(byte[] bytes) {
    Check.that(bytes.length <= MAX_BYTES, "the description is longer than " + MAX_BYTES + " bytes");
  }

  /** The bytes that caisson-launch reads. */
  public byte[] encode() {
    SpecWriter to = new SpecWriter();
    to.i32(MAGIC);
    to.u16(FORMAT);
    to.string(directory);
    program.write(to);
    to.list(sockets, (writer, socket) -> socket.write(writer));
    to.list(files, (writer, file) -> file.write(writer));
    to.string(errorLog);
    jail.write(to);
    Network.write(to, network);
    confinement.write(to);
    byte[] bytes = to.toBytes();
    checkLength(bytes);
    return bytes;
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws InvalidSpecException for anything else
   */
  public static LaunchSpec decode(byte[] bytes) {
    checkLength(bytes);
    SpecReader from = new SpecReader(bytes);
    Check.that(from.i32() == MAGIC, "this is no launch description");
    int format = from.u16();
    Check.that(format == FORMAT, "the description has format " + format + ", not " + FORMAT);
    LaunchSpec spec =
        new LaunchSpec(
            from.string(),
            Program.read(from),
            from.list(ListeningSocket::read),
            from.list(PassedFile::read),
            from.string(),
            Jail.read(from),
            Network.read(from),
            Confinement.read(from));
    from.end();
    return spec;
  }
}
