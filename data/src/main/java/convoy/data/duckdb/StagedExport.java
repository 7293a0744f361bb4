package convoy.data.duckdb;

import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a landing has to know of a staged export beside its rows.
 *
 * @param full whether it names every vehicle of its plant, so that one which it lacks is missing
 * @param plant the plant that a full export speaks for; null: vehicles of which no plant is known
 * @param warnings the rules between rows that are on: SERIAL_TWICE, ENGINE_NUMBER_TWICE,
 *     CHASSIS_NUMBER_TWICE, SAME_TIME_DIFFERS
 * @param tooManyErrors from rows read and rows rejected, why the file is refused, if it is
 * @param raw the file's rows as they were written
 */
public record StagedExport(
    boolean full,
    @Nullable String plant,
    Set<String> warnings,
    BiFunction<Long, Long, Optional<String>> tooManyErrors,
    RawRows raw) {}
