package caisson.cli.registry;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.json.Json;
import caisson.cli.json.JsonObject;
import caisson.cli.json.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A program that keeps secrets (docker-credential-helpers, "Development"): one word says what to
 * do, the rest goes over its standard streams.
 *
 * @param name what follows {@code docker-credential-} in the program's name
 */
record CredentialProgram(String name) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");
  private static final String TOKEN_USER = "<token>";
  private static final String UNKNOWN = "credentials not found";

  CredentialProgram {
    if (!NAME.matcher(name).matches()) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT, "\"" + name + "\" is not the name of a credential helper");
    }
  }

  Optional<Account> get(RegistryServer server) {
    var answer = run("get", server.key());
    if (answer.contains(UNKNOWN)) {
      return Optional.empty();
    }
    var credentials = JsonText.read(answer.getBytes(StandardCharsets.UTF_8));
    var user = credentials.at("Username").text();
    return Optional.of(
        new Account(server, user.equals(TOKEN_USER) ? "" : user, credentials.at("Secret").text()));
  }

  void store(Account account) {
    Json credentials =
        new JsonObject()
            .with("ServerURL", account.server().key())
            .with("Username", account.user().isEmpty() ? TOKEN_USER : account.user())
            .with("Secret", account.secret())
            .build();
    run("store", JsonText.write(credentials));
  }

  void erase(RegistryServer server) {
    run("erase", server.key());
  }

  private String run(String action, String input) {
    var program = "docker-credential-" + name;
    try {
      var process =
          new ProcessBuilder(program, action)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      feed(process.getOutputStream(), input);
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0 && !output.contains(UNKNOWN)) {
        throw failed(program + " " + action + ": " + output.strip(), null);
      }
      return output;
    } catch (IOException e) {
      throw failed("cannot run " + program + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted while " + program + " ran", e);
    }
  }

  private static void feed(OutputStream stdin, String input) {
    try (stdin) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // A program that has ended, or does not need to be told, says so by its exit code.
    }
  }

  private static CaissonException failed(
      String message, @org.jspecify.annotations.Nullable Exception cause) {
    return new CaissonException(ErrorCode.UNAVAILABLE, message, cause);
  }
}
