package caisson.cli.registry;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.json.Json;
import caisson.cli.json.JsonObject;
import caisson.cli.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Docker's {@code config.json}, which has the user's accounts or says which helper has them. What
 * else is in it stays as it is.
 */
public final class DockerConfig {
  private static final String AUTHS = "auths";

  private final Path file;

  private DockerConfig(Path file) {
    this.file = file;
  }

  /** The file of this user: in {@code DOCKER_CONFIG}, or {@code .docker} at home. */
  public static DockerConfig of(Map<String, String> environment) {
    var chosen = environment.getOrDefault("DOCKER_CONFIG", "");
    var directory =
        chosen.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", "/"), ".docker")
            : Path.of(chosen);
    return new DockerConfig(directory.resolve("config.json"));
  }

  public Path file() {
    return file;
  }

  private Json read() {
    try {
      return JsonText.read(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Json.none();
    } catch (IOException | CaissonException e) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT, "cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** The user's account with a registry. */
  public Optional<Account> account(RegistryServer server) {
    var config = read();
    var helper = helper(config, server);
    return helper.isPresent() ? helper.get().get(server) : stored(config, server);
  }

  /** Whether accounts of a registry are kept by a helper, and not in the file. */
  public boolean isSafe(RegistryServer server) {
    return helper(read(), server).isPresent();
  }

  private static Optional<CredentialProgram> helper(Json config, RegistryServer server) {
    var own = config.at("credHelpers").at(server.key()).text();
    var name = own.isEmpty() ? config.at("credsStore").text() : own;
    return name.isEmpty() ? Optional.empty() : Optional.of(new CredentialProgram(name));
  }

  private static Optional<Account> stored(Json config, RegistryServer server) {
    return config.at(AUTHS).members().entrySet().stream()
        .filter(entry -> RegistryServer.of(entry.getKey()).equals(server))
        .map(entry -> account(server, entry.getValue()))
        .filter(account -> !account.secret().isEmpty())
        .findFirst();
  }

  private static Account account(RegistryServer server, Json entry) {
    var token = entry.at("identitytoken").text();
    if (!token.isEmpty()) {
      return new Account(server, "", token);
    }
    var auth = decode(entry.at("auth").text());
    int colon = auth.indexOf(':');
    return colon < 0
        ? new Account(server, entry.at("username").text(), entry.at("password").text())
        : new Account(server, auth.substring(0, colon), auth.substring(colon + 1));
  }

  private static String decode(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Keeps an account. */
  public void store(Account account) {
    var config = read();
    var helper = helper(config, account.server());
    helper.ifPresent(it -> it.store(account));
    var entry = new JsonObject();
    if (helper.isEmpty() && account.user().isEmpty()) {
      entry.with("identitytoken", account.secret());
    } else if (helper.isEmpty()) {
      var auth = (account.user() + ":" + account.secret()).getBytes(StandardCharsets.UTF_8);
      entry.with("auth", Base64.getEncoder().encodeToString(auth));
    }
    var auths = new LinkedHashMap<>(config.at(AUTHS).members());
    auths.put(account.server().key(), entry.build());
    write(config, auths);
  }

  /** Forgets an account, and answers whether there was one. */
  public boolean erase(RegistryServer server) {
    var config = read();
    helper(config, server).ifPresent(it -> it.erase(server));
    var auths = new LinkedHashMap<>(config.at(AUTHS).members());
    boolean there = auths.keySet().removeIf(key -> RegistryServer.of(key).equals(server));
    if (there) {
      write(config, auths);
    }
    return there;
  }

  private void write(Json config, Map<String, Json> auths) {
    var members = new LinkedHashMap<>(config.members());
    members.put(AUTHS, new Json.Fields(auths));
    try {
      var directory = file.toAbsolutePath().normalize().getParent();
      Files.createDirectories(directory);
      // Nobody else may read it: that is the mode of temporary files.
      var unfinished = Files.createTempFile(directory, "config", ".json");
      Files.writeString(unfinished, JsonText.writeIndented(new Json.Fields(members)) + "\n");
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot save the account in " + file + ": " + e, e);
    }
  }
}
