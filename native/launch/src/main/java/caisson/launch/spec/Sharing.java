package caisson.launch.spec;

import java.util.List;

/** What the program may do with the host's files that it serves to its guest. */
public enum Sharing {
  /** Nothing: it serves none. */
  NONE,
  /** Change them as its own user may. */
  OWN_USER,
  /** Change them for whichever user the guest says: with {@link #capabilities}. */
  EVERY_USER;

  private static final List<Sharing> CODES = List.of(NONE, OWN_USER, EVERY_USER);

  private static final int CAP_CHOWN = 0;
  private static final int CAP_DAC_OVERRIDE = 1;
  private static final int CAP_FOWNER = 3;
  private static final int CAP_FSETID = 4;
  private static final int CAP_MKNOD = 27;

  /** The capabilities that the program keeps; bit n is capability n (capabilities(7)). */
  public long capabilities() {
    return this == EVERY_USER
        ? 1L << CAP_CHOWN
            | 1L << CAP_DAC_OVERRIDE
            | 1L << CAP_FOWNER
            | 1L << CAP_FSETID
            | 1L << CAP_MKNOD
        : 0;
  }

  void write(SpecWriter to) {
    to.choice(CODES, this);
  }

  static Sharing read(SpecReader from) {
    return from.choice("a way of sharing", CODES);
  }
}
