package caisson.cli.console;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Signals by way of {@code sun.misc.Signal}, which the module {@code jdk.unsupported} exports for
 * want of anything better. It is called by reflection, because javac warns of its mere name and
 * lets nobody suppress that.
 *
 * <p>The virtual machine keeps some signals for itself: SIGQUIT prints its threads, and SIGUSR2
 * suspends them.
 */
public final class HostSignals implements Signals {
  @Override
  public Handling handle(String name, Runnable action) {
    try {
      var signals = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var handle = signals.getMethod("handle", signals, handler);
      var signal = signals.getConstructor(String.class).newInstance(name);
      var before = handle.invoke(null, signal, handler(handler, action));
      return () -> restore(handle, signal, before);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot handle SIG" + name, e);
    }
  }

  private static Object handler(Class<?> type, Runnable action) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (_, method, _) -> {
          if (method.getName().equals("handle")) {
            action.run();
          }
          return null;
        });
  }

  private static void restore(Method handle, Object signal, Object before) {
    try {
      handle.invoke(null, signal, before);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError("cannot restore " + signal, e);
    }
  }

  @Override
  public void exit(int code) {
    System.exit(code);
  }
}
