package caisson.launch.spec;

import java.util.List;

/**
 * A file or directory of the host that is visible in the jail, with what is mounted below it. Never
 * with set-user-id bits.
 *
 * @param source as the caller sees it
 * @param target as seen in the jail
 */
public record Bind(String source, String target, Kind kind) {
  private static final String ROOT = "/";

  /** What may be done with what is bound. */
  public enum Kind {
    /** Read: files of data. */
    DATA,
    /** Read and execute: programs and libraries. */
    PROGRAMS,
    /** Read and write: no execution, no devices. */
    WRITABLE,
    /** Open the device node that the source is. */
    DEVICE;

    private static final List<Kind> CODES = List.of(DATA, PROGRAMS, WRITABLE, DEVICE);
  }

  public Bind {
    if (!source.equals(ROOT)) {
      Check.path("the source of a bind", source);
    }
    Check.path("the target of a bind", target);
  }

  void write(SpecWriter to) {
    to.string(source);
    to.string(target);
    to.choice(Kind.CODES, kind);
  }

  static Bind read(SpecReader from) {
    return new Bind(from.string(), from.string(), from.choice("a kind of bind", Kind.CODES));
  }
}
