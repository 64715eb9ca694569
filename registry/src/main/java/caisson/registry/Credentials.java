package caisson.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Who asks a registry. */
public sealed interface Credentials {
  /** Nobody in particular. */
  Credentials NONE = new Anonymous();

  record Anonymous() implements Credentials {}

  /** A user who shows a password. */
  record Password(String user, String password) implements Credentials {
    /** The value of a header (RFC 7617). */
    String header() {
      var text = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(text);
    }

    /** Without the password, which must not get into a log. */
    @Override
    public String toString() {
      return "Password[" + user + "]";
    }
  }

  /** A refresh token, which an earlier login got in exchange for a password. */
  record IdentityToken(String token) implements Credentials {
    @Override
    public String toString() {
      return "IdentityToken[]";
    }
  }

  /** A token that the registry itself takes. */
  record RegistryToken(String token) implements Credentials {
    @Override
    public String toString() {
      return "RegistryToken[]";
    }
  }
}
