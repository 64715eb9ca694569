package caisson.guest.protocol;

/**
 * What is to be done with a container's files. A child does it whose standard streams are a
 * process's: an archive, or a {@link PathStatus}, comes on its standard output or goes to its
 * standard input; it ends with the number of an {@link Outcome}, and says why on standard error.
 *
 * @param path in the container, absolute; a slash at its end follows a link
 * @param name what the path is called in the archive that is read
 * @param keepDirectories when writing: whether a directory may become nothing else, and nothing
 *     else a directory
 * @param owner when writing: whom everything is to belong to, as Docker writes users; empty for
 *     what the archive says
 */
public record ArchiveSetup(
    Kind kind, String path, String name, boolean keepDirectories, String owner) {
  /** What it is. */
  public enum Kind {
    /** Tells what is at the path. */
    STATUS(1),
    /** Reads what is at the path, and below, as a tar archive. */
    READ(2),
    /** Writes a tar archive into the directory at the path. */
    WRITE(3),
    /** Reads the whole root as a tar archive, without what is mounted on it; no path, no name. */
    ROOT(4),
    /**
     * Tells what the container has changed in its image, in no order: for each path C, A or D, the
     * path from the root and a zero byte; no path, no name.
     */
    CHANGES(5),
    /**
     * Reads what the container has of its own as a layer of an image (image-spec, layer.md); no
     * path, no name. The child runs on while the container is frozen.
     */
    LAYER(6);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    static Kind of(int number) {
      return switch (number) {
        case 1 -> STATUS;
        case 2 -> READ;
        case 3 -> WRITE;
        case 4 -> ROOT;
        case 5 -> CHANGES;
        case 6 -> LAYER;
        default -> throw new ProtocolException("there is no work with files " + number);
      };
    }
  }

  void write(Encoder out) {
    out.u8(kind.number).string(path).string(name).flag(keepDirectories).string(owner);
  }

  static ArchiveSetup read(Decoder in) {
    return new ArchiveSetup(Kind.of(in.u8()), in.string(), in.string(), in.flag(), in.string());
  }
}
