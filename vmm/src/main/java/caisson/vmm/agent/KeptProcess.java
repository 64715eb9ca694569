package caisson.vmm.agent;

/**
 * A process that an earlier daemon started.
 *
 * @param stdout how many bytes of its standard output have been kept
 * @param stderr the same for standard error, which a terminal does not have
 */
public record KeptProcess(
    int number, boolean terminal, long stdout, long stderr, ProcessListener listener) {}
