package caisson.registry;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which requests go by way of a proxy, as the usual variables say it: {@code HTTPS_PROXY}, {@code
 * HTTP_PROXY} and {@code NO_PROXY}, in capitals or not. What is on this host's loopback never does.
 *
 * @param exceptions hosts, domains ({@code .example}), networks ({@code 10.0.0.0/8}) or {@code *}
 */
public record ProxyRules(
    Optional<String> forHttps, Optional<String> forHttp, List<String> exceptions) {
  /** No proxy at all. */
  public static final ProxyRules NONE =
      new ProxyRules(Optional.empty(), Optional.empty(), List.of());

  private static final int USUAL_PORT = 80;

  public ProxyRules {
    exceptions = List.copyOf(exceptions);
  }

  /** Reads the variables; what is wrong with a proxy shows when it would be used. */
  public static ProxyRules of(Map<String, String> environment) {
    var exceptions = variable(environment, "NO_PROXY").orElse("");
    return new ProxyRules(
        variable(environment, "HTTPS_PROXY"),
        variable(environment, "HTTP_PROXY"),
        Arrays.stream(exceptions.split("[,\\s]+")).filter(each -> !each.isEmpty()).toList());
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT))))
        .filter(value -> !value.isBlank());
  }

  /**
   * The proxy for {@code target}, if it has one.
   *
   * @throws CaissonException UNSUPPORTED if it is of a kind that is not spoken here
   */
  Optional<InetSocketAddress> proxy(URI target) {
    boolean direct = RegistryHost.isLoopback(target.getHost()) || isException(target);
    var choice = target.getScheme().equals("https") ? forHttps : forHttp;
    return direct ? Optional.empty() : choice.map(ProxyRules::address);
  }

  private boolean isException(URI target) {
    return exceptions.stream().anyMatch(each -> ProxyException.of(each).covers(target));
  }

  private static InetSocketAddress address(String text) {
    var uri = URI.create(text.contains("://") ? text : "http://" + text);
    if (!"http".equals(uri.getScheme()) || uri.getUserInfo() != null || uri.getHost() == null) {
      throw new CaissonException(
          ErrorCode.UNSUPPORTED,
          "the proxy in the daemon's environment must be http://HOST:PORT, without a user's name");
    }
    int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
    return InetSocketAddress.createUnresolved(uri.getHost(), port);
  }
}
