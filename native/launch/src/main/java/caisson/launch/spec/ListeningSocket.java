package caisson.launch.spec;

/**
 * A Unix stream socket that listens in the VM's directory with mode 0600. QEMU gets it as a
 * descriptor, so it needs no path to it.
 *
 * @param name of its placeholder
 * @param file its file in the VM's directory, which must not exist
 */
public record ListeningSocket(String name, String file) {
  public ListeningSocket {
    Check.name("a socket's name", name);
    Check.fileName("a socket's file", file);
  }

  void write(SpecWriter to) {
    to.string(name);
    to.string(file);
  }

  static ListeningSocket read(SpecReader from) {
    return new ListeningSocket(from.string(), from.string());
  }
}
