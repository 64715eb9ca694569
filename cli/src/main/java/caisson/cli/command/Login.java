package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.client.Target;
import caisson.cli.console.Prompt;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.registry.Account;
import caisson.cli.registry.DockerConfig;
import caisson.cli.registry.RegistryServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code login}: shows an account to a registry, and keeps it if it is accepted. */
public final class Login implements Command {
  private static final Flag<String> USERNAME = Flag.text("u", "username", "Username");
  private static final Flag<String> PASSWORD = Flag.text("p", "password", "Password");
  private static final Flag<Boolean> PASSWORD_STDIN =
      Flag.toggle("", "password-stdin", "Take the password from stdin");

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS] [SERVER]",
        "Authenticate to a registry",
        Arity.atMost(1),
        PASSWORD,
        PASSWORD_STDIN,
        USERNAME);
  }

  @Override
  public int run(Session session, Invocation call) {
    check(session, call);
    var server = RegistryServer.of(call.arguments().isEmpty() ? "" : call.first());
    var config = DockerConfig.of(session.environment());
    var account = known(call, config, server).or(() -> Optional.of(ask(session, call, server)));
    login(session, account.orElseThrow(), config);
    return OK;
  }

  private static void check(Session session, Invocation call) {
    boolean password = !call.get(PASSWORD).isEmpty();
    if (password && call.get(PASSWORD_STDIN)) {
      throw invalid("--password and --password-stdin are mutually exclusive");
    }
    if (call.get(PASSWORD_STDIN) && call.get(USERNAME).isEmpty()) {
      throw invalid("Must provide --username with --password-stdin");
    }
    if (password) {
      session
          .console()
          .report(
              "WARNING! Using --password via the CLI is insecure. Use --password-stdin instead.");
    }
  }

  private static CaissonException invalid(String message) {
    return new CaissonException(ErrorCode.INVALID_ARGUMENT, message);
  }

  /** The account that is there already, if nobody names another. */
  private static Optional<Account> known(
      Invocation call, DockerConfig config, RegistryServer server) {
    boolean other =
        !call.get(USERNAME).isEmpty() || !call.get(PASSWORD).isEmpty() || call.get(PASSWORD_STDIN);
    return other ? Optional.empty() : config.account(server);
  }

  private static Account ask(Session session, Invocation call, RegistryServer server) {
    var prompt = new Prompt(session.console());
    var user = call.get(USERNAME).isEmpty() ? prompt.line("Username: ") : call.get(USERNAME);
    var password = call.get(PASSWORD);
    if (call.get(PASSWORD_STDIN)) {
      password = rest(session);
    } else if (password.isEmpty()) {
      password = prompt.secret("Password: ");
    }
    if (user.isEmpty() || password.isEmpty()) {
      throw invalid("username and password must not be empty");
    }
    return new Account(server, user, password);
  }

  private static String rest(Session session) {
    try {
      var bytes = session.console().in().readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).replaceFirst("\r?\n$", "");
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.INTERNAL, "cannot read standard input: " + e, e);
    }
  }

  private static void login(Session session, Account account, DockerConfig config) {
    var answer = session.api().post(Target.of("auth"), account.document());
    var token = answer.at("IdentityToken").text();
    if (!config.isSafe(account.server())) {
      session
          .console()
          .report(
              "WARNING! Your credentials are stored unencrypted in '%s'.\nConfigure a credential helper to remove this warning."
                  .formatted(config.file()));
    }
    config.store(token.isEmpty() ? account : new Account(account.server(), "", token));
    session.console().print("Login Succeeded");
  }
}
