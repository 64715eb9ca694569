package caisson.api.http;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds the handler of a request. Every path is served bare and under {@code /v1.44/}. A pattern's
 * {@code {name}} is one segment; {@code {name*}} is greedy, because image names contain slashes,
 * which some clients send percent-encoded: paths are decoded before they are matched.
 */
public final class Router {
  private static final Pattern VERSIONED = Pattern.compile("/v([0-9][0-9.]*)(/.*)");
  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)(\\*?)}");

  private final List<Route> routes = new ArrayList<>();

  private record Route(String method, Pattern path, List<String> variables, Handler handler) {}

  /** What a request's method and path came to. */
  record Match(Handler handler, Map<String, String> variables, ApiVersion version) {}

  /** Adds a route; earlier routes win. */
  public Router on(String method, String path, Handler handler) {
    var variables = new ArrayList<String>();
    var expression = new StringBuilder();
    var matcher = VARIABLE.matcher(path);
    int end = 0;
    while (matcher.find()) {
      expression.append(Pattern.quote(path.substring(end, matcher.start())));
      expression.append(matcher.group(2).isEmpty() ? "([^/]+)" : "(.+)");
      variables.add(matcher.group(1));
      end = matcher.end();
    }
    expression.append(Pattern.quote(path.substring(end)));
    routes.add(new Route(method, Pattern.compile(expression.toString()), variables, handler));
    return this;
  }

  /** Finds the route of {@code rawPath}, which is still percent-encoded. */
  Match match(String method, String rawPath) {
    var path = decode(rawPath);
    var version = ApiVersion.CURRENT;
    var versioned = VERSIONED.matcher(path);
    if (versioned.matches()) {
      version = ApiVersion.parse(versioned.group(1)).required();
      path = versioned.group(2);
    }
    for (Route route : routes) {
      var matcher = route.path().matcher(path);
      if (route.method().equals(method) && matcher.matches()) {
        var variables = new LinkedHashMap<String, String>();
        for (int i = 0; i < route.variables().size(); i++) {
          variables.put(route.variables().get(i), matcher.group(i + 1));
        }
        return new Match(route.handler(), variables, version);
      }
    }
    throw new CaissonException(ErrorCode.NOT_FOUND, "page not found");
  }

  private static String decode(String rawPath) {
    try {
      return URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw BadRequest.of("invalid URL escape in the path \"" + rawPath + "\"");
    }
  }
}
