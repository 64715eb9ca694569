package caisson.engine.vm;

import caisson.oci.runtime.Hook;
import caisson.oci.runtime.Hooks;
import caisson.oci.runtime.LinuxSpec;
import caisson.oci.runtime.MountSpec;
import caisson.oci.runtime.Namespace;
import caisson.oci.runtime.Seccomp;
import caisson.oci.runtime.Spec;
import java.util.List;
import java.util.Set;

/** Refuses what a container in a machine cannot have, rather than leave it out in silence. */
final class SpecCheck {
  /** As many as the protocol takes in one list. */
  private static final int MOST = 4096;

  /** __NEW_UTS_LEN of the kernel. */
  private static final int LONGEST_HOST_NAME = 64;

  private static final Set<String> PROPAGATING = Set.of("shared", "rshared", "slave", "rslave");
  private static final String NO_PROPAGATION =
      "mounts do not propagate between the host and a machine: it sees what is mounted when it"
          + " starts";

  private SpecCheck() {}

  static void check(Spec spec) {
    spec.hooks().ifPresent(SpecCheck::check);
    spec.mounts().forEach(SpecCheck::check);
    spec.linux().ifPresent(SpecCheck::check);
    spec.process()
        .ifPresent(process -> {
          bound(process.args(), "process.args");
          bound(process.env(), "process.env");
        });
    if (spec.hostname().orElse("").length() > LONGEST_HOST_NAME) {
      throw Refusal.invalid("hostname", "is longer than " + LONGEST_HOST_NAME + " characters");
    }
  }

  private static void bound(List<String> list, String field) {
    if (list.size() > MOST) {
      throw Refusal.invalid(field, "has " + list.size() + " elements; " + MOST + " are possible");
    }
    for (var element : list) {
      if (element.indexOf('\0') >= 0) {
        throw Refusal.invalid(field, "holds a zero byte, which no process can be given");
      }
    }
  }

  private static void check(Hooks hooks) {
    check(hooks.prestart(), "prestart");
    check(hooks.createRuntime(), "createRuntime");
    check(hooks.createContainer(), "createContainer");
    check(hooks.startContainer(), "startContainer");
    check(hooks.poststart(), "poststart");
    check(hooks.poststop(), "poststop");
  }

  private static void check(List<Hook> hooks, String name) {
    Refusal.ifPresent(
        !hooks.isEmpty(),
        "hooks." + name,
        "runs programs of the host, which cannot see into a container's machine");
  }

  private static void check(MountSpec mount) {
    if (mount.isBind() && !mount.source().orElse("").startsWith("/")) {
      throw Refusal.invalid("mounts", "binds what has no absolute path to " + mount.destination());
    }
    for (var option : mount.options()) {
      Refusal.ifPresent(
          mount.isBind() && PROPAGATING.contains(option),
          "mounts",
          "wants " + option + " at " + mount.destination() + "; " + NO_PROPAGATION);
    }
    Refusal.ifPresent(
        !mount.uidMappings().isEmpty() || !mount.gidMappings().isEmpty(),
        "mounts",
        "maps the ids of " + mount.destination() + ", which needs a user namespace");
  }

  private static void check(LinuxSpec linux) {
    Refusal.ifPresent(
        !linux.uidMappings().isEmpty() || !linux.gidMappings().isEmpty(),
        "linux.uidMappings",
        "maps ids, which needs a user namespace");
    Refusal.ifPresent(
        linux.mountLabel().filter(label -> !label.isEmpty()).isPresent(),
        "linux.mountLabel",
        "needs SELinux, which the guest's kernel does not have");
    Refusal.ifPresent(
        linux.seccomp().flatMap(Seccomp::listenerPath).isPresent(),
        "linux.seccomp.listenerPath",
        "names a socket of the host, which a machine cannot reach");
    var types = linux.namespaces().stream().map(Namespace::type).toList();
    if (Set.copyOf(types).size() < types.size()) {
      throw Refusal.invalid("linux.namespaces", "names a type twice");
    }
  }
}
