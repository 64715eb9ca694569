package caisson.agent.loop;

/** Waits for sources and timers and has them act, one after the other. */
public interface EventLoop {
  void add(Source source);

  /** Forgets {@code source}; to be called before its descriptor is closed. */
  void remove(Source source);

  /** Has {@code action} happen once, in {@code nanoseconds} from now. */
  void after(long nanoseconds, Runnable action);
}
