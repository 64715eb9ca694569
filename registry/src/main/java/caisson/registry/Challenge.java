package caisson.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a server wants to be asked (RFC 9110, section 11.6.1).
 *
 * @param scheme in lower case
 * @param parameters by their names in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {
  Challenge {
    parameters = Map.copyOf(parameters);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** All challenges of {@code WWW-Authenticate} headers; what cannot be read ends its header. */
  static List<Challenge> parse(List<String> headers) {
    return headers.stream().flatMap(header -> new Reader(header).challenges().stream()).toList();
  }

  /** Reads one header's value from its beginning to its end. */
  private static final class Reader {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final Pattern TOKEN68 = Pattern.compile("[A-Za-z0-9._~+/-]+=*(?=[ \t]*(?:,|$))");

    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    List<Challenge> challenges() {
      var all = new ArrayList<Challenge>();
      skip(", \t");
      while (at < text.length()) {
        var scheme = token();
        if (scheme.isEmpty()) {
          return all;
        }
        skip(" \t");
        all.add(new Challenge(scheme.toLowerCase(Locale.ROOT), parameters()));
        skip(", \t");
      }
      return all;
    }

    private Map<String, String> parameters() {
      var parameters = new LinkedHashMap<String, String>();
      if (skipToken68()) {
        return parameters;
      }
      for (int start = at; at < text.length(); start = at) {
        var name = token();
        skip(" \t");
        if (name.isEmpty() || !consume('=')) {
          at = start;
          return parameters;
        }
        skip(" \t");
        parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), consume('"') ? quoted() : token());
        skip(", \t");
      }
      return parameters;
    }

    /** Skips the one word that some schemes have in place of parameters. */
    private boolean skipToken68() {
      var matcher = TOKEN68.matcher(text).region(at, text.length());
      boolean here = matcher.lookingAt();
      at = here ? matcher.end() : at;
      return here;
    }

    private String token() {
      int start = at;
      while (at < text.length() && isTokenCharacter(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    private static boolean isTokenCharacter(char c) {
      return (c >= '0' && c <= '9')
          || (c >= 'A' && c <= 'Z')
          || (c >= 'a' && c <= 'z')
          || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private String quoted() {
      var value = new StringBuilder();
      while (at < text.length() && !consume('"')) {
        boolean escaped = consume('\\') && at < text.length();
        if (escaped || at < text.length()) {
          value.append(text.charAt(at++));
        }
      }
      return value.toString();
    }

    private boolean consume(char expected) {
      boolean here = at < text.length() && text.charAt(at) == expected;
      at += here ? 1 : 0;
      return here;
    }

    private void skip(String characters) {
      while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }
  }
}
