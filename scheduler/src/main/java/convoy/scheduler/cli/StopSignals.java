package convoy.scheduler.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Catches the signals that ask a process to stop, so that it can finish its work before the Java
 * machine begins to shut down. A shutdown hook is too late for that: hooks run all at once, and H2
 * has one that closes the job database. Java has no public way to catch a signal; {@code
 * sun.misc.Signal} is its supported private one, reached by reflection because the compiler warns
 * of it.
 */
final class StopSignals {
  private final Class<?> signalClass;
  private final Class<?> handlerClass;

  private StopSignals() throws ClassNotFoundException {
    signalClass = Class.forName("sun.misc.Signal");
    handlerClass = Class.forName("sun.misc.SignalHandler");
  }

  /**
   * Runs the action on the first SIGTERM or SIGINT, instead of ending the process; a second signal
   * of the same kind ends it at once, without shutdown hooks, as kill -9 would.
   *
   * @return whether signals are caught; not where the Java machine leaves them to others (-Xrs) or
   *     has no such class
   */
  static boolean onFirst(Runnable action) {
    try {
      StopSignals signals = new StopSignals();
      signals.caught("TERM", action);
      signals.caught("INT", action);
      return true;
    } catch (ReflectiveOperationException e) {
      if (e instanceof InvocationTargetException
          && !(e.getCause() instanceof IllegalArgumentException)) {
        throw new IllegalStateException("stop signals cannot be caught", e);
      }
      return false;
    }
  }

  private void caught(String name, Runnable action) throws ReflectiveOperationException {
    Object signal = signalClass.getConstructor(String.class).newInstance(name);
    Object systemDefault = handlerClass.getField("SIG_DFL").get(null);
    InvocationHandler handler =
        (self, method, arguments) ->
            switch (method.getName()) {
              case "handle" -> {
                handle(signal, systemDefault);
                action.run();
                yield null;
              }
              case "equals" -> self == arguments[0];
              case "hashCode" -> System.identityHashCode(self);
              default -> "stop on SIG" + name;
            };
    handle(
        signal,
        Proxy.newProxyInstance(
            StopSignals.class.getClassLoader(), new Class<?>[] {handlerClass}, handler));
  }

  private void handle(Object signal, Object handler) throws ReflectiveOperationException {
    signalClass.getMethod("handle", signalClass, handlerClass).invoke(null, signal, handler);
  }
}
