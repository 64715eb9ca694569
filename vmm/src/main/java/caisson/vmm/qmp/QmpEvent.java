package caisson.vmm.qmp;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Something that QEMU tells without being asked (QEMU, qapi/run-state.json and others).
 *
 * @param data its particulars; a missing node where there are none
 */
public record QmpEvent(String name, JsonNode data) {}
