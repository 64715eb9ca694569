package caisson.api.docker.containers;

import caisson.api.http.BadRequest;
import caisson.api.wire.WireJson;
import caisson.oci.runtime.Seccomp;
import caisson.oci.runtime.SeccompArg;
import caisson.oci.runtime.SeccompRule;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A seccomp profile in Docker's own form, which says of each rule for which capabilities and
 * architectures it holds, as the OCI spec's.
 *
 * @param capabilities those that the container has
 */
record SeccompProfile(Set<String> capabilities) {
  private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64");

  /** Reads a profile. */
  Seccomp parse(String text) {
    var profile = WireJson.tree(text.getBytes(StandardCharsets.UTF_8));
    if (profile.path("defaultAction").asText().isEmpty()) {
      throw BadRequest.of("decoding seccomp profile failed: it has no defaultAction");
    }
    var rules = new ArrayList<SeccompRule>();
    for (var rule : profile.path("syscalls")) {
      boolean excluded = !rule.path("excludes").isEmpty() && holds(rule.path("excludes"), true);
      if (holds(rule.path("includes"), false) && !excluded) {
        rules.add(rule(rule));
      }
    }
    return new Seccomp(
        profile.path("defaultAction").asText(),
        number(profile.path("defaultErrnoRet")),
        architectures(profile),
        texts(profile.path("flags")),
        Optional.empty(),
        Optional.empty(),
        rules);
  }

  /**
   * Whether a condition holds: of an exclusion one part is enough. The guest's kernel is newer than
   * any that profiles ask about.
   */
  private boolean holds(JsonNode condition, boolean onePart) {
    var parts = new ArrayList<Boolean>();
    if (condition.has("caps") && !condition.path("caps").isEmpty()) {
      var wanted = texts(condition.path("caps"));
      parts.add(
          onePart
              ? wanted.stream().anyMatch(capabilities::contains)
              : capabilities.containsAll(wanted));
    }
    if (condition.has("arches") && !condition.path("arches").isEmpty()) {
      parts.add(texts(condition.path("arches")).stream().anyMatch(ARCHITECTURES::contains));
    }
    if (condition.has("minKernel") && !condition.path("minKernel").asText().isEmpty()) {
      parts.add(true);
    }
    return onePart ? parts.contains(true) : !parts.contains(false);
  }

  private static SeccompRule rule(JsonNode rule) {
    var names = new ArrayList<>(texts(rule.path("names")));
    if (rule.hasNonNull("name") && !rule.path("name").asText().isEmpty()) {
      names.add(rule.path("name").asText());
    }
    var arguments = new ArrayList<SeccompArg>();
    for (var argument : rule.path("args")) {
      arguments.add(
          new SeccompArg(
              argument.path("index").asInt(),
              argument.path("value").bigIntegerValue(),
              argument.has("valueTwo")
                  ? Optional.of(argument.path("valueTwo").bigIntegerValue())
                  : Optional.empty(),
              argument.path("op").asText()));
    }
    return new SeccompRule(
        names, rule.path("action").asText(), number(rule.path("errnoRet")), arguments);
  }

  /** The map of Docker's names each architecture with those that it also runs. */
  private static List<String> architectures(JsonNode profile) {
    var architectures = new ArrayList<>(texts(profile.path("architectures")));
    for (var each : profile.path("archMap")) {
      if (each.path("architecture").asText().equals("SCMP_ARCH_X86_64")) {
        architectures.add("SCMP_ARCH_X86_64");
        architectures.addAll(texts(each.path("subArchitectures")));
      }
    }
    return architectures;
  }

  private static Optional<Integer> number(JsonNode node) {
    return node.isNumber() ? Optional.of(node.asInt()) : Optional.empty();
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
