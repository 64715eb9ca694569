package caisson.cli.json;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An object in the making; a request leaves out what says nothing. */
public final class JsonObject {
  private final Map<String, Json> members = new LinkedHashMap<>();

  public JsonObject with(String name, Json value) {
    members.put(name, value);
    return this;
  }

  public JsonObject with(String name, String value) {
    return with(name, Json.of(value));
  }

  public JsonObject with(String name, long value) {
    return with(name, Json.of(value));
  }

  public JsonObject with(String name, boolean value) {
    return with(name, Json.of(value));
  }

  public JsonObject with(String name, Collection<String> values) {
    return with(name, Json.texts(values));
  }

  public JsonObject with(String name, Map<String, String> values) {
    return with(name, Json.texts(values));
  }

  public JsonObject with(String name, Optional<Json> value) {
    value.ifPresent(it -> with(name, it));
    return this;
  }

  public Json build() {
    return new Json.Fields(members);
  }
}
