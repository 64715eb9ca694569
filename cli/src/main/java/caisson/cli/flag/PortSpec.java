package caisson.cli.flag;

import caisson.base.CaissonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A port of a container, with the host's that lead to it.
 *
 * @param port like {@code 80/tcp}
 * @param hostIp an address of the host, "" for all
 * @param hostPort a number, a range of which one is taken, or "" for any
 */
public record PortSpec(String port, String hostIp, String hostPort) {
  /** An address, which has brackets if it is IPv6; the host's ports; ports; a protocol. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?:(?:\\[([0-9a-fA-F:.%]+)]|([0-9.]*)):)?([0-9-]*):)?([0-9-]+)(?:/([a-zA-Z]+))?");

  /**
   * Reads {@code [[ADDRESS:][HOST-PORT]:]PORT[/PROTOCOL]}, in which ports may be ranges.
   *
   * @throws CaissonException if it is anything else
   */
  public static List<PortSpec> parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw invalid(text, "it is like 127.0.0.1:8080:80/tcp, an IPv6 address in brackets");
    }
    var ip = part(form.group(1)).or(() -> part(form.group(2))).orElse("");
    var inside = PortSpan.parse(form.group(4), text);
    // As with no port at all, any that is free will do.
    var outside =
        part(form.group(3))
            .filter(host -> !host.equals("0"))
            .map(host -> PortSpan.parse(host, text));
    var protocol = part(form.group(5)).orElse("tcp");
    var specs = new ArrayList<PortSpec>();
    for (int i = 0; i < inside.size(); i++) {
      var host = host(outside, inside, i, text);
      specs.add(new PortSpec((inside.first() + i) + "/" + protocol, ip, host));
    }
    return specs;
  }

  private static Optional<String> part(@org.jspecify.annotations.Nullable String group) {
    return Optional.ofNullable(group).filter(text -> !text.isEmpty());
  }

  /** Of two ranges of the same length each has its own; of one port, any of the range will do. */
  private static String host(Optional<PortSpan> outside, PortSpan inside, int index, String whole) {
    if (outside.isEmpty()) {
      return "";
    }
    var span = outside.get();
    if (inside.size() == 1) {
      return span.toString();
    }
    if (inside.size() != span.size()) {
      throw invalid(whole, "the ranges of the host's and the container's ports differ in length");
    }
    return Integer.toString(span.first() + index);
  }

  static CaissonException invalid(String text, String why) {
    return Values.invalid("invalid port specification: \"" + text + "\": " + why);
  }
}
