package convoy.data.vehicle;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row after the rules for single rows. Without rejections it carries facts: a vehicle for
 * VEHICLES, an ECU for ECUS, both for FLAT. With rejections it carries none and goes to quarantine.
 *
 * @param observedAt the time at which the facts were true (the export's own time)
 * @param warnings what is worth a look in a row that is kept all the same
 */
public record CheckedRow(
    ExportKind kind,
    @Nullable String sheet,
    long line,
    String raw,
    @Nullable VehicleFacts vehicle,
    @Nullable EcuFacts ecu,
    @Nullable Instant observedAt,
    List<Finding> rejections,
    List<Finding> warnings) {}
