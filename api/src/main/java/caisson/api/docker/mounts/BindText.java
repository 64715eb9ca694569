package caisson.api.docker.mounts;

import caisson.api.http.BadRequest;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code SOURCE:DESTINATION[:MODE]}, by the rules of dockerd's parser for Linux. */
final class BindText {
  private BindText() {}

  /**
   * Reads it.
   *
   * @throws CaissonException INVALID_ARGUMENT with Docker's words
   */
  static RequestedMount parse(String text) {
    try {
      var parts = List.of(text.split(":", -1));
      if (parts.size() > 3 || parts.stream().anyMatch(String::isEmpty)) {
        throw BadRequest.of("an empty or superfluous part");
      }
      return switch (parts.size()) {
        case 1 -> RequestedMount.OfVolume.anonymous(ContainerPath.checked(text));
        case 2 -> mount(parts.get(0), parts.get(1), "");
        default -> mount(parts.get(0), parts.get(1), parts.get(2));
      };
    } catch (CaissonException e) {
      throw new CaissonException(
          e.code(), "invalid volume specification: '" + text + "': " + e.text(), e);
    }
  }

  private static RequestedMount mount(String source, String destination, String words) {
    if (words.isEmpty() && MountMode.isValid(destination)) {
      throw BadRequest.of("volumes cannot include a mode");
    }
    var mode = MountMode.parse(words);
    boolean bind = source.startsWith("/");
    try {
      var target = ContainerPath.checked(destination);
      return bind ? bind(source, target, mode) : volume(source, target, mode);
    } catch (CaissonException e) {
      throw new CaissonException(
          e.code(),
          "invalid mount config for type \"%s\": %s".formatted(bind ? "bind" : "volume", e.text()),
          e);
    }
  }

  private static RequestedMount bind(String source, String target, MountMode mode) {
    if (mode.noCopy()) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT, "field VolumeOptions must not be specified");
    }
    return new RequestedMount.Bind(
        target, ContainerPath.clean(source), mode.readOnly(), mode.propagation(), true);
  }

  private static RequestedMount volume(String name, String target, MountMode mode) {
    if (!mode.propagation().isEmpty()) {
      throw BadRequest.of("field BindOptions must not be specified");
    }
    return new RequestedMount.OfVolume(
        target, Optional.of(name), "", mode.readOnly(), !mode.noCopy(), Map.of(), Optional.empty());
  }
}
