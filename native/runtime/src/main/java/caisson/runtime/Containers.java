package caisson.runtime;

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

  /**
   * Lets a created container's process run, and then the hooks that are to run behind its start.
   *
   * @throws RuntimeFailure if one of them fails, and the container with it
   */
  void start(String id) {
    byte[] answer = post(id, "/start", "", NOTHING);
    try {
      runHooks(answer);
    } catch (RuntimeFailure e) {
      post(id, "/kill", "&signal=KILL&all=false", NOTHING);
      throw e;
    }
  }

  /** Forgets it; what hooks fail at afterwards is a warning (runtime.md, "Lifecycle", step 13). */
  void delete(String id, boolean force) {
    byte[] answer = post(id, "/delete", "&force=" + force, NOTHING);
    try {
      runHooks(answer);
    } catch (RuntimeFailure e) {
      Main.warn(String.valueOf(e.getMessage()));
    }
  }

  /** Runs those of an answer, which is the container's state and then themselves. */
  private static void runHooks(byte[] answer) {
    Fields fields = new Fields(answer);
    if (!fields.isAtEnd()) {
      String state = fields.text();
      Hook.runAll(Hook.parse(fields), state, "");
    }
  }
}
