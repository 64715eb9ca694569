package caisson.agent.process;

import caisson.agent.channel.Answer;
import caisson.agent.container.GuestContainer;
import caisson.guest.protocol.ArchiveSetup;
import caisson.guest.protocol.ProcessSetup;
import java.util.Optional;

/**
 * How a process is to be started.
 *
 * @param number the host's number for it
 * @param archive what it does with the container's files, if it is no program
 * @param first whether it is the container's first
 * @param atOnce whether it runs as soon as it can, or waits to be let go
 * @param answer given its process id when it runs, or waits
 */
public record ProcessStart(
    int number,
    ProcessSetup setup,
    Optional<ArchiveSetup> archive,
    GuestContainer container,
    boolean first,
    boolean atOnce,
    Answer answer) {}
