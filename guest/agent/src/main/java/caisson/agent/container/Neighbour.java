package caisson.agent.container;

/**
 * A container some of whose namespaces another one is to be in.
 *
 * @param namespaces of CLONE_NEWUTS, CLONE_NEWIPC and CLONE_NEWPID
 */
public record Neighbour(GuestContainer container, int namespaces) {}
