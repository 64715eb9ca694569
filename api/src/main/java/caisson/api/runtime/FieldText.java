package caisson.api.runtime;

import caisson.oci.runtime.Hook;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An answer that a program takes apart: texts, each ended by a zero byte. */
final class FieldText {
  private final StringBuilder text = new StringBuilder();

  FieldText add(String field) {
    text.append(field).append('\0');
    return this;
  }

  FieldText add(byte[] field) {
    return add(new String(field, StandardCharsets.UTF_8));
  }

  FieldText add(long number) {
    return add(Long.toString(number));
  }

  /** Their number, then themselves. */
  FieldText add(List<String> fields) {
    add(fields.size());
    fields.forEach(this::add);
    return this;
  }

  /**
   * Their number, then of each its path, its timeout in seconds (0: none), its arguments and its
   * environment.
   */
  FieldText addHooks(List<Hook> hooks) {
    add(hooks.size());
    for (var hook : hooks) {
      add(hook.path()).add(hook.timeout().orElse(0));
      add(hook.args().isEmpty() ? List.of(hook.path()) : hook.args()).add(hook.env());
    }
    return this;
  }

  byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
