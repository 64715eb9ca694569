package caisson.engine;

import caisson.base.Absent;
import java.util.List;

/**
 * What a container's /etc/resolv.conf and /etc/hosts have that others' have not.
 *
 * @param servers name servers in place of the machine's own
 * @param search domains in place of this host's; a lone dot for none
 * @param options in place of this host's (resolv.conf(5))
 * @param hosts further names
 */
public record NameResolution(
    List<String> servers, List<String> search, List<String> options, List<Host> hosts) {
  /** Nothing of its own. */
  public static final NameResolution DEFAULT =
      new NameResolution(List.of(), List.of(), List.of(), List.of());

  public NameResolution {
    servers = Absent.list(servers);
    search = Absent.list(search);
    options = Absent.list(options);
    hosts = Absent.list(hosts);
  }

  /** A name and its address. */
  public record Host(String name, String address) {}
}
