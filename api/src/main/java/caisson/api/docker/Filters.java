package caisson.api.docker;

import caisson.api.http.BadRequest;
import caisson.api.wire.WireJson;
import caisson.base.CaissonException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a list is narrowed to, by name. On the wire each name has a map of values to {@code true} or
 * a list of values; clients send both.
 */
public final class Filters {
  private final Map<String, Set<String>> values;

  private Filters(Map<String, Set<String>> values) {
    this.values = values;
  }

  /**
   * Reads a query's {@code filters}.
   *
   * @param known the names that the endpoint understands; others are the client's error
   */
  public static Filters parse(Optional<String> text, Set<String> known) {
    var values = new LinkedHashMap<String, Set<String>>();
    text.map(Filters::tree)
        .filter(node -> !node.isNull())
        .ifPresent(node -> {
          if (!node.isObject()) {
            throw malformed(node.toString());
          }
          node.properties().forEach(each -> values.put(each.getKey(), set(each.getValue())));
        });
    for (var name : values.keySet()) {
      if (!known.contains(name)) {
        throw BadRequest.of("invalid filter '" + name + "'");
      }
    }
    return new Filters(values);
  }

  private static JsonNode tree(String text) {
    try {
      return WireJson.tree(text.getBytes(StandardCharsets.UTF_8));
    } catch (CaissonException e) {
      throw malformed(text);
    }
  }

  private static CaissonException malformed(String text) {
    return BadRequest.of("invalid filters " + text + ": an object of names and values is expected");
  }

  private static Set<String> set(JsonNode node) {
    var set = new LinkedHashSet<String>();
    if (node.isObject()) {
      node.fieldNames().forEachRemaining(set::add);
    } else if (node.isArray()) {
      node.forEach(each -> set.add(each.asText()));
    } else if (!node.isNull()) {
      throw malformed(node.toString());
    }
    return set;
  }

  /** The values of one filter; empty if it is not there. */
  public Set<String> of(String name) {
    return values.getOrDefault(name, Set.of());
  }

  /** Whether the filter is not there or one of its values passes. */
  public boolean any(String name, Predicate<String> passes) {
    var wanted = of(name);
    return wanted.isEmpty() || wanted.stream().anyMatch(passes);
  }

  /** Whether what a filter by label wants is there: names, or names with their values. */
  public boolean labels(Map<String, String> labels) {
    return of("label").stream().allMatch(wanted -> has(labels, wanted));
  }

  /** Whether one of the labels is there that are to be left out: {@code label!}. */
  public boolean excludes(Map<String, String> labels) {
    return of("label!").stream().anyMatch(unwanted -> has(labels, unwanted));
  }

  private static boolean has(Map<String, String> labels, String wanted) {
    int equals = wanted.indexOf('=');
    return equals < 0
        ? labels.containsKey(wanted)
        : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
  }

  /** A filter of one value that is yes or no; empty if it is not there. */
  public Optional<Boolean> flag(String name) {
    return of(name).stream()
        .findFirst()
        .map(value ->
            switch (value) {
              case "true", "1", "True", "TRUE", "t", "T" -> true;
              case "false", "0", "False", "FALSE", "f", "F" -> false;
              default -> throw BadRequest.of("invalid filter '" + name + "=" + value + "'");
            });
  }
}
