package caisson.api.docker.containers;

import caisson.api.http.BadRequest;
import caisson.api.wire.HostConfig;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.NameResolution;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a container resolves names with: {@code --dns}, {@code --add-host} and their kin. */
final class NameChoice {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
  private static final Pattern NAME = Pattern.compile("[^\\s:=#]+");

  private NameChoice() {}

  static NameResolution of(HostConfig host) {
    for (var server : host.dns()) {
      if (!isAddress(server)) {
        throw BadRequest.of("invalid IP address in dns: " + server);
      }
    }
    host.dnsSearch().forEach(NameChoice::requireWord);
    host.dnsOptions().forEach(NameChoice::requireWord);
    return new NameResolution(
        host.dns(), host.dnsSearch(), host.dnsOptions(), hosts(host.extraHosts()));
  }

  private static List<NameResolution.Host> hosts(List<String> texts) {
    var hosts = new ArrayList<NameResolution.Host>();
    for (var text : texts) {
      int equals = text.indexOf('=');
      int end = equals < 0 ? text.indexOf(':') : equals;
      if (end <= 0 || !NAME.matcher(text.substring(0, end)).matches()) {
        throw BadRequest.of("bad format for add-host: \"" + text + "\"");
      }
      hosts.add(new NameResolution.Host(text.substring(0, end), address(text.substring(end + 1))));
    }
    return hosts;
  }

  private static String address(String text) {
    if (text.equals("host-gateway")) {
      throw new CaissonException(
          ErrorCode.UNSUPPORTED,
          "HostConfig.ExtraHosts: there is no host-gateway, because a container's machine reaches"
              + " no service of the host; name an address that it does reach");
    }
    var address =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    if (!isAddress(address)) {
      throw BadRequest.of("invalid IP address in add-host: \"" + text + "\"");
    }
    return address;
  }

  private static boolean isAddress(String text) {
    return IPV4.matcher(text).matches() || IPV6.matcher(text).matches();
  }

  /** A line of resolv.conf takes words. */
  private static void requireWord(String text) {
    if (text.isEmpty() || text.chars().anyMatch(Character::isWhitespace)) {
      throw BadRequest.of("\"" + text + "\" is no word for a resolv.conf");
    }
  }
}
