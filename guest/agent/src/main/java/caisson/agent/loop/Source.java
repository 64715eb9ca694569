package caisson.agent.loop;

/** Something that the loop waits for. */
public interface Source {
  /** Its descriptor. */
  int fd();

  /** The poll(2) events that it waits for now; 0 if it waits for none, not even for a hang-up. */
  int interest();

  /** It has happened. */
  void ready(int events);
}
