package caisson.launch.spec;

import java.util.List;

/**
 * A file that is opened with the caller's rights, before the jail is built, and passed as a
 * descriptor.
 *
 * @param name of its placeholder
 * @param path as the caller sees it; it must exist
 */
public record PassedFile(String name, String path, Access access) {
  /** What the descriptor allows. */
  public enum Access {
    READ,
    READ_WRITE,
    APPEND;

    private static final List<Access> CODES = List.of(READ, READ_WRITE, APPEND);
  }

  public PassedFile {
    Check.name("a file's name", name);
    Check.path("a file", path);
  }

  void write(SpecWriter to) {
    to.string(name);
    to.string(path);
    to.choice(Access.CODES, access);
  }

  static PassedFile read(SpecReader from) {
    return new PassedFile(from.string(), from.string(), from.choice("an access", Access.CODES));
  }
}
