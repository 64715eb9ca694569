package caisson.launch.spec;

/** Who the program is. Either way it has no capability but those of its {@link Sharing}. */
public sealed interface Identity {
  /**
   * The caller, an ordinary user: the namespaces are made in a user namespace of the VM's own, and
   * the program is in another below it, where nothing is its.
   */
  record Caller() implements Identity {}

  /** A user of its own that nobody else uses; the caller must be root. */
  record Dedicated(int uid, int gid) implements Identity {
    public Dedicated {
      Check.that(uid > 0, "the user is " + uid + ", not an unprivileged one");
      Check.that(gid > 0, "the group is " + gid + ", not an unprivileged one");
    }
  }

  /** Writes the choice and its components. */
  static void write(SpecWriter to, Identity identity) {
    switch (identity) {
      case Caller() -> to.u8(0);
      case Dedicated(int uid, int gid) -> {
        to.u8(1);
        to.i32(uid);
        to.i32(gid);
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  static Identity read(SpecReader from) {
    return from.choice("a kind of identity", 2) == 0
        ? new Caller()
        : new Dedicated(from.i32(), from.i32());
  }
}
