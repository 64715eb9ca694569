package caisson.registry;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a server is asked.
 *
 * @param form the body of a POST (application/x-www-form-urlencoded); without one it is a GET
 * @param blob whether the answer may be as long as it likes
 */
record Request(URI uri, Map<String, String> headers, Optional<String> form, boolean blob) {
  static final String AUTHORIZATION = "Authorization";

  Request {
    headers = Map.copyOf(headers);
  }

  static Request get(URI uri) {
    return new Request(uri, Map.of(), Optional.empty(), false);
  }

  static Request post(URI uri, String form) {
    var headers = Map.of("Content-Type", "application/x-www-form-urlencoded");
    return new Request(uri, headers, Optional.of(form), false);
  }

  Request withHeader(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Request(uri, more, form, blob);
  }

  Request asBlob() {
    return new Request(uri, headers, form, true);
  }

  /** The same of another place, with who asks only where that is the same server. */
  Request redirected(URI target) {
    var rest = new LinkedHashMap<>(headers);
    boolean same =
        target.getScheme().equals(uri.getScheme())
            && target.getAuthority().equalsIgnoreCase(uri.getAuthority());
    if (!same) {
      rest.remove(AUTHORIZATION);
    }
    return new Request(target, rest, form, blob);
  }
}
