package caisson.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value. The command line reads and writes the API's documents as trees: binding them to
 * records would take longer than everything else that a short command does.
 *
 * <p>Reading is forgiving, as Docker's own client is: what is missing or of another kind counts as
 * empty, zero or false.
 */
public sealed interface Json {
  /** Nothing, and what is missing. */
  record Null() implements Json {
    @Override
    public void writeTo(JsonGenerator generator) throws IOException {
      generator.writeNull();
    }

    @Override
    public String text() {
      return "";
    }
  }

  record Bool(boolean value) implements Json {
    @Override
    public void writeTo(JsonGenerator generator) throws IOException {
      generator.writeBoolean(value);
    }
  }

  /** A number as it was written: what is only passed on loses no digit. */
  record Num(String digits) implements Json {
    @Override
    public void writeTo(JsonGenerator generator) throws IOException {
      generator.writeNumber(digits);
    }

    @Override
    public String text() {
      return digits;
    }
  }

  record Text(String value) implements Json {
    @Override
    public void writeTo(JsonGenerator generator) throws IOException {
      generator.writeString(value);
    }

    @Override
    public String text() {
      return value;
    }
  }

  record Items(List<Json> values) implements Json {
    @Override
    public void writeTo(JsonGenerator generator) throws IOException {
      generator.writeStartArray();
      for (var each : values) {
        each.writeTo(generator);
      }
      generator.writeEndArray();
    }

    public Items {
      values = List.copyOf(values);
    }
  }

  /** An object; its fields keep their order. */
  record Fields(Map<String, Json> members) implements Json {
    @Override
    public void writeTo(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      for (var each : members.entrySet()) {
        generator.writeFieldName(each.getKey());
        each.getValue().writeTo(generator);
      }
      generator.writeEndObject();
    }
  }

  /** Writes this as it is. */
  void writeTo(JsonGenerator generator) throws IOException;

  static Json none() {
    return new Null();
  }

  static Json of(String value) {
    return new Text(value);
  }

  static Json of(long value) {
    return new Num(Long.toString(value));
  }

  static Json of(boolean value) {
    return new Bool(value);
  }

  static Json texts(Collection<String> values) {
    return new Items(values.stream().map(Json::of).toList());
  }

  static Json texts(Map<String, String> values) {
    var members = new LinkedHashMap<String, Json>();
    values.forEach((name, value) -> members.put(name, of(value)));
    return new Fields(members);
  }

  /** The value of an object's field. */
  default Json at(String name) {
    return members().getOrDefault(name, new Null());
  }

  default Map<String, Json> members() {
    return this instanceof Fields(var members) ? members : Map.of();
  }

  default List<Json> values() {
    return this instanceof Items(var values) ? values : List.of();
  }

  /** A text as it is, nothing for null, and anything else as it is written. */
  default String text() {
    return JsonText.write(this);
  }

  /** The texts of an array. */
  default List<String> texts() {
    return values().stream().map(Json::text).toList();
  }

  default long number() {
    try {
      return this instanceof Num(var digits) ? Long.parseLong(digits) : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  default boolean flag() {
    return this instanceof Bool(var value) && value;
  }
}
