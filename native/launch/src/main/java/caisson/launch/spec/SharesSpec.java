package caisson.launch.spec;

import java.util.List;

/**
 * What caisson-launch has to know to change which of the host's files a running program sees, apart
 * from those that it was started with.
 *
 * @param process the program's
 * @param mark a word of the program's command line, lest another one has its number by now
 * @param directory the directory of the jail that the targets are in; it is there
 * @param added binds whose targets are in the directory and not there yet
 * @param removed targets of earlier ones; those that are not there are passed over
 */
public record SharesSpec(
    int process, String mark, String directory, List<Bind> added, List<String> removed) {
  private static final int MAGIC = 0x43534e53;
  private static final int FORMAT = 1;

  public SharesSpec {
    Check.range("the number of a process", process, 1, Integer.MAX_VALUE);
    Check.text("the mark", mark);
    Check.path("the directory of shares", directory);
    added = Check.list("the binds", added);
    removed = Check.list("the removed targets", removed);
    for (Bind bind : added) {
      checkTarget(bind.target(), directory);
    }
    for (String target : removed) {
      checkTarget(target, directory);
    }
  }

  private static void checkTarget(String target, String directory) {
    boolean inside = target.startsWith(directory + "/");
    Check.that(inside, "the target " + target + " is not in " + directory);
    Check.fileName("a target's name", target.substring(directory.length() + 1));
  }

  /** The bytes that caisson-launch reads. */
  public byte[] encode() {
    SpecWriter to = new SpecWriter();
    to.i32(MAGIC);
    to.u16(FORMAT);
    to.i32(process);
    to.string(mark);
    to.string(directory);
    to.list(added, (writer, bind) -> bind.write(writer));
    to.strings(removed);
    byte[] bytes = to.toBytes();
    LaunchSpec.checkLength(bytes);
    return bytes;
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws InvalidSpecException for anything else
   */
  public static SharesSpec decode(byte[] bytes) {
    LaunchSpec.checkLength(bytes);
    SpecReader from = new SpecReader(bytes);
    Check.that(from.i32() == MAGIC, "this is no description of shares");
    int format = from.u16();
    Check.that(format == FORMAT, "the description has format " + format + ", not " + FORMAT);
    SharesSpec spec =
        new SharesSpec(
            from.i32(), from.string(), from.string(), from.list(Bind::read), from.strings());
    from.end();
    return spec;
  }
}
