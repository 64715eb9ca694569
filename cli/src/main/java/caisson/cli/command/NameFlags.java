package caisson.cli.command;

import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Values;
import caisson.cli.json.Json;
import caisson.cli.json.JsonObject;
import java.util.List;

/** The flags that say how a container resolves names, and which devices it has. */
final class NameFlags {
  private static final Flag<List<String>> ADD_HOST =
      Flag.list("", "add-host", "list", "Add a custom host-to-IP mapping (host:ip)", Values::host);
  private static final Flag<List<String>> DEVICE =
      Flag.list("", "device", "Add a device of the machine (/dev/fuse, /dev/net/tun)");
  private static final Flag<List<String>> DNS = Flag.list("", "dns", "Set custom DNS servers");
  private static final Flag<List<String>> DNS_OPTION =
      Flag.list("", "dns-option", "Set DNS options").formerly("dns-opt");
  private static final Flag<List<String>> DNS_SEARCH =
      Flag.list("", "dns-search", "Set custom DNS search domains");

  /** All of them. */
  static final List<Flag<?>> ALL = List.of(ADD_HOST, DEVICE, DNS, DNS_OPTION, DNS_SEARCH);

  private NameFlags() {}

  /** Adds what was given to the host's part of a container's document. */
  static void addTo(JsonObject host, Invocation call) {
    host.with("Dns", call.get(DNS))
        .with("DnsOptions", call.get(DNS_OPTION))
        .with("DnsSearch", call.get(DNS_SEARCH))
        .with("ExtraHosts", call.get(ADD_HOST))
        .with("Devices", devices(call.get(DEVICE)));
  }

  /** Each is {@code HOST[:CONTAINER[:PERMISSIONS]]}. */
  private static Json devices(List<String> texts) {
    return new Json.Items(
        List.copyOf(
            texts.stream()
                .map(text -> List.of(text.split(":", 3)))
                .map(parts ->
                    new JsonObject()
                        .with("PathOnHost", parts.getFirst())
                        .with("PathInContainer", parts.size() > 1 ? parts.get(1) : parts.getFirst())
                        .with("CgroupPermissions", parts.size() > 2 ? parts.get(2) : "rwm")
                        .build())
                .toList()));
  }
}
