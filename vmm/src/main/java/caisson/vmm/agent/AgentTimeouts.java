package caisson.vmm.agent;

import java.time.Duration;

/**
 * How long an agent may take.
 *
 * @param boot from the start of the machine to the first hello
 * @param reconnect from the loss of a connection to the hello on the next one
 * @param answer for a request that makes it wait for others, from when the agent can have it
 * @param reaction for a request that it carries out at once, a signal for example
 */
public record AgentTimeouts(Duration boot, Duration reconnect, Duration answer, Duration reaction) {
  /** Generous, because software emulation on a busy host is slow; a hang is still noticed. */
  public static final AgentTimeouts DEFAULT =
      new AgentTimeouts(
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(15));
}
