package caisson.api.docker.mounts;

import caisson.api.http.BadRequest;
import java.util.HashSet;
import java.util.Set;

/**
 * The words behind a bind's second colon: of each kind at most one. Labels for SELinux and hints of
 * consistency have no effect here, as in Docker on most hosts.
 *
 * @param propagation empty if none is named
 */
record MountMode(boolean readOnly, boolean noCopy, String propagation) {
  private static final Set<String> ACCESS = Set.of("rw", "ro");
  private static final Set<String> LABELS = Set.of("z", "Z");
  private static final Set<String> CONSISTENCY =
      Set.of("consistent", "cached", "delegated", "default");
  private static final Set<String> PROPAGATION =
      Set.of("private", "rprivate", "slave", "rslave", "shared", "rshared");
  private static final String NO_COPY = "nocopy";

  static MountMode parse(String text) {
    var words = text.isEmpty() ? new String[0] : text.split(",", -1);
    var kinds = new HashSet<String>();
    var propagation = "";
    boolean readOnly = false;
    boolean noCopy = false;
    for (var word : words) {
      if (!kinds.add(kind(word))) {
        throw BadRequest.of("invalid mode: " + text);
      }
      readOnly |= word.equals("ro");
      noCopy |= word.equals(NO_COPY);
      propagation = PROPAGATION.contains(word) ? word : propagation;
    }
    if (kinds.contains("")) {
      throw BadRequest.of("invalid mode: " + text);
    }
    return new MountMode(readOnly, noCopy, propagation);
  }

  static boolean isValid(String text) {
    for (var word : text.split(",", -1)) {
      if (kind(word).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  static boolean isPropagation(String word) {
    return PROPAGATION.contains(word);
  }

  private static String kind(String word) {
    if (ACCESS.contains(word)) {
      return "access";
    }
    if (LABELS.contains(word)) {
      return "label";
    }
    if (CONSISTENCY.contains(word)) {
      return "consistency";
    }
    if (PROPAGATION.contains(word)) {
      return "propagation";
    }
    return word.equals(NO_COPY) ? NO_COPY : "";
  }
}
