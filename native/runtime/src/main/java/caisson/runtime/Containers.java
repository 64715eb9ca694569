package caisson.runtime;

import java.util.List;

/** The containers below one root, as the daemon is asked for them. */
record Containers(Daemon daemon, String root) {
  static final byte[] NOTHING = new byte[0];

  /** The endpoint {@code what} of a container. */
  String path(String id, String what, String query) {
    return "/runtime/containers/" + Escapes.of(id) + what + "?root=" + Escapes.of(root) + query;
  }

  byte[] get(String id, String what, String query) {
    return daemon.ask("GET", path(id, what, query), NOTHING);
  }

  byte[] post(String id, String what, String query, byte[] body) {
    return daemon.ask("POST", path(id, what, query), body);
  }

  byte[] list(String format) {
    String query = "?root=" + Escapes.of(root) + "&format=" + Escapes.of(format);
    return daemon.ask("GET", "/runtime/containers" + query, NOTHING);
  }

  /** Lets a created container's process run. */
  void start(String id) {
    runAnyway(post(id, "/start", "", NOTHING));
  }

  void delete(String id, boolean force) {
    runAnyway(post(id, "/delete", "&force=" + force, NOTHING));
  }

  /**
   * Runs the hooks in an answer: the container's state, then themselves. What one of them fails at
   * is a warning, since its point is past (runtime.md, "Lifecycle", steps 9 and 13).
   */
  private static void runAnyway(byte[] answer) {
    Fields fields = new Fields(answer);
    if (fields.isAtEnd()) {
      return;
    }
    String state = fields.text();
    List<Hook> hooks = Hook.parse(fields);
    for (Hook hook : hooks) {
      try {
        hook.run(state, "");
      } catch (RuntimeFailure e) {
        Main.warn(String.valueOf(e.getMessage()));
      }
    }
  }
}
