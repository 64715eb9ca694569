package caisson.it;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands tests the {@link Daemon} that all classes share, or its {@link Cli}. It has the image
 * {@link TestImage#NAME} and is closed, and looked at for what is left, after the last test.
 */
final class SharedDaemon implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == Daemon.class || type == Cli.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var daemon =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(SharedDaemon.class))
            .computeIfAbsent(Daemon.class, _ -> withImage(Daemon.start()), Daemon.class);
    return parameter.getParameter().getType() == Cli.class ? daemon.cli() : daemon;
  }

  private static Daemon withImage(Daemon daemon) {
    TestImage.load(daemon.cli());
    return daemon;
  }
}
